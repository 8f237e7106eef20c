"""What follows for a notice if its page is provided at a moment, what stands in the way, and what somebody still has to state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allmende.administration.publishing.values import Publishing
from allmende.lib.legalcalendar.computation import Facts, Problem, Severity, Timeline, compute
from allmende.lib.legalcalendar.days import berlin_day
from allmende.lib.legalcalendar.duties import Duty, duties
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.lib.legalcalendar.text import Text
from allmende.notices.calendar import duties as checks
from allmende.notices.calendar.basis import Basis
from allmende.notices.calendar.facts import Details, facts_of, hint_text, open_days
from allmende.notices.calendar.statement import NOTHING_STATED, Statement

NO_RULES = Problem(
    "no_rules",
    Severity.BLOCKS,
    Text(
        "Die Kommune hat die Regeln ihres Landes nicht übernommen. Ohne sie steht nicht fest, wann und wie etwas bekannt gemacht ist.",
        "The body has not adopted the rules of its Land. Without them it is open when and how something is published.",
    ),
)
NO_WAYS = Problem(
    "no_publishing",
    Severity.BLOCKS,
    Text(
        "Es ist nicht eingetragen, in welcher Form die Kommune bekannt macht und wo das festgelegt ist.",
        "It has not been entered in which form the body publishes and where that is fixed.",
    ),
)
DAYS_OUT_OF_REACH = Problem(
    "days_out_of_reach",
    Severity.BLOCKS,
    Text(
        "Ein Tag liegt so weit zurück oder voraus, dass sich nichts berechnen lässt. Prüfen Sie die Jahre.",
        "A day lies so far back or ahead that nothing can be reckoned. Check the years.",
    ),
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """`timeline` is None where nothing can be computed at all; `problems` say why.

    `seen`: duties that the platform sees met; `confirm`: those that somebody has to confirm; `days`: prescribed forms whose day
    nobody has stated; `hint`: the duty of a hint in another medium, if there is one; `unmet`: duties before publication that are open.
    """

    kind: NoticeKind
    day: date
    basis: Basis | None
    ways: Publishing | None
    statement: Statement = NOTHING_STATED
    facts: Facts | None = None
    timeline: Timeline | None = None
    problems: tuple[Problem, ...] = ()
    duties: tuple[Duty, ...] = ()
    seen: frozenset[str] = frozenset()
    confirm: tuple[Duty, ...] = ()
    days: tuple[Form, ...] = ()
    hint: Duty | None = None
    unmet: tuple[Problem, ...] = ()

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """What the fields, the rules or the settings have to solve; a tick does not."""
        asked = {duty.code for duty in self.confirm}
        return (*self.of_rules, *(item for item in self.unmet if item.key not in asked))

    @property
    def of_rules(self) -> tuple[Problem, ...]:
        """What the calendar itself refuses on this day."""
        return tuple(item for item in self.problems if item.severity is Severity.BLOCKS)

    @property
    def to_state(self) -> tuple[Problem, ...]:
        """Duties that still wait for somebody's tick."""
        asked = {duty.code for duty in self.confirm}
        return tuple(item for item in self.unmet if item.key in asked)


def outlook(
    kind: NoticeKind,
    details: Details,
    basis: Basis | None,
    *,
    at: datetime,
    seal: str,
    statement: Statement = NOTHING_STATED,
    own_page: str = "",
    elsewhere: checks.SeenElsewhere = checks.NOT_SEEN,
    issued: datetime | None = None,
) -> Outlook | None:
    """None for a kind to whose day no law attaches anything.

    `seal`: level of the seal in use (lib.seal.SealLevel), or empty. `own_page`: start page that the platform makes for the body.
    `elsewhere`: whether an area was seen lately on a page that it does not make. `issued`: when the issue of the electronic gazette
    with it appeared.
    """
    if not kind.has_legal_effect:
        return None
    day = berlin_day(at)
    if basis is None:
        return Outlook(kind, day, None, None, problems=(NO_RULES,))
    ways = basis.on(day)
    if ways is None:
        return Outlook(kind, day, basis, None, problems=(NO_WAYS,))
    try:
        facts = facts_of(kind, details, basis, ways, statement, at, issued)
        timeline = compute(facts, basis.book)
    except (ValueError, OverflowError):
        return Outlook(kind, day, basis, ways, problems=(DAYS_OUT_OF_REACH,))
    listed = duties(basis.book, kind=kind, form=facts.form, body=basis.body, on=facts.day, fines=facts.fines)
    found = checks.before_publication(listed, prints_hint=bool(hint_text(kind, basis, facts.day)))
    seen = checks.seen_met(found, details, ways, own_page, elsewhere)
    return Outlook(
        kind,
        day,
        basis,
        ways,
        statement=statement,
        facts=facts,
        timeline=timeline,
        problems=timeline.problems,
        duties=found,
        seen=seen,
        confirm=checks.to_confirm(found, seen),
        days=open_days(kind, ways, statement),
        hint=checks.wants_hint(found),
        unmet=checks.open_duties(found, seen, statement, seal),
    )
