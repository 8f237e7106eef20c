"""Pictures of a notice, as we have written them anew."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Person
from allmende.core.scope import BodyOwned, Scoped
from allmende.notices.models.notice import Notice


class Picture(BodyOwned):
    """One picture in the drafts folder, under its id, by which the text refers to it."""

    class Format(models.TextChoices):
        PNG = "png", "PNG"
        JPEG = "jpeg", "JPEG"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="pictures")
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=4, choices=Format)
    width = models.PositiveIntegerField()  # pixels
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes
    name = models.CharField(_("Dateiname"), max_length=120)  # as the clerk knows it; shown inside the office only
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = Scoped("notice__record__body")

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [models.UniqueConstraint(name="notices_picture_unique", fields=["notice", "sha256"])]

    def __str__(self) -> str:
        return self.name
