"""Mails about what is due: one a day for each person, and one at once for what is urgent. No titles, no names: kinds and numbers."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allmende.core import addresses, outbox
from allmende.core.models import Body, OutboxRow, Person
from allmende.core.permissions import holders, may
from allmende.lib import german
from allmende.tasks.days import end_of, next_morning
from allmende.tasks.models import Task

MORNING: Final = "tasks.morning"
URGENT: Final = "tasks.urgent"
MAIL: Final = "tasks.mail"


def _due_today(body: Body, at: datetime) -> list[Task]:
    """Open tasks that are overdue or will be by the end of the day. 1 query."""
    tonight = end_of(timezone.localdate(at))
    return list(Task.objects.for_body(body).filter(state=Task.State.OPEN, due_at__lte=tonight).select_related("assigned_to"))


def _responsible(task: Task, body: Body, at: datetime) -> Iterable[Person]:
    """Who has taken it, while they may do it; else everybody who may."""
    person = task.assigned_to
    return [person] if person is not None and may(person, body, task.what.act, at=at) else holders(body, task.what.act, at=at)


def _share(tasks: Iterable[Task], body: Body, at: datetime) -> dict[int, list[Task]]:
    """Person → tasks that are theirs."""
    theirs: dict[int, list[Task]] = {}
    for task in tasks:
        for person in _responsible(task, body, at):
            theirs.setdefault(person.pk, []).append(task)
    return theirs


def morning(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: a mail for each person with something due, and the row of the next morning while anything is open."""
    body: Body = row.body
    people = _share(_due_today(body, at), body, at)
    following = next_morning(at)
    with transaction.atomic():
        for person in people:
            outbox.put(body, MAIL, subject=str(person), at=at, once=f"{timezone.localdate(at):%Y-%m-%d}")
        if Task.objects.for_body(body).filter(state=Task.State.OPEN).exists():
            outbox.put(body, MORNING, at=at, once=f"{following:%Y-%m-%d}", due=following)


def urgent(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: a mail at once for each person who may do the task that has just been opened."""
    body: Body = row.body
    task = Task.objects.for_body(body).filter(pk=int(row.subject), state=Task.State.OPEN).select_related("assigned_to").first()
    if task is None:
        return
    with transaction.atomic():
        for person in _responsible(task, body, at):
            outbox.put(body, MAIL, subject=f"{person.pk} {task.pk}", at=at)


def mail(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: one mail to one person, about all that is due, or about the one task that `subject` names behind the person."""
    body: Body = row.body
    who, _space, task = row.subject.partition(" ")
    person = Person.objects.filter(pk=int(who), is_active=True).first()
    if person is None:
        return
    if task:
        found = list(Task.objects.for_body(body).filter(pk=int(task), state=Task.State.OPEN))
    else:
        found = _share(_due_today(body, at), body, at).get(person.pk, [])
    if not found:
        return
    with translation.override("de"):
        address = f"{addresses.root(body)}/schreibtisch/aufgaben/" + (f"{found[0].pk}/" if task else "")
        subject, text = _urgent(found[0]) if task else _due(found, at)
        headers = {"Message-ID": f"<{row.pk}.tasks@allmende.invalid>", "Auto-Submitted": "auto-generated"}
    EmailMessage(f"{body.short_name}: {subject}", f"{text}\n\n{address}", to=[person.email], headers=headers).send()


def _due(tasks: list[Task], at: datetime) -> tuple[str, str]:
    late = sum(task.due_at is not None and task.due_at <= at for task in tasks)
    subject = ngettext("%(n)d Aufgabe ist fällig", "%(n)d Aufgaben sind fällig", len(tasks)) % {"n": len(tasks)}
    counted = Counter(str(task.what.name) for task in tasks)
    lines = [f"- {name}" + (f" ({number})" if number > 1 else "") for name, number in sorted(counted.items())]
    if late:
        lines += ["", ngettext("%(n)d davon ist überfällig.", "%(n)d davon sind überfällig.", late) % {"n": late}]
    return subject, "\n".join([f"{subject}:", "", *lines])


def _urgent(task: Task) -> tuple[str, str]:
    subject = _("Eilt: %(name)s") % {"name": task.what.name}
    if task.due_at is None:
        return subject, _("Eine dringende Aufgabe ist angelegt worden.")
    return subject, _("Eine dringende Aufgabe ist angelegt worden. Sie ist zu erledigen bis %(moment)s.") % {
        "moment": german.moment(german.local(task.due_at))
    }
