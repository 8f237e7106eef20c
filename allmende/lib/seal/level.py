"""How much a seal is worth, read from its certificate alone, and said honestly in German and English."""

from __future__ import annotations

from enum import StrEnum

from cryptography import x509
from cryptography.x509.oid import NameOID

DEMO_MARK = "Demo, nicht vertrauenswürdig"
"""Stands in subject and issuer of everything the demo signs, so that every reader shows it."""

_QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")  # RFC 3739, 3.2.6
_QC_COMPLIANCE = "0.4.0.1862.1.1"  # ETSI EN 319 412-5, 4.2.1
_QC_SSCD = "0.4.0.1862.1.4"  # ETSI EN 319 412-5, 4.2.2: the key lives in a qualified device
_QC_TYPE = "0.4.0.1862.1.6"  # ETSI EN 319 412-5, 4.2.3
_QC_TYPE_ESEAL = "0.4.0.1862.1.6.2"


class SealLevel(StrEnum):
    """Level of an electronic seal as its certificate states it; nobody asked the EU trusted list."""

    ADVANCED_DEMO = "advanced_demo"
    ADVANCED = "advanced"
    QUALIFIED = "qualified"

    def label(self, language: str = "de") -> str:
        """Short name for a list or a badge."""
        return _LABELS[self][language == "en"]

    def text(self, language: str = "de") -> str:
        """One or two sentences for the notice page and the report."""
        return _TEXTS[self][language == "en"]


_LABELS: dict[SealLevel, tuple[str, str]] = {
    SealLevel.ADVANCED_DEMO: ("fortgeschrittenes Siegel, Demo", "advanced seal, demo"),
    SealLevel.ADVANCED: ("fortgeschrittenes Siegel", "advanced seal"),
    SealLevel.QUALIFIED: ("qualifiziertes Siegel laut Zertifikat", "qualified seal as stated by its certificate"),
}

_TEXTS: dict[SealLevel, tuple[str, str]] = {
    SealLevel.ADVANCED_DEMO: (
        "Das Siegel ist ein Muster zur Vorführung. Es zeigt, dass die Datei nicht verändert wurde, aber nicht, wer sie gesiegelt hat: "
        "Das Zertifikat hat sich die Vorführung selbst ausgestellt.",
        "The seal is a specimen for demonstration. It shows that the file was not changed, but not who sealed it: "
        "the demonstration issued the certificate to itself.",
    ),
    SealLevel.ADVANCED: (
        "Das Siegel ist ein fortgeschrittenes elektronisches Siegel. Es zeigt, dass die Datei nicht verändert wurde. "
        "Wie sicher der Name der siegelnden Stelle ist, hängt vom Aussteller des Zertifikats ab; es ist kein qualifiziertes Siegel.",
        "The seal is an advanced electronic seal. It shows that the file was not changed. "
        "How far the name of the sealing body can be relied on depends on who issued the certificate; it is not a qualified seal.",
    ),
    SealLevel.QUALIFIED: (
        "Das Zertifikat gibt an, dass dies ein qualifiziertes elektronisches Siegel ist. "
        "Ob der Aussteller in der Vertrauensliste der Europäischen Union steht, wurde hier nicht geprüft.",
        "The certificate states that this is a qualified electronic seal. "
        "Whether its issuer is on the trusted list of the European Union was not checked here.",
    ),
}

TRUSTED_LIST_REMARK = (
    "Die Vertrauensliste der Europäischen Union wurde nicht befragt; die Stufe steht so im Zertifikat.",
    "The trusted list of the European Union was not consulted; the level is what the certificate states.",
)
"""German, English. Belongs to every statement of a level."""


def level_of(certificate: bytes) -> SealLevel:
    """Level that the DER certificate of a seal states.

    Qualified needs all of: QcCompliance, QcType eseal and QcSSCD (Regulation (EU) 910/2014, Article 3 No. 27: a qualified
    seal is made by a qualified device and based on a qualified certificate). What carries the demo's mark is never more than demo.
    """
    cert = x509.load_der_x509_certificate(certificate)
    if _marked(cert.subject) or _marked(cert.issuer):
        return SealLevel.ADVANCED_DEMO
    statements, types = _qc_statements(cert)
    if {_QC_COMPLIANCE, _QC_SSCD, _QC_TYPE} <= statements and types == {_QC_TYPE_ESEAL}:
        return SealLevel.QUALIFIED
    return SealLevel.ADVANCED


def _marked(name: x509.Name) -> bool:
    units = name.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME) + name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(DEMO_MARK in str(unit.value) for unit in units)


def _qc_statements(cert: x509.Certificate) -> tuple[set[str], set[str]]:
    """(identifiers of all statements, types stated by QcType); empty when the extension is missing or unreadable."""
    try:
        value = cert.extensions.get_extension_for_oid(_QC_STATEMENTS).value
    except (x509.ExtensionNotFound, ValueError):
        return set(), set()
    if not isinstance(value, x509.UnrecognizedExtension):
        return set(), set()
    from asn1crypto import core

    class Statement(core.Sequence):  # type: ignore[misc]
        _fields = [("id", core.ObjectIdentifier), ("info", core.Any, {"optional": True})]

    class Statements(core.SequenceOf):  # type: ignore[misc]
        _child_spec = Statement

    class Types(core.SequenceOf):  # type: ignore[misc]
        _child_spec = core.ObjectIdentifier

    found: set[str] = set()
    types: set[str] = set()
    try:
        for statement in Statements.load(value.value, strict=True):
            found.add(statement["id"].dotted)
            if statement["id"].dotted == _QC_TYPE:
                types |= {kind.dotted for kind in statement["info"].parse(Types)}
    except (ValueError, TypeError):
        return set(), set()
    return found, types
