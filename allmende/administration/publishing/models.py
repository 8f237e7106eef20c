"""How a body publishes, one row for each time it was entered. Rows only come: triggers (migration 0006) refuse changes and deletions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.administration.publishing.values import FORMS, Publishing
from allmende.core.models import Body, Person
from allmende.core.scope import BodyOwned
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.legalcalendar.places import LocalHoliday


class PublishingSettings(BodyOwned):
    """What local law says about publication from a day on. It holds until another row begins; a row is never overwritten.

    Of two rows that begin on the same day the one that was entered later holds: so a slip is put right.
    """

    class Medium(models.TextChoices):
        INTERNET = Form.INTERNET.value, _("Internet")
        ELECTRONIC_GAZETTE = Form.ELECTRONIC_GAZETTE.value, _("elektronisches Amtsblatt")
        DEPOSIT = Form.DEPOSIT.value, _("Niederlegung mit Hinweis im Internet")
        NOTICE_BOARD = Form.NOTICE_BOARD.value, _("Aushang")
        GAZETTE = Form.GAZETTE.value, _("gedrucktes Amtsblatt")
        NEWSPAPER = Form.NEWSPAPER.value, _("Zeitung")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=20, choices=Medium)
    further = models.JSONField(default=list, help_text="Other forms that local law prescribes as well")
    law = models.CharField(max_length=200)
    section = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True, help_text="The internet address that local law names")
    start_page = models.CharField(max_length=300, blank=True)
    inspection = models.TextField(blank=True)
    copies = models.TextField(blank=True)
    holidays = models.JSONField(default=list, help_text="lib.legalcalendar.places.LocalHoliday")
    opening = models.JSONField(help_text="Days of the week with service, 0 Monday to 6 Sunday")
    valid_from = models.DateField()
    reason = models.TextField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="administration_publishing_body", fields=["body", "valid_from"])]
        constraints = [
            models.CheckConstraint(name="administration_publishing_form", condition=Q(form__in=[form.value for form in FORMS])),
            models.CheckConstraint(name="administration_publishing_source", condition=~Q(law="") & ~Q(section="") & ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.form} of body {self.body_id} from {self.valid_from}"

    @property
    def values(self) -> Publishing:
        return Publishing(
            form=Form(self.form),
            further=tuple(map(Form, self.further)),
            law=self.law,
            section=self.section,
            address=self.address,
            start_page=self.start_page,
            inspection=self.inspection,
            copies=self.copies,
            holidays=tuple(map(LocalHoliday, self.holidays)),
            opening=tuple(self.opening),
            valid_from=self.valid_from,
        )
