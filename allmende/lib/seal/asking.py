"""Asking an issuer whether a certificate is revoked: where, and with which question. Fetching is in `http`, judging in `revocation`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from .certificate import UNREADABLE, path_from
from .revocation import ends_at, read_revocation


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses that a certificate names, in its order: of responders (RFC 6960) and of lists (RFC 5280, 4.2.1.13)."""

    responders: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


def places_of(certificate: bytes) -> Places:
    """Where the DER certificate says that one may ask about it. Only http and https."""
    responders: list[str] = []
    lists: list[str] = []
    for extension in x509.load_der_x509_certificate(certificate).extensions:
        value = extension.value
        if isinstance(value, x509.AuthorityInformationAccess):
            responders += _addresses(
                access.access_location for access in value if access.access_method == AuthorityInformationAccessOID.OCSP
            )
        elif isinstance(value, x509.CRLDistributionPoints):
            lists += _addresses(name for point in value for name in point.full_name or ())
    return Places(tuple(dict.fromkeys(responders)), tuple(dict.fromkeys(lists)))


def _addresses(names: Iterable[x509.GeneralName]) -> list[str]:
    found = (name.value for name in names if isinstance(name, x509.UniformResourceIdentifier))
    return [url for url in found if url.startswith(("http://", "https://"))]


def to_ask_about(certificates: Sequence[bytes]) -> tuple[tuple[bytes, bytes], ...]:
    """(certificate, its issuer) along the path that begins with the first of the DER certificates."""
    return tuple(pairwise(path_from(certificates[0], certificates))) if certificates else ()


def question(certificate: bytes, issuer: bytes) -> bytes:
    """DER OCSPRequest. SHA-1 only names the certificate, and is the one digest that every responder knows (RFC 5019, 2.1.1)."""
    pair = (x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(issuer))
    request = ocsp.OCSPRequestBuilder().add_certificate(*pair, hashes.SHA1()).build()  # noqa: S303
    return request.public_bytes(serialization.Encoding.DER)


def usable_until(data: bytes, certificate: bytes, issuer: bytes, *, at: datetime) -> datetime | None:
    """Until when a list or an answer about the certificate holds; None if it is not genuine, of another one, or outdated at `at`.

    Whether it says good or revoked is not asked here.
    """
    findings = read_revocation([data], [[certificate, issuer]], at=at)
    if (0, 0) not in findings.good | findings.revoked:
        return None
    try:
        return ends_at(data)
    except UNREADABLE:
        return None
