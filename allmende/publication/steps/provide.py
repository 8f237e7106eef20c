"""CHECKPOINTED → PROVIDED → PUBLIC: files, then the transaction from which the page answers, then the look at the clock.

*Provided at* is a full second that still lies ahead when the transaction commits: the page answers from that
second on, on every web process alike. Only after the commit it is certain that this was so. If not, the moment
is moved forward: never is an earlier moment claimed than the one at which everybody could read it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from allmende.core import audit
from allmende.core.models import Record, Visibility
from allmende.core.outbox import Later
from allmende.publication import bundle, files, kinds
from allmende.publication.clock import Clock, midnight_after
from allmende.publication.models import Attempt, Publication, State
from allmende.publication.steps.move import day_of, move
from allmende.publication.witness import requests

AHEAD = timedelta(milliseconds=200)  # at least that much lies between now and *provided at*
NEAR_MIDNIGHT = timedelta(seconds=5)  # too little time to be certain of the day


def next_second(now: datetime) -> datetime:
    return (now + AHEAD).replace(microsecond=0) + timedelta(seconds=1)


def wait_for_midnight(now: datetime) -> None:
    """Raises Later so near to midnight that a commit might come after it."""
    midnight = midnight_after(now)
    if midnight - now < NEAR_MIDNIGHT:
        raise Later(midnight + timedelta(seconds=1))


def provide(attempt: Attempt, clock: Clock) -> None:
    wait_for_midnight(clock())
    assert attempt.checkpoint is not None
    proof = bundle.build(attempt, attempt.checkpoint)
    if not files.put(attempt, proof, expected=State.CHECKPOINTED):
        return
    record = attempt.publication.record
    with transaction.atomic():
        now = clock()
        provided_at = next_second(now)
        if day_of(provided_at) != attempt.day:
            return  # the next call finds the day passed
        if not move(attempt, provided_at=provided_at, bundle_edition=1, bundle_checkpoint=attempt.checkpoint):
            return
        mine = Publication.objects.for_body(attempt.body).filter(pk=attempt.publication_id)
        mine.update(state=Publication.State.PUBLIC, waiting_code="", waiting_since=None)
        Record.objects.for_body(attempt.body).filter(pk=record.pk).update(visibility=Visibility.PUBLIC)
        kinds.of(record).on_provided(record, provided_at)


def confirm(attempt: Attempt, clock: Clock) -> None:
    """After the commit: was it in time? A worker that was killed before this look cannot know, and moves the moment too."""
    now, provided_at = clock(), attempt.provided_at
    assert provided_at is not None
    record = attempt.publication.record
    if now >= provided_at:
        wait_for_midnight(now)
        later = next_second(now)
        if day_of(later) != attempt.day:
            return
        with transaction.atomic():
            mine = Attempt.objects.for_body(attempt.body).filter(pk=attempt.pk, state=State.PROVIDED, provided_at=provided_at)
            if mine.update(provided_at=later):
                kinds.of(record).on_provided(record, later)
        return
    with transaction.atomic():
        still = Attempt.objects.for_body(attempt.body).filter(pk=attempt.pk, state=State.PROVIDED, provided_at=provided_at)
        if not still.update(state=State.PUBLIC, confirmed_at=now):
            return
        values: dict[str, object] = {
            "provided_at": provided_at.isoformat(),
            "attempt": attempt.number,
            "leaf_index": attempt.leaf_index,
            "size": attempt.checkpoint.size if attempt.checkpoint else None,
        }
        audit.note(record, "publication.public", values, by=None, at=now)
        requests.put(attempt.body, at=now)
        kinds.of(record).on_public(record, provided_at)
