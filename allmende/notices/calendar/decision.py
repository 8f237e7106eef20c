"""What submitting and approving ask of the calendar: nothing goes on that the law would not let appear."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from allmende.administration.seal import seal_of
from allmende.administration.start_page import checking as start_page
from allmende.core import addresses, audit
from allmende.core.models import Body, Person
from allmende.notices import kinds
from allmende.notices.calendar import basis, keeping
from allmende.notices.calendar.duties import EQUALS_ORIGINAL, START_PAGE
from allmende.notices.calendar.errors import LawRefuses, NotStated
from allmende.notices.calendar.facts import Details
from allmende.notices.calendar.outlook import Outlook, outlook
from allmende.notices.calendar.statement import NOTHING_STATED, Statement
from allmende.notices.models import Notice

if TYPE_CHECKING:
    from allmende.notices.services import Draft

SOON = timedelta(minutes=1)  # the next moment at which it could appear: nothing is sealed in the last minute of a day


def outlook_of(kind: str, details: Details, *, body: Body, at: datetime, statement: Statement = NOTHING_STATED) -> Outlook | None:
    """If it appeared next, with the rules as they are now. At most 7 queries; none, and None, for a kind without legal effect."""
    law = kinds.get(kind).law
    if not law.has_legal_effect:
        return None
    key = seal_of(body)
    level, page = key.level if key else "", addresses.root(body)
    seen = partial(start_page.seen, body, at=at)
    return outlook(law, details, basis.current(body), at=at + SOON, seal=level, statement=statement, own_page=page, elsewhere=seen)


def of_approver(kind: str) -> frozenset[str]:
    """What only who approves can confirm: that the text equals the signed original, where a by-law comes into being with it."""
    return frozenset({EQUALS_ORIGINAL}) if kinds.get(kind).law.is_local_law else frozenset()


def check_submission(values: Draft, statement: Statement, *, body: Body, at: datetime) -> Outlook | None:
    """What would follow if it appeared now. Raises LawRefuses, NotStated."""
    found = outlook_of(values.kind, values.details, body=body, at=at, statement=statement)
    if found is None:
        return None
    if found.blocking:
        raise LawRefuses(found.blocking)
    theirs = of_approver(values.kind)
    if found.days or (found.hint and statement.hint is None) or any(item.key not in theirs for item in found.to_state):
        raise NotStated
    return found


def approve(notice: Notice, values: Draft, statement: Statement, *, body: Body, by: Person, at: datetime) -> None:
    """Check once more, record what the approver states, and keep the rules. Called in the transaction of the approval.

    Raises:
        LawRefuses: rules, settings, seal or the day have changed since it was submitted.
        NotStated: the approver has not confirmed what only they can.
    """
    if not kinds.get(values.kind).law.has_legal_effect:
        return
    said = keeping.stated(keeping.statements(body, notice)).also(statement)
    found = outlook_of(values.kind, values.details, body=body, at=at, statement=said)
    assert found is not None
    if found.blocking:
        raise LawRefuses(found.blocking)
    if not of_approver(values.kind) <= statement.confirmed or found.to_state or found.days or (found.hint and said.hint is None):
        raise NotStated
    assert found.basis is not None
    keeping.state(notice, keeping.Act.APPROVED, statement, by=by, at=at)
    keeping.keep(notice, found.basis, said, body=body, at=at)
    if START_PAGE in found.seen and (look := start_page.found(body, at=at)):
        told: dict[str, object] = {"address": look.address, "area": look.area, "checked_at": look.checked_at.isoformat()}
        audit.note(notice.record, "notice.start_page_seen", told, by=by, at=at)
