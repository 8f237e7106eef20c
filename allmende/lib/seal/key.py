"""The key of a seal: one interface, filled by a PKCS#12 file here; a PKCS#11 device or a remote seal service fills the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import pkcs12

from allmende.lib.limited import Limits, NotDone, run
from allmende.lib.pkcs12 import Outcome, read_answer

from .certificate import CertificateFacts, facts_of, is_seal_certificate, path_from
from .errors import ChainIncomplete, NotASealCertificate, SealExpired, SealNotYetValid, SealTooCostly, SealUnreadable, WrongPassword

OPENING = Limits(memory=512 * 1024 * 1024, cpu=2, wall=10.0)
"""For a key file. Usual ones take a tenth of a second of processor time, and what takes seconds keeps a web process from others."""


class SignatureAlgorithm(StrEnum):
    """How a seal key signs, with the digest that belongs to it."""

    ECDSA_SHA256 = "sha256_ecdsa"
    ECDSA_SHA384 = "sha384_ecdsa"
    ECDSA_SHA512 = "sha512_ecdsa"
    RSA_SHA256 = "sha256_rsa"

    @property
    def digest(self) -> str:
        """Name of the digest: sha256, sha384 or sha512."""
        return self.value.split("_", 1)[0]


class SealKey(Protocol):
    """What sealing needs of a key. Implementations load once and are kept by the caller; `sign` may be called from one thread at a time."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """DER: the seal certificate, its issuer, … up to the certificate that verifiers will hold against what they trust."""

    @property
    def algorithm(self) -> SignatureAlgorithm: ...

    def sign(self, digest: bytes) -> bytes:
        """Signature over a digest made with `algorithm.digest`. ECDSA: DER of (r, s). Raises SealError when the key refuses."""


@dataclass(frozen=True, slots=True)
class Pkcs12Seal:
    """A seal whose key is in memory, from a PKCS#12 file. Loading costs up to 0.3 s: keep it."""

    certificates: tuple[bytes, ...]
    algorithm: SignatureAlgorithm
    _key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(repr=False)

    @property
    def facts(self) -> CertificateFacts:
        return facts_of(self.certificates[0])

    def sign(self, digest: bytes) -> bytes:
        prehashed = utils.Prehashed(_HASHES[self.algorithm.digest])
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(digest, padding.PKCS1v15(), prehashed)
        return self._key.sign(digest, ec.ECDSA(prehashed))


def load_pkcs12(data: bytes, password: str, *, at: datetime | None = None, issuers: Sequence[bytes] = ()) -> Pkcs12Seal:
    """Open a seal from a PKCS#12 file.

    `at` is the moment at which it must be valid (now when None); `issuers` are DER certificates that the file itself lacks.
    Raises SealUnreadable, WrongPassword, NotASealCertificate, SealNotYetValid, SealExpired, ChainIncomplete.
    """
    if not _looks_like_pkcs12(data):
        raise SealUnreadable("not a PKCS#12 structure")
    try:
        key, cert, others = pkcs12.load_key_and_certificates(data, password.encode())
    except UnsupportedAlgorithm as error:
        raise SealUnreadable(str(error)) from error
    except ValueError as error:
        # The library tells a wrong password and a damaged file apart by wording only.
        raise WrongPassword(str(error)) from error
    if key is None or cert is None:
        raise SealUnreadable("no private key with its certificate inside")
    certificate = cert.public_bytes(serialization.Encoding.DER)
    if not is_seal_certificate(certificate) or not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise NotASealCertificate(cert.subject.rfc4514_string())
    check_validity(certificate, at=at or datetime.now(UTC))
    if key.public_key() != cert.public_key():
        raise SealUnreadable("the private key does not belong to the certificate")
    path = path_from(certificate, [*(other.public_bytes(serialization.Encoding.DER) for other in others), *issuers])
    if len(path) == 1:
        raise ChainIncomplete(cert.issuer.rfc4514_string())
    return Pkcs12Seal(certificates=path, algorithm=algorithm_for(certificate), _key=key)


def load_pkcs12_limited(data: bytes, password: str, *, at: datetime | None = None, issuers: Sequence[bytes] = ()) -> Pkcs12Seal:
    """`load_pkcs12` for a file from outside: opened once for a trial, by a child process with limits, and only then here.

    Raises SealTooCostly besides what `load_pkcs12` raises.
    """
    if not _looks_like_pkcs12(data):
        raise SealUnreadable("not a PKCS#12 structure")
    try:
        opened = run("allmende.lib.pkcs12", {"password": password}, data, read=read_answer, limits=OPENING)
    except NotDone as error:
        raise SealTooCostly(str(error)) from error
    # What the library refused there is not tried again here: it may have taken memory to refuse.
    if opened.outcome is Outcome.UNSUPPORTED:
        raise SealUnreadable(opened.detail)
    if opened.outcome is Outcome.WRONG:
        raise WrongPassword(opened.detail)
    return load_pkcs12(data, password, at=at, issuers=issuers)


def check_validity(certificate: bytes, *, at: datetime) -> None:
    """Raises SealNotYetValid or SealExpired when the DER certificate is not valid at the moment."""
    cert = x509.load_der_x509_certificate(certificate)
    if at < cert.not_valid_before_utc:
        raise SealNotYetValid(f"from {cert.not_valid_before_utc.isoformat()}")
    if at > cert.not_valid_after_utc:
        raise SealExpired(f"until {cert.not_valid_after_utc.isoformat()}")


def algorithm_for(certificate: bytes) -> SignatureAlgorithm:
    """The algorithm that fits the key in a DER certificate: the digest is as strong as the curve; RSA with SHA-256."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return SignatureAlgorithm.RSA_SHA256
    by_size = {256: SignatureAlgorithm.ECDSA_SHA256, 384: SignatureAlgorithm.ECDSA_SHA384}
    return by_size.get(key.curve.key_size, SignatureAlgorithm.ECDSA_SHA512)


_HASHES: dict[str, hashes.HashAlgorithm] = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}


def _looks_like_pkcs12(data: bytes) -> bool:
    """Whether `data` is one DER PFX of version 3 (RFC 7292, 4): tells a wrong file from a wrong password."""
    from asn1crypto import pkcs12 as asn1_pkcs12

    try:
        return bool(asn1_pkcs12.Pfx.load(data, strict=True)["version"].native == "v3")
    except (ValueError, TypeError):
        return False
