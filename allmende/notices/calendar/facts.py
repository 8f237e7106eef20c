"""From the fields of a notice, the settings of its body and a moment to the facts that the legal calendar asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from allmende.administration.publishing.values import Publishing
from allmende.lib.legalcalendar.computation import Appearance, Display, EntryClause, Facts
from allmende.lib.legalcalendar.days import berlin_day, noon
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.lib.legalcalendar.rules import Confidence
from allmende.notices.calendar.basis import Basis
from allmende.notices.calendar.statement import Statement

Details = Mapping[str, Any]

_PLANS = (NoticeKind.PLAN, NoticeKind.PLAN_IN_FORCE)
HINT_ON_COMPLAINTS = {NoticeKind.PLAN_IN_FORCE: ("plan.complaint_hint", "plan.complaint_period")}


def facts_of(
    kind: NoticeKind, details: Details, basis: Basis, ways: Publishing, statement: Statement, at: datetime, issued: datetime | None = None
) -> Facts:
    """What is known about a notice whose page is provided at `at`. `ways`: how its body publishes on that day.

    Where another form than the page counts (gazette, newspaper, board), the day is the one on which it appears there. A day that
    has not been stated yet is taken to be the day of provision: `open_days` names what is still to be stated. `issued`: when the issue
    of the electronic gazette appeared, which is then known to the second.
    """
    provided = berlin_day(at)
    if issued is not None:
        statement = statement.also(Statement(days={Form.ELECTRONIC_GAZETTE: berlin_day(issued)}))
    form = _form(kind, details, ways)
    begins = at if form is Form.INTERNET else noon(statement.days.get(form, provided))
    if issued is not None and form is Form.ELECTRONIC_GAZETTE:
        begins = issued
    if kind is NoticeKind.EMERGENCY:
        begins = at
    day = berlin_day(begins)
    return Facts(
        kind=kind,
        form=form,
        body=basis.body,
        place=ways.place(basis.land),
        provided_at=begins,
        also=_also(kind, details, ways, statement, form, provided),
        display=_display(kind, details, ways, day),
        entry=_entry(details),
        retroactive=bool(details.get("retroactive")),
        fines=bool(details.get("fines")),
        carries_complaint_hint=carries_hint(kind, basis, statement, day),
        hint=statement.hint,
        session_on=berlin_day(session) if (session := _moment(details, "session_at")) else None,
        public_could_know_on=_day(details, "could_know_on"),
        confirmed_by_supervision_on=_day(details, "supervision_confirmed_on"),
        earlier_publication_allowed=bool(details.get("supervision_allows_earlier")),
        stated_effect_on=_day(details, "effect_on"),
        result_announced_on=_day(details, "result_on"),
        erase_on=_day(details, "erase_on"),
        names_people=kind is not NoticeKind.ELECTION or bool(details.get("names")),
    )


def _day(details: Details, name: str) -> date | None:
    value = details.get(name)
    return date.fromisoformat(value) if value else None


def _moment(details: Details, name: str) -> datetime | None:
    value = details.get(name)
    return datetime.fromisoformat(value) if value else None


def _form(kind: NoticeKind, details: Details, ways: Publishing) -> Form:
    if kind is NoticeKind.EMERGENCY:
        return Form(details["form"]) if details.get("form") else Form.OTHER
    if kind in _PLANS:  # the page is one of two media; the other one is a field of the notice
        return Form.INTERNET
    return ways.form


def _also(kind: NoticeKind, details: Details, ways: Publishing, statement: Statement, form: Form, provided: date) -> tuple[Appearance, ...]:
    """The further forms, each once, with the day on which the notice appears there."""
    if kind is NoticeKind.EMERGENCY:
        return ()
    days = {item: statement.days.get(item, provided) for item in ways.forms if item is not form} if kind not in _PLANS else {}
    if kind in _PLANS and details.get("second_form") and (second := _day(details, "second_on")):
        days[Form(details["second_form"])] = second
    return tuple(Appearance(item, day) for item, day in days.items())


def other_forms(kind: NoticeKind, ways: Publishing) -> tuple[Form, ...]:
    """Prescribed forms that are not the notice's own page: for each, somebody has to state the day."""
    if kind is NoticeKind.EMERGENCY or kind in _PLANS or not kind.has_legal_effect:
        return ()
    return tuple(form for form in ways.forms if form is not Form.INTERNET)


def open_days(kind: NoticeKind, ways: Publishing, statement: Statement) -> tuple[Form, ...]:
    """Those whose day nobody has stated."""
    return tuple(form for form in other_forms(kind, ways) if form not in statement.days)


def _display(kind: NoticeKind, details: Details, ways: Publishing, day: date) -> Display | None:
    """A draft plan on the internet, or what is displayed in an office instead of being printed. The notice itself tells of it."""
    begin = _day(details, "begins_on")
    if begin is None or kind not in (NoticeKind.PLAN, NoticeKind.REPLACEMENT):
        return None
    last = _day(details, "last_on")
    if last and last < begin:
        last = None  # the check list says so
    return Display(begin, last=last, opening=ways.days_with_service, hint_on=day if kind is NoticeKind.REPLACEMENT else None)


def _entry(details: Details) -> EntryClause | None:
    """What the by-law says about its entry into force; None: nothing, then the rule of the Land holds."""
    match details.get("entry"):
        case "stated_day" if day := _day(details, "entry_on"):
            return EntryClause(day)
        case "next_day":
            return EntryClause()
    return None


def hint_text(kind: NoticeKind, basis: Basis, on: date) -> str:
    """Key of the wording of the hint on complaints that is printed by itself; empty if there is none that fits.

    The wording of the Land names the Land's period. Where the body has another one by a rule of its own, the text would be wrong.
    """
    hint, period = HINT_ON_COMPLAINTS.get(kind, ("complaint.hint", "complaint.period"))
    book = basis.book
    source = book.nation if hint.startswith("plan.") else book.land
    rule = book.find(period, on=on, body=basis.body, kind=kind).rule
    return hint if source.wording(hint) and rule and rule.confidence is not Confidence.OWN else ""


def carries_hint(kind: NoticeKind, basis: Basis, statement: Statement, on: date) -> bool:
    """Whether the notice has the hint on complaints: printed by us, or in the text, as somebody has confirmed."""
    hint, _period = HINT_ON_COMPLAINTS.get(kind, ("complaint.hint", "complaint.period"))
    return bool(hint_text(kind, basis, on)) or hint in statement.confirmed
