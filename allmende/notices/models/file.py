"""Files beside the text of a notice, and who has compared the text with them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Person
from allmende.core.scope import BodyOwned, Scoped
from allmende.lib.extraction import ABOUT, READABLE, TO_BE_READ, Media
from allmende.notices.models.notice import Notice

LONGEST_TITLE = 300
LONGEST_NAME = 120


class Role(models.TextChoices):
    """What a file is for (docs/adr/0015). Only an attachment ever becomes public."""

    ATTACHMENT = "attachment", _("Anlage: wird mit der Bekanntmachung öffentlich")
    ORIGINAL = "original", _("Unterzeichnetes Original (Scan): wird nie öffentlich")
    SOURCE = "source", _("Vorlage für den Text: bleibt im Haus")


class Accessible(models.TextChoices):
    """Whether everybody can read the file, as far as its content tells."""

    YES = "yes", _("barrierefrei")
    NO = "no", _("nicht barrierefrei")
    UNKNOWN = "unknown", _("Barrierefreiheit nicht geprüft")


class NoticeFile(BodyOwned):
    """One file in the drafts folder, under its id, bit for bit as it came. Title, role and place change while it is a draft."""

    Role = Role
    Accessible = Accessible

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="files")
    role = models.CharField(_("Wozu"), max_length=10, choices=Role)
    position = models.PositiveSmallIntegerField()  # among the files of the notice, from 1
    number = models.PositiveSmallIntegerField(null=True)  # under which it was approved, as it stands on the page
    title = models.CharField(_("Bezeichnung"), max_length=LONGEST_TITLE)
    name = models.CharField(_("Dateiname"), max_length=LONGEST_NAME)  # as the clerk knows it
    media = models.CharField(max_length=8)  # lib.extraction.Media, by content
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    accessible = models.CharField(max_length=7, choices=Accessible)
    pages = models.PositiveIntegerField(default=0)  # 0: none, or not known
    findings = models.JSONField(default=list)  # lib.extraction.Finding as JSON
    taken_at = models.DateTimeField(null=True)  # its text was taken into the draft
    taken_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = Scoped("notice__record__body")

    class Meta:
        ordering = ["position", "uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="notices_file_once", fields=["notice", "sha256"]),
            models.UniqueConstraint(name="notices_file_number_once", fields=["notice", "number"]),
            models.CheckConstraint(name="notices_file_number_of_attachment", condition=Q(number=None) | Q(role=Role.ATTACHMENT)),
            models.CheckConstraint(name="notices_file_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(name="notices_file_accessible_known", condition=Q(accessible__in=Accessible.values)),
            models.CheckConstraint(name="notices_file_media_known", condition=Q(media__in=[kind.value for kind in Media])),
            models.CheckConstraint(name="notices_file_says_something", condition=Q(size__gte=1) & ~Q(title="") & ~Q(name="")),
            models.CheckConstraint(
                name="notices_file_taken_completely",
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def media_type(self) -> str:
        return ABOUT[Media(self.media)].mime

    @property
    def kind_name(self) -> str:
        """PDF, Word …"""
        return ABOUT[Media(self.media)].name

    @property
    def codes(self) -> frozenset[str]:
        """Of its findings."""
        return frozenset(finding["code"] for finding in self.findings)

    @property
    def readable(self) -> bool:
        """Whether text can be taken from the file."""
        return Media(self.media) in READABLE and "scan" not in self.codes

    @property
    def to_be_read(self) -> bool:
        """A scan, or as good as one: its wording has to be typed or corrected by a person."""
        return self.media in (Media.PNG, Media.JPEG, Media.TIFF) or bool(self.codes & TO_BE_READ)

    @property
    def holds_wording(self) -> bool:
        """Whether the text of the notice stands in it."""
        return self.role in (Role.SOURCE, Role.ORIGINAL) or self.taken_at is not None


class TextConfirmation(BodyOwned):
    """Somebody has compared the text with a scan and says that both say the same. Holds for that text alone."""

    class Of(models.TextChoices):
        SCAN = "scan", _("Text verglichen mit dem Scan")  # by who writes
        ORIGINAL = "original", _("Text verglichen mit dem unterzeichneten Original")  # by who approves

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="confirmations")
    of = models.CharField(max_length=8, choices=Of)
    version = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)  # attachments.confirmation.fingerprint
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Scoped("notice__record__body")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="notices_confirmation_of_known", condition=Q(of__in=["scan", "original"]))]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.of} {self.version}"
