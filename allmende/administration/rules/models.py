"""What a body has decided about its rules. Rows only come: triggers (migration 0004) refuse changes and deletions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body, Person
from allmende.core.scope import BodyOwned
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import FEDERAL

PROFILES = sorted([*(land.value for land in Land), FEDERAL])


class ProfileDecision(BodyOwned):
    """A version of a profile that a body has adopted, with its whole content, or has decided not to adopt for now.

    The newest adopted version of the Land and of the federation hold. The database refuses to adopt an older one after a newer one.
    """

    class Answer(models.TextChoices):
        ADOPTED = "adopted", _("übernommen")
        KEPT = "kept", _("zurückgestellt")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    profile = models.CharField(max_length=7, help_text="Letters of the Land, or 'federal'")
    version = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=7, choices=Answer)
    content = models.JSONField(null=True, help_text="As legalcalendar.profiles.as_json writes it; null where the body kept what it had")
    reason = models.TextField(blank=True, help_text="Why the body kept what it had")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="administration_profile_once", fields=["body", "profile", "version", "answer"]),
            models.CheckConstraint(name="administration_profile_known", condition=Q(profile__in=PROFILES)),
            models.CheckConstraint(name="administration_profile_version", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="administration_profile_answer",
                condition=Q(answer="adopted", content__isnull=False, reason="") | Q(answer="kept", content__isnull=True) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile} {self.version} {self.answer} by body {self.body_id}"


class OwnRule(BodyOwned):
    """A rule a body has entered itself, with its source. It is never overwritten: it ends, and another one follows.

    The database refuses two rules of one key that hold for the same kind on the same day, and every change but ending.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, help_text="A key of lib.legalcalendar.keys")
    value = models.JSONField(help_text="As legalcalendar.keys.written writes it")
    kinds = models.JSONField(default=list, help_text="Kinds of notices it holds for, sorted; empty: all")
    law = models.CharField(max_length=200)
    section = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    reason = models.TextField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(name="administration_rules_in_use", fields=["body"], condition=Q(ended_at=None))]
        constraints = [
            models.CheckConstraint(name="administration_rule_source", condition=~Q(key="") & ~Q(law="") & ~Q(section="") & ~Q(reason="")),
            models.CheckConstraint(
                name="administration_rule_days",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="administration_rule_ended",
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | Q(ended_at__gte=F("entered_at"), ended_by__isnull=False) & ~Q(end_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of body {self.body_id}"
