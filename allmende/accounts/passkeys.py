"""Passkeys (WebAuthn): what a browser hands over as JSON, read by allauth and fido2. Anybody can send anything there."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.utils.translation import gettext_lazy as _

# What fido2 raises for JSON, CBOR, keys and signatures that are none; allauth catches a part of it.
NOT_A_CREDENTIAL = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError, NotImplementedError, struct.error),
    *(InvalidSignature, UnsupportedAlgorithm),
)


FAILED = _(
    "Mit diesem Passkey ging es nicht. Versuchen Sie es noch einmal; wenn es wieder nicht geht, nehmen Sie Kennwort und Code "
    "und richten den Passkey neu ein."
)


@contextmanager
def _read() -> Iterator[None]:
    """Raises ValidationError with a sentence of ours: what was sent is no credential, or not the one that was asked for."""
    try:
        yield
    except forms.ValidationError as error:
        raise forms.ValidationError(FAILED, code=error.code) if error.code == "incorrect_code" else error from error
    except NOT_A_CREDENTIAL as error:
        raise forms.ValidationError(FAILED, code="incorrect_code") from error


class CredentialField(forms.JSONField):
    """An object of JSON. allauth takes `false` for a passkey that needs no look, and stores it."""

    default_error_messages = {"invalid": FAILED, "required": FAILED}

    def to_python(self, value: Any) -> Any:
        with _read():
            credential = super().to_python(value)
            if not isinstance(credential, dict):
                raise TypeError(credential)
            return credential

    def bound_data(self, data: Any, initial: Any) -> Any:
        return None  # never shown again: a credential counts once


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Raises ValidationError alone, whatever is sent as the credential."""

    credential = CredentialField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, help_text in (
            ("name", _("Name"), _("Woran Sie ihn wiedererkennen, zum Beispiel: Dienst-Laptop")),
            (
                "passwordless",
                _("Auch zum Anmelden ohne Kennwort benutzen"),
                _("Ihr Gerät fragt dann jedes Mal nach Fingerabdruck, Gesicht oder PIN."),
            ),
        ):
            self.fields[name].label, self.fields[name].help_text = label, help_text

    def clean(self) -> Any:
        with _read():
            return super().clean()


class _Shown:
    """A passkey is shown. Raises ValidationError alone, whatever is sent as the credential."""

    def clean_credential(self) -> Any:
        with _read():
            return super().clean_credential()  # type: ignore[misc]


class PasskeyForm(_Shown, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField(widget=forms.HiddenInput)


class LogInByPasskeyForm(_Shown, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField(widget=forms.HiddenInput)


class ConfirmByPasskeyForm(_Shown, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField(widget=forms.HiddenInput)
