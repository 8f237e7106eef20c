"""What was approved, by whom, with the pictures it needs. Frozen by triggers; how it becomes public: attempt.py."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body, Person, Record
from allmende.core.scope import BodyOwned, Scoped


class Publication(BodyOwned):
    """The way of one record into the public, and out of it. `payload` is what was read and approved, byte for byte.

    Four eyes: a trigger refuses that `approved_by` is among the authors, on both databases.
    """

    class State(models.TextChoices):
        APPROVED = "approved", _("freigegeben, noch nicht öffentlich")
        PUBLIC = "public", _("öffentlich")
        REMOVED = "removed", _("nicht mehr veröffentlicht")
        ERASED = "erased", _("gelöscht")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="publication")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.APPROVED)
    payload = models.BinaryField(null=True)  # None once it has been erased
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    deputy_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # whom `approved_by` stood for
    acting_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")  # the body itself, or the association's office
    erased_at = models.DateTimeField(null=True)
    waiting_code = models.CharField(max_length=60, blank=True, help_text="Code of the error that holds it up; no text, no names")
    waiting_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="publication_state_known", condition=Q(state__in=["approved", "public", "removed", "erased"])),
            models.CheckConstraint(
                name="publication_erased_completely",
                condition=Q(state="erased", payload=None, erased_at__isnull=False)
                | ~Q(state="erased") & Q(payload__isnull=False, erased_at=None),
            ),
            models.CheckConstraint(
                name="publication_waiting_completely",
                condition=Q(waiting_code="", waiting_since=None) | (~Q(waiting_code="") & Q(waiting_since__isnull=False)),
            ),
            models.CheckConstraint(name="publication_public_waits_for_nothing", condition=Q(state="approved") | Q(waiting_code="")),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.state}"


class Author(BodyOwned):
    """Someone who wrote a part of what was approved. Append-only (trigger)."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="authors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = Scoped("publication__body")

    class Meta:
        constraints = [models.UniqueConstraint(name="publication_author_once", fields=["publication", "person"])]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.person_id}"


class Image(BodyOwned):
    """A picture of the approved page, found by its hash, which stands in the payload."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="images")
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    objects = Scoped("publication__body")

    class Meta:
        constraints = [models.UniqueConstraint(name="publication_image_once", fields=["publication", "sha256"])]

    def __str__(self) -> str:
        return self.sha256
