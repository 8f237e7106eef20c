"""A by-law and its versions: what was enacted, when, from when it holds, and by which notice everybody was told."""

from django.db import models
from django.db.models import F, Q

from allmende.core.models import Record
from allmende.core.scope import BodyOwned, Scoped


class ByLaw(BodyOwned):
    """One by-law through all its versions. Its page answers as long as the notice of one of them does."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True)

    objects = Scoped("record__body")

    def __str__(self) -> str:
        return f"{self.record_id}"


class Version(BodyOwned):
    """A by-law as one notice promulgated it. The force of law is here, never in a link between records.

    `in_force_on` comes from the legal calendar of the notice; empty where no confirmed rule gives the day.
    """

    bylaw = models.ForeignKey(ByLaw, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    adopted_on = models.DateField()
    signed_on = models.DateField()
    signed_by = models.CharField(max_length=200)
    approval_authority = models.CharField(max_length=200, blank=True)
    approval_on = models.DateField(null=True)
    retroactive = models.BooleanField(default=False)
    in_force_on = models.DateField(null=True)
    promulgated_by = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="+")  # the notice
    promulgated_at = models.DateTimeField()  # provided at

    objects = Scoped("bylaw__record__body")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="law_version_number_once", fields=["bylaw", "number"]),
            models.CheckConstraint(name="law_version_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="law_version_signed_by_somebody", condition=~Q(signed_by="")),
            models.CheckConstraint(
                name="law_version_approved_by_somebody",
                condition=Q(approval_authority="", approval_on=None) | (~Q(approval_authority="") & Q(approval_on__isnull=False)),
            ),
            models.CheckConstraint(name="law_version_in_order", condition=Q(signed_on__gte=F("adopted_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.bylaw_id} {self.number}"
