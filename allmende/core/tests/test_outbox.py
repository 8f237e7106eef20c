from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import Settings

from allmende.core import outbox
from allmende.core.models import Body, OutboxRow, Record
from allmende.core.outbox import MAX_ATTEMPTS, OutsideTransaction, State, put, retry, work, work_one
from conftest import NOW

HOUR = timedelta(hours=1)
calls: list[str] = []
poison: set[str] = set()


def handler(row: OutboxRow, at: object) -> None:
    calls.append(row.key)
    if row.key in poison:
        raise ValueError("Erika Mustermann")


def dies(row: OutboxRow, at: object) -> None:
    raise SystemExit


@pytest.fixture(autouse=True)
def _clean(settings: Settings) -> Iterator[None]:
    settings.OUTBOX_HANDLERS = {
        "a": f"{__name__}.handler",
        "b": f"{__name__}.handler",
        "dies": f"{__name__}.dies",
        "later": f"{__name__}.not_yet",
    }
    yield
    calls.clear()
    poison.clear()


def not_yet(row: OutboxRow, at: object) -> None:
    calls.append(row.key)
    raise outbox.Later(NOW + HOUR)


def make_record(body: Body, n: int) -> Record:
    return Record.objects.create(body=body, kind="idea", titles={"de": f"Idee {n}"}, path=f"ideen/{n}/")


def rows(body: Body) -> list[OutboxRow]:
    return list(OutboxRow.objects.for_body(body).order_by("pk"))


def test_the_same_effect_is_asked_for_once(town: Body) -> None:
    record = make_record(town, 1)
    for once in ("v1", "v1", "v2"):
        put(record, "a", at=NOW, once=once)

    work(NOW)

    assert calls == [f"a:{record.pk}:v1", f"a:{record.pk}:v2"]


def test_an_effect_goes_with_its_transaction(town: Body) -> None:
    record = make_record(town, 1)

    with transaction.atomic():
        put(record, "a", at=NOW)
        transaction.set_rollback(True)

    assert rows(town) == []


def test_outside_a_transaction_it_is_refused(committed: None, town: Body) -> None:
    with pytest.raises(OutsideTransaction):
        put(make_record(town, 1), "a", at=NOW)


def test_a_failed_row_holds_back_its_own_record_only(town: Body) -> None:
    first, second = make_record(town, 1), make_record(town, 2)
    for record, topic in ((first, "a"), (first, "b"), (second, "a")):
        put(record, topic, at=NOW)
    poison.add(f"a:{first.pk}:")

    work(NOW)

    assert calls == [f"a:{first.pk}:", f"a:{second.pk}:"]

    poison.clear()
    work(NOW + HOUR)

    assert calls[2:] == [f"a:{first.pk}:", f"b:{first.pk}:"]


def test_parked_after_ten_failures_until_someone_retries(town: Body) -> None:
    record = make_record(town, 1)
    put(record, "a", at=NOW)
    poison.add(f"a:{record.pk}:")
    for n in range(MAX_ATTEMPTS):
        work(NOW + n * HOUR)

    (row,) = rows(town)
    assert not work_one(NOW + 50 * HOUR)
    assert (row.state, row.attempts, len(calls)) == (State.PARKED, MAX_ATTEMPTS, MAX_ATTEMPTS)
    assert row.last_error == "ValueError"  # never the message: it may name a person

    poison.clear()
    assert retry(row, at=NOW + 99 * HOUR)
    assert not retry(row, at=NOW + 99 * HOUR)
    work(NOW + 99 * HOUR)

    assert rows(town)[0].state == State.DONE


def test_a_row_that_kills_the_worker_is_parked_too(town: Body) -> None:
    put(make_record(town, 1), "dies", at=NOW)
    for n in range(MAX_ATTEMPTS):
        with pytest.raises(SystemExit):
            work_one(NOW + n * HOUR)

    assert not work_one(NOW + MAX_ATTEMPTS * HOUR)
    assert rows(town)[0].state == State.PARKED


def test_a_row_in_hand_is_left_alone_until_its_lease_ends(town: Body) -> None:
    put(make_record(town, 1), "dies", at=NOW)
    with pytest.raises(SystemExit):
        work_one(NOW)

    assert not work_one(NOW + outbox.LEASE - timedelta(seconds=1))


def test_not_yet_is_no_failure(town: Body) -> None:
    put(make_record(town, 1), "later", at=NOW)

    for _ in range(3):
        work(NOW)

    assert len(calls) == 1
    assert [(r.attempts, r.due_at, r.state) for r in rows(town)] == [(0, NOW + HOUR, State.WAITING)]


def test_effects_without_a_record_have_a_queue_of_their_own(town: Body) -> None:
    for subject in ("7", "8"):
        put(town, "a", at=NOW, subject=subject)
        put(town, "a", at=NOW, subject=subject, once="again")
    poison.add(f"a:{town.pk}:7:")

    work(NOW)

    assert calls == [f"a:{town.pk}:7:", f"a:{town.pk}:8:", f"a:{town.pk}:8:again"]


def test_an_unknown_topic_does_not_stop_the_worker(town: Body) -> None:
    put(make_record(town, 1), "unheard", at=NOW)
    put(make_record(town, 2), "a", at=NOW)

    work(NOW)

    assert [(r.topic, r.state) for r in rows(town)] == [("unheard", State.WAITING), ("a", State.DONE)]


def test_the_command_works_until_nothing_is_due(town: Body, capsys: pytest.CaptureFixture[str]) -> None:
    put(make_record(town, 1), "a", at=NOW)

    call_command("work", once=True)

    assert (len(calls), capsys.readouterr().out) == (1, "1 rows tried\n")
