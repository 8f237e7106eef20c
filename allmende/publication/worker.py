"""The way from approved to public. Can be killed between any two lines; call it again and it goes on.

Each step does its outside effect first (idempotent), then one conditional UPDATE. Killed before the UPDATE, the step
is done once more with the same result; killed after it, the next call starts with the next step. A seal is the
exception that is none: two seals over the same document may come into being, but only one is ever stored.
tests/test_kill.py kills it at every statement, file operation, seal and time stamp.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from allmende.core.errors import DomainError
from allmende.core.models import Body, OutboxRow
from allmende.core.outbox import Later
from allmende.lib.seal import SealError
from allmende.publication import clock as clocks
from allmende.publication.clock import Clock
from allmende.publication.models import Attempt, Publication, State
from allmende.publication.steps.log import append, checkpoint
from allmende.publication.steps.move import day_of
from allmende.publication.steps.provide import confirm, provide
from allmende.publication.steps.seal import seal
from allmende.publication.steps.void import void

RETRY = timedelta(minutes=1)  # until the authority, the clock or the seal are looked at again
MIDNIGHT = "midnight"

STEPS: dict[State, Callable[[Attempt, Clock], None]] = {
    State.SEALING: seal,
    State.SEALED: append,
    State.APPENDED: checkpoint,
    State.CHECKPOINTED: provide,
    State.PROVIDED: confirm,
}
# In these states the printed day must be today; else the attempt is void.
BOUND_TO_ITS_DAY = frozenset({State.APPENDED, State.CHECKPOINTED, State.PROVIDED})


def advance(record_id: UUID, *, body: Body, clock: Clock) -> State:
    """Take one step and return the state reached (VOID: another attempt follows). Does nothing once public or taken down."""
    while (attempt := _current(record_id, body)) is None:
        _begin(record_id, body, clock)
    state = State(attempt.state)
    if state in BOUND_TO_ITS_DAY and day_of(_counts(attempt, clock)) != attempt.day:
        void(attempt, Attempt.Reason.DAY_PASSED, clock)
    elif step := STEPS.get(state):
        step(attempt, clock)
    return State(Attempt.objects.for_body(body).values_list("state", flat=True).get(pk=attempt.pk))


def _counts(attempt: Attempt, clock: Clock) -> datetime:
    """The moment whose day must be the printed one. A page whose moment has not come yet stands by that moment."""
    now = clock()
    return max(now, attempt.provided_at) if attempt.provided_at else now


def _current(record_id: UUID, body: Body) -> Attempt | None:
    """The attempt that is not void. 1 query."""
    mine = Attempt.objects.for_body(body).select_related("body", "publication__record__body", "checkpoint")
    return mine.filter(publication=record_id, state__lt=State.VOID).first()


def _begin(record_id: UUID, body: Body, clock: Clock) -> None:
    """Make the next attempt. The constraints decide which of several workers does; the others take up that one."""
    number = Attempt.objects.for_body(body).filter(publication=record_id).count() + 1
    publication = Publication.objects.for_body(body).get(pk=record_id)
    with suppress(IntegrityError), transaction.atomic():
        Attempt.objects.create(publication=publication, body_id=publication.body_id, number=number, day=day_of(clock()))


def publish(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: all steps that are left.

    What a person has to put right (seal, key, clock, authority) is kept with the publication for the desk and tried
    again every minute; nothing is half done meanwhile. An approval that was taken back is left alone. Anything else fails the row
    as usual.
    """
    assert row.record_id is not None
    clock = clocks.for_row(at)
    try:
        while advance(row.record_id, body=row.body, clock=clock) not in (State.PUBLIC, State.REMOVED):
            pass
    except Later:
        _waits(row, MIDNIGHT, clock())
        raise
    except (Publication.DoesNotExist, Attempt.DoesNotExist):
        return  # the approval was taken back meanwhile; nothing was sealed
    except (SealError, DomainError) as error:
        now = clock()
        _waits(row, error.code, now)
        raise Later(now + RETRY) from error


def _waits(row: OutboxRow, code: str, at: datetime) -> None:
    mine = Publication.objects.for_body(row.body).filter(pk=row.record_id, state=Publication.State.APPROVED)
    mine.exclude(waiting_code=code).update(waiting_code=code, waiting_since=at)
