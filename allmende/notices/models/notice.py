"""A notice on its way from the first word to the public, with every saved version and its author."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body, District, Office, Person, Record
from allmende.core.scope import BodyOwned, Scoped
from allmende.core.sql import IsObject
from allmende.notices import kinds


class State(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    SUBMITTED = "submitted", _("wartet auf Freigabe")
    APPROVED = "approved", _("freigegeben, wird veröffentlicht")
    PUBLIC = "public", _("öffentlich")
    REMOVED = "removed", _("vom Netz genommen")
    ERASED = "erased", _("gelöscht")
    DISCARDED = "discarded", _("verworfen")


PROVIDED = (State.PUBLIC, State.REMOVED, State.ERASED)  # it has been public
NUMBERED = (State.APPROVED, *PROVIDED)


class Notice(BodyOwned):
    """An official notice. From approval on it never changes; what was wrong is corrected by another notice.

    What the columns from `titles` of the record to `content` hold is the version `version`; the same
    stands in the revision of that number, together with its author.
    """

    State = State

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True)
    kind = models.CharField(_("Art"), max_length=40)  # kinds.py
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Amt"))
    districts = models.ManyToManyField(District, blank=True, related_name="+", verbose_name=_("Ortsteile"))
    summary = models.CharField(_("Kurz gesagt"), max_length=400, blank=True)  # plain words, no part of the official text
    meaning = models.CharField(_("Was bedeutet das für mich?"), max_length=600, blank=True)  # as `summary`; empty: what its kind says
    content = models.JSONField(_("Amtlicher Text"))  # lib.richtext
    details = models.JSONField(_("Angaben der Art"), default=dict)  # name of a field of the kind -> stored value (kinds/fields.py)
    personal = models.CharField(
        max_length=5, choices=kinds.Personal, default=kinds.Personal.NONE, editable=False
    )  # kind and details say it
    version = models.PositiveIntegerField(default=1, editable=False)  # +1 with every saved change
    state = models.CharField(_("Stand"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    search = models.TextField(editable=False)  # of what is public: its words, folded (lib.search_words)
    changed_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    pattern = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", editable=False)  # what it was copied from
    # Filled where the office of an association has acted for its member.
    acting_body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    number = models.PositiveIntegerField(null=True, editable=False)  # unique in year and body: Record.path
    provided_at = models.DateTimeField(null=True, editable=False)  # the moment from which the page answers
    shown_until = models.DateField(null=True, editable=False)  # last day on which it is current, by its calendar; null: for good
    cards = models.JSONField(default=dict, editable=False)  # language -> HTML of its row in the public list

    objects = Scoped("record__body")

    class Meta:
        verbose_name = _("Bekanntmachung")
        verbose_name_plural = _("Bekanntmachungen")
        indexes = [models.Index(name="notices_public_list", fields=["-provided_at"], condition=Q(state="public"))]
        constraints = [
            models.CheckConstraint(name="notices_notice_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="notices_notice_personal_known", condition=Q(personal__in=kinds.Personal.values)),
            models.CheckConstraint(name="notices_notice_details_object", condition=IsObject("details")),
            models.CheckConstraint(
                name="notices_notice_number_from_approval",
                condition=Q(
                    state__in=NUMBERED, year__isnull=False, number__isnull=False, approved_at__isnull=False, approved_by__isnull=False
                )
                | (~Q(state__in=NUMBERED) & Q(year=None, number=None, approved_at=None, approved_by=None)),
            ),
            models.CheckConstraint(
                name="notices_notice_submitted_completely",
                condition=Q(submitted_at__isnull=False, submitted_by__isnull=False)
                | (Q(state__in=[State.DRAFT, State.DISCARDED]) & Q(submitted_at=None, submitted_by=None)),
            ),
            models.CheckConstraint(
                name="notices_notice_provided_when_public",
                condition=Q(state__in=PROVIDED, provided_at__isnull=False) | (~Q(state__in=PROVIDED) & Q(provided_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.record.title}".strip()

    @property
    def label(self) -> str:
        """17/2026; empty before approval."""
        return f"{self.number}/{self.year}" if self.number else ""

    def answers(self, at: datetime) -> bool:
        """Whether its page answers: the transaction that makes it public names a moment that lies a little ahead."""
        return self.state == State.PUBLIC and self.provided_at is not None and self.provided_at <= at

    @property
    def kind_name(self) -> str:
        return str(kinds.get(self.kind).name)

    @property
    def names_people(self) -> bool:
        """It holds personal data: out of search engines, feeds and caches; lists carry kind, number and day only."""
        return self.personal == kinds.Personal.NAMES


class Revision(BodyOwned):
    """One saved version, whole, with its author. Who wrote any of them approves none of the notice.

    Versions that the editor has saved by itself are replaced by the next one of the same author;
    a version that someone saved on purpose, or that was submitted, stays.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    automatic = models.BooleanField(default=False)
    values = models.JSONField()  # services.draft.Draft as JSON

    objects = Scoped("notice__record__body")

    class Meta:
        constraints = [models.UniqueConstraint(name="notices_revision_unique", fields=["notice", "version"])]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.version}"

    @property
    def audited(self) -> dict[str, object]:
        """For the audit trail: its number for machines; who saved it and when for people, as it is called on every page."""
        return {"version": self.version, "saved": {"by": self.author.name, "at": self.at.isoformat()}}


class Comment(BodyOwned):
    """What an approver wrote: why a version was sent back, or a note that was left with the approval."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="comments")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("Anmerkung"))
    with_approval = models.BooleanField(default=False)  # else it says why it was sent back

    objects = Scoped("notice__record__body")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="notices_comment_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.version}"


class NumberSeries(BodyOwned):
    """The last number given in a year. Moved on in the transaction of the approval: no gap, no double."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="notices_series_unique", fields=["body", "year"])]

    def __str__(self) -> str:
        return f"{self.last}/{self.year}"
