"""When the installation ran and answered: one row for the last sign of life, and a row for each time it was missing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """The last sign of life of the worker, one row for the installation; moved by a conditional UPDATE.

    `measured_since`, `answered_at`: since when the public address is measured without a break in the settings, and when it last
    answered; empty where it is not measured.
    """

    number = models.PositiveSmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField(help_text="The first beat of all: nothing is known of before")
    last_at = models.DateTimeField()
    measured_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="evidence_heartbeat_one", condition=Q(number=1)),
            models.CheckConstraint(name="evidence_heartbeat_forward", condition=Q(last_at__gte=F("since"))),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M} – {self.last_at:%Y-%m-%d %H:%M}"


class Outage(models.Model):
    """A time in which the installation did not run, or did not answer at its public address. Closed once, else append-only (trigger)."""

    class Cause(models.TextChoices):
        NOT_RUNNING = "not_running", _("nicht gelaufen")
        NOT_ANSWERING = "not_answering", _("unter der öffentlichen Adresse nicht geantwortet")

    cause = models.CharField(max_length=13, choices=Cause)
    begins_at = models.DateTimeField(help_text="The last sign of life before")
    ends_at = models.DateTimeField(null=True, help_text="The first sign of life after; empty while it lasts")

    class Meta:
        ordering = ["-begins_at", "-pk"]
        indexes = [models.Index(name="evidence_outage_time", fields=["begins_at", "ends_at"])]
        constraints = [
            models.CheckConstraint(name="evidence_outage_cause", condition=Q(cause__in=["not_running", "not_answering"])),
            models.CheckConstraint(name="evidence_outage_order", condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at"))),
            models.CheckConstraint(
                name="evidence_outage_not_running_is_past", condition=Q(cause="not_answering") | Q(ends_at__isnull=False)
            ),
            models.UniqueConstraint(name="evidence_outage_one_open", fields=["cause"], condition=Q(ends_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.cause}: {self.begins_at:%Y-%m-%d %H:%M} – {self.ends_at:%Y-%m-%d %H:%M}" if self.ends_at else f"{self.cause}: …"
