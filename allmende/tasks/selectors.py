"""What the work list, the desk and the navigation show."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from allmende.core.language import page_language
from allmende.core.models import Body, Person
from allmende.lib import german
from allmende.tasks.days import last_day
from allmende.tasks.kinds import Part
from allmende.tasks.models import Entry, Task

PER_PAGE = 30
OPEN, MINE, CLOSED = "offen", "meine", "erledigt"


class TaskRow(NamedTuple):
    """One line of the list. `due`: until when, in words; `state`, `words` of `{% state %}`; `late`: marked as due."""

    url: str
    title: str
    about: str
    due: str
    who: str
    state: str
    words: str
    late: bool


def due_words(task: Task) -> str:
    """Mi, 4.3.2026; with the hour where it counts; empty without a date."""
    if task.due_at is None:
        return ""
    if task.by_day:
        return german.table_date(last_day(task.due_at), page_language())
    return german.table_moment(german.local(task.due_at), page_language())


def standing(task: Task, *, at: datetime) -> tuple[str, str]:
    """How it stands, as (`state`, `words`) of `{% state %}`."""
    if task.state == Task.State.DONE:
        return "ok", str(Task.State.DONE.label)
    if task.state == Task.State.DROPPED:
        return "off", str(Task.State.DROPPED.label)
    if task.due_at is not None and task.due_at <= at:
        return "bad", _("überfällig")
    if task.due_at is not None and last_day(task.due_at) == timezone.localdate(at):
        return "warn", _("heute fällig")
    return ("warn", _("eilt")) if task.urgent else ("wait", str(Task.State.OPEN.label))


def _row(task: Task, at: datetime) -> TaskRow:
    state, words = standing(task, at=at)
    who = task.assigned_to.name if task.assigned_to else ""
    if task.state != Task.State.OPEN and task.closed_by:
        who = task.closed_by.name
    url = reverse("tasks:show", args=[task.pk])
    late = state in ("bad", "warn")
    return TaskRow(url, str(task.title), about(task), due_words(task), who, state, words, late)


def about(task: Task) -> str:
    """What it is about, in a few words: what the kind says, else the title of the record. No query where the record was fetched along."""
    return task.what.about(task) or (task.record.title if task.record else "")


def _open(body: Body, at: datetime) -> QuerySet[Task]:
    """Overdue first, then what is urgent, then by day; what has no day comes last."""
    overdue = Case(When(due_at__lte=at, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Task.objects.for_body(body).filter(state=Task.State.OPEN).select_related("record", "assigned_to")
    return rows.order_by(overdue, "-urgent", F("due_at").asc(nulls_last=True), "pk")


def page(body: Body, which: str, *, person: Person, number: str | None, at: datetime) -> tuple[Page[Task], list[TaskRow]]:
    """A page of the list: what is open, what `person` has taken, or what is closed (newest first). 2 queries."""
    rows = _open(body, at)
    if which == MINE:
        rows = rows.filter(assigned_to=person)
    elif which == CLOSED:
        closed = Task.objects.for_body(body).exclude(state=Task.State.OPEN).select_related("record", "closed_by")
        rows = closed.order_by("-closed_at", "-pk")
    found = Paginator(rows, PER_PAGE).get_page(number)
    return found, [_row(task, at) for task in found]


def open_number(body: Body) -> int:
    """How many are open. 1 query."""
    return Task.objects.for_body(body).filter(state=Task.State.OPEN).count()


def next_due(body: Body, *, at: datetime, limit: int = 5) -> list[TaskRow]:
    """The first ones of the list. 1 query."""
    return [_row(task, at) for task in _open(body, at)[:limit]]


def of_record(record_id: UUID, body: Body, *, at: datetime) -> list[TaskRow]:
    """All tasks of a record, open ones first. 1 query."""
    rows = Task.objects.for_body(body).filter(record=record_id).select_related("record", "assigned_to", "closed_by")
    return [_row(task, at) for task in rows.order_by(F("closed_at").asc(nulls_first=True), F("due_at").asc(nulls_last=True), "pk")]


def one(body: Body, pk: int) -> Task | None:
    """The task with what its page shows. 1 query."""
    return Task.objects.for_body(body).select_related("body", "record__body", "assigned_to", "closed_by").filter(pk=pk).first()


def history(task: Task) -> list[Entry]:
    """All entries, newest first, with what was typed and scanned. 1 query."""
    rows = Entry.objects.for_body(task.body).filter(task=task).select_related("by", "words", "scan")
    return list(rows.order_by("-pk"))


def said(entry: Entry, task: Task) -> list[tuple[str, str]]:
    """(label, value) of what stands with an entry, in the words of the kind. No query where words were fetched along."""
    stored = getattr(entry, "words", None)  # it can be erased
    values: dict[str, str] = dict(stored.values) if stored is not None else {}
    if entry.medium:
        values[Part.MEDIUM] = str(dict(task.what.media(task)).get(entry.medium, entry.medium))
    if entry.day:
        values[Part.DAY] = german.table_date(entry.day, page_language())
    labels = {asked.part: str(asked.label) for asked in task.what.asks} if entry.act == Entry.Act.DONE else {}
    if entry.act in (Entry.Act.DROPPED, Entry.Act.REOPENED):
        labels = {Part.TEXT: _("Grund")}
    return [(labels.get(part, ""), values[part]) for part in Part if part in values]
