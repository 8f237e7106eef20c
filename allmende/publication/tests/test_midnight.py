"""The day printed in the document is the day of provision in Germany, or the document is void."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from allmende.core import outbox
from allmende.core.models import AuditEntry, Body, OutboxRow, Visibility
from allmende.publication import kinds, selectors, store
from allmende.publication.check import problems
from allmende.publication.kinds import PublishedKind
from allmende.publication.models import Attempt, LogEntry, Publication, State
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.kill import killed_at, moments
from allmende.publication.worker import advance
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")
MIDNIGHT = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)  # in Germany
EVENING = MIDNIGHT - timedelta(minutes=10)
MORNING = MIDNIGHT + timedelta(hours=8)
BOUND = [State.SEALED, State.APPENDED, State.CHECKPOINTED, State.PROVIDED]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the module was told about voids."""
    reasons: list[str] = []
    monkeypatch.setattr(kinds, "_KINDS", {"notice": PublishedKind("notice", on_void=lambda record, reason, at: reasons.append(reason))})
    return reasons


@pytest.mark.parametrize("reached", BOUND)
def test_what_missed_its_day_is_void_and_sealed_anew(ready: Body, make_approved: MakeApproved, told: list[str], reached: State) -> None:
    publication = make_approved(at=EVENING)
    while advance(publication.pk, body=ready, clock=lambda: EVENING) is not reached:
        pass
    outbox.work(MORNING)

    first, second = Attempt.objects.for_body(ready).order_by("number")
    proof = selectors.proof_of(publication.record)
    assert (first.state, first.day, first.void_reason) == (State.VOID, date(2026, 3, 2), "day_passed")
    assert (second.state, second.day) == (State.PUBLIC, date(2026, 3, 3))
    assert [bytes(e.entry)[:20] for e in LogEntry.objects.for_body(ready).order_by("index")][1] == b'{"event":"void","ind'
    assert proof is not None
    assert (proof.index, proof.void) == (2, (0,))
    assert told == ["day_passed"]
    assert list(problems(ready, thorough=False)) == []


def test_what_was_not_sealed_yet_simply_gets_the_new_day(ready: Body, make_approved: MakeApproved, told: list[str]) -> None:
    publication = make_approved(at=EVENING)
    Attempt.objects.create(publication=publication, body=ready, number=1, day=date(2026, 3, 2))
    outbox.work(MORNING)

    attempt = Attempt.objects.for_body(ready).get()
    assert (attempt.state, attempt.day, told) == (State.PUBLIC, date(2026, 3, 3), [])
    assert LogEntry.objects.for_body(ready).count() == 1


def test_shortly_before_midnight_it_waits_for_the_new_day(ready: Body, make_approved: MakeApproved) -> None:
    near = MIDNIGHT - timedelta(seconds=40)
    record = make_approved(at=near).record
    outbox.work(near)
    waiting = selectors.state_of(record)
    row = OutboxRow.objects.for_body(ready).get(topic="publish")

    assert waiting is not None
    assert "Mitternacht" in str(waiting.error)
    assert row.due_at == MIDNIGHT + timedelta(seconds=1)
    assert row.attempts == 0

    outbox.work(row.due_at)

    assert Attempt.objects.for_body(ready).get().day == date(2026, 3, 3)


def test_a_void_page_is_gone_until_the_next_attempt(ready: Body, make_approved: MakeApproved) -> None:
    publication = make_approved(at=EVENING)
    while advance(publication.pk, body=ready, clock=lambda: EVENING) is not State.PROVIDED:
        pass

    assert advance(publication.pk, body=ready, clock=lambda: MORNING) is State.VOID
    publication.record.refresh_from_db()
    assert publication.record.visibility == Visibility.INTERNAL
    assert not selectors.is_public(publication.record, at=MORNING)
    assert store.read(store.file_of(publication.record, "pdf")) is None
    assert store.read(store.file_of(publication.record, "zip")) is None
    assert list(problems(ready, thorough=False)) == []


def test_a_confirmed_page_is_never_void(ready: Body, make_approved: MakeApproved) -> None:
    publication = make_approved(at=EVENING)
    outbox.work(EVENING)

    assert advance(publication.pk, body=ready, clock=lambda: MORNING) is State.PUBLIC


@pytest.mark.slow
@pytest.mark.parametrize("reached", [State.SEALED, State.PROVIDED])
def test_killed_anywhere_while_it_is_declared_void(
    committed: None, new_town: Callable[[], Body], make_approved: MakeApproved, reached: State
) -> None:
    for moment, body in moments(new_town):
        publication = make_approved(body, at=EVENING)
        while advance(publication.pk, body=body, clock=lambda: EVENING) is not reached:
            pass
        with killed_at(moment) as kill:
            while advance(publication.pk, body=body, clock=lambda: MORNING) is not State.PUBLIC:
                pass
        assert list(problems(body, thorough=False, only={publication.pk})) == []
        while advance(publication.pk, body=body, clock=lambda: MORNING) is not State.PUBLIC:
            pass
        assert list(problems(body, thorough=False, only={publication.pk})) == []
        assert Attempt.objects.for_body(body).filter(publication=publication).count() == 2
        assert LogEntry.objects.for_body(body).count() == 3 * Publication.objects.for_body(body).count()
        assert AuditEntry.objects.for_body(body).filter(record=publication.pk, act="publication.void").count() == 1
        if not kill.done:
            break

    assert moment > 60
    assert NOW < MORNING
