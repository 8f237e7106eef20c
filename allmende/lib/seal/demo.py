"""A certificate authority of the demo: seals and time stamp authorities that work like real ones and say that they are not.

Nobody trusts this authority: its mark stands in every subject. The real parts are the same, so nothing else differs in the demo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from .level import DEMO_MARK

_LIFE = timedelta(days=3653)
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


@dataclass(frozen=True, slots=True)
class DemoIdentity:
    """A key with its certificates. `pkcs12` is what a person would upload; `certificates` are DER, own one first; `crl` is DER."""

    pkcs12: bytes
    certificates: tuple[bytes, ...]
    crl: bytes


class DemoCa:
    """A certificate authority with an EC P-256 key in memory. `at` is the begin of validity; it lasts ten years.

    `responder`, `lists`: addresses where one may ask about its certificates (see `issuer`). With neither, they name its list
    without an address: the list comes with the seal, but a verifier must insist on it.
    """

    def __init__(self, *, name: str, at: datetime, responder: str = "", lists: str = "") -> None:
        self._responder = responder
        self._lists = lists
        self._from = at.replace(microsecond=0)
        self._until = self._from + _LIFE
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _subject(common_name=name)
        self.certificate = (
            self._builder(self._name, self._key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(authority=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def seal(self, *, organisation: str, organisation_identifier: str, password: str) -> DemoIdentity:
        """Issue a seal certificate for a legal person (ETSI EN 319 412-3) as PKCS#12 under `password`."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _subject(common_name=f"Siegel {organisation}", organisation=organisation, identifier=organisation_identifier)
        usages = x509.ExtendedKeyUsage([_DOCUMENT_SIGNING])
        return self._issue(key, subject, usages, critical=False, password=password)

    def authority(self, *, name: str, password: str) -> DemoIdentity:
        """Issue the certificate of a time stamp authority (RFC 3161, 2.3) as PKCS#12 under `password`."""
        key = ec.generate_private_key(ec.SECP256R1())
        usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        return self._issue(key, _subject(common_name=name), usages, critical=True, password=password)

    def crl(self, revoked: Mapping[int, datetime] | None = None, *, at: datetime | None = None, until: datetime | None = None) -> bytes:
        """DER revocation list: serial number to moment of revocation. It holds from `at` to `until` (by default all its life)."""
        builder = (
            x509.CertificateRevocationListBuilder().issuer_name(self._name).last_update(at or self._from).next_update(until or self._until)
        )
        for serial, moment in (revoked or {}).items():
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
            )
        crl = (
            builder.add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return crl.public_bytes(serialization.Encoding.DER)

    def answer(self, request: bytes, revoked: Mapping[int, datetime] | None = None, *, at: datetime, until: datetime | None) -> bytes:
        """DER OCSP response (RFC 6960) to a DER request, signed by the authority itself; `until` None: newer ones are always to be had."""
        try:
            asked = ocsp.load_der_ocsp_request(request)
            mine = ocsp.OCSPRequestBuilder().add_certificate(self.certificate, self.certificate, asked.hash_algorithm).build()
        except (ValueError, TypeError, UnsupportedAlgorithm):
            return _refusal(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        if (asked.issuer_key_hash, asked.issuer_name_hash) != (mine.issuer_key_hash, mine.issuer_name_hash):
            return _refusal(ocsp.OCSPResponseStatus.UNAUTHORIZED)
        moment = (revoked or {}).get(asked.serial_number)
        status = ocsp.OCSPCertStatus.GOOD if moment is None else ocsp.OCSPCertStatus.REVOKED
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            asked.issuer_name_hash, asked.issuer_key_hash, asked.serial_number, asked.hash_algorithm, status, at, until, moment, None
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _issue(
        self, key: ec.EllipticCurvePrivateKey, subject: x509.Name, purposes: x509.ExtendedKeyUsage, *, critical: bool, password: str
    ) -> DemoIdentity:
        builder = (
            self._builder(subject, key.public_key())
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(authority=False), critical=True)
            .add_extension(purposes, critical=critical)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        if self._responder:
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(self._responder))
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        if self._lists or not self._responder:
            place = x509.UniformResourceIdentifier(self._lists) if self._lists else x509.DirectoryName(self._name)
            points = x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])
            builder = builder.add_extension(points, critical=False)
        certificate = builder.sign(self._key, hashes.SHA256())
        sealed = pkcs12.serialize_key_and_certificates(
            subject.rfc4514_string().encode(),
            key,
            certificate,
            [self.certificate],
            serialization.BestAvailableEncryption(password.encode()),
        )
        encoding = serialization.Encoding.DER
        return DemoIdentity(sealed, (certificate.public_bytes(encoding), self.certificate.public_bytes(encoding)), self.crl())

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._from)
            .not_valid_after(self._until)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        )


def make_demo_seal(*, organisation: str, organisation_identifier: str, password: str, at: datetime) -> DemoIdentity:
    """A seal of the level 'advanced, demo', issued by a demo authority of its own whose key is thrown away at once.

    `organisation_identifier` as in ETSI EN 319 412-1, 5.1.4 (such as 'GOVDE-15999999'). `at` is the begin of validity.
    """
    ca = DemoCa(name="Zertifizierungsstelle der Demo", at=at)
    return ca.seal(organisation=organisation, organisation_identifier=organisation_identifier, password=password)


def make_demo_authority(*, password: str, at: datetime) -> DemoIdentity:
    """Key and certificates for a `DemoAuthority`, issued by a demo authority of its own."""
    ca = DemoCa(name="Zertifizierungsstelle für Zeitstempel der Demo", at=at)
    return ca.authority(name=DEMO_MARK, password=password)


def _refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(serialization.Encoding.DER)


def _subject(*, common_name: str, organisation: str = "Allmende Demo", identifier: str = "") -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(organisation))]
    if identifier:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, identifier))
    attributes.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, DEMO_MARK))
    attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, _short(common_name)))
    return x509.Name(attributes)


def _short(text: str) -> str:
    """At most 64 bytes: X.520 allows 64 characters of a name, and readers count differently."""
    return text.encode()[:64].decode(errors="ignore")


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
