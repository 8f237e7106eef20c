"""People of the demo: real accounts with a password and a real second factor, whose secret follows from the secret key."""

import base64
import hashlib
import hmac
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.utils.encoding import force_bytes

from allmende.core.models import Person

PERIOD = 30  # seconds, RFC 6238


def totp_secret(person: Person) -> str:
    """Base32 secret of a demo person: the same at each call on one installation, another on every other."""
    digest = hmac.new(force_bytes(settings.SECRET_KEY), f"allmende/demo/totp/v1:{person.email}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode("ascii")


def create_person(*, name: str, email: str, password: str, second_factor: bool = False) -> Person:
    """An account as the demo needs it; changes nothing on one that is there. Roles are given by the caller."""
    person = Person.objects.filter(email=email.lower()).first()
    if person is None:
        person = Person.objects.create_user(email=email, name=name, password=password)
    if second_factor and not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, totp_secret(person))
    return person


def current_code(person: Person, *, at: datetime) -> str | None:
    """The six digits that this person's app shows at `at`; None for whom no demo code exists."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        return None
    return str(format_hotp_value(hotp_value(totp_secret(person), int(at.timestamp()) // PERIOD)))
