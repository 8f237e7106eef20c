"""The few words of the platform on an official page, in German and English. All other words come with the page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    provided: str
    number: str
    acting: str
    signed: str
    contact: str
    notes: str
    attachments: str
    attachment: str  # before its number
    check: str
    check_copy: str
    copy: str  # what a copy says of itself before it says how to check the document
    draft: str
    page: str  # {n} of {m}
    on: str  # between place and date
    table: str  # before the number of one without caption
    code: str  # what a QR code holds, for those who do not see it
    posting: str
    posted: list[list[str]]  # fields to be filled in by hand


_WORDS = {
    "de": Words(
        provided="Bereitgestellt am",
        number="Nr.",
        acting="Handelnde Stelle",
        signed="gezeichnet",
        contact="Auskunft",
        notes="Rechtliche Hinweise",
        attachments="Anlagen",
        attachment="Anlage",
        check="So prüfen Sie dieses Dokument",
        check_copy="So prüfen Sie das Original",
        copy="Dieser Abdruck trägt kein Siegel und lässt sich nicht prüfen. Prüfen lassen sich das versiegelte PDF und der Nachweis (ZIP).",
        draft="Entwurf",
        page="Seite {n} von {m}",
        on=", den ",
        table="Tabelle",
        code="QR-Code mit der Adresse {address}",
        posting="Aushang",
        posted=[["Ausgehängt am", "Ort", "Unterschrift"], ["Abgenommen am", "Ort", "Unterschrift"]],
    ),
    "en": Words(
        provided="Provided on",
        number="No.",
        acting="Acting body",
        signed="signed",
        contact="Contact",
        notes="Legal notes",
        attachments="Attachments",
        attachment="Attachment",
        check="How to check this document",
        check_copy="How to check the original",
        copy="This copy carries no seal and cannot be checked itself. The sealed PDF and the proof (ZIP) can.",
        draft="Draft",
        page="Page {n} of {m}",
        on=", ",
        table="Table",
        code="QR code with the address {address}",
        posting="Notice board",
        posted=[["Put up on", "Place", "Signature"], ["Taken down on", "Place", "Signature"]],
    ),
}


def words(language: str) -> Words:
    """German for 'de…', English for every other language."""
    return _WORDS["de" if language.lower().startswith("de") else "en"]
