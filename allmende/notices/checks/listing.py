"""The whole check list, in words."""

import re
from collections.abc import Collection
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from allmende.lib import richtext
from allmende.notices import kinds, text
from allmende.notices.checks.details import of_details
from allmende.notices.checks.point import Check, lacking

if TYPE_CHECKING:
    from allmende.notices.services import Draft


NEARLY = 0.75  # of the words are the same, in the same order
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
    language = "en" if (get_language() or "de").startswith("en") else "de"
    found = [problem for problem in richtext.problems(document) if kind.wording or problem.code != "empty"]
    for problem in found:
        error = problem.severity == "error"
        title, spot = _("Amtlicher Text"), ""
        if problem.place:
            place = problem.place
            where = _("Bitte ändern: %(place)s") if error else _("Hinweis zu %(place)s")
            title = where % {"place": place.words(language)}
            spot = f"{place.kind}-{place.number}" + (f"-{place.row}-{place.column}" if place.kind == "table" else "")
            title += f" („{problem.excerpt}“)" if problem.excerpt else ""
        elif problem.excerpt:
            title = (_("Bitte ändern: „%(excerpt)s“") if error else _("Hinweis zu „%(excerpt)s“")) % {"excerpt": problem.excerpt}
            spot = f"text-{problem.excerpt}"
        checks.append(Check("open" if error else "hint", title, problem.message(language), "id_text", spot, lacks=problem.code == "empty"))
    checks.extend(_title_twice(values.title, document))
    if any(picture not in pictures for picture in document.images):
        advice = _("Ein Bild im Text gehört nicht zu dieser Bekanntmachung. Nehmen Sie es heraus und laden Sie es hier neu hoch.")
        checks.append(Check("open", _("Bilder"), advice, "id_text"))
    if document.blocks and not any(check.anchor == "id_text" and check.state == "open" for check in checks):
        checks.append(Check("done", _("Amtlicher Text, für alle lesbar"), "", "id_text"))
    return sorted([*checks, *law, *files], key=lambda check: _ORDER[check.state])


def _title_twice(title: str, document: richtext.Document) -> list[Check]:
    """The title stands above the text on page and document."""
    first = document.blocks[0] if document.blocks else None
    if not isinstance(first, richtext.Heading) or not title:
        return []
    heading = richtext.text_of(first.content)
    same = SequenceMatcher(None, _words(title), _words(heading), autojunk=False).ratio() >= NEARLY
    advice = _("Die erste Überschrift wiederholt den Titel. Er steht schon darüber. Löschen Sie die Überschrift.")
    return [Check("hint", _("Hinweis zu „%(excerpt)s“") % {"excerpt": heading}, advice, "id_text", f"text-{heading}")] if same else []


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def summary(checks: Collection[Check]) -> str:
    """2 fehlen, 3 sind zu ändern, 1 Hinweis."""
    lacking = sum(check.state == "open" and check.lacks for check in checks)
    wrong = sum(check.state == "open" and not check.lacks for check in checks)
    hints = sum(check.state == "hint" for check in checks)
    parts = [
        ngettext("%(n)s fehlt", "%(n)s fehlen", lacking) % {"n": lacking} if lacking else "",
        ngettext("%(n)s ist zu ändern", "%(n)s sind zu ändern", wrong) % {"n": wrong} if wrong else "",
        ngettext("%(n)s Hinweis", "%(n)s Hinweise", hints) % {"n": hints} if hints else "",
    ]
    return ", ".join(filter(None, [_("nichts fehlt") if not lacking and not wrong else "", *parts]))


def missing(values: "Draft", *, pictures: Collection[str], files: Collection[Check] = ()) -> list[Check]:
    """What must be done before submitting."""
    return [check for check in checklist(values, pictures=pictures, files=files) if check.state == "open"]
