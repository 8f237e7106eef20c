"""Certificates as text (RFC 7468) in one spelling only: lines of 64 characters, nothing between the blocks."""

import base64
import re

_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
_BLOCK = re.compile(rf"{_BEGIN}\n([A-Za-z0-9+/=\n]+)\n{_END}\n", re.ASCII)


def to_pem(certificates: tuple[bytes, ...]) -> bytes:
    blocks: list[str] = []
    for certificate in certificates:
        text = base64.b64encode(certificate).decode("ascii")
        lines = [text[i : i + 64] for i in range(0, len(text), 64)]
        blocks.append("\n".join([_BEGIN, *lines, _END]) + "\n")
    return "".join(blocks).encode("ascii")


def from_pem(data: bytes) -> tuple[bytes, ...]:
    """The certificates as DER. Raises ValueError: anything but the canonical form."""
    certificates = tuple(base64.b64decode(block) for block in _BLOCK.findall(data.decode("ascii")))
    if to_pem(certificates) != data:
        raise ValueError("not PEM in its canonical form")
    return certificates


def certificates_in(data: bytes) -> tuple[bytes, ...]:
    """The certificates, as DER, in a file that somebody has from elsewhere: PEM in any spelling, or one as DER. Raises ValueError: none."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    found = x509.load_pem_x509_certificates(data) if b"-----BEGIN" in data else [x509.load_der_x509_certificate(data)]
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in found)
