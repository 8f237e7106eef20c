"""Seals of a body, and every use of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from allmende.core.models import Body
from allmende.core.scope import BodyOwned


class SealKey(BodyOwned):
    """A seal and the time stamp authority that goes with it. The key itself is a file under KEY_DIR, locked by its password.

    Unlocked means: the password is here, encrypted under the secret of the installation, until `unlocked_until`.
    """

    class Kind(models.TextChoices):
        PKCS12 = "pkcs12", _("Datei (PKCS#12)")

    class State(models.TextChoices):
        ACTIVE = "active", _("entsperrt")
        LOCKED = "locked", pgettext_lazy("Siegel", "gesperrt")
        STOPPED = "stopped", _("außer Betrieb")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PKCS12)
    file = models.CharField(max_length=80, help_text="Name under KEY_DIR/<slug>/")
    label = models.CharField(max_length=200)
    level = models.CharField(max_length=16, help_text="As lib.seal.SealLevel: advanced_demo, advanced, qualified")
    certificates = models.TextField(help_text="PEM: the seal's certificate first, then its issuers")
    revocation = models.JSONField(default=list, help_text="Base64 of DER: revocation lists and OCSP answers that go into every bundle")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.LOCKED)
    secret = models.BinaryField(null=True)
    unlocked_until = models.DateTimeField(null=True)
    authority_url = models.CharField(max_length=300, help_text="'builtin:demo' or the https address of an RFC 3161 service")
    authority_certificates = models.TextField(blank=True, help_text="PEM: what the service's tokens must lead to")
    authority_policy = models.CharField(max_length=100, blank=True, help_text="OID that its tokens must name; empty: any")
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_sealkey_one_in_use", fields=["body"], condition=~Q(state="stopped")),
            models.UniqueConstraint(name="publication_sealkey_file_once", fields=["body", "file"]),
            models.CheckConstraint(
                name="publication_sealkey_unlocked_completely",
                condition=Q(state="active", secret__isnull=False, unlocked_until__isnull=False, stopped_at=None)
                | Q(state="locked", secret=None, unlocked_until=None, stopped_at=None)
                | Q(state="stopped", secret=None, unlocked_until=None, stopped_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publication_sealkey_authority",
                condition=Q(authority_url="builtin:demo") | (Q(authority_url__startswith="https://") & ~Q(authority_certificates="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.state})"


class SealUse(BodyOwned):
    """One document sealed. Append-only (trigger). Written together with the sealed document: neither exists without the other."""

    class Purpose(models.TextChoices):
        PUBLICATION = "publication", _("Veröffentlichung")
        CERTIFICATE = "certificate", _("Bekanntmachungsnachweis")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(SealKey, on_delete=models.PROTECT, related_name="uses")
    purpose = models.CharField(max_length=11, choices=Purpose, default=Purpose.PUBLICATION)
    attempt = models.OneToOneField("publication.Attempt", null=True, on_delete=models.PROTECT, related_name="seal_use")
    document_hash = models.BinaryField(max_length=32, help_text="SHA-256 of the sealed document")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publication_sealuse_purpose",
                condition=Q(purpose="publication", attempt__isnull=False) | Q(purpose="certificate", attempt=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.key_id}"
