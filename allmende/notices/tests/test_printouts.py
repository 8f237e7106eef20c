"""From somebody who wants it on paper to the envelope, and then forgotten."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from allmende.administration.publishing import services as publishing
from allmende.administration.publishing.values import Publishing
from allmende.core.errors import NotAllowed
from allmende.core.models import AuditValues, Body, OutboxRow, Person
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices.models import Notice, PrintRequest
from allmende.notices.paper.printouts import services
from allmende.notices.paper.printouts.services import AddressMissing, Channel, Delivery, Wanted, done_long_ago, forget
from allmende.notices.tests.conftest import LogIn, Publish
from allmende.tasks import services as tasks
from allmende.tasks.kinds import Evidence
from allmende.tasks.models import Entry, Task, Words
from conftest import NOW, Role, person

BY_POST = Wanted(True, Delivery.POST, "Hedwig Altmann", "Lindenweg 3", "06999 Musterstedt")
COLLECTED = Wanted(False, Delivery.COLLECT, "Hedwig Altmann", "Lindenweg 3", "06999 Musterstedt")
SENT = Evidence(day=NOW.date())
ENTERED = {"letters": "large", "delivery": "post", "name": "Hedwig Altmann", "street": "Lindenweg 3", "place": "06999 Musterstedt"}
MONTH = timedelta(days=31)


@pytest.fixture(autouse=True)
def _asked_later(at: datetime) -> None:
    cache.clear()  # counters of the throttle


def form_of(notice: Notice) -> str:
    return reverse("notices:printout", args=[notice.year, notice.number])


def test_somebody_without_an_account_asks_on_the_page(make_public: Publish, town: Body, client: Client) -> None:
    notice = make_public(17)
    page = client.get(form_of(notice))
    assert page.status_code == 200
    assert 'content="noindex, nofollow"' in page.content.decode()

    sent = client.post(form_of(notice), ENTERED)

    assert sent.status_code == 302
    assert "Ihre Anfrage ist da" in client.get(sent["Location"]).content.decode()
    request = PrintRequest.objects.for_body(town).get()
    assert (request.large, request.delivery, request.channel, request.name) == (True, "post", "form", "Hedwig Altmann")
    task = request.task
    assert (task.kind, task.record_id, str(task.title)) == ("notices.printout", notice.pk, "Ausdruck in Großdruck per Post schicken")
    assert task.due_at == datetime(2026, 3, 9, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Vorname und Name"),
        ({"street": " "}, "Tragen Sie Straße und Hausnummer ein"),
        ({"place": ""}, "Tragen Sie Postleitzahl und Ort ein"),
        ({"delivery": "pigeon"}, "Wie Sie ihn bekommen"),
        ({"trap": "https://spam.example"}, "Das hat ein Programm ausgefüllt"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    change: dict[str, str], words: str, make_public: Publish, town: Body, client: Client
) -> None:
    answer = client.post(form_of(make_public(17)), ENTERED | change)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "<title>Fehler:" in page
    assert ("Lindenweg 3" in page) == ("street" not in change)
    assert not PrintRequest.objects.for_body(town).exists()


def test_who_collects_it_needs_no_address_and_none_is_kept(make_public: Publish, town: Body, client: Client) -> None:
    client.post(form_of(make_public(17)), ENTERED | {"delivery": "collect"})

    request = PrintRequest.objects.for_body(town).get()
    assert (request.name, request.street, request.place) == ("Hedwig Altmann", "", "")


def test_a_machine_is_slowed_down(make_public: Publish, town: Body, client: Client) -> None:
    notice = make_public(17)

    answers = [client.post(form_of(notice), ENTERED).status_code for _n in range(11)]

    assert answers == [*[302] * 10, 429]
    assert PrintRequest.objects.for_body(town).count() == 10


def test_nothing_can_be_asked_for_that_is_not_there(client: Client, town: Body) -> None:
    assert client.get("/bekanntmachungen/2026/99/ausdruck/").status_code == 404
    assert client.post("/bekanntmachungen/2026/99/ausdruck/", ENTERED).status_code == 404
    assert client.get("/bekanntmachungen/2026/99/ausdruck/eingegangen/").status_code == 404


def test_costs_are_said_where_the_body_has_entered_them(make_public: Publish, town: Body, administrator: Person, client: Client) -> None:
    costs = "0,50 € je Seite, dazu Porto"
    ways = Publishing(form=Form.INTERNET, law="Hauptsatzung", section="§ 22", valid_from=date(2026, 1, 1), copies=costs)
    publishing.enter(ways, reason="Beschluss", body=town, by=administrator, at=NOW)

    assert costs in client.get(form_of(make_public(17))).content.decode()


def test_the_office_enters_a_call_in_three_steps(make_public: Publish, town: Body, editor: Person, log_in: LogIn) -> None:
    make_public(17, title="Hundesteuersatzung")
    other = make_public(18, title="Winterdienst")
    client = log_in(editor)
    work_list = client.get("/schreibtisch/aufgaben/").content.decode()
    assert reverse("notices_staff:printout_search") in work_list

    found = client.get(reverse("notices_staff:printout_search"), {"q": "18/2026"}).content.decode()
    assert "Winterdienst" in found
    assert "Hundesteuersatzung" not in found
    address = reverse("notices_staff:printout", args=[other.pk])
    assert address in found
    assert client.post(address, ENTERED | {"channel": "form"}).status_code == 422
    sent = client.post(address, ENTERED | {"channel": "phone"})

    request = PrintRequest.objects.for_body(town).get()
    assert (sent["Location"], request.channel, request.entered_by) == (f"/schreibtisch/aufgaben/{request.task_id}/", "phone", editor)
    page = client.get(sent["Location"]).content.decode()
    for words in ("Großdruck", "Hedwig Altmann", "Lindenweg 3", reverse("notices:large_print", args=[2026, 18])):
        assert words in page, words
    assert client.post(sent["Location"], {"done": "1", "day": "2.3.2026"}).status_code == 302


def test_the_search_takes_one_query_for_the_notices(
    make_public: Publish, editor: Person, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_public(1)
    client, address = log_in(editor), reverse("notices_staff:printout_search")
    client.get(address)
    with django_assert_num_queries(9) as one:
        client.get(address)
    for number in range(2, 10):
        make_public(number)
    with django_assert_num_queries(len(one)):
        assert client.get(address).content.decode().count("a-title") == 9


def test_who_asked_is_seen_by_those_who_send_it_only(make_public: Publish, town: Body, editor: Person, log_in: LogIn) -> None:
    task = services.ask(make_public(17), BY_POST, at=NOW)
    address = reverse("tasks:show", args=[task.pk])

    assert "Lindenweg 3" in log_in(editor).get(address).content.decode()
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.SEAL_HOLDER):
        page = log_in(person(f"Rolf-{role}", (town, role))).get(address).content.decode()
        assert "Großdruck" in page
        assert "Altmann" not in page
        assert "Lindenweg" not in page


def test_nothing_but_the_request_names_who_asked(make_public: Publish, town: Body) -> None:
    services.ask(make_public(17), BY_POST, at=NOW)

    rows: list[Any] = [*AuditValues.objects.for_body(town).values_list("values", flat=True)]
    rows += [*Task.objects.for_body(town).values(), *Entry.objects.for_body(town).values(), *OutboxRow.objects.for_body(town).values()]
    assert "Altmann" not in str(rows)
    assert "Lindenweg" not in str(rows)


def test_only_who_may_write_enters_something(make_public: Publish, auditor: Person, foreigner: Person) -> None:
    notice = make_public(17)
    for nobody in (auditor, foreigner):
        with pytest.raises(NotAllowed):
            services.ask(notice, BY_POST, by=nobody, channel=Channel.PHONE, at=NOW)


@pytest.mark.parametrize("wanted", [Wanted(False, Delivery.POST, "Hedwig"), Wanted(False, Delivery.COLLECT, " ")])
def test_a_request_that_cannot_be_met_is_refused(wanted: Wanted, make_public: Publish) -> None:
    with pytest.raises(AddressMissing):
        services.ask(make_public(17), wanted, at=NOW)


def test_the_database_keeps_no_more_than_is_needed(make_public: Publish, town: Body) -> None:
    services.ask(make_public(17), COLLECTED, at=NOW)
    rows = PrintRequest.objects.for_body(town)
    for values in ({"street": "Lindenweg 3"}, {"name": ""}, {"erased_at": NOW}, {"delivery": "post"}, {"channel": "phone"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_name_and_address_go_a_month_after_it_is_done(make_public: Publish, town: Body, editor: Person) -> None:
    notice = make_public(17)
    open_one, done, dropped = (services.ask(notice, BY_POST, at=NOW) for _n in range(3))
    tasks.finish(done.pk, SENT, body=town, by=editor, at=NOW)
    tasks.drop(dropped.pk, "Frau Altmann hat sich gemeldet.", body=town, by=editor, at=NOW)
    assert list(done_long_ago(NOW + timedelta(days=30))) == []

    found = list(done_long_ago(NOW + MONTH))
    forget(found, NOW + MONTH)
    forget(found, NOW + MONTH)  # a second worker

    assert len(found) == 2
    left = {request.task_id: request.name for request in PrintRequest.objects.for_body(town)}
    assert left == {open_one.pk: "Hedwig Altmann", done.pk: "", dropped.pk: ""}
    assert not Words.objects.for_body(town).exists()
    assert list(done_long_ago(NOW + 12 * MONTH)) == []
