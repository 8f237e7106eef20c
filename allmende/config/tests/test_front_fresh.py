"""Finished bytes are never stale: after a change, past a moment, in another process."""

import html
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allmende.administration.models import LegalFacts
from allmende.config.front import LONGEST
from allmende.config.tests.house import KEPT, LIST, PAGE, REAL_COMMITS, Answer, Clock, House, new_phone
from allmende.core import generation, outbox
from allmende.core.models import Body, Office, Person, Record, Visibility
from allmende.notices import services
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import MakeDraft, Publish
from allmende.publication.log import append, integrate
from allmende.publication.tests.cosigning import cosign
from conftest import NOW

# --- Never stale ------------------------------------------------------------------------------------


def _facts(town: Body) -> None:
    LegalFacts.objects.create(body=town, editor_name="Maria Neumann, Markt 1")


def _office(town: Body) -> None:
    Office.objects.for_body(town).update(phone="03999 4712")


def _removed(town: Body) -> None:
    Record.objects.for_body(town).update(visibility=Visibility.REMOVED)


def _head(town: Body) -> None:
    append(town, b"{}", at=NOW)
    integrate(town, at=NOW)


def _witness(town: Body) -> None:
    cosign(town, NOW)


def _words(answer: Answer) -> str:
    """The text without marks and with one kind of space."""
    return " ".join(re.sub(r"<[^>]*>", "", html.unescape(answer.text)).split())


CHANGES = [
    (new_phone, "/", "03999 4711"),
    (_facts, "/impressum/", "Maria Neumann"),
    (_office, PAGE, "03999 4712"),
    (_removed, PAGE, "nicht mehr abrufbar"),
    (_head, "/", "2 Zeilen"),
    (_witness, "/", "bezeugt von nachbar"),
]


@REAL_COMMITS
@pytest.mark.parametrize(("change", "address", "words"), CHANGES, ids=[change.__name__.strip("_") for change, _, _ in CHANGES])
def test_a_change_is_seen_at_once_in_every_process(
    clock: Clock, town: Body, publish: Publish, change: Callable[[Body], None], address: str, words: str
) -> None:
    publish()
    houses = House(clock), House(clock)
    for one in houses:
        one.ask(address)
        assert words not in _words(one.ask(address))
        assert one.made == 1
    change(town)

    assert [words in _words(one.ask(address)) for one in houses] == [True, True]


@REAL_COMMITS
def test_a_new_notice_stands_in_every_list_at_once(clock: Clock, town: Body, make_public: Publish) -> None:
    make_public(1)
    houses = House(clock), House(clock)
    for one in houses:
        for address in (LIST, "/", "/sitemap.xml", f"{LIST}archiv/"):
            one.ask(address)
    make_public(2, title="Hundesteuer")

    for one in houses:
        assert ["Hundesteuer" in one.ask(address).text for address in (LIST, "/")] == [True, True]
        assert f"{LIST}2026/2/" in one.ask("/sitemap.xml").text
        assert "2 Bekanntmachungen" in one.ask(f"{LIST}archiv/").text


SCRIPT = """
import sys, django
django.setup()
from django.conf import settings
from allmende.config.tests.house import Clock, House
from conftest import NOW
from datetime import timedelta
settings.INSTALLATION_HOSTS = ["localhost"]
settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
house = House(Clock(NOW + timedelta(minutes=5)))
for line in sys.stdin:
    answer = house.ask(line.strip())
    print(answer.status, house.made, "03999 4711" in answer.text, flush=True)
"""


@REAL_COMMITS
def test_a_process_of_its_own_sees_what_another_has_written(town: Body, tmp_path: Any) -> None:
    """A real process with its own connection and store, as each of the web server's is."""
    base = connection.settings_dict
    url = (
        f"sqlite:///{base['NAME']}" if connection.vendor == "sqlite" else os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{base['NAME']}"
    )
    environment = os.environ | {"DATABASE_URL": url, "ALLMENDE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "allmende.config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None

        def ask() -> str:
            print("/", file=other.stdin, flush=True)
            return str(other.stdout and other.stdout.readline().strip())

        before = [ask(), ask()]
        new_phone(town)
        after = [ask(), ask()]
        other.stdin.close()

    assert before == ["200 1 False", "200 1 False"]
    assert after == ["200 2 True", "200 2 True"]


@REAL_COMMITS
def test_a_page_made_while_something_changes_is_not_shown_again(clock: Clock, town: Body) -> None:
    """Read under the old number, changed before it was finished: whatever it says, the next reader gets a new one."""
    house = House(clock)
    really = house.django

    def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        response = really(environ, start_response)
        if house.made == 1:
            new_phone(town)
        return response

    house.django = slow  # type: ignore[assignment]

    assert "03999 4711" not in house.ask("/").text
    assert "03999 4711" in house.ask("/").text


def test_a_notice_that_is_provided_later_is_never_missing_from_then_on(
    clock: Clock, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its transaction is committed a moment before: what is made in between ends with that moment, without any change."""
    moment = publish().provided_at
    assert moment is not None
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    house = House(clock)

    for addresses, before, after in (((LIST, "/", PAGE), [False, False, False], [True, True, True]),):
        clock.now = moment - timedelta(microseconds=1)
        assert ["Winterdienst auf Gehwegen" in house.ask(address).text for address in addresses] == before
        assert house.ask(PAGE).status == 404
        clock.now = moment
        assert ["Winterdienst auf Gehwegen" in house.ask(address).text for address in addresses] == after


@pytest.mark.parametrize("moment", [datetime(2026, 3, 2, 22, 59, 30, tzinfo=UTC), NOW])
def test_nothing_is_shown_longer_than_its_time(clock: Clock, house: House, moment: datetime) -> None:
    """Five minutes, but not past midnight in Germany."""
    clock.now = moment
    house.ask("/")
    least = min(moment + LONGEST, datetime(2026, 3, 2, 23, 0, tzinfo=UTC))
    clock.now = least - timedelta(seconds=1)
    house.ask("/")
    assert house.made == 1
    clock.now = least
    house.ask("/")

    assert house.made == 2


# --- What raises the number -------------------------------------------------------------------------


def _triggers() -> set[str]:
    wanted = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(wanted)
        return {str(name) for (name,) in cursor.fetchall()}


def test_every_table_that_a_kept_page_reads_raises_the_number(house: House, publish: Publish) -> None:
    """The tables are taken from the queries of the pages themselves. A trigger lost in a later migration shows here too."""
    publish()
    read: set[str] = set()
    for address in KEPT:
        with CaptureQueriesContext(connection) as asked:
            house.ask(address)
        for query in asked:
            read |= set(re.findall(r'(?:FROM|JOIN) "?([a-z_]+)"?', query["sql"]))
    read -= {"core_generation"}
    triggers = _triggers()

    assert {"core_body", "core_record", "notices_notice", "publication_attempt", "publication_cosignature"} <= read
    missing = {f"{table}_generation_{event}" for table in read for event in ("insert", "update", "delete")} - triggers
    assert missing == set()


@REAL_COMMITS
def test_what_is_written_on_a_desk_changes_no_public_page(make_draft: MakeDraft, editor: Person, town: Body, client: Client) -> None:
    notice = make_draft()
    before = generation.current()
    values = Draft(title="Winterdienst", content=notice.content, office=notice.office_id)
    services.edit(notice.pk, body=town, values=values, version=1, by=editor, at=NOW)
    client.force_login(editor)
    outbox.work(NOW)

    assert generation.current() == before


@REAL_COMMITS
def test_the_number_and_the_change_come_and_go_together(town: Body) -> None:
    before = generation.current()
    with transaction.atomic():
        new_phone(town)
        transaction.set_rollback(True)
    assert generation.current() == before
    with transaction.atomic():
        new_phone(town)
        new_phone(town)
    assert generation.current() > before


@pytest.mark.postgresql
@REAL_COMMITS
def test_two_transactions_never_wait_for_each_other_at_the_number(town: Body, neighbour: Body) -> None:
    """Each holds a row that raises the number while the other one changes another such row."""
    inside = threading.Event()
    done = threading.Event()

    def other() -> None:
        with transaction.atomic():
            new_phone(neighbour)
            inside.set()
            assert done.wait(20)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert inside.wait(20)
    with transaction.atomic():
        new_phone(town)  # would wait for `other` until it times out if the number were raised here
    done.set()
    thread.join()
    assert Body.objects.filter(phone="03999 4711").count() == 2
