"""The whole check list, in words."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from allmende.lib import richtext
from allmende.notices import kinds, text
from allmende.notices.checks.characters import of_characters
from allmende.notices.checks.details import of_details
from allmende.notices.checks.point import WITHOUT_TITLE, Check, lacking, wrong
from allmende.notices.headings import repeats_title

if TYPE_CHECKING:
    from allmende.notices.services import Draft

_ORDER = {"open": 0, "hint": 1, "done": 2}


def _field(done: bool, title: str, advice: str, anchor: str) -> Check:
    return Check("done", title, "", anchor) if done else lacking(title, advice, anchor)


def checklist(values: "Draft", *, pictures: Collection[str], law: Collection[Check] = (), files: Collection[Check] = ()) -> list[Check]:
    """All points, open ones first. `pictures`: ids of the pictures that this notice has; `law`: what the legal calendar says;
    `files`: what is said of the files beside the text.
    """
    document = text.read(values.content)
    checks = [
        _field(bool(values.title), _("Titel"), _("Schreiben Sie einen Titel, unter dem man die Bekanntmachung findet."), "id_title"),
        _field(values.office is not None, _("Zuständiges Amt"), _("Wählen Sie das Amt, das Fragen beantwortet."), "id_office"),
    ]
    kind = kinds.get(values.kind)
    checks += of_details(kind, values)
    checks += of_characters(kind, values, document)
    language = "en" if (get_language() or "de").startswith("en") else "de"
    found = [problem for problem in richtext.problems(document) if kind.wording or problem.code != "empty"]
    checks += [_of_text(problem, language) for problem in found]
    checks.extend(_title_twice(values.title, document))
    if any(picture not in pictures for picture in document.images):
        advice = _("Ein Bild im Text gehört nicht zu dieser Bekanntmachung. Nehmen Sie es heraus und laden Sie es hier neu hoch.")
        checks.append(wrong(_("Bilder"), advice, "id_text"))
    if document.blocks and not any(check.anchor == "id_text" and check.state == "open" for check in checks):
        checks.append(Check("done", _("Amtlicher Text, für alle lesbar"), "", "id_text"))
    return sorted([*checks, *law, *files], key=lambda check: _ORDER[check.state])


def _of_text(problem: richtext.Problem, language: str) -> Check:
    advice = problem.message(language)
    if problem.code == "empty":
        return lacking(_("Amtlicher Text"), advice, "id_text")
    error = problem.severity == "error"
    where = _("Bitte ändern: %(place)s") if error else _("Hinweis zu %(place)s")
    title, spot = where % {"place": _("Amtlicher Text")}, ""
    if problem.place:
        place = problem.place
        title = where % {"place": place.words(language)}
        spot = f"{place.kind}-{place.number}" + (f"-{place.row}-{place.column}" if place.kind == "table" else "")
        title += f" („{problem.excerpt}“)" if problem.excerpt else ""
    elif problem.excerpt:
        title = (_("Bitte ändern: „%(excerpt)s“") if error else _("Hinweis zu „%(excerpt)s“")) % {"excerpt": problem.excerpt}
        spot = f"text-{problem.excerpt}"
    return Check("open" if error else "hint", title, advice, "id_text", spot)


def _title_twice(title: str, document: richtext.Document) -> list[Check]:
    heading = repeats_title(title, document)
    if not heading:
        return []
    advice = _("Die erste Überschrift wiederholt den Titel. Er steht schon darüber. Löschen Sie die Überschrift.")
    title = _("Hinweis zu „%(excerpt)s“") % {"excerpt": heading}
    return [Check("hint", title, advice, "id_text", f"text-{heading}", mend=WITHOUT_TITLE)]


def summary(checks: Collection[Check]) -> str:
    """2 fehlen, 3 sind zu ändern, 1 Hinweis."""
    absent = sum(check.state == "open" and check.lacks for check in checks)
    to_change = sum(check.state == "open" and not check.lacks for check in checks)
    hints = sum(check.state == "hint" for check in checks)
    parts = [
        ngettext("%(n)s fehlt", "%(n)s fehlen", absent) % {"n": absent} if absent else "",
        ngettext("%(n)s ist zu ändern", "%(n)s sind zu ändern", to_change) % {"n": to_change} if to_change else "",
        ngettext("%(n)s Hinweis", "%(n)s Hinweise", hints) % {"n": hints} if hints else "",
    ]
    return ", ".join(filter(None, [_("Nichts fehlt") if not absent and not to_change else "", *parts]))


def missing(values: "Draft", *, pictures: Collection[str], files: Collection[Check] = ()) -> list[Check]:
    """What must be done before submitting."""
    return [check for check in checklist(values, pictures=pictures, files=files) if check.state == "open"]
