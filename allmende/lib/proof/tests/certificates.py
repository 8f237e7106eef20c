"""Certificates of publication about the notice of `bundles`: sealed by the demo, naming whatever a test wants."""

import hashlib
from dataclasses import replace
from functools import cache

import typst

from allmende.lib.proof.statement import Statement
from allmende.lib.proof.tests.bundles import HTML, ORIGIN, Notice, keys_of, sealed
from allmende.lib.seal import DemoAuthority, SealedPdf, load_pkcs12, seal_pdf
from allmende.lib.tlog import leaf_hash

NOTICE = Notice(index=2, size=4)
_SOURCE = b"""
#set document(title: "Nachweis der Bekanntmachung", date: datetime(year: 2026, month: 11, day: 25))
#set text(lang: "de")
#title()
Bekannt gemacht am 24. November 2026.
"""


def stated() -> Statement:
    """What a right certificate of NOTICE names."""
    return Statement(
        label="17/2026-1",
        origin=ORIGIN,
        index=NOTICE.index,
        entry=leaf_hash(NOTICE.leaf).hex(),
        page=hashlib.sha256(HTML).hexdigest(),
        document=hashlib.sha256(sealed().pdf).hexdigest(),
    )


def naming(organisation: str = "Stadt Quellstedt", **other: str | int) -> bytes:
    """A certificate that names `other` things than the right one."""
    return made(replace(stated(), **other).text, organisation).pdf  # type: ignore[arg-type]


@cache
def made(reason: str, organisation: str = "Stadt Quellstedt") -> SealedPdf:
    seal, authority = keys_of(organisation)
    pdf = typst.compile(_SOURCE, pdf_standards=["a-2a", "ua-1"], ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return seal_pdf(
        pdf,
        seal=load_pkcs12(seal.pkcs12, "x"),
        authority=DemoAuthority(authority.pkcs12, "x"),
        authority_certificates=authority.certificates,
        field_label="Elektronisches Siegel",
        reason=reason,
        revocation=[seal.crl, authority.crl],
    )
