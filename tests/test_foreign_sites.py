"""Other sites: nobody is sent to one, no host and no form of theirs is taken."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from allmende.core import outbox
from allmende.core.middleware import HEADERS
from allmende.core.models import Body, Person
from conftest import Role, person
from tests.addresses import every_address
from tests.entering import PASSWORD, enter

# --- Where one is sent -----------------------------------------------------------------------

FOREIGN = (
    "https://boese.example/",
    "//boese.example/",
    "///boese.example",
    "/\\boese.example",
    "\\\\boese.example",
    "http:boese.example",
    "https:///boese.example",
    "\t//boese.example",
    "/\t/boese.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@boese.example/",
    "https://testserver.boese.example/",
    " https://boese.example",
)


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("door", ["/anmelden/", "/en/anmelden/", "/nebenan/anmelden/"])
def test_log_in_leads_to_no_other_site(town: Body, neighbour: Body, editor: Person, client: Client, foreign: str, door: str) -> None:
    by_form = client.post(door, {"login": editor.email, "password": PASSWORD, "next": foreign})
    client.logout()
    by_address = client.post(door, {"login": editor.email, "password": PASSWORD}, query_params={"next": foreign})

    for response in (by_form, by_address):
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/")
        assert "boese" not in response.headers["Location"]
    shown = Client().get(door, {"next": foreign}).content.decode()
    assert f'href="{foreign.strip()}"' not in shown


def test_who_is_logged_in_already_is_led_to_no_other_site(town: Body, editor: Person, client: Client) -> None:
    enter(client, editor)
    for address in ("/anmelden/", "/konto/bestaetigen/", "/abmelden/"):
        response = client.post(address, {"next": "https://boese.example/", "password": PASSWORD})
        assert "boese" not in response.headers.get("Location", ""), address
        enter(client, editor)


# --- Hosts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["boese.example", "localhost.boese.example", "boese.example:80", "boese.example@testserver", "a b", "[::1", ""]
)
def test_a_foreign_host_is_refused_with_all_headers(town: Body, client: Client, host: str) -> None:
    response = client.get("/", headers={"host": host})

    assert response.status_code == 400
    assert "boese" not in response.content.decode()
    assert set(HEADERS) <= set(response.headers)


def test_links_in_mails_come_from_the_settings(town: Body, editor: Person, client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(
        "/konto/kennwort/vergessen/",
        {"email": editor.email},
        headers={"host": "localhost:99", "x-forwarded-host": "boese.example", "x-forwarded-server": "boese.example"},
    )
    outbox.work(timezone.now() + timedelta(seconds=1))

    (sent,) = mail.outbox
    assert "boese" not in str(sent.message())
    assert "localhost:99" not in str(sent.message())
    assert settings.BASE_URL in sent.body


# --- Forged forms ----------------------------------------------------------------------------

# No session, no cookie: nothing to forge. To leave the gazette the secret of the address is what counts (RFC 8058).
MACHINES = {"witness:add_checkpoint", "witness:add_checkpoint_of", "gazette:leave", "notices:leave"}
# Who may not write here is sent away before a byte of the file is read; the token is looked at when it is.
FILES = {"notices_staff:begin_with_file", "notices_staff:files", "notices_staff:sign_film"}
FILL: dict[str, Any] = {
    "kind": "office",
    "administration:page kind": "imprint",
    "language": "de",
    "words": "hundesteuersatzung",
    "notices:feed_of_kind kind": "bylaw",
    "seen": f"{'0' * 64}/checkpoint",
    "name": "musterstedt",
    "path": "0/000",
    "secret": "0" * 64,
    "slug": "leichte-sprache",
    "uidb36": "1",
    "key": "abc-0123",
    "administration:rules_proposal profile": "ST",
    "administration:rules_decide profile": "ST",
    "administration:rule key": "entry.default",
    "administration:rule_change key": "entry.default",
}


def addresses() -> dict[str, str]:
    """Name → an address of each pattern of the project; whether the thing exists does not matter here."""
    everything: dict[str, str] = {}
    stock = {"IntConverter": 1, "UUIDConverter": UUID(int=1)}
    for name, _, holes in every_address():
        values = {hole: FILL.get(f"{name} {hole}", stock.get(converter, FILL.get(hole))) for hole, converter in holes.items()}
        assert None not in values.values(), f"{name}: nothing to fill {values}"
        everything[name] = reverse(name, kwargs=values)
    return everything


def refused(response: Any) -> bool:
    return response.status_code == 403 and "core/csrf.html" in [used.name for used in response.templates]


def test_no_form_is_taken_from_another_site(town: Body, association: Body) -> None:
    """POST without token, by somebody who may do everything and by nobody: refused before any view sees it."""
    everyone = person("Alles", *((town, role) for role in Role), *((association, role) for role in Role))
    Person.objects.filter(pk=everyone.pk).update(is_operator=True)
    able = Client(enforce_csrf_checks=True)
    able.force_login(everyone)
    session = able.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(everyone.pk)
    session.save()
    taken = set()
    for client in (able, Client(enforce_csrf_checks=True)):
        for name, address in addresses().items():
            response = client.post(address, {"do": "close", "remove": "1", "demo": "1"}, headers={"origin": "https://boese.example"})
            if refused(response) or (name in FILES and response.status_code in (302, 404)):
                continue
            taken.add(name)
    begun = able.post("/schreibtisch/bekanntmachungen/neu/aus-datei/", {}, headers={"origin": "https://boese.example"})

    assert taken == MACHINES
    assert refused(begun)


def test_a_token_of_another_session_is_none(town: Body, editor: Person) -> None:
    theirs, own = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    theirs.get("/anmelden/")
    own.get("/anmelden/")
    form = {"login": editor.email, "password": PASSWORD, "csrfmiddlewaretoken": theirs.cookies["csrf"].value}

    assert own.post("/anmelden/", form).status_code == 403
    assert own.post("/anmelden/", form | {"csrfmiddlewaretoken": own.cookies["csrf"].value}).status_code == 302
