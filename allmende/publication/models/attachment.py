"""Files that are published together with a page, each an artefact of its own."""

from django.db import models
from django.db.models import Q

from allmende.core.scope import BodyOwned, Scoped
from allmende.lib.official.attachment import LARGEST, LONGEST_TITLE, MOST
from allmende.publication.models.attempt import Attempt
from allmende.publication.models.publication import Publication


class Attachment(BodyOwned):
    """One file as it was approved; its bytes lie in store.attachment_file. Fixed (trigger), except that it can be erased, once.

    `removed_at`: from then on nobody is answered it. `erased_at`: title, file name and checksum are empty, the file is gone.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="attachments")
    number = models.PositiveSmallIntegerField(help_text="From 1, as it stands on the page")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    media_type = models.CharField(max_length=100)
    file_name = models.CharField(max_length=120, blank=True, help_text="Last part of its public address")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    removed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = Scoped("publication__body")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["sha256"], name="publication_attachment_sha256")]
        constraints = [
            models.UniqueConstraint(name="publication_attachment_number_once", fields=["publication", "number"]),
            models.CheckConstraint(name="publication_attachment_number_known", condition=Q(number__gte=1, number__lte=MOST)),
            models.CheckConstraint(name="publication_attachment_size", condition=Q(size__gte=1, size__lte=LARGEST)),
            models.CheckConstraint(
                name="publication_attachment_erased_completely",
                condition=Q(erased_at=None) & ~Q(title="") & ~Q(file_name="") & ~Q(sha256="")
                | Q(erased_at__isnull=False, removed_at__isnull=False, title="", file_name="", sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}/{self.name}"

    @property
    def name(self) -> str:
        """Of the artefact, as the log has it."""
        return f"attachment-{self.number}"


class AttachmentSalt(BodyOwned):
    """What hides an attachment in the leaf of one attempt. Fixed (trigger), except that it can be erased, once."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="attachment_salts")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="salts")
    salt = models.BinaryField(max_length=32, null=True)
    erased_at = models.DateTimeField(null=True)

    objects = Scoped("attempt__body")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_attachmentsalt_once", fields=["attempt", "attachment"]),
            models.CheckConstraint(
                name="publication_attachmentsalt_erased_completely",
                condition=Q(salt__isnull=False, erased_at=None) | Q(salt=None, erased_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.attachment_id}"
