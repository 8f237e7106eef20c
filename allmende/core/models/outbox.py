"""Later effects, and the lease by which one worker process holds a job."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models.body import Body
from allmende.core.models.record import Record
from allmende.core.scope import BodyOwned


class OutboxRow(BodyOwned):
    """A later effect, written in the transaction that causes it. Rows of one queue run in order of `id`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        DONE = "done", _("erledigt")
        PARKED = "parked", _("angehalten")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")
    queue = models.CharField(max_length=80, help_text="What must stay in order: the record, else topic and subject")
    topic = models.CharField(max_length=40, help_text="Key of settings.OUTBOX_HANDLERS")
    subject = models.CharField(max_length=60, blank=True, help_text="Id of what it is about, if no record; never a value")
    key = models.CharField(max_length=160, unique=True, help_text="Idempotency key: the same effect has the same key")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="Not before; also the lease of the worker that has it in hand")
    last_error = models.CharField(max_length=200, blank=True)  # class and code only: no personal data in here

    class Meta:
        indexes = [
            models.Index(name="core_outbox_open", fields=["queue", "id"], condition=~Q(state="done")),
            models.Index(name="core_outbox_due", fields=["due_at", "id"], condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state}, {self.attempts})"


class Lease(models.Model):
    """Who holds a job of the installation at the moment, e.g. the worker. Taken by a conditional UPDATE."""

    name = models.CharField(primary_key=True, max_length=40)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder} until {self.until:%H:%M:%S}"
