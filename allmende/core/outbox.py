"""Outbox: later effects, at least once, in order per queue, parked after ten failures.

A handler gets the row and the time. It must be idempotent: what leaves the house carries
`row.key` (as Message-ID, as object name), what stays inside is a conditional UPDATE.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import COUNTED, Chore
from allmende.core.models import Body, OutboxRow, Record

Handler = Callable[[OutboxRow, datetime], None]
State = OutboxRow.State
MAX_ATTEMPTS = 10
LEASE = timedelta(minutes=5)
log = logging.getLogger("allmende.outbox")


class OutsideTransaction(RuntimeError):
    """A later effect must be written in the transaction that causes it."""


class Later(Exception):
    """Raised by a handler: not a failure, but not yet (e.g. wait until midnight has passed)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def put(about: Record | Body, topic: str, *, at: datetime, once: str = "", subject: str = "", due: datetime | None = None) -> None:
    """Ask for an effect. The same topic, record (or body and subject) and `once` (e.g. a version) asks only one time.

    Order: change the record's own row first (the conditional UPDATE), so that writers of one
    record queue up there and the ids of its outbox rows follow the order of the commits.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction
    record = about if isinstance(about, Record) else None
    body_id = about.body_id if isinstance(about, Record) else about.pk
    queue = str(record.pk) if record else f"{body_id}:{topic}:{subject}"
    key = f"{topic}:{record.pk if record else f'{body_id}:{subject}'}:{once}"
    values = {"body_id": body_id, "record": record, "queue": queue, "topic": topic, "subject": subject, "due_at": due or at}
    OutboxRow._unscoped.get_or_create(key=key, defaults=values)


def cancel(record: Record, topic: str) -> None:
    """Forget what was asked for about a record, done or not: the act that asked for it is taken back in this transaction.

    A worker that has such a row in hand finds nothing to do, and its row gone.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction
    OutboxRow._unscoped.filter(record=record, topic=topic).delete()


def _claim(at: datetime) -> OutboxRow | None:
    """Take the next row that is due and whose queue has no older open row. A parked row holds back its queue only."""
    older = OutboxRow._unscoped.filter(queue=OuterRef("queue"), pk__lt=OuterRef("pk")).exclude(state=State.DONE)
    due = OutboxRow._unscoped.filter(~Exists(older), state=State.WAITING, due_at__lte=at).order_by("due_at", "pk")
    for row in due.select_related("body", "record")[:20]:
        # The attempt is counted before the work: a row that kills the process is parked too.
        mine = OutboxRow._unscoped.filter(pk=row.pk, state=State.WAITING, attempts=row.attempts, due_at=row.due_at)
        if row.attempts >= MAX_ATTEMPTS:
            mine.update(state=State.PARKED, last_error=row.last_error or "worker died")
        elif mine.update(attempts=row.attempts + 1, due_at=at + LEASE):
            row.attempts += 1
            return row
    return None


def work_one(at: datetime) -> bool:
    """Do one row. Returns False if nothing is due. Safe with several workers."""
    row = _claim(at)
    if row is None:
        return False
    # Who holds the lease is decided by `attempts`: a worker that came back too late changes nothing.
    mine = OutboxRow._unscoped.filter(pk=row.pk, state=State.WAITING, attempts=row.attempts)
    try:
        handler: Handler = import_string(settings.OUTBOX_HANDLERS[row.topic])
        handler(row, at)
    except Later as later:
        mine.update(attempts=row.attempts - 1, due_at=later.until)
        return True
    except Exception as error:
        parked = row.attempts >= MAX_ATTEMPTS
        # What has a code is foreseen and told to the person whose work waits; the rest is for the operator.
        foreseen = hasattr(error, "code")
        level = logging.WARNING if foreseen and not parked else logging.ERROR
        words = "outbox_failed topic=%s body=%s error=%s attempt=%d%s"
        values = (row.topic, row.body.slug, type(error).__name__, row.attempts, " parked" if parked else "")
        log.log(level, words, *values, exc_info=not foreseen)
        mine.update(
            state=State.PARKED if parked else State.WAITING,
            due_at=at + timedelta(seconds=2**row.attempts),
            last_error=f"{type(error).__name__} {getattr(error, 'code', '')}".strip()[:200],
        )
        return True
    mine.update(state=State.DONE, last_error="")
    return True


def work(at: datetime) -> int:
    """Work until nothing is due; returns the number of rows tried."""
    tried = 0
    while work_one(at):
        tried += 1
    return tried


def retry(row: OutboxRow, *, at: datetime) -> bool:
    """Put a parked row back in line, by hand from the operations page."""
    parked = OutboxRow.objects.for_body(row.body).filter(pk=row.pk, state=State.PARKED)
    return parked.update(state=State.WAITING, attempts=0, due_at=at) == 1


def done_rows(at: datetime) -> Iterator[int]:
    """Rows of all bodies that were done before the time set. Parked rows wait for a person, however long."""
    # A row is due again at the end of the lease under which it was done: minutes after that moment.
    done = OutboxRow._unscoped.filter(state=State.DONE, due_at__lt=at - settings.KEEP_DONE)
    yield from done.order_by("pk").values_list("pk", flat=True)[:COUNTED]


def forget(rows: Sequence[int], at: datetime) -> None:
    OutboxRow._unscoped.filter(pk__in=rows, state=State.DONE).delete()


DONE_ROWS = Chore(_("erledigte Vorgänge"), done_rows, forget)
