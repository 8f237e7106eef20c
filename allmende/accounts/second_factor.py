"""Who needs a second factor, who has one, and whether this session was opened with it."""

from datetime import datetime

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator

from allmende.core.errors import SecondFactorNeeded
from allmende.core.http import AuthedRequest
from allmende.core.models import Person
from allmende.core.permissions import NEEDS_SECOND_FACTOR, valid

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # emergency codes alone are none


def has_second_factor(person: Person) -> bool:
    """Whether `person` has set one up. 1 query."""
    return bool(Authenticator.objects.filter(user=person, type__in=KINDS).exists())


def needs_second_factor(person: Person, *, at: datetime) -> bool:
    """Whether a role that `person` holds in any body at `at`, also as a deputy, asks for one. 1 query."""
    return person.memberships.filter(valid(at), role__in=NEEDS_SECOND_FACTOR).exists()


def is_last_needed(authenticator: Authenticator, *, at: datetime) -> bool:
    """Whether a role of its owner asks for a second factor and this is the only one. 2 queries at most."""
    if authenticator.type not in KINDS:
        return False
    others = Authenticator.objects.filter(user=authenticator.user, type__in=KINDS).exclude(pk=authenticator.pk)
    return needs_second_factor(authenticator.user, at=at) and not others.exists()


def used_second_factor(request: AuthedRequest) -> bool:
    """Whether this session has shown one: at log-in, when confirming again, or when setting it up. No query."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def require_second_factor(request: AuthedRequest) -> None:
    """Guard for what must not be done with a password alone: approving, sealing. Call it before the service.

    The middleware keeps people of these roles out until they have a second factor; this holds also where a role
    came after log-in, or by another way than a page.

    Raises:
        SecondFactorNeeded: this session was opened without one.
    """
    if not used_second_factor(request):
        raise SecondFactorNeeded
