"""The imprint: § 5 DDG (provider), § 18 MStV (person responsible for journalistic contents)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.administration.legal.page import Page
from allmende.administration.models import LegalFacts
from allmende.core.models import Body
from allmende.lib.richtext import Document

FORMS = {
    Body.Kind.MUNICIPALITY: (
        "Die Gemeinde ist eine Gebietskörperschaft des öffentlichen Rechts.",
        "The municipality is a territorial authority under public law.",
    ),
    Body.Kind.ASSOCIATION: (
        "Der Gemeindeverband ist eine Körperschaft des öffentlichen Rechts.",
        "The association of municipalities is a corporation under public law.",
    ),
    Body.Kind.DISTRICT: (
        "Der Landkreis ist eine Gebietskörperschaft des öffentlichen Rechts.",
        "The district is a territorial authority under public law.",
    ),
    Body.Kind.SPECIAL_PURPOSE: (
        "Der Zweckverband ist eine Körperschaft des öffentlichen Rechts.",
        "The special-purpose association is a corporation under public law.",
    ),
}


def document(body: Body, facts: LegalFacts, language: str) -> Document:
    page = Page(language)
    page.heading(("Wer diese Seiten anbietet", "Provider of this site"))
    page.address(body)
    page.text(FORMS[Body.Kind(body.kind)])
    page.text(("Vertreten durch: {who}", "Represented by: {who}"), who=body.represented_by)
    if body.administered_by:
        page.text(
            ("Die Verwaltungsgeschäfte führt: {who}.", "Administrative business is conducted by: {who}."), who=body.administered_by.name
        )
    if facts.supervisor:
        page.heading(("Aufsicht", "Supervision"))
        page.text(("Zuständige Aufsichtsbehörde: {who}.", "Competent supervisory authority: {who}."), who=facts.supervisor)
    if facts.vat_id:
        page.heading(("Umsatzsteuer", "VAT"))
        page.text(
            ("Umsatzsteuer-Identifikationsnummer nach § 27a UStG: {number}", "VAT identification number (§ 27a UStG): {number}"),
            number=facts.vat_id,
        )
    if facts.editor_name:
        page.heading(("Verantwortlich für den Inhalt", "Responsible for the content"))
        page.text(("Nach § 18 Abs. 2 Medienstaatsvertrag: {who}", "Under § 18 (2) Medienstaatsvertrag: {who}"), who=facts.editor_name)
    page.heading(("Amtliche Texte", "Official texts"))
    page.text(
        (
            "Satzungen und amtliche Bekanntmachungen sind als amtliche Werke nicht urheberrechtlich geschützt (§ 5 UrhG). Verbindlich ist "
            "die deutsche Fassung.",
            "By-laws and official notices are official works and not protected by copyright (§ 5 UrhG). The German version is binding.",
        )
    )
    return page.document()


def missing(body: Body, facts: LegalFacts) -> list[str | Promise]:
    asked = [
        (body.street and body.postal_code and body.city, _("Anschrift")),
        (body.email, _("E-Mail")),
        (body.phone, _("Telefon")),
        (body.represented_by, _("Vertreten durch")),
        (facts.supervisor, _("Aufsichtsbehörde")),
        (facts.editor_name, _("Verantwortlich für den Inhalt")),
    ]
    return [what for there, what in asked if not there]
