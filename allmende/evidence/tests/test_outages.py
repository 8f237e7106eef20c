"""What is known about the pages answering: a gap between two signs of life is an outage, and nobody writes it away."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from allmende.core import health, housekeeping
from allmende.core.models import Body, Person
from allmende.evidence.models import Heartbeat, Outage
from allmende.evidence.outages import measuring
from allmende.evidence.outages.beating import GAP, beat
from allmende.evidence.outages.health import outages
from allmende.evidence.outages.selectors import between
from conftest import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
Row = tuple[str, datetime, datetime | None]


def rows() -> list[Row]:
    return list(Outage.objects.order_by("begins_at", "pk").values_list("cause", "begins_at", "ends_at"))


@pytest.fixture
def outside(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A public address that answers as the list says, its last value for ever."""
    settings.BASE_URL = "https://rathaus.example"
    answers = [True]
    monkeypatch.setattr(measuring, "answers", lambda url: answers.pop(0) if len(answers) > 1 else answers[0])
    return answers


def test_a_worker_that_beats_has_no_outage() -> None:
    for minute in range(10):
        beat(NOW + minute * MINUTE)

    assert rows() == []
    assert Heartbeat.objects.get().last_at == NOW + 9 * MINUTE


def test_a_gap_is_an_outage_from_the_last_sign_of_life_to_the_next() -> None:
    beat(NOW)
    beat(NOW + GAP)
    beat(NOW + 3 * GAP)

    assert rows() == [("not_running", NOW + GAP, NOW + 3 * GAP)]


def test_a_clock_put_back_is_no_sign_of_life_and_no_outage() -> None:
    beat(NOW)
    beat(NOW - 60 * MINUTE)

    assert rows() == []
    assert Heartbeat.objects.get().last_at == NOW


def test_the_public_address_is_silent_from_its_last_answer_to_its_next(outside: list[bool]) -> None:
    outside[:] = [True, False, False, True]
    for minute in range(5):
        beat(NOW + minute * MINUTE)

    assert rows() == [("not_answering", NOW, NOW + 3 * MINUTE)]


def test_silence_goes_on_after_a_time_in_which_nobody_measured(outside: list[bool]) -> None:
    outside[:] = [True, False]
    beat(NOW)
    beat(NOW + 2 * GAP)

    assert rows() == [("not_running", NOW, NOW + 2 * GAP), ("not_answering", NOW + 2 * GAP, None)]


def test_this_machine_itself_is_not_measured(settings: Settings) -> None:
    settings.BASE_URL = "http://localhost:8000"
    beat(NOW)

    assert measuring.address() == ""
    assert Heartbeat.objects.get().measured_since is None


def test_what_is_measured_no_longer_is_not_said_to_last(outside: list[bool], settings: Settings) -> None:
    outside[:] = [False]
    beat(NOW)
    settings.BASE_URL = "http://localhost:8000"
    beat(NOW + MINUTE)

    assert rows() == [("not_answering", NOW, NOW + MINUTE)]


def test_a_period_knows_its_outages_and_what_was_not_watched() -> None:
    for at in (NOW, NOW + 2 * GAP, NOW + 4 * GAP):
        beat(at)
    known = between(NOW - MINUTE, NOW + GAP)

    assert [outage.begins_at for outage in known.outages] == [NOW]
    assert not known.is_whole
    assert between(NOW, NOW + GAP).is_whole


@pytest.mark.parametrize("change", [{"ends_at": NOW}, {"begins_at": NOW - MINUTE}, {"cause": "not_answering"}])
def test_nobody_changes_an_outage(change: dict[str, object]) -> None:
    one = Outage.objects.create(cause="not_running", begins_at=NOW, ends_at=NOW + MINUTE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.filter(pk=one.pk).delete()


def test_one_silence_at_a_time() -> None:
    Outage.objects.create(cause="not_answering", begins_at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.create(cause="not_answering", begins_at=NOW + MINUTE)


def test_the_worker_beats_and_nobody_calls_it_tidying(town: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_chores", {"heartbeat": housekeeping._chores["heartbeat"]})
    call_command("work", "--once", verbosity=0)

    assert Heartbeat.objects.exists()
    assert [str(finding.what) for finding in housekeeping.state(NOW)] == ["Aufgeräumt: Nichts liegt länger, als es soll."]


def test_the_check_names_what_lasts_and_what_was(outside: list[bool]) -> None:
    outside[:] = [False]
    beat(NOW)
    beat(NOW + 2 * GAP)
    found = list(outages(NOW + 2 * GAP))

    assert [finding.level for finding in found] == [health.Level.BAD, health.Level.OK]
    assert "antwortet nicht seit" in str(found[0].what)
    assert "2 Ausfälle" in str(found[1].what)


def test_the_operator_sees_them(client: Client, operator: Person, town: Body) -> None:
    Outage.objects.create(cause="not_running", begins_at=NOW, ends_at=NOW + MINUTE)
    client.force_login(operator)
    page = client.get("/betrieb/").content.decode()

    assert "nicht gelaufen" in page
