"""The two places where django-allauth asks us: accounts and second factors.

Nothing else of the platform knows allauth; what it prints to people is replaced here, in forms.py and in templates/.
"""

import base64
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth_context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from allmende.accounts import mails, places, throttle
from allmende.accounts.second_factor import is_last_needed
from allmende.core.http import AuthedRequest, TownRequest
from allmende.core.language import page_language
from allmende.core.models import Person
from allmende.lib import german

FRESH = 300  # seconds for which a log-in counts as a confirmation


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 (allauth's views call us and give no time)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Dieses Konto ist gesperrt. Fragen Sie die Administration Ihrer Kommune."),
        "email_password_mismatch": _("E-Mail-Adresse oder Kennwort stimmen nicht. Prüfen Sie beides, auch die Feststelltaste."),
        "enter_current_password": _("Das ist nicht Ihr bisheriges Kennwort. Schreiben Sie es noch einmal."),
        "incorrect_code": _("Der Code stimmt nicht oder wurde schon benutzt. Warten Sie auf den nächsten und schreiben Sie ihn ab."),
        "incorrect_password": _("Das Kennwort stimmt nicht. Schreiben Sie es noch einmal."),
        "invalid_password_reset": _("Der Link gilt nicht mehr. Fordern Sie einen neuen an."),
        "too_many_login_attempts": _("Zu viele Versuche. Warten Sie fünf Minuten und versuchen Sie es dann noch einmal."),
        "rate_limited": _("Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es dann noch einmal."),
    }

    def is_open_for_signup(self, request: TownRequest) -> bool:
        """Accounts come by invitation only (invitations.py)."""
        return False

    def get_login_redirect_url(self, request: AuthedRequest) -> str:
        return places.after_log_in(request, at=_now())

    def get_logout_redirect_url(self, request: TownRequest) -> str:
        return get_script_prefix()

    def get_password_change_redirect_url(self, request: AuthedRequest) -> str:
        return reverse("accounts:overview")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A log-in of a moment ago is confirmation enough: who sets up a second factor is not asked twice in a row."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
        if records and _now().timestamp() - records[-1]["at"] < FRESH:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, str]]:
        words = {
            "reauthenticate": gettext("Mit dem Kennwort bestätigen"),
            "mfa_reauthenticate": gettext("Mit einem Einmalcode bestätigen"),
            "mfa_reauthenticate:webauthn": gettext("Mit einem Passkey bestätigen"),
        }
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]

    def _get_login_attempts_cache_key(self, request: TownRequest, **credentials: Any) -> str:
        return throttle.account_from_here(request, str(credentials.get("email", "")))

    def pre_authenticate(self, request: TownRequest, **credentials: Any) -> None:
        """Counts an attempt by account and address, by address, and, far more generously, by account alone.

        Raises ValidationError with the time from which the next one is looked at. A log-in that succeeds is taken back from all counts.
        """
        email = str(credentials.get("email", ""))
        key = throttle.account(email)
        anywhere = ratelimit.consume(request, app=throttle.APP, action=throttle.FAILED_ANYWHERE, key=key)
        if not anywhere:
            raise self._shut_until(throttle.free_at(throttle.FAILED_ANYWHERE, key))
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            anywhere.rollback()
            raise self._shut_until(throttle.free_at(throttle.FAILED, throttle.account_from_here(request, email))) from error
        self._login_failed_rl_usage.usage += anywhere.usage

    @staticmethod
    def _shut_until(end: datetime) -> ValidationError:
        sentence = _("Zu viele Versuche. Ab %(time)s können Sie es wieder versuchen.")
        return ValidationError(sentence, code="too_many_login_attempts", params={"time": german.time_of_day(end, page_language())})

    # --- Mail goes through the outbox; links are made from the settings, never from the Host header -------

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        mails.ask_password_link(user, self.request.town, at=_now())

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        mails.ask_notice(template_prefix.rpartition("/")[2], user, self.request.town, at=_now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError(f"{template_prefix}: every mail has its place in mails.py")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Ihre Rolle verlangt einen zweiten Faktor. Richten Sie erst einen anderen ein."),
        "cannot_generate_recovery_codes": _("Notfallcodes gibt es erst mit einem zweiten Faktor. Richten Sie zuerst einen ein."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def get_totp_issuer(self) -> str:
        return allauth_context.request.town.short_name  # type: ignore[no-any-return]

    def build_totp_svg(self, url: str) -> str:
        """Black on white with its quiet zone: on the dark page a drawing without ground could not be scanned."""
        drawn = BytesIO()
        segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=4, scale=4, light="#fff", xmldecl=False)
        return drawn.getvalue().decode()

    def _get_site_name(self) -> str:
        return allauth_context.request.town.name  # type: ignore[no-any-return]

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_last_needed(authenticator, at=_now())

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    # --- The secrets of the second factors are not in the database in the clear -----------------------------

    @staticmethod
    def _box() -> Fernet:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"allmende/second-factor/v1").derive(force_bytes(settings.SECRET_KEY))
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        return self._box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return self._box().decrypt(encrypted_text.encode("ascii")).decode()
        except InvalidToken as error:
            raise ImproperlyConfigured("The second factors were made with another secret key. Restore DATA/secret-key.") from error
