"""CMS SignedData (RFC 5652) as seals and time stamps use it, read strictly: one signer, DER, nothing that nobody signed or compared.

Everything outside the signed attributes is malleable by design of CMS. So the reader takes a narrow profile only: what is not
covered by the signature is either compared with what follows from the signed part, or not allowed to be there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from .certificate import is_readable
from .der import CONTEXT, NULL, SEQUENCE, SET, is_der, tlv
from .signing import signature_algorithm

_PSS, _MGF1 = "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.8"  # RFC 4055, 3
HASHES: dict[str, hashes.HashAlgorithm] = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}


class Malformed(ValueError):
    """The structure is not the narrow profile read here."""


class BadSignature(ValueError):
    """The structure is fine, but the signature does not verify."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A SignedData whose signature over its attributes verifies with the certificate it names."""

    signer: bytes
    certificates: tuple[bytes, ...]
    content: bytes | None
    message_digest: bytes
    digest: str
    signature: bytes
    time_stamps: tuple[bytes, ...]


def open_signed(der: bytes, *, content_type: str, extra_certificates: Iterable[bytes] = ()) -> Signed:
    """Read and verify a SignedData. `content_type` is 'data' (detached) or 'tst_info' (content inside).

    The signer's certificate is looked for inside, then among `extra_certificates`. The caller compares `message_digest` of
    detached content. Raises Malformed or BadSignature.
    """
    try:
        return _open(der, content_type, tuple(extra_certificates))
    except (TypeError, KeyError, IndexError, AttributeError, OverflowError, ValueError) as error:
        # asn1crypto parses lazily and reports nonsense with any of these; the two kinds of this module pass through.
        if isinstance(error, Malformed | BadSignature):
            raise
        raise Malformed(str(error)) from error


def _open(der: bytes, content_type: str, extra: tuple[bytes, ...]) -> Signed:
    if not is_der(der):
        raise Malformed("not DER")
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        raise Malformed("not SignedData")
    signed: Any = info["content"]
    if len(signed["signer_infos"]) != 1:
        raise Malformed("not exactly one signer")
    signer_info: Any = signed["signer_infos"][0]
    _require(signed["version"].native == ("v1" if content_type == "data" else "v3"), "version of SignedData")
    _require(signed["encap_content_info"]["content_type"].native == content_type, "content type")
    _require(not _present(signed["crls"]), "revocation data inside")

    digest = _digest_name(signer_info["digest_algorithm"])
    _require([_digest_name(algorithm) for algorithm in signed["digest_algorithms"]] == [digest], "digest algorithms")

    certificates = _certificates(signed["certificates"])
    signer = _signer(signer_info, [*certificates, *extra])

    attributes = _attributes(signer_info["signed_attrs"])
    _require(attributes.get("content_type") is not None and attributes["content_type"].native == content_type, "signed content type")
    _require("message_digest" in attributes, "message digest")
    _check_signing_certificate(attributes, signer, is_time_stamp=content_type == "tst_info")

    content = _content(signed["encap_content_info"]["content"], content_type)
    message_digest = bytes(attributes["message_digest"].native)
    if content is not None and hashlib.new(digest, content).digest() != message_digest:
        raise BadSignature("the content is not what was signed")

    signature = bytes(signer_info["signature"].native)
    _verify(signer, signer_info["signature_algorithm"], digest, signature, tlv(SET, signer_info["signed_attrs"].contents))
    return Signed(
        signer=signer,
        certificates=certificates,
        content=content,
        message_digest=message_digest,
        digest=digest,
        signature=signature,
        time_stamps=_time_stamps(signer_info["unsigned_attrs"], allowed=content_type == "data"),
    )


def raw(value: Any) -> bytes:
    """The bytes that a value was read from (DER, without explicit tag).

    Not `dump`: that writes a value anew when its length happens to end in 0x80, which takes seconds for nested ones.
    """
    return tlv(value.class_ << 6 | value.method << 5 | value.tag, value.contents)


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise Malformed(what)


def _present(value: Any) -> bool:
    return not isinstance(value, core.Void)


def _digest_name(algorithm: Any) -> str:
    name = str(algorithm["algorithm"].native)
    _require(name in HASHES, f"digest {name}")
    _require(raw(algorithm) in _digest_algorithms(name), "parameters of the digest")
    return name


def _digest_algorithms(name: str) -> tuple[bytes, bytes]:
    """A digest is named without parameters; NULL must be accepted too (RFC 5754, 2)."""
    kind = bytes(algos.DigestAlgorithmId(name).dump())
    return tlv(SEQUENCE, kind), tlv(SEQUENCE, kind, tlv(NULL, b""))


def _certificates(choices: Any) -> tuple[bytes, ...]:
    if not _present(choices):
        return ()
    _require(all(choice.name == "certificate" for choice in choices), "kind of certificate")
    found = tuple(raw(choice.chosen) for choice in choices)
    _require(len(set(found)) == len(found), "a certificate twice")
    _require(all(map(is_readable, found)), "a certificate that cannot be read")
    return found


def _signer(signer_info: Any, candidates: list[bytes]) -> bytes:
    sid = signer_info["sid"]
    by_serial = sid.name == "issuer_and_serial_number"
    _require(signer_info["version"].native == ("v1" if by_serial else "v3"), "version of SignerInfo")
    for der in dict.fromkeys(candidates):
        cert = cms.Certificate.load(der)
        if by_serial:
            wanted = sid.chosen
            if raw(cert.issuer.chosen) == raw(wanted["issuer"].chosen) and cert.serial_number == wanted["serial_number"].native:
                return der
        elif cert.key_identifier is not None and cert.key_identifier == sid.chosen.native:
            return der
    raise Malformed("the signer's certificate is missing")


def _attributes(attributes: Any) -> dict[str, Any]:
    _require(_present(attributes), "signed attributes")
    found: dict[str, Any] = {}
    for attribute in attributes:
        name = str(attribute["type"].native)
        _require(name not in found and len(attribute["values"]) == 1, f"attribute {name}")
        found[name] = attribute["values"][0]
    return found


def _check_signing_certificate(attributes: dict[str, Any], signer: bytes, *, is_time_stamp: bool) -> None:
    """RFC 5035 binds by any digest; the older form by SHA-1 (RFC 2634) is still common among time stamp authorities."""
    if "signing_certificate_v2" in attributes:
        first = attributes["signing_certificate_v2"]["certs"][0]
        name = str(first["hash_algorithm"]["algorithm"].native)
        _require(name in HASHES, f"digest {name}")
        expected = hashlib.new(name, signer).digest()
    elif "signing_certificate" in attributes and is_time_stamp:
        first = attributes["signing_certificate"]["certs"][0]
        expected = hashlib.sha1(signer, usedforsecurity=False).digest()
    else:
        raise Malformed("no attribute binds the signer's certificate")
    if bytes(first["cert_hash"].native) != expected:
        raise BadSignature("the signature was made for another certificate")


def _content(content: Any, content_type: str) -> bytes | None:
    if content_type == "data":
        _require(not _present(content), "content inside a detached signature")
        return None
    _require(_present(content), "no content")
    return bytes(content)


def _time_stamps(attributes: Any, *, allowed: bool) -> tuple[bytes, ...]:
    if not _present(attributes):
        return ()
    found = _attributes(attributes)
    _require(allowed and set(found) == {"signature_time_stamp_token"}, "unsigned attributes")
    return (raw(found["signature_time_stamp_token"]),)


def _verify(signer: bytes, algorithm: Any, digest: str, signature: bytes, data: bytes) -> None:
    key = x509.load_der_x509_certificate(signer).public_key()
    encoded = raw(algorithm)
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            _require(encoded == signature_algorithm(f"{digest}_ecdsa"), "signature algorithm")
            key.verify(signature, data, ec.ECDSA(HASHES[digest]))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, _rsa_padding(encoded, digest), HASHES[digest])
        else:
            raise Malformed("kind of key")
    except InvalidSignature as error:
        raise BadSignature("signature") from error


def _rsa_padding(encoded: bytes, digest: str) -> padding.AsymmetricPadding:
    """PKCS#1 v1.5 (named with or without its digest: both are in use) or PSS with one digest throughout and a salt of its size."""
    for name in (f"{digest}_rsa", "rsassa_pkcs1v15"):
        if encoded == algos.SignedDigestAlgorithm({"algorithm": name, "parameters": core.Null()}).dump():
            return padding.PKCS1v15()
    size = HASHES[digest].digest_size
    for hashed in _digest_algorithms(digest):
        for masked in _digest_algorithms(digest):
            parameters = tlv(
                SEQUENCE,
                tlv(CONTEXT, hashed),
                tlv(CONTEXT + 1, tlv(SEQUENCE, bytes(core.ObjectIdentifier(_MGF1).dump()), masked)),
                tlv(CONTEXT + 2, bytes(core.Integer(size).dump())),
            )
            if encoded == tlv(SEQUENCE, bytes(core.ObjectIdentifier(_PSS).dump()), parameters):
                return padding.PSS(padding.MGF1(HASHES[digest]), size)
    raise Malformed("signature algorithm")
