"""The operator's page: health and what has stopped, never what it is about."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from allmende.administration import operations
from allmende.core.errors import NotAllowed
from allmende.core.models import Body, OutboxRow, Person, Record
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
