"""Passwords of unlocked seals, encrypted under the secret of the installation: a copy of the database alone opens no seal."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _derived(purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"allmende/{purpose}/v1".encode()).derive(str(settings.SECRET_KEY).encode())


def seal(text: str) -> bytes:
    return Fernet(base64.urlsafe_b64encode(_derived("seal-password"))).encrypt(text.encode())


def opened(data: bytes) -> str | None:
    """None if the secret of the installation has changed since."""
    try:
        return Fernet(base64.urlsafe_b64encode(_derived("seal-password"))).decrypt(data).decode()
    except InvalidToken:
        return None


def password_for(purpose: str) -> str:
    """A password that never leaves the installation, the same each time."""
    return base64.urlsafe_b64encode(_derived(purpose)).decode()
