"""The page that local law names, looked at from here: what counts as found, where nobody is sent, and how long it counts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from allmende.administration.publishing import services as publishing
from allmende.administration.rules import services as rules
from allmende.administration.start_page import checking, looking
from allmende.administration.start_page.looking import look, same_page
from allmende.administration.start_page.models import StartPageCheck
from allmende.administration.start_page.reading import links_of, shows
from allmende.administration.tests.staff import logged_in
from allmende.administration.tests.test_publishing import ways
from allmende.core import housekeeping, outbox
from allmende.core.models import Body, OutboxRow, Person
from allmende.lib import outgoing
from allmende.lib.outgoing import Reply
from conftest import NOW

NAMED = "www.altstadt.example"
PAGE = b'<nav><a href="/recht"> Unser\n <b>Ortsrecht</b></a></nav>'
Answers = dict[str, Reply | outgoing.Refused]
Web = Callable[[Answers], list[str]]


def html(body: bytes = PAGE, status: int = 200, kind: str = "text/html", location: str = "") -> Reply:
    return Reply(status, kind, body, location)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """A net of a few pages. Returns what was asked."""

    def stand_in(answers: Answers) -> list[str]:
        asked: list[str] = []

        def exchange(url: str, **_limits: object) -> Reply:
            asked.append(url)
            found = answers[url]
            if isinstance(found, outgoing.Refused):
                raise found
            return found

        monkeypatch.setattr(outgoing, "exchange", exchange)
        return asked

    return stand_in


@pytest.fixture
def in_the_south(town: Body, administrator: Person) -> Body:
    """A municipality in Baden-Württemberg whose by-law names a page elsewhere."""
    Body.objects.filter(pk=town.pk).update(ars="08" + town.ars[2:])
    town.refresh_from_db()
    rules.begin(body=town, by=administrator, at=NOW)
    publishing.enter(ways(start_page=NAMED), reason="Beschluss", body=town, by=administrator, at=NOW)
    return town


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<a href="/r">Ortsrecht</a>', True),
        ('<a href="/r"><span>Satzungen und</span> <em>ORTSRECHT</em></a>', True),
        ('<a href="/r"><img src="x" alt="Ortsrecht"></a>', True),
        ('<a href="/r" aria-label="Zum Ortsrecht">»</a>', True),
        ('<a href="/r">Ortsrecht', True),  # never closed
        ("<h2>Ortsrecht</h2>", False),  # no way to it
        ("<a>Ortsrecht</a>", False),
        ('<a href="/r">Orts</a><a href="/s">recht</a>', False),
        ('<script>document.write("<a href=/r>Ortsrecht</a>")</script>', False),
        ('<!-- <a href="/r">Ortsrecht</a> -->', False),
        ('<a href="/r"><script>Ortsrecht</script></a>', False),
        ("", False),
    ],
)
def test_a_link_with_the_word_is_the_way(page: str, found: bool) -> None:
    assert shows(page, "Ortsrecht") is found


@given(st.text(alphabet="<>/a b!-[]&;'\"=xhref\n", max_size=200))
def test_whatever_stands_in_a_page_is_read(page: str) -> None:
    assert all(isinstance(words, str) for words in links_of(page))


def test_broken_pages_are_read_and_in_time() -> None:
    """Python's parser alone stumbles over the first, and takes minutes for the second: the worker has more to do."""
    assert links_of("<![foo[") == []
    assert shows("<a " * 60_000 + "><a href=/>Bekannt&shy;machungen</a>", "Bekanntmachungen")


def test_an_address_that_cannot_be_taken_apart_is_another_page() -> None:
    assert not same_page("https://[", "www.altstadt.example")


def test_the_named_page_is_asked_over_https_and_a_move_within_the_site_is_followed(web: Web) -> None:
    moved = html(b"", 301, location="https://altstadt.example/start")
    asked = web({"https://www.altstadt.example": moved, "https://altstadt.example/start": html()})

    assert look("http://www.altstadt.example", "Ortsrecht") == ""
    assert asked == ["https://www.altstadt.example", "https://altstadt.example/start"]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (html(b"<a href=/>Rathaus</a>"), "no_link"),
        (html(status=404), "status"),
        (html(kind="application/pdf"), "no_page"),
        (html(b"", 302, location="http://www.altstadt.example/"), "address"),
        (html(b"", 302, location="https://anderswo.example/"), "elsewhere"),
        (html(b"", 302, location="https://192.168.0.1/"), "elsewhere"),
        (html(b"", 302, location="/"), "status"),  # in circles
        (html(b"", 302, location="https://["), "address"),
        (outgoing.Refused(outgoing.Reason.SLOW, ""), "slow"),
        (outgoing.Refused(outgoing.Reason.OVERSIZED, ""), "oversized"),
        (outgoing.Refused(outgoing.Reason.UNREACHABLE, ""), "unreachable"),
    ],
)
def test_what_is_no_page_with_the_way_says_why(answer: Reply | outgoing.Refused, problem: str, web: Web) -> None:
    asked = web({"https://www.altstadt.example": answer, "https://www.altstadt.example/": answer})

    assert look(NAMED, "Ortsrecht") == problem
    assert len(asked) <= looking.HOPS + 1


@pytest.mark.parametrize("address", ["https://127.0.0.1/", "localhost", "10.0.0.1", "https://user:pw@altstadt.example/"])
def test_nobody_is_sent_into_a_private_network(address: str) -> None:
    """With the real exchange: the address is looked at before anything is sent."""
    assert look(address, "Ortsrecht") == "address"


def test_addresses_as_people_write_them_are_one_page() -> None:
    assert same_page("www.altstadt.example", "https://WWW.altstadt.example/")
    assert not same_page("www.altstadt.example", "https://www.altstadt.example/amt")


def test_entering_the_page_lets_the_worker_look_and_the_day_is_kept(in_the_south: Body, web: Web) -> None:
    web({"https://www.altstadt.example": html()})
    assert checking.last(in_the_south) is None, "nothing is fetched by the request"

    outbox.work(NOW)

    found = checking.last(in_the_south)
    assert found is not None
    assert (found.address, found.area, found.problem, found.checked_at) == (NAMED, "Ortsrecht", "", NOW)


def test_what_was_seen_counts_for_a_week(in_the_south: Body, web: Web) -> None:
    web({"https://www.altstadt.example": html()})
    outbox.work(NOW)

    def counts(days: int, address: str = NAMED, area: str = "Ortsrecht") -> bool:
        return checking.seen(in_the_south, address, area, at=NOW + timedelta(days=days))

    assert [counts(0), counts(6), counts(7)] == [True, True, False]
    assert not counts(0, address="www.anderswo.example")
    assert not counts(0, area="Öffentliche Bekanntmachungen")


def test_a_look_that_finds_nothing_ends_what_was_seen_before(in_the_south: Body, web: Web) -> None:
    web({"https://www.altstadt.example": html()})
    outbox.work(NOW)
    web({"https://www.altstadt.example": html(b"")})
    tomorrow = NOW + timedelta(days=1)
    housekeeping.do("start_pages", tomorrow)
    housekeeping.do("start_pages", tomorrow)  # once a day
    assert OutboxRow.objects.for_body(in_the_south).filter(topic=checking.TOPIC, state="waiting").count() == 1
    outbox.work(tomorrow)

    assert not checking.seen(in_the_south, NAMED, "Ortsrecht", at=tomorrow)
    row = StartPageCheck.objects.for_body(in_the_south).get()
    assert (row.problem, row.checked_at) == ("no_link", tomorrow)


def test_where_the_land_asks_for_nothing_nothing_is_fetched(town: Body, administrator: Person, web: Web) -> None:
    rules.begin(body=town, by=administrator, at=NOW)
    publishing.enter(ways(start_page=NAMED), reason="Beschluss", body=town, by=administrator, at=NOW)
    asked = web({})
    outbox.work(NOW)
    housekeeping.do("start_pages", NOW)
    outbox.work(NOW)

    assert asked == []


def test_our_own_start_page_is_not_fetched(in_the_south: Body, administrator: Person, web: Web) -> None:
    publishing.enter(ways(start_page="localhost:8000"), reason="Beschluss", body=in_the_south, by=administrator, at=NOW)

    assert checking.wanted(in_the_south, at=NOW) is None


def test_the_administrator_sees_what_was_found_and_asks_again(
    in_the_south: Body, administrator: Person, editor: Person, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    web({"https://www.altstadt.example": html(b"")})
    outbox.work(NOW)
    client: Client = logged_in(administrator)
    page = client.get("/verwaltung/recht/bekanntmachungsform/").content.decode()
    assert "nicht gefunden" in page
    assert "kein Link mit diesem Wort" in page
    address = "/verwaltung/recht/bekanntmachungsform/startseite/"
    assert logged_in(editor).post(address).status_code == 403

    for _n in range(3):
        assert client.post(address).status_code == 302
    assert OutboxRow.objects.for_body(in_the_south).filter(topic=checking.TOPIC, state="waiting").count() == 1, "once a minute"
    web({"https://www.altstadt.example": html()})
    outbox.work(NOW)
    assert ">gefunden" in client.get("/verwaltung/recht/bekanntmachungsform/").content.decode().replace("</svg>", ">")
