"""What the legal calendar of a notice rests on, what was stated for it, and the days that came out. Triggers: migration 0008."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body, Person
from allmende.core.scope import BodyOwned, Scoped
from allmende.core.sql import IsObject
from allmende.lib.legalcalendar.computation import Code
from allmende.notices.models.notice import Notice


class KeptRules(BodyOwned):
    """The whole book of rules of a body, and how it publishes, as it stood when a notice was approved. One row for each content.

    Append-only (triggers): no later change of a profile, a rule or a library reaches a notice that was approved with it.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="Of the content as canonical JSON")
    content = models.JSONField(help_text="As notices.calendar.basis writes it")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notices_keptrules_once", fields=["body", "sha256"]),
            models.CheckConstraint(name="notices_keptrules_object", condition=IsObject("content")),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:8]} of body {self.body_id}"


class Basis(BodyOwned):
    """The rules and statements by which the days of one notice are computed, from its approval on. Append-only (triggers)."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="basis")
    rules = models.ForeignKey(KeptRules, on_delete=models.PROTECT, related_name="+")
    statement = models.JSONField(help_text="As notices.calendar.statement writes it: of who submitted and who approved together")
    kept_at = models.DateTimeField()

    objects = Scoped("notice__record__body")

    class Meta:
        constraints = [models.CheckConstraint(name="notices_basis_object", condition=IsObject("statement"))]

    def __str__(self) -> str:
        return f"{self.notice_id}"


class Statement(BodyOwned):
    """What somebody confirmed and stated about one version when submitting or approving it. Append-only (triggers)."""

    class Act(models.TextChoices):
        SUBMITTED = "submitted", _("beim Einreichen")
        APPROVED = "approved", _("bei der Freigabe")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="statements")
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=9, choices=Act)
    content = models.JSONField(help_text="As notices.calendar.statement writes it")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Scoped("notice__record__body")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="notices_statement_act", condition=Q(act__in=["submitted", "approved"])),
            models.CheckConstraint(name="notices_statement_object", condition=IsObject("content")),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.version} {self.act}"


class Calendar(BodyOwned):
    """The days of a notice as they follow from the moment it was provided, with reasons, rules, sources and holidays.

    Written in the transaction that makes the page answer. Only a moment that was moved forward, or that of the issue, replaces it
    (triggers).
    """

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="calendar")
    provided_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, help_text="Where the electronic gazette is the form: when its issue appeared")
    content = models.JSONField(help_text="As notices.calendar.stored writes it")

    objects = Scoped("notice__record__body")

    class Meta:
        constraints = [models.CheckConstraint(name="notices_calendar_object", condition=IsObject("content"))]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.provided_at:%Y-%m-%d %H:%M}"


class LegalDay(BodyOwned):
    """One day of a public notice, to be found by it: what ends, what is overdue, what has to go. Follows from its calendar."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="legal_days")
    code = models.CharField(max_length=20, help_text="lib.legalcalendar.computation.Code")
    day = models.DateField()

    objects = Scoped("notice__record__body")

    class Meta:
        indexes = [models.Index(name="notices_legalday_day", fields=["day"])]
        constraints = [
            models.UniqueConstraint(name="notices_legalday_once", fields=["notice", "code"]),
            models.CheckConstraint(name="notices_legalday_code", condition=Q(code__in=[code.value for code in Code])),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"
