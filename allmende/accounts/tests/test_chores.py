"""What is left of sessions goes when they have ended."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from allmende.core import housekeeping
from allmende.core.models import Person


def session(person: Person, ends: timedelta, seen: timedelta) -> str:
    """A session of a person as the log-in makes it; `ends` and `seen` from now."""
    now, store = timezone.now(), SessionStore()
    store.set_expiry(now + ends)
    store.save()
    key = store.session_key
    assert key
    line = UserSession.objects.create(user=person, session_key=key, ip="192.0.2.1", user_agent="Browser")
    UserSession.objects.filter(pk=line.pk).update(last_seen_at=now + seen)
    return key


def test_ended_sessions_go_and_the_lines_about_them(editor: Person) -> None:
    hour = timedelta(hours=1)
    alive = session(editor, ends=hour, seen=-20 * hour)
    ended = session(editor, ends=-hour, seen=-20 * hour)
    just_ended = session(editor, ends=-hour, seen=-2 * hour)

    housekeeping.do("session_lines", timezone.now())
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {alive, just_ended}
    assert set(Session.objects.values_list("pk", flat=True)) == {alive, ended, just_ended}
    housekeeping.do("sessions", timezone.now())

    assert set(Session.objects.values_list("pk", flat=True)) == {alive}
