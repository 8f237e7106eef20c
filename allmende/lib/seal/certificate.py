"""Certificates of seals and of time stamp authorities: who is named, what the key may do, which path leads to the issuer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .der import is_der
from .level import SealLevel, level_of

UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    CryptographyDeprecationWarning,  # where warnings are errors: what the library will refuse one day
)
"""What reading nonsense raises."""

_SMALLEST_RSA = 2048
_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
_FOREIGN_USES = {
    # A certificate limited to one of these was issued for something else. Issuers of seals use documentSigning (RFC 9336),
    # emailProtection, clientAuth or their own identifiers, often side by side.
    ExtendedKeyUsageOID.SERVER_AUTH,
    ExtendedKeyUsageOID.TIME_STAMPING,
    ExtendedKeyUsageOID.OCSP_SIGNING,
    ExtendedKeyUsageOID.CODE_SIGNING,
}


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What people need to know of a certificate."""

    organisation: str
    organisation_identifier: str
    name: str
    issuer: str
    serial_number: int
    valid_from: datetime
    valid_until: datetime
    level: SealLevel


def facts_of(certificate: bytes) -> CertificateFacts:
    """Facts of a DER certificate. Raises ValueError when it is none."""
    cert = x509.load_der_x509_certificate(certificate)
    return CertificateFacts(
        organisation=_first(cert.subject, NameOID.ORGANIZATION_NAME),
        organisation_identifier=_first(cert.subject, NameOID.ORGANIZATION_IDENTIFIER),
        name=_first(cert.subject, NameOID.COMMON_NAME) or cert.subject.rfc4514_string(),
        issuer=_first(cert.issuer, NameOID.COMMON_NAME) or cert.issuer.rfc4514_string(),
        serial_number=cert.serial_number,
        valid_from=cert.not_valid_before_utc,
        valid_until=cert.not_valid_after_utc,
        level=level_of(certificate),
    )


def is_readable(certificate: bytes) -> bool:
    """Whether the DER certificate can be read to its last field. What passes raises no error anywhere else in this package."""
    from asn1crypto import x509 as asn1_x509

    try:
        parsed = asn1_x509.Certificate.load(certificate, strict=True)
        # A signature is whole bytes; readers pass over the number of bits that are said to be left out of the last one.
        if parsed.serial_number <= 0 or parsed["signature_value"].contents[:1] != b"\0":
            return False
        cert = x509.load_der_x509_certificate(certificate)
        # Reading is lazy: touch everything that anybody looks at later.
        touched = (cert.version, cert.subject, cert.issuer, cert.not_valid_before_utc, cert.not_valid_after_utc, list(cert.extensions))
        cert.public_key()
    except UNREADABLE:
        return False
    return bool(touched) and is_der(certificate)


def is_seal_certificate(certificate: bytes) -> bool:
    """Whether a legal person is named and the key may seal.

    Subject with organizationName and organizationIdentifier and no personal name (ETSI EN 319 412-3, 4.2.1); not an
    authority; key usage nonRepudiation or digitalSignature; not limited to another purpose; EC P-256 to P-521 or RSA of at least 2048 bits.
    """
    cert = x509.load_der_x509_certificate(certificate)
    subject = cert.subject
    if not _first(subject, NameOID.ORGANIZATION_NAME) or not _first(subject, NameOID.ORGANIZATION_IDENTIFIER):
        return False
    if any(_first(subject, person) for person in (NameOID.GIVEN_NAME, NameOID.SURNAME, NameOID.PSEUDONYM)):
        return False
    return not _is_authority(cert) and _may_sign(cert) and _key_is_strong(cert) and _purposes(cert) - _FOREIGN_USES == _purposes(cert)


def is_time_stamp_certificate(certificate: bytes) -> bool:
    """Whether the key may issue time stamps and nothing else (RFC 3161, 2.3: timeStamping alone, critical)."""
    cert = x509.load_der_x509_certificate(certificate)
    try:
        purposes = cert.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return purposes.critical and list(purposes.value) == [ExtendedKeyUsageOID.TIME_STAMPING] and _may_sign(cert) and _key_is_strong(cert)


def path_from(certificate: bytes, pool: Sequence[bytes]) -> tuple[bytes, ...]:
    """The certificate, its issuer, the issuer's issuer … as far as `pool` reaches, each certificate once."""
    path = [certificate]
    candidates = [(der, x509.load_der_x509_certificate(der)) for der in dict.fromkeys(pool)]
    while True:
        current = x509.load_der_x509_certificate(path[-1])
        if current.issuer == current.subject:
            return tuple(path)
        following = next((der for der, issuer in candidates if der not in path and issued_by(current, issuer)), None)
        if following is None:
            return tuple(path)
        path.append(following)


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether `issuer` is named in `certificate` and signed it."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def is_spoiled_root(certificate: bytes) -> bool:
    """Whether it says by its key that it has issued itself, and by its names that it has not: then nobody vouches for what it says.

    Only a certificate that has issued itself may leave out the key of its issuer (RFC 5280, 4.2.1.1).
    """
    cert = x509.load_der_x509_certificate(certificate)
    if cert.issuer == cert.subject:
        return False
    try:
        own = cert.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        issuers = cert.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    except (x509.ExtensionNotFound, ValueError):
        return True
    return issuers in (None, own)


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    attributes = name.get_attributes_for_oid(oid)
    return str(attributes[0].value) if attributes else ""


def _is_authority(cert: x509.Certificate) -> bool:
    try:
        return cert.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _may_sign(cert: x509.Certificate) -> bool:
    try:
        usage = cert.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _purposes(cert: x509.Certificate) -> set[x509.ObjectIdentifier]:
    try:
        return set(cert.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return set()


def _key_is_strong(cert: x509.Certificate) -> bool:
    key = cert.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= _SMALLEST_RSA
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, _CURVES)
