"""Explanations of a notice: Easy language, Plain language, a film in sign language. None is the official text. Triggers: migration 0019."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Person
from allmende.core.scope import BodyOwned, Scoped
from allmende.core.sql import IsObject
from allmende.lib.video import Media
from allmende.notices.models.notice import Notice

LONGEST_TITLE = 200
LONGEST_NAME = 120


class Form(models.TextChoices):
    """The three are kept apart: each has its own rules, its own readers and its own review."""

    EASY = "easy", _("Leichte Sprache")
    PLAIN = "plain", _("Einfache Sprache")
    SIGN = "sign", _("Gebärdensprache")


class Standing(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    SUBMITTED = "submitted", _("wartet auf Prüfung")
    REVIEWED = "reviewed", _("geprüft")
    PUBLISHED = "published", _("veröffentlicht")
    ENDED = "ended", _("nicht mehr gezeigt")


OPEN = (Standing.DRAFT, Standing.SUBMITTED, Standing.REVIEWED)
SEALED_OFF = (Standing.REVIEWED, Standing.PUBLISHED, Standing.ENDED)  # reviewed, and therefore never changed


class Explanation(BodyOwned):
    """One version of an explanation in one form. From its review on it never changes; a better one is a new version.

    It explains the version `of_version` of the notice and is shown beside no other.
    """

    Form = Form
    Standing = Standing

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="explanations")
    form = models.CharField(max_length=5, choices=Form)
    number = models.PositiveSmallIntegerField()  # of the version, from 1, in its notice and form
    saved = models.PositiveIntegerField(default=1)  # +1 with every saved change
    state = models.CharField(max_length=9, choices=Standing, default=Standing.DRAFT)
    title = models.CharField(_("Überschrift"), max_length=LONGEST_TITLE, blank=True)
    content = models.JSONField(_("Text"))  # lib.richtext; of a film: nothing
    # Of a film alone: its file in the folder of the films, as it is after cleaning, and its captions (lib.webvtt).
    film = models.UUIDField(null=True, unique=True)
    media = models.CharField(max_length=4, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)  # as the clerk knows it; shown inside the office only
    width = models.PositiveIntegerField(default=0)  # pixels
    height = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    captions = models.TextField(_("Untertitel"), blank=True)
    remark = models.TextField(blank=True)  # why it was sent back
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    of_version = models.PositiveIntegerField(null=True)  # of the notice, as the reviewer has read it
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    checked_by = models.CharField(max_length=200, blank=True)  # Easy language: the group that has read it
    checked_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = Scoped("notice__record__body")

    class Meta:
        ordering = ["form", "-number"]
        constraints = [
            models.CheckConstraint(name="notices_explanation_form_known", condition=Q(form__in=Form.values)),
            models.CheckConstraint(name="notices_explanation_state_known", condition=Q(state__in=Standing.values)),
            models.CheckConstraint(name="notices_explanation_content_object", condition=IsObject("content")),
            models.CheckConstraint(name="notices_explanation_media_known", condition=Q(media__in=["", *(one.value for one in Media)])),
            models.UniqueConstraint(name="notices_explanation_number_once", fields=["notice", "form", "number"]),
            models.UniqueConstraint(name="notices_explanation_one_open", fields=["notice", "form"], condition=Q(state__in=OPEN)),
            models.UniqueConstraint(name="notices_explanation_one_shown", fields=["notice", "form"], condition=Q(state=Standing.PUBLISHED)),
            models.CheckConstraint(
                name="notices_explanation_reviewed_by_somebody",
                condition=Q(state__in=SEALED_OFF, of_version__isnull=False, reviewed_at__isnull=False, reviewed_by__isnull=False)
                | Q(~Q(state__in=SEALED_OFF), of_version=None, reviewed_at=None, reviewed_by=None, checked_by="", checked_on=None),
            ),
            models.CheckConstraint(
                name="notices_explanation_easy_read_by_a_group",
                condition=~Q(form=Form.EASY) | ~Q(state__in=SEALED_OFF) | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
            ),
            models.CheckConstraint(
                name="notices_explanation_film_of_sign",
                condition=Q(film=None, media="", size=0, sha256="", name="") | (Q(form=Form.SIGN, size__gte=1) & ~Q(media="")),
            ),
            models.CheckConstraint(
                name="notices_explanation_film_with_captions",
                condition=~Q(form=Form.SIGN) | Q(state=Standing.DRAFT) | (Q(film__isnull=False) & ~Q(captions="")),
            ),
            models.CheckConstraint(
                name="notices_explanation_shown_since",
                condition=Q(state__in=["published", "ended"], published_at__isnull=False)
                | (~Q(state__in=["published", "ended"]) & Q(published_at=None, ended_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.form} {self.number}"

    @property
    def seconds(self) -> float:
        return self.milliseconds / 1000

    @property
    def slug(self) -> str:
        """Last part of its permanent address."""
        return SLUGS[Form(self.form)]


# In the addresses, public and inside.
SLUGS = {Form.EASY: "leichte-sprache", Form.PLAIN: "einfache-sprache", Form.SIGN: "gebaerdensprache"}


class ExplanationAuthor(BodyOwned):
    """Somebody who wrote a version, or a part of it, or brought its film or captions: does not review it (trigger)."""

    explanation = models.ForeignKey(Explanation, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = Scoped("explanation__notice__record__body")

    class Meta:
        constraints = [models.UniqueConstraint(name="notices_explanationauthor_once", fields=["explanation", "person"])]

    def __str__(self) -> str:
        return f"{self.explanation_id} {self.person_id}"
