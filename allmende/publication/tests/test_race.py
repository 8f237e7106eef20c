"""Eight at once, on a SQLite file and on PostgreSQL."""

from datetime import timedelta

import pytest

from allmende.core import outbox
from allmende.core.models import AuditEntry, Body, OutboxRow, Person, Record
from allmende.core.tests.threads import at_once
from allmende.lib import tlog
from allmende.publication import log, store
from allmende.publication.check import problems
from allmende.publication.clock import from_
from allmende.publication.errors import AlreadyApproved
from allmende.publication.models import Attempt, LogEntry, Publication, SealUse, State
from allmende.publication.services import approve
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.page import page
from allmende.publication.worker import advance
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")


def test_one_of_eight_approvals_wins(committed: None, ready: Body, editor: Person, approver: Person) -> None:
    record = Record.objects.create(body=ready, kind=Record.Kind.NOTICE, titles={"de": "Wahl"}, path="bekanntmachungen/2026/1/")

    def press(i: int) -> str:
        try:
            approve(record, page(ready, 1), images={}, authors=[editor], by=approver, at=NOW)
        except AlreadyApproved:
            return "too late"
        return "won"

    assert at_once(press) == {"won": 1, "too late": 7}
    assert OutboxRow.objects.for_body(ready).filter(topic="publish").count() == 1


def test_eight_workers_on_one_publication_make_it_public_once(committed: None, ready: Body, make_approved: MakeApproved) -> None:
    publication = make_approved()

    def publish(i: int) -> str:
        clock = from_(NOW)
        while advance(publication.pk, body=ready, clock=clock) is not State.PUBLIC:
            pass
        return "public"

    assert at_once(publish) == {"public": 8}
    assert LogEntry.objects.for_body(ready).count() == SealUse.objects.for_body(ready).count() == 1
    assert AuditEntry.objects.for_body(ready).filter(act="publication.public").count() == 1
    assert list(problems(ready, thorough=False)) == []


def test_eight_workers_after_midnight_declare_it_void_once(committed: None, ready: Body, make_approved: MakeApproved) -> None:
    publication = make_approved()
    while advance(publication.pk, body=ready, clock=lambda: NOW) is not State.PROVIDED:
        pass

    def publish(i: int) -> str:
        clock = from_(NOW + timedelta(days=1))
        while advance(publication.pk, body=ready, clock=clock) is not State.PUBLIC:
            pass
        return "public"

    assert at_once(publish) == {"public": 8}
    assert list(Attempt.objects.for_body(ready).order_by("number").values_list("state", flat=True)) == [State.VOID, State.PUBLIC]
    assert LogEntry.objects.for_body(ready).count() == 3
    assert list(problems(ready, thorough=False)) == []


def test_eight_workers_share_the_outbox(committed: None, ready: Body, make_approved: MakeApproved) -> None:
    for _ in range(12):
        make_approved()

    def run(i: int) -> str:
        outbox.work(NOW)
        return "done"

    assert at_once(run) == {"done": 8}
    outbox.work(NOW)  # rows that became due after the last worker had looked
    assert set(Publication.objects.for_body(ready).values_list("state", flat=True)) == {"public"}
    assert sorted(LogEntry.objects.for_body(ready).values_list("index", flat=True)) == list(range(12))
    assert list(problems(ready, thorough=False)) == []


def test_the_same_leaf_has_one_index_for_ever(committed: None, ready: Body) -> None:
    entry = log.void_leaf(0, "day_passed")

    assert at_once(lambda i: str(log.append(ready, entry, at=NOW))) == {"0": 8}
    assert LogEntry.objects.for_body(ready).count() == 1


def test_the_shown_checkpoint_never_goes_back(committed: None, ready: Body) -> None:
    sizes: list[int] = []

    def grow(i: int) -> str:
        for number in range(4):
            log.append(ready, log.void_leaf(100 * i + number, "day_passed"), at=NOW)
            mine = log.integrate(ready, at=NOW).size
            shown = tlog.parse_checkpoint(store.read(log.checkpoint_file(ready)) or b"")[0].size
            sizes.append(shown - mine)
        return "done"

    assert at_once(grow) == {"done": 8}
    assert min(sizes) >= 0
    assert tlog.parse_checkpoint(store.read(log.checkpoint_file(ready)) or b"")[0].size == 32
    tlog.check_files(log.reader(ready), 32, tlog.root(log.reader(ready), 32))
