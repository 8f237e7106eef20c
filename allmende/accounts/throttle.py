"""When a person who has guessed too often may try again. The counting is allauth's."""

from datetime import UTC, datetime, timedelta

from allauth.core import context
from allauth.core.internal import ratelimit
from django.core.cache import cache

from allmende.core.http import TownRequest
from allmende.core.models import Person

APP, FAILED, FAILED_ANYWHERE = "allauth.account", "login_failed", "login_failed_anywhere"


def account(email: str) -> str:
    """What counts the failures of an account, wherever they come from; more host names of the installation are no more guesses."""
    return f"log-in:{email.strip().lower()}"


def account_from_here(request: TownRequest, email: str) -> str:
    """What counts the failures of an account from one address: colleagues behind the same address go on."""
    return f"{account(email)}:{ratelimit.get_ip(request)}"


def codes_free_at(person: Person) -> datetime:
    """The full minute from which a code of `person` is looked at again."""
    return free_at(FAILED, f"mfa-auth-user-{person.pk}")


def free_at(action: str, key: str) -> datetime:
    """The full minute from which an attempt is looked at again, by the attempts of the last minutes."""
    ends = [0.0]
    for rate in ratelimit.get_rates(app=APP, action=action):
        key_of_rate = ratelimit.get_cache_key(context.request, app=APP, action=action, rate=rate, key=key)
        attempts = cache.get(key_of_rate, [])  # newest first
        if len(attempts) >= rate.amount:
            ends.append(attempts[rate.amount - 1] + rate.duration)
    end = datetime.fromtimestamp(max(ends), UTC)
    return end if end == end.replace(second=0, microsecond=0) else end.replace(second=0, microsecond=0) + timedelta(minutes=1)
