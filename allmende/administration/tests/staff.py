"""The staff of an administration in front of its pages."""

from typing import Any

from django.test import Client

from allmende.core.models import Person


def logged_in(who: Person) -> Client:
    """A session as after a log-in with second factor."""
    client = Client()
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    return client


def said(response: Any) -> str:
    """The page as it was sent, with single blanks."""
    return " ".join(response.content.decode().split())
