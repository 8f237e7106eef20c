"""Tasks, their history, and what was typed or scanned as evidence."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body, Person, Record
from allmende.core.scope import BodyOwned, Scoped
from allmende.tasks import kinds


class Task(BodyOwned):
    """Something that somebody in the office has to do away from the page, mostly about a record.

    `due_at`: the moment at which it is overdue. `by_day`: that moment is a midnight, and people read the day before it.
    `titles` and `details` never hold personal data: what a kind knows about people is in rows of its module.
    """

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        DONE = "done", _("erledigt")
        DROPPED = "dropped", _("nicht nötig")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)  # kinds.py
    key = models.CharField(max_length=160, help_text="The same task has the same key: it is opened once")
    titles = models.JSONField(default=dict, help_text='By language: {"de": "…", "en": "…"}; empty: the name of the kind')
    details = models.JSONField(default=dict, help_text="What the kind needs to know")
    urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    by_day = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    assigned_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # null: the platform
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # null: the platform

    class Meta:
        verbose_name = _("Aufgabe")
        indexes = [models.Index(name="tasks_task_list", fields=["body", "state", "due_at"])]
        constraints = [
            models.UniqueConstraint(name="tasks_task_once", fields=["body", "key"]),
            models.CheckConstraint(name="tasks_task_state_known", condition=Q(state__in=["open", "done", "dropped"])),
            models.CheckConstraint(
                name="tasks_task_closed_completely",
                condition=Q(state="open", closed_at=None, closed_by=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(name="tasks_task_day_is_a_time", condition=Q(by_day=False) | Q(due_at__isnull=False)),
            models.CheckConstraint(name="tasks_task_german_title", condition=Q(titles={}) | Q(titles__has_key="de")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def what(self) -> kinds.TaskKind:
        return kinds.get(self.kind)

    @property
    def title(self) -> str | Promise:
        """In the language of the page, else in German."""
        titles: dict[str, str] = self.titles
        return titles.get(get_language() or "de") or titles.get("de") or self.what.name


class Entry(BodyOwned):
    """One line of the history of a task. Append-only (trigger)."""

    class Act(models.TextChoices):
        OPENED = "opened", _("angelegt")
        TAKEN = "taken", _("übernommen")
        LET_GO = "let_go", _("abgegeben")
        EVIDENCE = "evidence", _("Nachweis ergänzt")
        DONE = "done", _("erledigt")
        DROPPED = "dropped", _("nicht nötig")
        REOPENED = "reopened", _("wieder geöffnet")
        ERASED = "erased", _("Angaben gelöscht")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="entries")
    act = models.CharField(max_length=8, choices=Act)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True)  # of what was done, where that is another than the day of the entry
    medium = models.CharField(max_length=40, blank=True)  # code of one of the media of the kind

    objects = Scoped("task__body")

    class Meta:
        indexes = [models.Index(name="tasks_entry_of", fields=["task", "id"])]
        constraints = [
            models.CheckConstraint(
                name="tasks_entry_act_known",
                condition=Q(act__in=["opened", "taken", "let_go", "evidence", "done", "dropped", "reopened", "erased"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.act}"


class Words(BodyOwned):
    """What was typed with an entry: place, person, text. Never changed (trigger); erased where it must go, the entry stays."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="words")
    values = models.JSONField()

    objects = Scoped("entry__task__body")

    def __str__(self) -> str:
        return f"words of {self.entry_id}"


class Scan(BodyOwned):
    """A file with an entry: a page of a newspaper, a confirmation. Bit by bit as it came, never public (scans.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="scan")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = Scoped("entry__task__body")

    class Meta:
        constraints = [
            models.CheckConstraint(name="tasks_scan_type_known", condition=Q(media_type__in=["application/pdf", "image/png", "image/jpeg"]))
        ]

    def __str__(self) -> str:
        return self.name
