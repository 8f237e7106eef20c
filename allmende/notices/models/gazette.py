"""Issues of the gazette, the notices in them, and who prints them. Triggers: migration with the name gazette_guards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body, Person, Record
from allmende.core.scope import BodyOwned, Scoped
from allmende.notices.models.notice import Notice


class Issue(BodyOwned):
    """A numbered issue of the gazette of a body: public notices of its own and of the bodies it administers, in an order.

    From approval on it never changes. Every change of a draft moves `version` on.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        APPROVED = "approved", _("freigegeben, wird veröffentlicht")
        PUBLIC = "public", _("öffentlich")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)  # unique in year and body: Record.path
    provided_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")  # an issue that was withdrawn
    appears_on = models.DateField(null=True)  # the day that is planned for it; notices state it before they are published

    objects = Scoped("record__body")

    class Meta:
        verbose_name = _("Ausgabe des Amtsblatts")
        constraints = [
            models.CheckConstraint(name="notices_issue_state_known", condition=Q(state__in=["draft", "approved", "public"])),
            models.CheckConstraint(
                name="notices_issue_approved_completely",
                condition=Q(state="draft", year=None, number=None, approved_at=None, approved_by=None)
                | (~Q(state="draft") & Q(year__isnull=False, number__isnull=False, approved_at__isnull=False, approved_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="notices_issue_provided_when_public",
                condition=Q(state="public", provided_at__isnull=False) | (~Q(state="public") & Q(provided_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.pk}"

    @property
    def label(self) -> str:
        """3/2026; empty before approval."""
        return f"{self.number}/{self.year}" if self.number else ""


class IssueItem(BodyOwned):
    """A notice in an issue. Once in one issue; what an approved issue holds stays (trigger)."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="items")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    objects = Scoped("issue__record__body")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="notices_issueitem_once", fields=["issue", "notice"])]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.position}"


class IssueAuthor(BodyOwned):
    """Somebody who put a draft together, or a part of it: does not approve it."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="authors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = Scoped("issue__record__body")

    class Meta:
        constraints = [models.UniqueConstraint(name="notices_issueauthor_once", fields=["issue", "person"])]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.person_id}"


class GazetteSettings(BodyOwned):
    """Where the printer is told of a new issue; empty: nobody prints it."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, primary_key=True, related_name="+")
    printer = models.EmailField(_("E-Mail der Druckerei"), blank=True)

    def __str__(self) -> str:
        return f"{self.body_id}"
