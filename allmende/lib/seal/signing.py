"""A CMS SignedData (RFC 5652) in the profile that `cms.open_signed` reads, written as DER piece by piece.

The pieces are few, and most of them (certificates, names, tokens) are DER already. Written directly the result is the same each
time and costs microseconds; objects of an ASN.1 library, nested this deep, are encoded again at every level.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from asn1crypto import algos, core, x509

from .der import CONTEXT, INTEGER, OCTETS, SEQUENCE, SET, tlv

DATA, TST_INFO = "1.2.840.113549.1.7.1", "1.2.840.113549.1.9.16.1.4"
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE_V2, TIME_STAMP = "1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.16.2.14"


def build_signed(
    *,
    content: bytes | None = None,
    message_digest: bytes | None = None,
    algorithm: str,
    signer: bytes,
    sign: Callable[[bytes], bytes],
    certificates: Callable[[], Sequence[bytes]],
    stamp: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """DER of a SignedData.

    With `content` it is a TSTInfo (the content inside), with `message_digest` detached data. `algorithm` names digest and key
    (such as sha256_ecdsa); `sign` gets the digest of the signed attributes; `stamp` gets the signature and gives the token to
    attach; `certificates` is asked last, when the token is known.
    """
    name = algorithm.split("_", 1)[0]
    kind = _oid(DATA if content is None else TST_INFO)
    if content is not None:
        message_digest = hashlib.new(name, content).digest()
    assert message_digest is not None
    attributes = [
        _attribute(CONTENT_TYPE, kind),
        _attribute(MESSAGE_DIGEST, tlv(OCTETS, message_digest)),
        _attribute(SIGNING_CERTIFICATE_V2, _signing_certificate(signer)),
    ]
    signature = sign(hashlib.new(name, _set_of(attributes)).digest())
    unsigned = [] if stamp is None else [tlv(CONTEXT + 1, _attribute(TIME_STAMP, stamp(signature)))]
    digest = digest_algorithm(name)
    signer_info = tlv(
        SEQUENCE,
        tlv(INTEGER, b"\x01"),
        _issuer_and_serial(signer),
        digest,
        tlv(CONTEXT, *sorted(attributes)),  # [0] in place of SET: RFC 5652, 5.4
        signature_algorithm(algorithm),
        tlv(OCTETS, signature),
        *unsigned,
    )
    enclosed = sorted(set(certificates()))
    signed = tlv(
        SEQUENCE,
        tlv(INTEGER, b"\x01" if content is None else b"\x03"),
        _set_of([digest]),
        tlv(SEQUENCE, kind, *([] if content is None else [tlv(CONTEXT, tlv(OCTETS, content))])),
        *([tlv(CONTEXT, *enclosed)] if enclosed else []),
        _set_of([signer_info]),
    )
    return tlv(SEQUENCE, _oid(SIGNED_DATA), tlv(CONTEXT, signed))


def _oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


def _set_of(items: Iterable[bytes]) -> bytes:
    """DER orders the members of a SET OF by their encoding (X.690, 11.6)."""
    return tlv(SET, *sorted(items))


def _attribute(kind: str, value: bytes) -> bytes:
    return tlv(SEQUENCE, _oid(kind), tlv(SET, value))


def _signing_certificate(certificate: bytes) -> bytes:
    """What binds a signature to one certificate by its SHA-256, which is the default and therefore not named (RFC 5035)."""
    identifier = tlv(SEQUENCE, tlv(OCTETS, hashlib.sha256(certificate).digest()))
    return tlv(SEQUENCE, tlv(SEQUENCE, identifier))


def _issuer_and_serial(certificate: bytes) -> bytes:
    parsed = x509.Certificate.load(certificate)
    return tlv(SEQUENCE, bytes(parsed.issuer.dump()), bytes(core.Integer(parsed.serial_number).dump()))


def digest_algorithm(name: str) -> bytes:
    """DER of the AlgorithmIdentifier of a digest, with NULL, which every reader accepts."""
    return bytes(algos.DigestAlgorithm({"algorithm": name}).dump())


def signature_algorithm(name: str) -> bytes:
    """DER of the AlgorithmIdentifier, e.g. of sha256_ecdsa. RSA names its parameters as NULL (RFC 4055, 5)."""
    values: dict[str, object] = {"algorithm": name}
    if name.endswith("_rsa"):
        values["parameters"] = core.Null()
    return bytes(algos.SignedDigestAlgorithm(values).dump())
