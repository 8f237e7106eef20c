"""What a killed process has left of something taken down goes with the next round of the housekeeping."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from allmende.core import housekeeping, outbox
from allmende.core.models import Body, Person, Record
from allmende.publication import store
from allmende.publication.models import Removal
from allmende.publication.services import erase, take_down
from allmende.publication.tests.attached import PLAN, approved, two
from conftest import NOW

SOON = NOW + timedelta(hours=1)


@pytest.fixture
def record(ready: Body, editor: Person, approver: Person, one_seal: None, tmp_path: Path) -> Record:
    record = approved(ready, two(tmp_path / "upload"), author=editor, by=approver).record
    outbox.work(NOW)
    return record


def lying(record: Record) -> list[bool]:
    paths = [store.file_of(record, "pdf"), store.file_of(record, "zip"), store.attachment_file(record, 1), store.attachment_file(record, 2)]
    return [path.exists() for path in paths]


def test_files_of_what_was_taken_down_go(record: Record, editor: Person) -> None:
    housekeeping.do("closed", SOON)
    assert lying(record) == [True] * 4
    take_down(record, artefacts=["attachment-1"], reason=Removal.Reason.MISTAKE, by=editor, at=SOON)
    housekeeping.do("closed", SOON)
    assert lying(record) == [True, False, True, True]
    take_down(record, reason=Removal.Reason.MISTAKE, by=editor, at=SOON)
    housekeeping.do("closed", SOON)
    assert lying(record) == [False, False, True, True]


def test_files_of_what_was_erased_go(record: Record) -> None:
    erase(record, by=None, at=SOON)
    housekeeping.do("closed", SOON)

    assert lying(record) == [False] * 4
    assert not store.attachment_dir(record).exists()


def test_files_of_an_approval_that_was_taken_back_go_after_a_while(ready: Body, editor: Person, approver: Person, tmp_path: Path) -> None:
    with transaction.atomic():
        record = approved(ready, two(tmp_path / "upload"), author=editor, by=approver).record
        transaction.set_rollback(True)
    path = store.attachment_file(record, 1)
    housekeeping.do("attachments", datetime.now(UTC))
    assert path.read_bytes() == PLAN
    old = (datetime.now(UTC) - timedelta(hours=2)).timestamp()
    os.utime(path.parent, (old, old))
    housekeeping.do("attachments", datetime.now(UTC))

    assert not path.exists()


def test_files_of_an_approval_stay(record: Record) -> None:
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(store.attachment_dir(record), (old, old))
    housekeeping.do("attachments", datetime.now(UTC))

    assert lying(record) == [True] * 4
