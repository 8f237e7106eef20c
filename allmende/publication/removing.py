"""What follows when something was taken down or erased: files away, the line in the log, a new edition of the bundle.

Done by the worker, in a queue of its own for each removal, so that nothing that waits for the record holds it up. Killed anywhere, it
is done once more with the same result.
"""

from datetime import datetime, timedelta

from django.db import transaction

from allmende.core import leftovers, mails, outbox
from allmende.core.models import OutboxRow, Record
from allmende.core.outbox import Later
from allmende.lib.proof import leaf as leaves
from allmende.publication import bundle, clock, files, log
from allmende.publication.models import Attempt, Relation, Removal, State
from allmende.publication.witness import requests

TOPIC = "publication.removed"
BUSY = timedelta(seconds=20)  # until the write-ahead log is tried again


def put(removal: Removal, *, at: datetime) -> None:
    """Ask for what follows, in the transaction of the removal."""
    outbox.put(removal.attempt.body, TOPIC, subject=str(removal.pk), at=at)


def leaf_of(removal: Removal) -> bytes:
    """The entry of the log. The same removal, the same bytes."""
    index = removal.attempt.leaf_index
    assert index is not None
    if removal.event == Removal.Event.ERASED:
        return leaves.erased(index=index, artefacts=removal.artefacts)
    return leaves.removed(index=index, artefacts=removal.artefacts, reason=removal.reason)


def finish(row: OutboxRow, at: datetime) -> None:
    """Outbox handler."""
    mine = Removal.objects.for_body(row.body).filter(pk=int(row.subject))
    removal = mine.select_related("attempt__body", "attempt__publication__record__body").defer(*_LARGE).get()
    record, now = removal.attempt.publication.record, clock.for_row(at)
    files.clear(record)
    if removal.event == Removal.Event.ERASED:
        mails.forget(record)
    if removal.entry_index is None:
        index = log.append(row.body, leaf_of(removal), at=now())
        mine.filter(entry_index=None).update(entry_index=index)
    log.integrate(row.body, at=now())
    bundle.renew_without_removed(record, now())
    with transaction.atomic():
        requests.put(row.body, at=now())
    if removal.event == Removal.Event.ERASED and not leftovers.empty_write_ahead_log():
        raise Later(now() + BUSY)


_LARGE = tuple(f"attempt__{column}" for column in ("page", "fragment", "document", "token", "revocation"))


def relation_leaf(relation: Relation) -> bytes:
    """The entry of the log. Both publications have been public."""
    indexes = [_index(relation.earlier.record), _index(relation.later.record)]
    return leaves.related(index=indexes[0], later=indexes[1], relation=leaves.Relation(relation.word))


def _index(record: Record) -> int:
    """The place of the entry that counts."""
    attempts = Attempt.objects.for_body(record.body).filter(publication=record.pk, state__in=(State.PROVIDED, State.PUBLIC, State.REMOVED))
    index = attempts.values_list("leaf_index", flat=True).get()
    assert index is not None
    return index


def finish_relation(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: the later one is public, as its publication stands before this in its queue."""
    now = clock.for_row(at)
    mine = Relation.objects.for_body(row.body).filter(later=row.record_id, entry_index=None)
    for relation in mine.select_related("earlier__record__body", "later__record__body").order_by("pk"):
        index = log.append(row.body, relation_leaf(relation), at=now())
        mine.filter(pk=relation.pk).update(entry_index=index)
    log.integrate(row.body, at=now())
    with transaction.atomic():
        requests.put(row.body, at=now())
