"""Write side of the work list. Races are decided by the conditional UPDATE of the task's own row."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from allmende.core import audit, outbox
from allmende.core.models import Body, Person, Record
from allmende.core.permissions import require
from allmende.tasks import kinds, scans
from allmende.tasks.days import end_of, next_morning
from allmende.tasks.errors import AlreadyClosed, DropReasonMissing, EvidenceMissing, StillOpen, TakenMeanwhile
from allmende.tasks.kinds import Evidence
from allmende.tasks.models import Entry, Scan, Task, Words
from allmende.tasks.reminders import MORNING, URGENT

OPEN = Task.State.OPEN
Title = Mapping[str, str]


def _enter(task: Task, act: Entry.Act, *, by: Person | None, at: datetime, evidence: Evidence | None = None) -> Entry:
    evidence = evidence or Evidence()
    entry = Entry.objects.create(task=task, act=act, at=at, by=by, day=evidence.day, medium=evidence.medium)
    if evidence.words:
        Words.objects.create(entry=entry, values=evidence.words)
    audit.note(task.record or task.body, f"task.{act}", {"task": task.pk, "kind": task.kind}, by=by, at=at)
    return entry


@transaction.atomic
def open(
    *,
    kind: str,
    at: datetime,
    record: Record | None = None,
    body: Body | None = None,
    by: Person | None = None,
    due: date | datetime | None = None,
    titles: Title | None = None,
    details: Mapping[str, Any] | None = None,
    once: str = "",
) -> Task:
    """Put a task on the list, about `record`, or about `body` itself. The same kind, record and `once` open one task only.

    `due`: a day counts with its end, a moment to the second. `by` is None where the platform itself opens it. `titles` by language
    where the name of the kind is not enough. Neither `titles` nor `details` may hold personal data.

    Raises:
        KeyError: nobody has registered `kind`.
        ValueError: neither record nor body.
    """
    what, owner = kinds.get(kind), record.body if record else body
    if owner is None:
        raise ValueError("a task is about a record or a body")
    key = f"{kind}:{record.pk if record else ''}:{once}"
    have = Task.objects.for_body(owner).filter(key=key)
    if there := have.first():
        return there
    due_at = due if isinstance(due, datetime) or due is None else end_of(due)
    try:
        with transaction.atomic():  # savepoint: the constraint decides who is first
            task = Task.objects.create(
                body=owner,
                record=record,
                kind=kind,
                key=key,
                titles=dict(titles or {}),
                details=dict(details or {}),
                urgent=what.urgent,
                due_at=due_at,
                by_day=due_at is not due,
                opened_at=at,
                opened_by=by,
            )
    except IntegrityError:
        return have.get()
    _enter(task, Entry.Act.OPENED, by=by, at=at)
    _remind(task, at)
    return task


def _remind(task: Task, at: datetime) -> None:
    morning = next_morning(at)
    outbox.put(task.body, MORNING, at=at, once=f"{morning:%Y-%m-%d}", due=morning)
    if task.urgent:
        outbox.put(task.body, URGENT, subject=str(task.pk), at=at, once=at.isoformat())


def _task(task_id: int, body: Body) -> Task:
    """Raises Task.DoesNotExist."""
    return Task.objects.for_body(body).select_related("body", "record__body").get(pk=task_id)


@transaction.atomic
def take(task_id: int, *, body: Body, by: Person, at: datetime) -> None:
    """`by` will do it.

    Raises:
        NotAllowed: `by` may not do tasks of this kind here.
        TakenMeanwhile: somebody else does it. AlreadyClosed.
    """
    task = _task(task_id, body)
    require(by, body, task.what.act, at=at)
    free = Task.objects.for_body(body).filter(pk=task_id, state=OPEN)
    if free.filter(assigned_to=None).update(assigned_to=by):
        _enter(task, Entry.Act.TAKEN, by=by, at=at)
    elif not free.filter(assigned_to=by).exists():
        raise TakenMeanwhile if free.exists() else AlreadyClosed


@transaction.atomic
def let_go(task_id: int, *, body: Body, by: Person, at: datetime) -> None:
    """Nobody in particular does it now. Anybody who may do it can say so: people fall ill.

    Raises:
        NotAllowed, AlreadyClosed
    """
    task = _task(task_id, body)
    require(by, body, task.what.act, at=at)
    if Task.objects.for_body(body).filter(pk=task_id, state=OPEN, assigned_to__isnull=False).update(assigned_to=None):
        _enter(task, Entry.Act.LET_GO, by=by, at=at)
    elif not Task.objects.for_body(body).filter(pk=task_id, state=OPEN).exists():
        raise AlreadyClosed


def _complete(task: Task, evidence: Evidence) -> None:
    """Raises EvidenceMissing: a part that the kind requires is not there, or a medium is none of its media."""
    for asked in task.what.asks:
        if asked.required and not getattr(evidence, asked.part):
            raise EvidenceMissing
    if evidence.medium and evidence.medium not in {code for code, _words in task.what.media(task)}:
        raise EvidenceMissing


def _scan_of(evidence: Evidence, body: Body) -> Scan | None:
    return scans.new(*evidence.scan, body=body) if evidence.scan else None


def finish(task_id: int, evidence: Evidence, *, body: Body, by: Person, at: datetime) -> None:
    """It is done; `evidence` says how. What the kind says follows, in the same transaction.

    Raises:
        NotAllowed, AlreadyClosed, EvidenceMissing
        NotAScan, ScanTooLarge
    """
    task = _task(task_id, body)
    require(by, body, task.what.act, at=at)
    _complete(task, evidence)
    scan = _scan_of(evidence, body)
    with transaction.atomic():
        _close(task, Task.State.DONE, by=by, at=at)
        entry = _enter(task, Entry.Act.DONE, by=by, at=at, evidence=evidence)
        if scan:
            scans.attach(scan, entry)
        task.what.on_done(task, evidence, by, at)


@transaction.atomic
def settle(kind: str, record: Record, *, state: Task.State, text: str, at: datetime) -> int:
    """Close what is open of a kind about `record`, by the platform: it has happened (DONE), or it cannot be done any more (DROPPED).

    `text` says why and holds no personal data: it stays. Returns how many were closed.
    """
    found = Task.objects.for_body(record.body).filter(record=record, kind=kind, state=OPEN).select_related("body", "record__body")
    closed = 0
    for task in found.order_by("pk"):
        try:
            _close(task, state, by=None, at=at)
        except AlreadyClosed:
            continue
        act = Entry.Act.DONE if state == Task.State.DONE else Entry.Act.DROPPED
        _enter(task, act, by=None, at=at, evidence=Evidence(text=text))
        closed += 1
    return closed


def _close(task: Task, state: Task.State, *, by: Person | None, at: datetime) -> None:
    if not Task.objects.for_body(task.body).filter(pk=task.pk, state=OPEN).update(state=state, closed_at=at, closed_by=by):
        raise AlreadyClosed
    task.state, task.closed_at, task.closed_by = state, at, by


def add_evidence(task_id: int, evidence: Evidence, *, body: Body, by: Person, at: datetime) -> None:
    """Add to a task that is closed what came later: the page of the newspaper, the answer of the authority.

    Raises:
        NotAllowed
        StillOpen: it comes with `finish`.
        EvidenceMissing: nothing was said and no file came.
        NotAScan, ScanTooLarge
    """
    task = _task(task_id, body)
    require(by, body, task.what.act, at=at)
    if task.state == OPEN:
        raise StillOpen
    if not (evidence.words or evidence.scan):
        raise EvidenceMissing
    scan = _scan_of(evidence, body)
    with transaction.atomic():
        entry = _enter(task, Entry.Act.EVIDENCE, by=by, at=at, evidence=evidence)
        if scan:
            scans.attach(scan, entry)


@transaction.atomic
def drop(task_id: int, reason: str, *, body: Body, by: Person, at: datetime) -> None:
    """It need not be done.

    Raises:
        NotAllowed, AlreadyClosed
        DropReasonMissing: why not?
    """
    task = _task(task_id, body)
    require(by, body, task.what.act, at=at)
    if not reason.strip():
        raise DropReasonMissing
    _close(task, Task.State.DROPPED, by=by, at=at)
    _enter(task, Entry.Act.DROPPED, by=by, at=at, evidence=Evidence(text=reason))


@transaction.atomic
def reopen(task_id: int, reason: str, *, body: Body, by: Person, at: datetime) -> None:
    """It was closed by mistake.

    Raises:
        NotAllowed, StillOpen, DropReasonMissing
    """
    task = _task(task_id, body)
    require(by, body, task.what.act, at=at)
    if not reason.strip():
        raise DropReasonMissing
    closed = Task.objects.for_body(body).filter(~Q(state=OPEN), pk=task_id)
    if not closed.update(state=OPEN, closed_at=None, closed_by=None):
        raise StillOpen
    _enter(task, Entry.Act.REOPENED, by=by, at=at, evidence=Evidence(text=reason))
    _remind(task, at)


def erase(record: Record, *, by: Person | None, at: datetime) -> int:
    """Erase what was typed and scanned for the tasks of a record, at the date on which its personal data must go. Idempotent.

    The tasks and their history stay: that something was done, when and by whom in the office. Returns how many entries lost
    something. The files go after the commit.
    """
    return _erase(record.body, Q(task__record=record), by=by, at=at)


def erase_task(task: Task, *, by: Person | None, at: datetime) -> int:
    """The same for one task."""
    return _erase(task.body, Q(task=task), by=by, at=at)


@transaction.atomic
def _erase(body: Body, which: Q, *, by: Person | None, at: datetime) -> int:
    mine = Entry.objects.for_body(body).filter(which)
    words = Words.objects.for_body(body).filter(entry__in=mine)
    found = dict(Scan.objects.for_body(body).filter(entry__in=mine).values_list("pk", "entry"))
    touched = {*words.values_list("entry", flat=True), *found.values()}
    if not touched:
        return 0
    tasks = list(Task.objects.for_body(body).filter(entries__in=touched).distinct().select_related("body", "record__body"))
    words.delete()
    Scan.objects.for_body(body).filter(pk__in=found).delete()
    for task in tasks:
        _enter(task, Entry.Act.ERASED, by=by, at=at)
    files: list[UUID] = list(found)
    transaction.on_commit(lambda: scans.remove_files(files, body))
    return len(touched)
