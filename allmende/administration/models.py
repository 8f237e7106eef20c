"""What a body says about itself beyond its contact: facts for the legal pages, and pages in its own words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allmende.administration.publishing.models import PublishingSettings
from allmende.administration.rules.models import OwnRule, ProfileDecision
from allmende.administration.start_page.models import StartPageCheck
from allmende.core.models import Body
from allmende.core.scope import BodyOwned

__all__ = ["LegalFacts", "OwnRule", "PageText", "ProfileDecision", "PublishingSettings", "StartPageCheck"]


class LegalFacts(BodyOwned):
    """What imprint, privacy notice and accessibility statement are made of. Missing facts are missing, never invented."""

    class Conformity(models.TextChoices):
        """Directive (EU) 2016/2102 and Implementing Decision (EU) 2018/1523: the three answers of the statement."""

        FULL = "full", _("vollständig vereinbar")
        PARTIAL = "partial", _("teilweise vereinbar")
        NONE = "none", _("nicht vereinbar")

    class Method(models.TextChoices):
        SELF = "self", _("Selbstbewertung")
        THIRD_PARTY = "third_party", _("Prüfung durch Dritte")

    body = models.OneToOneField(Body, primary_key=True, on_delete=models.CASCADE, related_name="legal_facts")
    # Imprint: § 5 DDG, § 18 MStV
    editor_name = models.CharField(
        _("Verantwortlich für den Inhalt"), max_length=160, blank=True, help_text=_("Name und Anschrift nach § 18 Abs. 2 MStV")
    )
    supervisor = models.CharField(
        _("Aufsichtsbehörde"), max_length=200, blank=True, help_text=_("Zum Beispiel: Landkreis Beispiel, Kommunalaufsicht, Ort")
    )
    vat_id = models.CharField(_("Umsatzsteuer-Identifikationsnummer"), max_length=20, blank=True)
    # Privacy: Art. 13 GDPR
    officer_name = models.CharField(_("Datenschutzbeauftragte Person oder Stelle"), max_length=160, blank=True)
    officer_address = models.CharField(_("Anschrift der Datenschutzbeauftragten"), max_length=200, blank=True)
    officer_email = models.EmailField(_("E-Mail der Datenschutzbeauftragten"), blank=True)
    privacy_authority = models.CharField(
        _("Aufsichtsbehörde für den Datenschutz"), max_length=200, blank=True, help_text=_("Name und Anschrift der Behörde des Landes")
    )
    hosting = models.CharField(
        _("Rechenzentrum"), max_length=200, blank=True, help_text=_("Wer die Server in Ihrem Auftrag betreibt; leer, wenn Sie selbst")
    )
    log_days = models.PositiveSmallIntegerField(
        _("Aufbewahrung der Server-Protokolle in Tagen"), null=True, blank=True, help_text=_("Wie lange Internetadressen gespeichert sind")
    )
    # Accessibility: statement after Art. 7 of the directive
    conformity = models.CharField(_("Stand der Barrierefreiheit"), max_length=7, choices=Conformity, blank=True)
    barriers = models.TextField(
        _("Bekannte Barrieren"), blank=True, help_text=_("Eine je Zeile: was, warum, und wie man die Information sonst bekommt")
    )
    method = models.CharField(_("Wie der Stand ermittelt wurde"), max_length=11, choices=Method, blank=True)
    statement_day = models.DateField(_("Erklärung erstellt am"), null=True, blank=True)
    review_day = models.DateField(_("Zuletzt überprüft am"), null=True, blank=True)
    feedback_email = models.EmailField(_("E-Mail für Hinweise auf Barrieren"), blank=True)
    enforcement = models.TextField(
        _("Stelle für Beschwerden"),
        blank=True,
        help_text=_("Name, Anschrift und Internetseite, eine Angabe je Zeile; leer: die Ihres Landes"),
    )

    class Meta:
        verbose_name = _("Angaben für Pflichtseiten")
        constraints = [
            models.CheckConstraint(name="administration_conformity_known", condition=Q(conformity__in=["", "full", "partial", "none"])),
            models.CheckConstraint(name="administration_method_known", condition=Q(method__in=["", "self", "third_party"])),
        ]

    def __str__(self) -> str:
        return f"Legal facts of {self.body_id}"


class PageText(BodyOwned):
    """A legal page in a body's own words, instead of the one made from the facts."""

    class Kind(models.TextChoices):
        IMPRINT = "imprint", _("Impressum")
        PRIVACY = "privacy", _("Datenschutz")
        ACCESSIBILITY = "accessibility", _("Erklärung zur Barrierefreiheit")

    class Language(models.TextChoices):
        GERMAN = "de", _("Deutsch")
        ENGLISH = "en", _("Englisch")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="page_texts")
    kind = models.CharField(max_length=13, choices=Kind)
    language = models.CharField(max_length=2, choices=Language)
    source = models.TextField(_("Text"), help_text="As typed, in the notation of lib.richtext")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="administration_page_text_one", fields=["body", "kind", "language"]),
            models.CheckConstraint(name="administration_page_text_kind", condition=Q(kind__in=["imprint", "privacy", "accessibility"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}) of {self.body_id}"
