"""When a person who has guessed too often may try again. The counting is allauth's."""

from datetime import UTC, datetime, timedelta

from allauth.core import context
from allauth.core.internal import ratelimit
from django.core.cache import cache

from allmende.core.models import Person

APP, ACTION = "allauth.account", "login_failed"


def free_at(person: Person) -> datetime:
    """The full minute from which a code of `person` is looked at again, by the attempts of the last minutes."""
    ends = [0.0]
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        key = ratelimit.get_cache_key(context.request, app=APP, action=ACTION, rate=rate, key=f"mfa-auth-user-{person.pk}")
        attempts = cache.get(key, [])  # newest first
        if len(attempts) >= rate.amount:
            ends.append(attempts[rate.amount - 1] + rate.duration)
    end = datetime.fromtimestamp(max(ends), UTC)
    return end if end == end.replace(second=0, microsecond=0) else end.replace(second=0, microsecond=0) + timedelta(minutes=1)
