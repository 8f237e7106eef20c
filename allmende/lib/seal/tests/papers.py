"""Certificates for the tests that the demo would never issue: other keys, other purposes, other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from .conftest import NOW

type_of_key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Paper:
    key: type_of_key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def pkcs12(self, password: str, *issuers: Paper) -> bytes:
        others = [issuer.certificate for issuer in issuers]
        how = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(b"Siegel", self.key, self.certificate, others, how)


def name(common_name: str, *, organisation: str = "Stadt Quellstedt", identifier: str = "GOVDE-15999999", **more: str) -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if organisation:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    if identifier:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, identifier))
    attributes += [x509.NameAttribute(getattr(NameOID, kind.upper()), value) for kind, value in more.items()]
    return x509.Name(attributes)


def issue(
    subject: x509.Name,
    *,
    issuer: Paper | None = None,
    key: type_of_key | None = None,
    authority: bool = False,
    begin: datetime = NOW - timedelta(days=30),
    until: datetime = NOW + timedelta(days=3000),
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
) -> Paper:
    key = key or ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return Paper(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()))


def usage(*, sign: bool = True, certificates: bool = False) -> tuple[x509.KeyUsage, bool]:
    return x509.KeyUsage(False, sign, False, False, False, certificates, certificates, False, False), True


def authority(common_name: str = "Aussteller") -> Paper:
    return issue(name(common_name, identifier=""), authority=True, extensions=[usage(sign=False, certificates=True)])
