"""Taking down: at once for everybody, in the log for ever, and nothing comes back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404
from django.test import RequestFactory

from allmende.core import outbox
from allmende.core.errors import NotAllowed
from allmende.core.models import AuditEntry, Body, OutboxRow, Person, Record, Visibility
from allmende.lib.proof import Removed, Standing, parse_leaf, read, verify
from allmende.publication import attachments, bundle, files, kinds, selectors, store
from allmende.publication.check import problems
from allmende.publication.errors import BundleDue, NotPublic
from allmende.publication.keys import log_of
from allmende.publication.kinds import PublishedKind
from allmende.publication.models import Attachment, Attempt, LogEntry, Publication, Removal, State
from allmende.publication.services import take_down
from allmende.publication.tests.attached import PLAN, TABLE, approved, two
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.cosigning import cosign
from allmende.publication.views.files import serve, serve_attachment
from allmende.publication.worker import advance
from conftest import NOW

SOON = NOW + timedelta(hours=1)
LATER = SOON + timedelta(seconds=10)
Reason = Removal.Reason


@pytest.fixture
def record(ready: Body, editor: Person, approver: Person, one_seal: None, tmp_path: Path) -> Record:
    """Public, with two attachments."""
    record = approved(ready, two(tmp_path / "upload"), author=editor, by=approver).record
    outbox.work(NOW)
    return record


def said(body: Body) -> list[Any]:
    """The entries of the log behind the first."""
    return [parse_leaf(bytes(row.entry)) for row in LogEntry.objects.for_body(body).order_by("index")][1:]


def test_a_notice_that_is_taken_down_is_answered_to_nobody_from_the_commit_on(record: Record, editor: Person, rf: RequestFactory) -> None:
    take_down(record, reason=Reason.PERSONAL_DATA, by=editor, at=SOON)

    record.refresh_from_db()
    assert record.visibility == Visibility.REMOVED
    assert not selectors.is_public(record, at=LATER)
    assert (selectors.proof_of(record), selectors.fragment_of(record)) == (None, "")
    for suffix in ("pdf", "zip"):
        with pytest.raises(Http404):
            serve(rf.get("/"), record, suffix, at=LATER)
    with pytest.raises(Http404):
        serve_attachment(rf.get("/"), record, 1, "Lageplan-Blatt-2.pdf", at=LATER)
    assert [one.address for one in selectors.attachments_of(record)] == ["", ""]


def test_its_files_go_and_the_log_says_so(ready: Body, record: Record, editor: Person) -> None:
    take_down(record, reason=Reason.PERSONAL_DATA, by=editor, at=SOON)
    outbox.work(SOON)

    assert [store.read(store.file_of(record, suffix)) for suffix in ("pdf", "zip")] == [None, None]
    assert said(ready) == [Removed(0, ("attachment-1", "attachment-2", "document.pdf", "page.html"), "personal_data")]
    assert Removal.objects.for_body(ready).get().entry_index == 1
    assert list(problems(ready)) == []
    # The office still knows what it was.
    assert store.read(store.attachment_file(record, 1)) == PLAN
    assert Attempt.objects.for_body(ready).get().page is not None


def test_files_go_right_after_the_commit(committed: None, ready: Body, make_approved: MakeApproved, editor: Person, one_seal: None) -> None:
    record = make_approved().record
    outbox.work(NOW)
    with transaction.atomic():
        take_down(record, reason=Reason.MISTAKE, by=editor, at=SOON)
        assert store.read(store.file_of(record, "pdf")) is not None

    assert [store.read(store.file_of(record, suffix)) for suffix in ("pdf", "zip")] == [None, None]
    assert list(problems(ready, thorough=False)) == []


def test_an_attachment_is_taken_down_alone_and_the_bundle_forgets_it(
    ready: Body, record: Record, editor: Person, rf: RequestFactory
) -> None:
    earlier = store.read(store.file_of(record, "zip")) or b""
    take_down(record, artefacts=["attachment-2"], reason=Reason.RIGHTS, by=editor, at=SOON)

    assert selectors.is_public(record, at=LATER)
    with pytest.raises(Http404):
        serve_attachment(rf.get("/"), record, 2, "Flurstuecke.csv", at=LATER)
    with pytest.raises(BundleDue):
        serve(rf.get("/"), record, "zip", at=LATER)  # the one that lies there still holds it
    assert serve(rf.get("/"), record, "pdf", at=LATER).status_code == 200
    outbox.work(SOON)
    data = store.read(store.file_of(record, "zip")) or b""
    report = verify(data, vkey=log_of(ready).vkey)
    assert serve(rf.get("/"), record, "zip", at=LATER).status_code == 200
    assert [found.standing for found in report.facts.attachments] == [Standing.CONTAINED, Standing.WITHHELD]
    assert (report.trusted, TABLE in data, "attachment-2" in read(data).salts) == (True, False, False)
    assert verify(earlier, vkey=log_of(ready).vkey).trusted  # who kept an earlier edition has a proof
    assert said(ready) == [Removed(0, ("attachment-2",), "rights")]
    assert list(problems(ready)) == []


def test_one_after_the_other_and_then_the_rest(ready: Body, record: Record, editor: Person) -> None:
    take_down(record, artefacts=["attachment-1"], reason=Reason.MISTAKE, by=editor, at=SOON)
    take_down(record, artefacts=["attachment-2"], reason=Reason.MISTAKE, by=editor, at=SOON)
    outbox.work(SOON)
    assert Attempt.objects.for_body(ready).get().bundle_due_at is None
    take_down(record, reason=Reason.COURT_ORDER, by=editor, at=LATER)
    outbox.work(LATER)

    assert [entry.artefacts for entry in said(ready)] == [("attachment-1",), ("attachment-2",), ("document.pdf", "page.html")]
    assert list(problems(ready)) == []


@pytest.mark.parametrize("artefacts", [None, ["attachment-2"], ["attachment-1", "attachment-2"]])
def test_nothing_is_taken_down_twice(ready: Body, record: Record, editor: Person, artefacts: list[str] | None) -> None:
    take_down(record, artefacts=artefacts, reason=Reason.MISTAKE, by=editor, at=SOON)

    with pytest.raises(NotPublic), transaction.atomic():
        take_down(record, artefacts=artefacts or ["attachment-1"], reason=Reason.MISTAKE, by=editor, at=SOON)
    assert Removal.objects.for_body(ready).count() == 1


@pytest.mark.parametrize("artefacts", [[], ["attachment-3"], ["page.html"], ["document.pdf", "attachment-1"], ["../1"]])
def test_what_is_no_attachment_is_refused_and_nothing_changes(ready: Body, record: Record, editor: Person, artefacts: list[str]) -> None:
    with pytest.raises(NotPublic), transaction.atomic():
        take_down(record, artefacts=artefacts, reason=Reason.MISTAKE, by=editor, at=SOON)

    assert Attempt.objects.for_body(ready).get().bundle_due_at is None
    assert not Attachment.objects.for_body(ready).filter(removed_at__isnull=False).exists()


def test_who_may_write_may_take_down_and_nobody_else(record: Record, approver: Person, auditor: Person, foreigner: Person) -> None:
    for stranger in (auditor, foreigner):
        with pytest.raises(NotAllowed):
            take_down(record, reason=Reason.MISTAKE, by=stranger, at=SOON)
    take_down(record, reason=Reason.MISTAKE, by=approver, at=SOON)


def test_what_is_not_public_is_not_taken_down(ready: Body, make_approved: MakeApproved, editor: Person, one_seal: None) -> None:
    record = make_approved().record
    with pytest.raises(NotPublic):
        take_down(record, reason=Reason.MISTAKE, by=editor, at=NOW)
    while advance(record.pk, body=ready, clock=lambda: NOW) is not State.CHECKPOINTED:
        pass
    with pytest.raises(NotPublic):
        take_down(record, reason=Reason.MISTAKE, by=editor, at=NOW)


def test_it_can_go_before_the_worker_has_looked_at_the_clock(
    ready: Body, make_approved: MakeApproved, editor: Person, one_seal: None
) -> None:
    record = make_approved().record
    while advance(record.pk, body=ready, clock=lambda: NOW) is not State.PROVIDED:
        pass
    take_down(record, reason=Reason.PERSONAL_DATA, by=editor, at=NOW)
    outbox.work(NOW)

    assert Attempt.objects.for_body(ready).get().state == State.REMOVED
    assert not OutboxRow.objects.for_body(ready).exclude(state=OutboxRow.State.DONE).exists()
    assert not AuditEntry.objects.for_body(ready).filter(act="publication.public").exists()
    assert list(problems(ready)) == []


def test_a_late_worker_brings_nothing_back(ready: Body, record: Record, editor: Person) -> None:
    cosign(ready, NOW)
    late = bundle._provided(record, State.PUBLIC)
    assert late is not None
    assert late.checkpoint is not None
    take_down(record, artefacts=["attachment-2"], reason=Reason.MISTAKE, by=editor, at=SOON)
    outbox.work(SOON)

    assert bundle._next_edition(late, late.checkpoint, 1, LATER) is None
    assert not files.put(late, b"PK", expected=State.CHECKPOINTED)
    assert TABLE not in (store.read(store.file_of(record, "zip")) or TABLE)
    assert bundle.renew_bundle(record, LATER) is None  # the edition that was due has taken the cosignature along
    assert list(problems(ready)) == []


def test_the_module_is_told_in_the_same_transaction(record: Record, editor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    listening = PublishedKind("notice", on_removed=lambda record, names, reason, at: told.append((names, reason, at)))
    monkeypatch.setattr(kinds, "_KINDS", {"notice": listening})
    take_down(record, artefacts=["attachment-1"], reason=Reason.RIGHTS, by=editor, at=SOON)

    assert told == [(("attachment-1",), "rights", SOON)]


def test_a_large_attachment_moves_into_the_bundle_when_there_is_room(
    ready: Body, record: Record, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "IN_BUNDLE", max(len(PLAN), len(TABLE)))
    take_down(record, artefacts=["attachment-1"], reason=Reason.MISTAKE, by=editor, at=SOON)
    outbox.work(SOON)

    assert list(read(store.read(store.file_of(record, "zip")) or b"").attachments) == ["attachments/2.csv"]
    assert list(problems(ready)) == []


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Attempt, {"state": State.PUBLIC}),
        (Publication, {"state": "public"}),
        (Attachment, {"removed_at": None}),
        (Removal, {"reason": "rights"}),
        (Removal, {"artefacts": []}),
        (Removal, {"entry_index": 7}),
        (Removal, {"at": LATER}),
    ],
)
def test_the_database_brings_nothing_back(ready: Body, record: Record, editor: Person, model: type, values: dict[str, object]) -> None:
    take_down(record, reason=Reason.MISTAKE, by=editor, at=SOON)
    outbox.work(SOON)

    with pytest.raises((IntegrityError, DatabaseError), match="fixed"), transaction.atomic():
        model.objects.for_body(ready).update(**values)  # type: ignore[attr-defined]
    rows = Removal.objects.for_body(ready)
    with pytest.raises((IntegrityError, DatabaseError), match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_the_check_names_a_removal_without_its_line(ready: Body, record: Record, editor: Person) -> None:
    take_down(record, reason=Reason.MISTAKE, by=editor, at=SOON)
    outbox.work(SOON)
    path = store.file_of(record, "pdf")
    path.write_bytes(b"%PDF")

    assert any("1.pdf is still there" in problem for problem in problems(ready, thorough=False))
    path.unlink()
    Record.objects.for_body(ready).filter(pk=record.pk).update(visibility=Visibility.PUBLIC)
    assert any("visible is public" in problem for problem in problems(ready, thorough=False))
