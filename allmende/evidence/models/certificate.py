"""Certificates of publication (Bekanntmachungsnachweise): who asked for one, and the sealed document once it is made."""

from django.db import models
from django.db.models import F, Q

from allmende.core.models import Body, Person
from allmende.core.scope import BodyOwned
from allmende.publication.models import Publication, SealUse


class Certificate(BodyOwned):
    """One statement about one publication, as of the moment it was made. Fixed (trigger), except that the document can be erased, once.

    `number` counts from 1 for each publication; one at a time is being made.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="certificates")
    number = models.PositiveSmallIntegerField()
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    document = models.BinaryField(null=True)
    seal_use = models.OneToOneField(SealUse, null=True, on_delete=models.PROTECT, related_name="certificate")
    stamped_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    waiting_code = models.CharField(max_length=60, blank=True, help_text="Code of the error that holds it up; no text, no names")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="evidence_certificate_number_once", fields=["publication", "number"]),
            models.UniqueConstraint(
                name="evidence_certificate_one_in_hand", fields=["publication"], condition=Q(made_at=None, erased_at=None)
            ),
            models.CheckConstraint(name="evidence_certificate_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="evidence_certificate_made_completely",
                condition=Q(made_at=None, document=None, seal_use=None, stamped_at=None)
                | Q(made_at__isnull=False, seal_use__isnull=False, stamped_at__isnull=False, waiting_code="")
                & (Q(document__isnull=False, erased_at=None) | Q(document=None, erased_at__isnull=False)),
            ),
            models.CheckConstraint(name="evidence_certificate_order", condition=Q(made_at=None) | Q(made_at__gte=F("requested_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}/{self.number}"
