"""What the calendar has to say in the check list: what blocks, what to do about it, and who can."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from allmende.core.permissions import Act
from allmende.core.written import PREFIX
from allmende.lib.legalcalendar.computation import Problem, Severity
from allmende.lib.legalcalendar.keys import KEYS
from allmende.notices import kinds
from allmende.notices.calendar.duties import OF_SETTINGS, SEEN
from allmende.notices.calendar.facts import Details
from allmende.notices.calendar.outlook import NO_RULES, NO_WAYS, Outlook
from allmende.notices.calendar.sealing import SEAL
from allmende.notices.calendar.shown import said
from allmende.notices.checks.point import Check

# Which field of the notice answers a fact that is missing, or a day that does not fit.
FIELDS: Final = {
    "display": "begins_on",
    "display_too_short": "last_on",
    "public_could_know_on": "could_know_on",
    "confirmed_by_supervision_on": "supervision_confirmed_on",
    "supervision.wait": "supervision_confirmed_on",
    "too_early": "supervision_confirmed_on",
    "entry_day_missing": "entry",
    "entry_day_unconfirmed": "entry",
    "entry_before_completion": "entry_on",
    "retroactive_with_fines": "entry_on",
    "retroactive": "retroactive",
    "plan_internet_only": "second_form",
    "notice_not_before": "second_on",
    "other_day_too_early": "effect_on",
    "erase_day_missing": "erase_on",
    "erase_too_early": "erase_on",
    "erase_too_late": "erase_on",
    "hint_too_late": "begins_on",
}
OF_RULES: Final = frozenset({"rule_unconfirmed", "form_not_allowed"})


def checks(code: str, details: Details, found: Outlook | None, *, acts: Collection[Act]) -> list[Check]:
    """The lines of the check list. `code`: of the kind; `acts`: what the reader may do, for links into the administration.

    What the fields of the kind ask for themselves stands in the list already and is left out here.
    """
    if found is None:
        return []
    kind = kinds.get(code)
    lines = list(_open(kind, details, found, acts))
    if not lines and found.timeline is not None:
        lines.append(Check("done", _("Nach den Regeln des Rechts kann sie erscheinen"), "", "recht"))
    return [*lines, *_hints(found)]


def _open(kind: kinds.Kind, details: Details, found: Outlook, acts: Collection[Act]) -> Iterator[Check]:
    for problem in found.blocking:
        name = FIELDS.get(problem.key) or FIELDS.get(problem.code) or ""
        field = kind.field(name)
        if field is not None and field.name not in details and field.is_required(details):
            continue  # the list says already that it is empty
        if problem.code == "duty_unmet" and problem.key in SEEN and problem.key not in OF_SETTINGS and field is None:
            continue  # fields of the kind that are required anyway
        yield _check(problem, f"id_{PREFIX}{name}" if field is not None else "", acts)


def _check(problem: Problem, anchor: str, acts: Collection[Act]) -> Check:
    advice, link = said(problem.words), ""
    if not anchor:
        who, link = _who(problem, acts)
        advice = f"{advice} {who}".strip()
    elif problem.key in KEYS and problem.code in OF_RULES:
        advice = f"{advice} {said(problem.enter)}".strip()
    return Check("open", _title(problem), advice, anchor or "recht", link=link)


def _title(problem: Problem) -> str:
    name = said(KEYS[problem.key].words.capital) if problem.key in KEYS else ""
    return _("Rechtlich offen: %(what)s") % {"what": name} if name else _("Rechtlich offen")


def _who(problem: Problem, acts: Collection[Act]) -> tuple[str, str]:
    """What to do and who can, and the address where it is done, if the reader is one of them."""
    manages, reads = Act.MANAGE in acts, bool({Act.MANAGE, Act.AUDIT} & set(acts))
    if problem is NO_RULES:
        return _("Die Administration übernimmt die Regeln unter „Kommune“, „Regeln“."), reverse("administration:rules") if reads else ""
    if problem is NO_WAYS or problem.key in OF_SETTINGS:
        words = _("Die Administration trägt das unter „Regeln“, „Wie Ihre Kommune bekannt macht“ ein.")
        return words, reverse("administration:publishing_change") if manages else ""
    if problem.key == SEAL:
        return _("Die Siegelverwaltung richtet ein Siegel dieser Stufe ein."), reverse("administration:seal") if Act.SEAL in acts else ""
    if problem.key in KEYS:
        words = said(problem.enter) or _("Was dazu bekannt ist, steht unter „Regeln“; ändern kann es die Administration.")
        return words, reverse("administration:rule", args=[problem.key]) if reads else ""
    return "", ""


def _hints(found: Outlook) -> Iterator[Check]:
    for problem in found.problems:
        if problem.severity is Severity.WARNING:
            yield Check("hint", _("Rechtlicher Hinweis"), said(problem.words), "recht")
