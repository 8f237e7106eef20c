"""Witnessing: whom this body asks to cosign its log, and which logs of others it cosigns itself."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Right
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Body
from allmende.core.scope import BodyOwned
from allmende.lib.tlog import EMPTY_ROOT

KEY_LENGTH = 44  # base64 of type and public key at the end of a vkey: the key without the name that somebody gave it


class Witness(BodyOwned):
    """A witness on another installation under another operator, which is asked to cosign the log of `body`.

    Never this installation itself: the database refuses its keys (trigger), services.add_witness its addresses and its operator.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(_("Adresse des Zeugen"), max_length=300)  # C2SP submission prefix, without slash at the end
    vkey = models.CharField(_("Schlüssel des Zeugen"), max_length=400)  # cosignature/v1
    operator = models.CharField(_("Wer betreibt den Zeugen"), max_length=200)
    is_active = models.BooleanField(default=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Size that it last cosigned: where the next proof begins")
    heard_at = models.DateTimeField(null=True, help_text="When it last cosigned")
    silent_since = models.DateTimeField(null=True, help_text="First failure since then")
    last_error = models.CharField(max_length=40, blank=True, help_text="Code of the last failure (witness.errors)")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("body"), Right("vkey", KEY_LENGTH), name="publication_witness_key_once"),
            # Two witnesses of one operator say no more than one.
            models.UniqueConstraint(F("body"), Lower("operator"), name="publication_witness_operator_once", condition=Q(is_active=True)),
            models.CheckConstraint(name="publication_witness_named", condition=~Q(url="") & ~Q(vkey="") & ~Q(operator="")),
            models.CheckConstraint(
                name="publication_witness_silent_completely",
                condition=Q(silent_since=None, last_error="") | (Q(silent_since__isnull=False) & ~Q(last_error="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator}: {self.url}"


class WitnessedLog(BodyOwned):
    """A log of another operator that the witness of `body` cosigns, and the last head it cosigned.

    The head never goes back and the row is never deleted (trigger): forgetting a head would allow a fork. `vkey` is named
    like the origin; both are fixed.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(_("Name des Protokolls"), max_length=200)
    vkey = models.CharField(_("Schlüssel des Protokolls"), max_length=400)
    operator = models.CharField(_("Wer führt das Protokoll"), max_length=200)
    is_active = models.BooleanField(default=True)
    size = models.PositiveBigIntegerField(default=0)
    root = models.BinaryField(max_length=32, default=EMPTY_ROOT)
    checkpoint = models.BinaryField(null=True)  # the head as a signed note, with our cosignature; None until the first
    cosigned_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_witnessedlog_once", fields=["body", "origin"]),
            models.CheckConstraint(name="publication_witnessedlog_named", condition=~Q(origin="") & ~Q(vkey="") & ~Q(operator="")),
            models.CheckConstraint(
                name="publication_witnessedlog_head_completely",
                condition=Q(checkpoint=None, cosigned_at=None, size=0) | Q(checkpoint__isnull=False, cosigned_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin}: {self.size}"
