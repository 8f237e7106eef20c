"""A tagged notice, a demo seal, a demo authority and one sealed file, made once for all tests of the package."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from allmende.lib.seal import DemoAuthority, DemoCa, Pkcs12Seal, SealedPdf, SealReport, examine, load_pkcs12, seal_pdf

NOW = datetime(2026, 3, 2, 9, 30, 0, 250_000, tzinfo=UTC)
LABEL = "Elektronisches Siegel der Stadt Quellstedt"

_SOURCE = """
#set document(title: "Bekanntmachung der Stadt Quellstedt", author: "Stadt Quellstedt", date: datetime(year: 2026, month: 3, day: 2))
#set text(lang: "de", region: "DE")
#title()
Der Stadtrat tritt am 12. März 2026 um 18 Uhr zusammen.
= Tagesordnung
#table(columns: 2, table.header[Punkt][Gegenstand], [1], [Haushalt], [2], [Straßen])
#link("https://www.quellstedt.example/")[Alle Unterlagen]
#pagebreak()
Gez. die Bürgermeisterin
"""


def at_now() -> datetime:
    return NOW


@dataclass(frozen=True)
class Office:
    """What a town has on its desk to seal with."""

    ca: DemoCa
    seal: Pkcs12Seal
    crl: bytes
    tsa_ca: DemoCa
    authority: DemoAuthority
    authority_identity: bytes


def make_office() -> Office:
    begin = NOW - timedelta(days=30)
    ca, tsa_ca = DemoCa(name="Prüfstelle", at=begin), DemoCa(name="Prüfstelle für Zeitstempel", at=begin)
    seal = ca.seal(organisation="Stadt Quellstedt", organisation_identifier="GOVDE-15999999", password="Siegel")
    tsa = tsa_ca.authority(name="Zeitstempel der Prüfstelle", password="Zeit")
    authority = DemoAuthority(tsa.pkcs12, "Zeit", clock=at_now)
    return Office(ca, load_pkcs12(seal.pkcs12, "Siegel", at=NOW), seal.crl, tsa_ca, authority, tsa.pkcs12)


@pytest.fixture(scope="session")
def office() -> Office:
    return make_office()


@pytest.fixture(scope="session")
def foreign_office() -> Office:
    return make_office()


@pytest.fixture(scope="session")
def notice() -> bytes:
    import typst

    return bytes(typst.compile(_SOURCE.encode(), pdf_standards=["a-2a", "ua-1"], ignore_system_fonts=True))


def seal_at(office: Office, pdf: bytes, *, label: str = LABEL) -> SealedPdf:
    return seal_pdf(
        pdf,
        seal=office.seal,
        authority=office.authority,
        authority_certificates=office.authority.certificates,
        field_label=label,
        revocation=[office.crl],
        clock=at_now,
    )


@pytest.fixture(scope="session")
def sealed(office: Office, notice: bytes) -> SealedPdf:
    return seal_at(office, notice)


def examine_sealed(sealed: SealedPdf, **changes: object) -> SealReport:
    other = replace(sealed, **changes)  # type: ignore[arg-type]
    return examine(
        other.pdf, certificates=other.certificates, timestamp_certificates=other.timestamp_certificates, revocation=other.revocation
    )
