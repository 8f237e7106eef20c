"""The operator's page: health and what has stopped, never what it is about."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from allmende.accounts import invitations
from allmende.accounts.models import Invitation
from allmende.administration import operations
from allmende.core.errors import NotAllowed
from allmende.core.models import Body, OutboxRow, Person, Record
from allmende.core.permissions import Act, may
from conftest import NOW


def stopped(town: Body, number: int = 1) -> OutboxRow:
    record = Record.objects.create(body=town, kind="notice", titles={"de": "Geheime Sache"}, path=f"bekanntmachungen/{number}/")
    values = {"queue": str(record.pk), "topic": "publish", "key": f"publish:{number}", "due_at": NOW, "last_error": "ConnectionError seal"}
    row: OutboxRow = OutboxRow.objects.create(body=town, record=record, state="parked", attempts=10, **values)
    return row


def test_the_page_shows_topic_and_error_but_no_title(town: Body, operator: Person, client: Client) -> None:
    stopped(town)
    client.force_login(operator)
    page = client.get("/betrieb/").content.decode()

    assert "ConnectionError seal" in page
    assert "publish" in page
    assert "Geheime" not in page
    assert "bekanntmachungen/1/" not in page
    assert "Die Datenbank antwortet" in page


def test_a_stopped_row_goes_on(town: Body, operator: Person, client: Client) -> None:
    row = stopped(town)
    client.force_login(operator)
    client.post(f"/betrieb/vorgaenge/{row.pk}/")
    row.refresh_from_db()

    assert (row.state, row.attempts) == ("waiting", 0)
    assert not operations.retry(row.pk, by=operator, at=NOW), "it is not stopped any more"


def test_only_the_operator_makes_it_go_on(town: Body, administrator: Person) -> None:
    row = stopped(town)
    with pytest.raises(NotAllowed):
        operations.retry(row.pk, by=administrator, at=NOW)


@pytest.mark.parametrize("number", [1, 9])
def test_the_list_costs_the_same_for_1_and_9(town: Body, number: int, django_assert_num_queries: Callable[..., Any]) -> None:
    for index in range(number):
        stopped(town, index)
    with django_assert_num_queries(1):
        assert len([(row.body.short_name, row.topic) for row in operations.parked_rows()]) == number


NEW = {
    "name": "Gemeinde Wiesenmark",
    "short_name": "Wiesenmark",
    "slug": "wiesenmark",
    "kind": "municipality",
    "ars": "15 0990010 004",
    "administrator": "Willi Wiese",
    "email": "willi@example.org",
}


def test_a_new_body_gets_its_administrator_by_invitation(town: Body, operator: Person, client: Client) -> None:
    client.force_login(operator)
    assert client.post("/betrieb/kommunen/", NEW).headers["Location"] == "/betrieb/"
    body = Body.objects.get(slug="wiesenmark")

    invitation = Invitation.objects.for_body(body).get()
    assert (invitation.email, invitation.roles, body.is_default) == ("willi@example.org", ["administrator"], False)
    willi = invitations.accept_as_new(invitation, password="drei gruene Wiesen 4", at=timezone.now())
    assert may(willi, body, Act.MANAGE, at=timezone.now())
    assert client.get("/wiesenmark/verwaltung/").status_code == 403, "the operator has no role in it"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"slug": "musterstedt"}, "Name in der Adresse"),
        ({"ars": "150990010001"}, "Bitte prüfen Sie eine Angabe"),
        ({"slug": "betrieb"}, "gehört der Plattform"),
    ],
)
def test_a_body_that_cannot_be_is_not_taken_in(
    town: Body, operator: Person, client: Client, changed: dict[str, str], sentence: str
) -> None:
    client.force_login(operator)
    page = client.post("/betrieb/kommunen/", NEW | changed).content.decode()

    assert sentence in page
    assert "Fehler:" in page
    assert Body.objects.count() == 1


def test_the_log_is_named_once(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    assert client.post("/verwaltung/protokoll/", {"origin": "https://x.example/"}).status_code >= 400
    client.post("/verwaltung/protokoll/", {"origin": "bekannt.musterstedt.example/protokoll"})
    again = client.post("/verwaltung/protokoll/", {"origin": "anders.example/protokoll"})

    assert again.status_code == 409
    assert "bekannt.musterstedt.example/protokoll" in client.get("/verwaltung/protokoll/").content.decode()
