"""One run from approved to public. Usually the first succeeds; one that misses its day is void and a new one follows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body
from allmende.core.scope import BodyOwned
from allmende.publication.models.log import Checkpoint
from allmende.publication.models.publication import Publication
from allmende.publication.models.seal import SealKey


class State(models.IntegerChoices):
    SEALING = 1, _("wird gesiegelt")
    SEALED = 2, _("gesiegelt")
    APPENDED = 3, _("im Protokoll")
    CHECKPOINTED = 4, _("unter einem Prüfpunkt")
    PROVIDED = 5, _("bereitgestellt")  # answers from `provided_at` on; whether that was in time is still to be checked
    PUBLIC = 6, _("öffentlich")
    REMOVED = 7, _("nicht mehr veröffentlicht")
    VOID = 9, _("ungültig")  # sealed and in the log, but never valid: its day had passed


# What has been provided and counts, whether or not the look at the clock has been taken.
VALID = (State.PROVIDED, State.PUBLIC)
CONTENT = ("page", "fragment", "document", "page_salt", "document_salt", "token")  # goes when it is erased
SEALED = ("leaf", "stamped_at", "sealed_at", "seal_key")  # stays for ever


def _all(columns: tuple[str, ...], *, filled: bool) -> Q:
    return Q(**{f"{column}__isnull": not filled for column in columns})


def _filled_from(state: State, *columns: str, void: bool | None) -> Q:
    """The columns are empty before `state` and filled from then on. `void`: filled in a void attempt; None: either way."""
    empty, filled = _all(columns, filled=False), _all(columns, filled=True)
    either = empty & Q(state__lt=state.value) | filled & Q(state__gte=state.value, state__lt=State.VOID.value)
    return either | Q(state=State.VOID.value) & (empty | filled if void is None else filled if void else empty)


class Attempt(BodyOwned):
    """A sealed page and document with the day printed in them, and how far they have come. Each state adds columns.

    What is sealed is never changed (trigger), except that CONTENT can be erased, once. Every sealed attempt is in the log, a void one
    with a further leaf that says so.
    """

    class Reason(models.TextChoices):
        DAY_PASSED = "day_passed", _("Der aufgedruckte Tag der Bereitstellung war vorüber.")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    day = models.DateField(help_text="Day of provision as printed, Europe/Berlin")
    state = models.PositiveSmallIntegerField(choices=State, default=State.SEALING)

    page = models.BinaryField(null=True)  # page.html, the artefact
    fragment = models.BinaryField(null=True)  # the wording alone, as the public page shows it, UTF-8
    document = models.BinaryField(null=True)  # document.pdf, sealed
    page_salt = models.BinaryField(max_length=32, null=True)
    document_salt = models.BinaryField(max_length=32, null=True)
    leaf = models.BinaryField(null=True)  # the entry of the log, byte for byte
    token = models.BinaryField(null=True)  # RFC 3161 time stamp token, DER
    stamped_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    seal_key = models.ForeignKey(SealKey, null=True, on_delete=models.PROTECT, related_name="+")
    seal_level = models.CharField(max_length=16, blank=True)
    seal_subject = models.CharField(max_length=300, blank=True)
    stamp_authority = models.CharField(max_length=300, blank=True)
    seal_certificates = models.TextField(blank=True)  # PEM
    stamp_certificates = models.TextField(blank=True)  # PEM
    revocation = models.JSONField(default=list)  # base64 of DER

    leaf_index = models.PositiveBigIntegerField(null=True)
    checkpoint = models.ForeignKey(Checkpoint, null=True, on_delete=models.PROTECT, related_name="+")
    provided_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    bundle_edition = models.PositiveSmallIntegerField(null=True)
    bundle_witnesses = models.PositiveSmallIntegerField(default=0)
    bundle_checkpoint = models.ForeignKey(Checkpoint, null=True, on_delete=models.PROTECT, related_name="+")

    bundle_due_at = models.DateTimeField(null=True, help_text="Since when its bundle is not answered: it still holds what was removed")
    erased_at = models.DateTimeField(null=True)

    void_reason = models.CharField(max_length=16, choices=Reason, blank=True)
    void_index = models.PositiveBigIntegerField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["provided_at"], name="publication_attempt_provided"),
            # Rows are large, and SQLite would take the index of `body` alone and read all of a body's.
            models.Index(fields=["body", "publication"], name="publication_attempt_of"),
        ]
        constraints = [
            models.UniqueConstraint(name="publication_attempt_number_once", fields=["publication", "number"]),
            models.UniqueConstraint(name="publication_attempt_one_valid", fields=["publication"], condition=Q(state__lt=State.VOID.value)),
            models.UniqueConstraint(name="publication_attempt_leaf_once", fields=["body", "leaf_index"]),
            models.UniqueConstraint(name="publication_attempt_void_leaf_once", fields=["body", "void_index"]),
            models.CheckConstraint(name="publication_attempt_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="publication_attempt_sealed_completely", condition=_filled_from(State.SEALED, *SEALED, void=True)),
            models.CheckConstraint(
                name="publication_attempt_content_until_erased",
                condition=Q(state__lt=State.SEALED.value, erased_at=None) & _all(CONTENT, filled=False)
                | Q(state__gte=State.SEALED.value, erased_at=None) & _all(CONTENT, filled=True)
                | Q(state__in=[State.REMOVED.value, State.VOID.value], erased_at__isnull=False) & _all(CONTENT, filled=False),
            ),
            models.CheckConstraint(
                name="publication_attempt_appended_completely", condition=_filled_from(State.APPENDED, "leaf_index", void=True)
            ),
            models.CheckConstraint(
                name="publication_attempt_checkpointed_completely", condition=_filled_from(State.CHECKPOINTED, "checkpoint", void=None)
            ),
            models.CheckConstraint(
                name="publication_attempt_provided_completely",
                condition=_filled_from(State.PROVIDED, "provided_at", "bundle_edition", "bundle_checkpoint", void=None),
            ),
            models.CheckConstraint(
                name="publication_attempt_public_completely",
                condition=Q(state__lt=State.PUBLIC.value, confirmed_at=None)
                | Q(state=State.PUBLIC.value, confirmed_at__isnull=False)
                | Q(state=State.REMOVED.value)  # it can be taken down before the look at the clock
                | Q(state=State.VOID.value, confirmed_at=None),
            ),
            models.CheckConstraint(
                name="publication_attempt_void_completely",
                condition=Q(state=State.VOID.value, void_index__isnull=False, voided_at__isnull=False) & ~Q(void_reason="")
                | Q(state__lt=State.VOID.value, void_index=None, voided_at=None, void_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}/{self.number}: {State(self.state).name}"
