"""A button that is pressed after the log-in has ended, and addresses of buttons that are opened."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from allmende.accounts.tests.door import PASSWORD
from allmende.core import nearby
from allmende.core.models import Body, Person
from allmende.notices.models import Notice
from allmende.notices.services import Draft, draft
from conftest import NOW

NOTICE = f"/schreibtisch/bekanntmachungen/{UUID(int=1)}/"
SENTENCE = "Der Schritt wurde nicht ausgeführt"


@pytest.fixture
def page(town: Body, editor: Person) -> str:
    notice = draft(body=town, values=Draft(title="Winterdienst"), by=editor, at=NOW)
    return reverse("notices_staff:show", args=[notice.pk])


def back_in(client: Client, editor: Person, led: str) -> str:
    """Logs in where one was led, and goes on as a browser does; the last address."""
    answer = client.post(led, {"login": editor.email, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert SENTENCE in answer.content.decode()
    return str(answer.redirect_chain[-1][0])


@pytest.mark.parametrize("referer", ["", "http://testserver", "http://boese.example"])
def test_after_the_log_in_one_stands_on_the_page_of_the_button(client: Client, editor: Person, page: str, referer: str) -> None:
    sent = client.post(f"{page}kopieren/", headers={"referer": f"{referer}{page}"} if referer else {})

    assert back_in(client, editor, sent.headers["Location"]) == page
    assert Notice.objects.for_body(editor.memberships.get().body).count() == 1  # nothing was copied
    assert SENTENCE not in client.get(page).content.decode()  # said once


def test_one_is_led_to_where_the_button_stood(client: Client, editor: Person, page: str) -> None:
    desk = reverse("desk")
    sent = client.post(f"{page}zurueckziehen/", headers={"referer": f"http://testserver{desk}"})

    assert back_in(client, editor, sent.headers["Location"]) == desk


@pytest.mark.parametrize("button", ["kopieren/", "zurueckziehen/", "speichern/"])
def test_the_address_of_a_button_is_a_page_with_a_way_on(client: Client, editor: Person, page: str, button: str) -> None:
    client.force_login(editor)
    answer = client.get(f"{page}{button}")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Es wurde nichts getan" in answer.content.decode()
    assert f'href="{page}"' in answer.content.decode()


def test_logging_out_by_address_says_how(client: Client, editor: Person) -> None:
    client.force_login(editor)
    answer = client.get("/en/abmelden/")

    assert answer.status_code == 405
    assert "This address belongs to a button" in answer.content.decode()
    assert 'href="/en/schreibtisch/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("button", "page"),
    [
        (f"{NOTICE}zurueckziehen/", NOTICE),
        (f"{NOTICE}dateien/{UUID(int=2)}/entfernen/", f"{NOTICE}dateien/"),
        ("/verwaltung/personen/einladungen/7/", "/verwaltung/personen/"),
        ("/verwaltung/siegel/sperren/", "/verwaltung/siegel/"),
        ("/betrieb/vorgaenge/7/", "/betrieb/"),
        ("/abmelden/", ""),
    ],
)
def test_the_page_around_a_button(button: str, page: str) -> None:
    assert nearby.around(button) == page
