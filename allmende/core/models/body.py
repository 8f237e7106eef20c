"""Bodies with their districts and offices, people, and who holds which role where."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from allmende.core.scope import BodyOwned
from allmende.lib import regional_key

# First parts of addresses that belong to the platform: no body can be called like that.
RESERVED_NAMES = frozenset(
    {
        "allmende",
        "amtsblatt",
        "anmelden",
        "abmelden",
        "api",
        "barrierefreiheit",
        "bekanntmachungen",
        "betrieb",
        "checkpoint",
        "datenschutz",
        "de",
        "demo",
        "einrichten",
        "en",
        "entwuerfe",
        "feed",
        "impressum",
        "karte",
        "konto",
        "log",
        "massnahmen",
        "media",
        "mitmachen",
        "neu",
        "ortsrecht",
        "protokoll",
        "pruefung",
        "rat",
        "robots",
        "schreibtisch",
        "sitemap",
        "stadt",
        "static",
        "strategie",
        "suche",
        "tile",
        "verwaltung",
        "wappen",
        "witness",
    }
)


def not_reserved(name: str) -> None:
    if name in RESERVED_NAMES:
        raise ValidationError(_("„%(name)s“ gehört der Plattform. Wählen Sie einen anderen Kurznamen."), params={"name": name})


class Body(models.Model):
    """A public body that publishes in its own name. It owns its records, its log and its keys."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Gemeinde")
        ASSOCIATION = "association", _("Gemeindeverband (Verbandsgemeinde, Amt)")
        DISTRICT = "district", _("Landkreis")
        SPECIAL_PURPOSE = "special_purpose", _("Zweckverband")

    name = models.CharField(_("Amtlicher Name"), max_length=200, help_text=_("Wie im Briefkopf, zum Beispiel Stadt Quellstedt"))
    short_name = models.CharField(_("Kurzer Name"), max_length=80, help_text=_("Zum Beispiel Quellstedt"))
    subtitle = models.CharField(
        _("Zusatz"), max_length=80, blank=True, help_text=_("Steht klein unter dem Namen, zum Beispiel am Erlenbach")
    )
    slug = models.SlugField(
        _("Name in der Adresse"),
        unique=True,
        max_length=40,
        validators=[not_reserved],
        help_text=_("Steht in jeder Adresse und ändert sich nie"),
    )
    kind = models.CharField(_("Art"), max_length=16, choices=Kind)
    # Digits 6-9 name the association; AGS and Land are derived (lib/regional_key).
    ars = models.CharField(
        _("Regionalschlüssel"),
        max_length=12,
        blank=True,
        validators=[
            RegexValidator(r"^(0[1-9]|1[0-6])\d{10}$", _("Der Regionalschlüssel hat 12 Ziffern und beginnt mit dem Land, 01 bis 16."))
        ],
    )
    is_default = models.BooleanField(default=False, help_text="Its addresses have no prefix on the installation's own host")
    administered_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="members", verbose_name=_("Verwaltung durch")
    )
    colour = models.CharField(
        _("Farbe"),
        max_length=7,
        default="#12586a",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Schreiben Sie die Farbe so: #12586a."))],
    )
    coat_of_arms = models.BinaryField(null=True, blank=True)  # PNG, at most 200 kB, re-encoded by us
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postal_code = models.CharField(
        _("Postleitzahl"), max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$", _("Eine Postleitzahl hat 5 Ziffern."))]
    )
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    website = models.URLField(_("Internetseite"), blank=True)
    opening_hours = models.TextField(_("Öffnungszeiten"), blank=True)
    represented_by = models.CharField(
        _("Vertreten durch"), max_length=160, blank=True, help_text=_("Zum Beispiel: Bürgermeisterin Maria Beispiel")
    )

    class Meta:
        verbose_name = _("Kommune")
        verbose_name_plural = _("Kommunen")
        constraints = [
            models.CheckConstraint(
                name="core_body_ars_unless_special_purpose",
                condition=Q(Exact(Length("ars"), 12)) | Q(ars="", kind="special_purpose"),
                violation_error_message=_("Nur ein Zweckverband hat keinen Regionalschlüssel. Tragen Sie die 12 Ziffern ein."),
            ),
            models.UniqueConstraint(name="core_body_ars_unique", fields=["ars"], condition=~Q(ars="")),
            models.UniqueConstraint(name="core_body_one_default", fields=["is_default"], condition=Q(is_default=True)),
            models.CheckConstraint(
                name="core_body_kind_known", condition=Q(kind__in=["municipality", "association", "district", "special_purpose"])
            ),
            models.CheckConstraint(name="core_body_not_its_own_office", condition=~Q(administered_by=F("pk"))),
            models.CheckConstraint(name="core_body_slug_not_reserved", condition=~Q(slug__in=sorted(RESERVED_NAMES))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ags(self) -> str:
        """AGS of a municipality (8 digits), key of a district (5 digits), empty for others."""
        if self.kind == self.Kind.MUNICIPALITY:
            return regional_key.municipality_key(self.ars)
        return regional_key.district_key(self.ars) if self.kind == self.Kind.DISTRICT else ""

    @property
    def land(self) -> str:
        """Name of the Land; empty for a special-purpose association without ARS."""
        return regional_key.land(self.ars) if self.ars else ""


class Host(BodyOwned):
    """A host name of a body's own. On it addresses have no prefix."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(
        _("Rechnername"),
        max_length=253,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", _("Nur Kleinbuchstaben, Ziffern, Punkt und Bindestrich, ohne https://."))
        ],
    )
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="core_host_one_primary", fields=["body"], condition=Q(is_primary=True))]

    def __str__(self) -> str:
        return self.name


class District(BodyOwned):
    """A part of a municipality: Ortsteil or Quartier."""

    class Kind(models.TextChoices):
        PART = "part", _("Ortsteil")
        QUARTER = "quarter", _("Quartier")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="districts")
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Art"), max_length=8, choices=Kind, default=Kind.PART)

    class Meta:
        verbose_name = _("Ortsteil oder Quartier")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="core_district_unique", fields=["body", "name"])]

    def __str__(self) -> str:
        return self.name


class Office(BodyOwned):
    """An office (Amt, Fachbereich) with the contact that readers of its notices get."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(_("Name"), max_length=120)
    room = models.CharField(_("Raum"), max_length=60, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)

    class Meta:
        verbose_name = _("Amt")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="core_office_unique", fields=["body", "name"])]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "Person":
        person = self.model(email=email.strip().lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who logs in. Has no `has_perm` on purpose: a right exists only in a body.

    An operator keeps the installation running: sees its health, never a draft.
    """

    email = models.EmailField(_("E-Mail"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    def __str__(self) -> str:
        return self.name


class Membership(BodyOwned):
    """One role of one person in one body, possibly for a time and as somebody's deputy.

    Deputy (Vertretung): for the small office in which two people do everything. An administrator
    appoints, for a time and with a reason; who wrote a version still cannot approve it.
    """

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administration")
        EDITOR = "editor", _("Redaktion")
        APPROVER = "approver", _("Freigabe")
        SEAL_HOLDER = "seal_holder", _("Siegelverwaltung")
        AUDITOR = "auditor", _("Prüfung")
        MANDATE_HOLDER = "mandate_holder", _("Mandat im Rat")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=14, choices=Role)
    deputy_for = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="deputies", verbose_name=_("In Vertretung für")
    )
    valid_from = models.DateField(_("Von"), null=True, blank=True)
    valid_until = models.DateField(_("Bis einschließlich"), null=True, blank=True)
    reason = models.CharField(_("Grund"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="core_membership_unique", fields=["person", "body", "role"], condition=Q(deputy_for=None)),
            models.CheckConstraint(
                name="core_membership_role_known",
                condition=Q(role__in=["administrator", "editor", "approver", "seal_holder", "auditor", "mandate_holder"]),
            ),
            models.CheckConstraint(
                name="core_membership_period",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Das Ende liegt vor dem Anfang. Tauschen Sie die beiden Tage."),
            ),
            models.CheckConstraint(
                name="core_membership_deputy_complete",
                condition=Q(deputy_for=None)
                | (Q(valid_from__isnull=False, valid_until__isnull=False) & ~Q(reason="") & ~Q(deputy_for=F("person"))),
                violation_error_message=_("Eine Vertretung braucht Anfang, Ende und Grund. Tragen Sie alle drei ein."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role} ({self.body})"
