"""Finished bytes in front of Django: what is kept, for whom, and how much."""

import os

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allmende.config.front import LARGEST, OVERHEAD, Entry, Store
from allmende.config.tests.house import KEPT, LIST, PAGE, REAL_COMMITS, House
from allmende.core.middleware import HEADERS
from allmende.core.models import Body, Host, Person
from allmende.notices.tests.conftest import Publish
from allmende.notices.tests.lawful import make_lawful, stated
from allmende.notices.tests.samples import DETAILS

# --- Kept -------------------------------------------------------------------------------------------


def test_a_kept_page_is_the_same_bytes_and_asks_for_one_number_alone(house: House, make_public: Publish) -> None:
    make_public(1)
    first = house.ask(LIST)
    with CaptureQueriesContext(connection) as asked:
        second = house.ask(LIST)

    assert (first.status, house.made, len(asked)) == (200, 1, 0)  # the number itself is asked without Django
    assert first == second
    assert "Winterdienst auf Gehwegen" in second.text
    assert second.headers["Cache-Control"] == "no-cache"
    assert second.headers["Vary"] == "Accept-Encoding, Cookie"
    assert HEADERS.items() <= second.headers.items()


def test_these_pages_are_kept(house: House, publish: Publish) -> None:
    publish()
    for number, address in enumerate(KEPT, 1):
        assert (address, house.ask(address).status) == (address, 200)
        house.ask(address)
        assert (address, house.made) == (address, number)


NOT_KEPT: tuple[str, ...] = (
    "/pruefung/",
    "/anmelden/",
    "/schreibtisch/",
    "/gibt/es/nicht/",
    f"{LIST}2026/99/",
    f"{LIST}?q=Winter",
)
NOT_KEPT += (
    f"{LIST}?page=1&page=1",
    f"{LIST}?utm=1",
    f"{LIST}?page=",
    f"{LIST}?page=x",
    f"{LIST}?page=1&",
    f"{LIST}?page=1234567",
    "/?page=1",
)


def test_these_are_not(house: House, make_public: Publish) -> None:
    make_public(1)
    for number, address in enumerate(NOT_KEPT, 1):
        house.ask(address)
        house.ask(address)
        assert (address, house.made, len(house.front.store)) == (address, 2 * number, 0)


def test_a_page_with_personal_data_is_neither_kept_nor_stored(house: House, town: Body, administrator: Person, publish: Publish) -> None:
    make_lawful(town, administrator)
    publish(kind="service", details=DETAILS["service"], said=stated("service", DETAILS["service"], body=town))
    house.ask(PAGE)

    assert house.ask(PAGE).headers["Cache-Control"] == "no-store"
    assert (house.made, len(house.front.store)) == (2, 0)


# --- Nobody else's ----------------------------------------------------------------------------------


def test_who_is_logged_in_never_gets_or_fills_what_is_kept(house: House, editor: Person, client: Client) -> None:
    client.force_login(editor)
    own = {"cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    answers = [house.ask(LIST, **own), house.ask(LIST, **own)]

    assert (house.made, len(house.front.store)) == (2, 0)
    assert all(answer.headers["Cache-Control"] == "private, no-store" for answer in answers)
    house.ask(LIST)
    house.ask(LIST, **own)
    assert (house.made, len(house.front.store)) == (4, 1)


@pytest.mark.parametrize("cookie", ["sitzung=tot", "a=1; sitzung=x", "messages=abc", '"sitzung"=x'])
def test_a_session_that_is_over_goes_to_django_all_the_same(house: House, cookie: str) -> None:
    house.ask(LIST)
    answer = house.ask(LIST, cookie=cookie)

    assert house.made == 2
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in answer.headers["Vary"]


def test_another_cookie_gets_what_is_kept_and_fills_nothing(house: House) -> None:
    house.ask(LIST, cookie="csrf=abc")
    assert len(house.front.store) == 0
    house.ask(LIST)
    house.ask(LIST, cookie="csrf=abc")

    assert (house.made, len(house.front.store)) == (2, 1)


def test_hosts_bodies_and_languages_are_kept_apart(house: House, town: Body, neighbour: Body) -> None:
    Host.objects.create(body=neighbour, name="nebenan.example")
    asked = [("/", "localhost"), ("/en/", "localhost"), ("/nebenan/", "localhost"), ("/", "nebenan.example"), ("/en/", "nebenan.example")]
    first = [house.ask(path, host=host) for path, host in asked]
    again = [house.ask(path, host=host) for path, host in asked]

    assert first == again
    assert house.made == len(asked) == len({answer.body for answer in first})
    assert [answer.headers["Content-Language"] for answer in first] == ["de", "en", "de", "de", "en"]
    assert ["Gemeinde Nebenan" in answer.text for answer in first] == [False, False, True, True, True]


def test_a_host_that_nobody_entered_gets_nothing_of_it(house: House) -> None:
    house.ask("/")
    for host in ("boese.example", "localhost.boese.example", "LOCALHOST/", ""):
        assert house.ask("/", host=host).status == 400

    assert len(house.front.store) == 1


@REAL_COMMITS
def test_a_host_that_is_taken_away_gets_nothing_any_more(house: House, neighbour: Body) -> None:
    Host.objects.create(body=neighbour, name="nebenan.example")
    assert [house.ask("/", host="nebenan.example").status for _ in range(2)] == [200, 200]
    Host.objects.for_body(neighbour)._raw_delete("default")

    assert house.ask("/", host="nebenan.example").status == 400


# --- Bounds -----------------------------------------------------------------------------------------


def entry(size: int) -> Entry:
    return Entry([("Content-Type", "text/html")], os.urandom(size), until=10.0, made=0)


def test_the_store_never_holds_more_than_it_may() -> None:
    store = Store(most=10 * (1000 + OVERHEAD))
    store.get(("", "", ""), 1, 0.0)
    for n in range(50):
        store.put(("h", str(n), ""), 1, entry(1000))
        store.get(("h", "0", ""), 1, 0.0)  # often asked for: it stays
        assert store.bytes <= store.most
    assert len(store) == 10
    assert store.get(("h", "0", ""), 1, 0.0) is not None
    assert store.get(("h", "30", ""), 1, 0.0) is None
    kept = store.get(("h", "49", ""), 1, 0.0)
    assert kept is not None
    before = store.bytes
    assert store.encoded(("h", "49", ""), kept, "gzip")
    assert store.bytes <= store.most
    assert store.bytes != before, "its other encoding counts too"


def test_what_is_counted_is_what_is_there() -> None:
    store = Store(most=5000 + OVERHEAD)
    store.get(("", "", ""), 1, 0.0)
    store.put(("a", "", ""), 1, entry(3000))
    store.put(("a", "", ""), 1, entry(4000))
    assert store.bytes == 4000 + OVERHEAD
    store.put(("b", "", ""), 1, entry(9000))
    assert (len(store), store.bytes) == (0, 0), "larger than all there is room for"
    store.put(("c", "", ""), 2, entry(10))
    assert len(store) == 0, "made under another number than the one asked about last"
    store.put(("c", "", ""), 1, entry(10))
    assert store.get(("c", "", ""), 1, 10.0) is None, "its time is over"
    assert (len(store), store.bytes) == (0, 0)


def test_a_page_that_is_too_large_is_not_kept(house: House, make_public: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allmende.config.front.LARGEST", 1000)
    house.ask(LIST)

    assert len(house.front.store) == 0
    assert LARGEST >= 1024 * 1024


@REAL_COMMITS
def test_without_an_answer_of_the_database_django_is_asked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.ask(LIST)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_generation RENAME TO elsewhere")
    try:
        monkeypatch.setattr("allmende.core.middleware.FIND", "SELECT 1 WHERE %s = %s")
        assert house.ask(LIST).status != 304
        assert house.made == 2
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO core_generation")
    house.ask(LIST)
    assert house.made == 2, "the number is the old one, and so is what was kept"
