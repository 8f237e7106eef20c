"""One computation for one notice."""

from __future__ import annotations

from collections.abc import Callable

from allmende.lib.legalcalendar.computation import plans
from allmende.lib.legalcalendar.computation.bylaw import by_law
from allmende.lib.legalcalendar.computation.completion import stated_display
from allmende.lib.legalcalendar.computation.erasure import election, stated_erasure
from allmende.lib.legalcalendar.computation.facts import Facts
from allmende.lib.legalcalendar.computation.hint import hint
from allmende.lib.legalcalendar.computation.meetings import meeting
from allmende.lib.legalcalendar.computation.notification import general_order, service
from allmende.lib.legalcalendar.computation.results import Code, Severity, Timeline
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.text import Text

_BY_KIND: dict[NoticeKind, Callable[[Sheet], None]] = {
    NoticeKind.BY_LAW: by_law,
    NoticeKind.REPLACEMENT: by_law,
    NoticeKind.EMERGENCY: by_law,
    NoticeKind.PLAN: plans.draft,
    NoticeKind.PLAN_IN_FORCE: plans.in_force,
    NoticeKind.MEETING: meeting,
    NoticeKind.SERVICE: service,
    NoticeKind.GENERAL_ORDER: general_order,
    NoticeKind.ELECTION: election,
    NoticeKind.TENDER: stated_display,
    NoticeKind.INFORMATION: stated_display,
}
_PLANS = (NoticeKind.PLAN, NoticeKind.PLAN_IN_FORCE)


def compute(facts: Facts, book: RuleBook) -> Timeline:
    """All days that follow for a notice, each with reason and rules, and all that stands in the way.

    Only confirmed rules (A, B, a body's own) give days. Raises ValueError for a place in another Land than the profile's, and
    for days before 1991, for which no holidays are known.
    """
    if book.land.land is not facts.place.land:
        raise ValueError(f"the place lies in {facts.place.land.value}, the profile is that of {book.land.id}")
    sheet = Sheet(facts, book)
    sheet.add(
        Code.PROVISION,
        facts.day,
        Text("An diesem Tag wird die Bekanntmachung bereitgestellt.", "The notice is provided on this day."),
        at=facts.provided_at,
    )
    if facts.kind.has_legal_effect and facts.form.is_electronic and facts.kind not in _PLANS:
        for key in book.land.needs:
            if sheet.find(key).rule is None:
                sheet.unconfirmed(key, Severity.BLOCKS)
    _BY_KIND[facts.kind](sheet)
    if facts.kind.is_local_law or (facts.kind.has_legal_effect and facts.kind not in _PLANS and sheet.holds("other_notices.same_rules")):
        hint(sheet)
    stated_erasure(sheet)
    return Timeline(tuple(sheet.steps), tuple(sheet.problems), book.versions, sheet.complaint_text)
