"""What is left of sessions that have ended: the session itself, and the line about it with address and browser of the person."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import COUNTED, Chore


def ended(at: datetime) -> Iterator[str]:
    yield from Session.objects.filter(expire_date__lt=at).values_list("pk", flat=True)[:COUNTED]


def end(keys: Sequence[str], at: datetime) -> None:
    Session.objects.filter(pk__in=keys).delete()


def lines(at: datetime) -> Iterator[int]:
    """Lines whose session is no more. The youngest may be there a moment before their session is written."""
    old = UserSession.objects.filter(last_seen_at__lt=at - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    alive = Session.objects.filter(pk=OuterRef("session_key"), expire_date__gte=at)
    yield from old.filter(~Exists(alive)).values_list("pk", flat=True)[:COUNTED]


def strike(keys: Sequence[int], at: datetime) -> None:
    UserSession.objects.filter(pk__in=keys).delete()


SESSIONS = Chore(_("abgelaufene Sitzungen"), ended, end)
LINES = Chore(_("Einträge zu beendeten Sitzungen"), lines, strike)
