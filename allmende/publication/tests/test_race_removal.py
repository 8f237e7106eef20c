"""Several take down or erase at the same moment, on a SQLite file and on PostgreSQL."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from allmende.core import outbox
from allmende.core.models import Body, Person, Record
from allmende.core.tests.threads import at_once
from allmende.publication import store
from allmende.publication.check import problems
from allmende.publication.clock import from_
from allmende.publication.errors import NotPublic
from allmende.publication.models import Attempt, LogEntry, Removal, State
from allmende.publication.services import erase, take_down
from allmende.publication.tests.attached import approved, two
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.worker import advance
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")
SOON = NOW + timedelta(hours=1)
Reason = Removal.Reason


@pytest.fixture
def record(ready: Body, editor: Person, approver: Person, tmp_path: Path) -> Record:
    record = approved(ready, two(tmp_path / "upload"), author=editor, by=approver).record
    outbox.work(NOW)
    return record


def tried(act: Callable[[], object]) -> str:
    try:
        act()
    except NotPublic:
        return "too late"
    return "won"


def test_one_of_eight_takes_it_down(committed: None, ready: Body, record: Record, editor: Person) -> None:
    result = at_once(lambda i: tried(lambda: take_down(record, reason=Reason.MISTAKE, by=editor, at=SOON)))
    outbox.work(SOON)

    assert result == {"won": 1, "too late": 7}
    assert LogEntry.objects.for_body(ready).count() == 2
    assert list(problems(ready)) == []


def test_an_attachment_and_all_of_it_at_once(committed: None, ready: Body, record: Record, editor: Person) -> None:
    parts = [["attachment-1"], ["attachment-2"], ["attachment-1", "attachment-2"], None]
    at_once(lambda i: tried(lambda: take_down(record, artefacts=parts[i % 4], reason=Reason.RIGHTS, by=editor, at=SOON)))
    outbox.work(SOON)

    names = [name for row in Removal.objects.for_body(ready) for name in row.artefacts]
    assert len(names) == len(set(names))
    assert Attempt.objects.for_body(ready).get().state == State.REMOVED
    assert list(problems(ready)) == []


def test_taking_down_and_erasing_at_once(committed: None, ready: Body, record: Record, editor: Person) -> None:
    def act(i: int) -> str:
        if i % 2:
            return tried(lambda: take_down(record, reason=Reason.RIGHTS, by=editor, at=SOON))
        return "erased" if erase(record, by=None, at=SOON) else "gone"

    result = at_once(act)
    outbox.work(SOON)

    assert (result["erased"], result["gone"], sum(result.values())) == (1, 3, 8)
    assert [store.file_of(record, suffix).exists() for suffix in ("pdf", "zip")] == [False, False]
    assert list(problems(ready)) == []


def test_workers_go_on_while_somebody_takes_it_down(committed: None, ready: Body, make_approved: MakeApproved, editor: Person) -> None:
    publication = make_approved()
    while advance(publication.pk, body=ready, clock=lambda: NOW) is not State.PROVIDED:
        pass

    def act(i: int) -> str:
        if i == 0:
            return tried(lambda: take_down(publication.record, reason=Reason.MISTAKE, by=editor, at=NOW))
        clock = from_(NOW)
        while advance(publication.pk, body=ready, clock=clock) not in (State.PUBLIC, State.REMOVED):
            pass
        return "done"

    assert at_once(act) == {"won": 1, "done": 7}
    outbox.work(NOW)
    assert Attempt.objects.for_body(ready).get().state == State.REMOVED
    assert list(problems(ready)) == []


def test_eight_workers_write_one_line(committed: None, ready: Body, record: Record, editor: Person) -> None:
    take_down(record, artefacts=["attachment-1"], reason=Reason.MISTAKE, by=editor, at=SOON)
    take_down(record, artefacts=["attachment-2"], reason=Reason.MISTAKE, by=editor, at=SOON)
    at_once(lambda i: str(bool(outbox.work(SOON)) and ""))
    outbox.work(SOON + timedelta(minutes=10))

    assert LogEntry.objects.for_body(ready).count() == 3
    assert Attempt.objects.for_body(ready).get().bundle_due_at is None
    assert list(problems(ready)) == []
