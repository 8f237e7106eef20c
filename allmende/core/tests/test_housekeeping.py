"""What the worker takes away when it has nothing else to do, and what `allmende check` says about it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import Settings

from allmende.core import housekeeping, outbox
from allmende.core.health import Level
from allmende.core.housekeeping import DAY, HOUR, PART, SOON, Chore, Rounds
from allmende.core.models import Body, OutboxRow
from conftest import NOW

State = OutboxRow.State


class Leaves:
    """What a tree has let fall, and from when on it may be swept."""

    def __init__(self, count: int, at: datetime = NOW) -> None:
        self.lying, self.at = list(range(count)), at

    def find(self, at: datetime) -> Iterator[int]:
        yield from (list(self.lying) if at >= self.at else [])

    def take(self, found: Sequence[int], at: datetime) -> None:
        self.lying = [leaf for leaf in self.lying if leaf not in found]


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """These chores and no others."""
    return lambda **chores: monkeypatch.setattr(housekeeping, "_chores", chores)


def handled(row: OutboxRow, at: datetime) -> None:
    """Nothing to do."""


def old_row(body: Body, key: str, state: State) -> OutboxRow:
    row: OutboxRow = OutboxRow.objects.create(body=body, queue=key, topic="a", key=key, state=state, due_at=NOW)
    return row


def keys(body: Body) -> set[str]:
    return set(OutboxRow.objects.for_body(body).values_list("key", flat=True))


def test_done_work_is_forgotten_after_the_time_set_and_nothing_else(town: Body, settings: Settings) -> None:
    settings.KEEP_DONE = timedelta(days=30)
    for state in State:
        old_row(town, state.value, state)

    housekeeping.do("outbox", NOW + timedelta(days=30))
    assert keys(town) == {"waiting", "done", "parked"}
    housekeeping.do("outbox", NOW + timedelta(days=30, seconds=1))
    assert keys(town) == {"waiting", "parked"}
    housekeeping.do("outbox", NOW + timedelta(days=3650))
    assert keys(town) == {"waiting", "parked"}


def test_what_was_forgotten_can_be_asked_for_again(town: Body, settings: Settings) -> None:
    settings.OUTBOX_HANDLERS = {"a": f"{__name__}.handled"}
    with transaction.atomic():
        outbox.put(town, "a", at=NOW)
    outbox.work(NOW)
    later = NOW + settings.KEEP_DONE + HOUR
    housekeeping.do("outbox", later)
    with transaction.atomic():
        outbox.put(town, "a", at=later)

    assert outbox.work(later) == 1


def test_one_round_takes_a_part_and_comes_back_soon_for_the_rest(only: Callable[..., None]) -> None:
    many, few = Leaves(PART + 1), Leaves(1)
    only(many=Chore("Laub", many.find, many.take), few=Chore("Zweige", few.find, few.take))
    rounds = Rounds()

    assert [rounds.step(NOW) for _ in range(3)] == [True, True, False]
    assert (len(many.lying), few.lying) == (1, [])
    assert [rounds.step(NOW + SOON) for _ in range(2)] == [True, False]
    assert many.lying == []
    assert [rounds.step(NOW + SOON + HOUR) for _ in range(3)] == [True, True, False]


def test_a_chore_that_fails_is_logged_and_stops_no_other(only: Callable[..., None], caplog: pytest.LogCaptureFixture) -> None:
    def broken(at: datetime) -> Iterator[int]:
        raise PermissionError("log")

    few = Leaves(1)
    only(broken=Chore("Kaputtes", broken, few.take), few=Chore("Zweige", few.find, few.take))
    with caplog.at_level(logging.ERROR, "allmende"):
        housekeeping.do_all(NOW)

    assert few.lying == []
    assert "chore=broken" in caplog.text
    assert "PermissionError" in caplog.text


def test_the_check_says_what_lies_there_and_warns_when_nobody_comes(only: Callable[..., None]) -> None:
    few = Leaves(3)
    only(few=Chore("Zweige", few.find, few.take))

    def told(at: datetime) -> list[tuple[Level, str]]:
        return [(finding.level, str(finding.what)) for finding in housekeeping.state(at)]

    assert told(NOW - HOUR) == [(Level.OK, "Aufgeräumt: Nichts liegt länger, als es soll.")]
    assert told(NOW) == [(Level.OK, "Zum Aufräumen: Zweige (3)")]
    assert told(NOW + DAY + HOUR) == [(Level.WARN, "Zum Aufräumen: Zweige (3)")]
    housekeeping.do_all(NOW)
    assert told(NOW + DAY + HOUR) == [(Level.OK, "Aufgeräumt: Nichts liegt länger, als es soll.")]


@pytest.mark.django_db
def test_the_worker_tidies_after_its_work(only: Callable[..., None]) -> None:
    few = Leaves(2)
    only(few=Chore("Zweige", few.find, few.take))

    call_command("work", once=True, verbosity=0)

    assert few.lying == []


@pytest.mark.django_db
def test_every_part_has_told_what_it_leaves_behind() -> None:
    assert set(housekeeping._chores) == {
        "archive_offers",
        "archive_stamps",
        "attachments",
        "closed",
        "demo_seals",
        "erasure",
        "files",
        "films",
        "gazette_withdrawn",
        "heartbeat",
        "locked_seals",
        "outbox",
        "picture_files",
        "pictures",
        "print_requests",
        "revocation",
        "scan_files",
        "session_lines",
        "sessions",
        "sources",
        "start_pages",
        "subscriptions",
        "tiles",
        "unfinished",
    }
