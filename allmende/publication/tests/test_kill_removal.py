"""Kill whoever takes down or erases, and the worker behind them, at every statement: it is public whole, or gone for good."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from allmende.core import outbox
from allmende.core.models import Body, OutboxRow, Person, Record
from allmende.lib.proof import Erased, Removed, parse_leaf
from allmende.publication import selectors, store
from allmende.publication.check import problems
from allmende.publication.errors import NotPublic
from allmende.publication.models import VALID, Attempt, LogEntry, Publication, Removal, State
from allmende.publication.services import erase, take_down
from allmende.publication.tests.attached import TABLE, approved, two
from allmende.publication.tests.kill import check_everywhere, killed_at, killed_for_real, moments
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")
SOON = NOW + timedelta(hours=1)
Act = Callable[[Record, Person, datetime], object]


def down(record: Record, person: Person, at: datetime) -> None:
    take_down(record, reason=Removal.Reason.PERSONAL_DATA, by=person, at=at)


def one_down(record: Record, person: Person, at: datetime) -> None:
    take_down(record, artefacts=["attachment-2"], reason=Removal.Reason.PERSONAL_DATA, by=person, at=at)


def erased(record: Record, person: Person, at: datetime) -> None:
    erase(record, by=None, at=at)


def do(act: Act, record: Record, person: Person, at: datetime) -> None:
    """What a person does, and what the worker does then."""
    act(record, person, at)
    outbox.work(at)


def again(act: Act, record: Record, person: Person, at: datetime) -> None:
    """The person tries once more, unless it has happened; the worker comes back."""
    try:
        act(record, person, at)
    except NotPublic:
        assert Removal.objects.for_body(record.body).filter(attempt__publication=record.pk).count() == 1
    outbox.work(at + outbox.LEASE + timedelta(seconds=1))


def check(body: Body, record: Record, act: Act) -> bool:
    """Every invariant, and whether it has happened: what is answered follows from that alone."""
    assert list(problems(body, thorough=False, only={record.pk})) == []
    attempt = Attempt.objects.for_body(body).exclude(state=State.VOID).get(publication=record.pk)
    done = Removal.objects.for_body(body).filter(attempt=attempt).exists()
    assert selectors.is_public(record, at=NOW + timedelta(days=30)) == (attempt.state in VALID)
    assert (attempt.state in VALID) == (not done or act is one_down)
    if act is one_down:
        assert [bool(one.address) for one in selectors.attachments_of(record)] == [True, not done]
        if attempt.bundle_due_at is None and done:
            assert TABLE not in (store.read(store.file_of(record, "zip")) or TABLE)
    return done


def check_after(body: Body, record: Record, act: Act) -> None:
    assert check(body, record, act)
    removal = Removal.objects.for_body(body).get(attempt__publication=record.pk)
    assert removal.entry_index is not None
    entry = LogEntry.objects.for_body(body).get(index=removal.entry_index)
    assert isinstance(parse_leaf(bytes(entry.entry)), Erased if act is erased else Removed)
    assert (store.read(store.file_of(record, "zip")) is None) == (act is not one_down)
    assert not OutboxRow.objects.for_body(body).exclude(state=OutboxRow.State.DONE).exists()


@pytest.fixture
def make_public(editor: Person, approver: Person, tmp_path: Path) -> Callable[[Body], Record]:
    """Public, each with two attachments."""
    made: list[Publication] = []

    def make(body: Body) -> Record:
        made.append(approved(body, two(tmp_path / "upload"), author=editor, by=approver, number=len(made) + 1))
        outbox.work(NOW)
        return made[-1].record

    return make


@pytest.mark.slow
@pytest.mark.parametrize("act", [down, one_down, erased])
def test_killed_between_any_two_statements(
    committed: None, new_town: Callable[[], Body], make_public: Callable[[Body], Record], editor: Person, act: Act
) -> None:
    happened: set[bool] = set()
    for moment, body in moments(new_town):
        record = make_public(body)
        with killed_at(moment) as kill:
            do(act, record, editor, SOON)
        happened.add(check(body, record, act))
        again(act, record, editor, SOON + timedelta(minutes=1))
        check_after(body, record, act)
        if not kill.done:
            break  # the way to the end has fewer moments: all of them were tried

    assert moment > 60
    assert happened == {False, True}
    check_everywhere()


@pytest.mark.parametrize(("act", "some"), [(down, range(9, 120, 22)), (one_down, range(12, 140, 24)), (erased, range(15, 160, 26))])
def test_sigkill_at_some_moments(
    committed: None, ready: Body, make_public: Callable[[Body], Record], editor: Person, act: Act, some: range
) -> None:
    """The quick form."""
    for moment in some:
        record = make_public(ready)
        killed_for_real(moment, partial(do, act, record, editor, SOON))
        check(ready, record, act)
        again(act, record, editor, SOON + timedelta(minutes=1))
        check_after(ready, record, act)

    assert list(problems(ready, thorough=False)) == []
