"""Somebody wants a notice on paper."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Person
from allmende.core.scope import BodyOwned, Scoped
from allmende.notices.models.notice import Notice
from allmende.tasks.models import Task


class PrintRequest(BodyOwned):
    """Who wants which notice, in which letters, and how it comes to them. Name and address go some time after it is done.

    Everything else about it is a task of the work list, which holds no word of who has asked.
    """

    class Delivery(models.TextChoices):
        POST = "post", _("per Post")
        COLLECT = "collect", _("zum Abholen")

    class Channel(models.TextChoices):
        FORM = "form", _("Formular")
        PHONE = "phone", _("Telefon")
        LETTER = "letter", _("Brief oder persönlich")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="+")
    large = models.BooleanField(default=False)
    delivery = models.CharField(max_length=7, choices=Delivery)
    channel = models.CharField(max_length=6, choices=Channel)
    name = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)  # postal code and town, and the country if it is another
    asked_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # null: by the public form
    erased_at = models.DateTimeField(null=True)

    objects = Scoped("notice__record__body")

    class Meta:
        constraints = [
            models.CheckConstraint(name="notices_printrequest_delivery_known", condition=Q(delivery__in=["post", "collect"])),
            models.CheckConstraint(
                name="notices_printrequest_who_entered_it",
                condition=Q(channel="form", entered_by=None) | Q(channel__in=["phone", "letter"], entered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="notices_printrequest_only_what_is_needed",
                condition=Q(erased_at__isnull=False, name="", street="", place="")
                | (Q(erased_at=None, delivery="collect", street="", place="") & ~Q(name=""))
                | (Q(erased_at=None, delivery="post") & ~Q(name="") & ~Q(street="") & ~Q(place="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.delivery}"
