"""Archive time stamps: one token a year over a checkpoint keeps every earlier proof of the log provable."""

from django.db import models
from django.db.models import Q

from allmende.core.models import Body
from allmende.core.scope import BodyOwned
from allmende.publication.models import Checkpoint


class ArchiveStamp(BodyOwned):
    """A token over the bytes of a checkpoint, with what is needed to check it. Append-only (trigger). Its file: docs/log.md, 14.

    `number` counts from 1 for each log. `ends_at`: when its first certificate ends.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    token = models.BinaryField()  # RFC 3161, DER
    certificates = models.TextField(help_text="PEM: the signer's of the token, its issuer's, …, others that it carries")
    revocation = models.JSONField(default=list)  # base64 of DER
    authority = models.CharField(max_length=300)
    stamped_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="evidence_archivestamp_number_once", fields=["body", "number"]),
            models.CheckConstraint(name="evidence_archivestamp_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="evidence_archivestamp_filled", condition=~Q(certificates="")),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}/{self.number}"
