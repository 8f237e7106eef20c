"""Drafts by the services, and people who have logged in with everything their role asks for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from allmende.core.models import Body, District, Office, Person
from allmende.lib import richtext
from allmende.notices import services, text
from allmende.notices.models import Notice
from allmende.notices.services import Draft
from conftest import NOW

WORDING = "Die Gehwege sind werktags von 7 bis 20 Uhr zu räumen.\n\n## Rechtsgrundlage\n\nGrundlage ist die Straßenreinigungssatzung."
MakeDraft = Callable[..., Notice]
LogIn = Callable[[Person], Client]


def wording(plain: str = WORDING) -> dict[str, Any]:
    return text.write(richtext.from_plain(plain))


@pytest.fixture
def office(town: Body) -> Office:
    return Office.objects.create(body=town, name="Ordnungsamt", room="12", phone="03999 000-12", email="ordnung@example.org")


@pytest.fixture
def district(town: Body) -> District:
    return District.objects.create(body=town, name="Lindenbach")


@pytest.fixture
def make_draft(town: Body, editor: Person, office: Office) -> MakeDraft:
    """A complete draft by Erika; `plain` is its text, everything else goes into the Draft."""

    def make(*, by: Person | None = None, plain: str = WORDING, **values: Any) -> Notice:
        complete: dict[str, Any] = {"title": "Winterdienst auf Gehwegen", "office": office.pk, "content": wording(plain)} | values
        return services.draft(body=town, values=Draft(**complete), by=by or editor, at=NOW)

    return make


@pytest.fixture
def log_in(client: Client) -> LogIn:
    """Log in with password and second factor, as the log-in would leave the session."""

    def enter(person: Person) -> Client:
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return enter
