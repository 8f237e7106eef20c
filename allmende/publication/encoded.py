"""Certificates as PEM, and other DER as base64 in JSON: how they lie in the database."""

import base64

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def to_pem(certificates: tuple[bytes, ...] | list[bytes]) -> str:
    return "".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode() for der in certificates)


def from_pem(text: str) -> tuple[bytes, ...]:
    """DER of each certificate. Raises ValueError."""
    if not text.strip():
        return ()
    return tuple(cert.public_bytes(Encoding.DER) for cert in x509.load_pem_x509_certificates(text.encode()))


def to_json(items: tuple[bytes, ...] | list[bytes]) -> list[str]:
    return [base64.b64encode(item).decode() for item in items]


def from_json(items: list[str]) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(item) for item in items)
