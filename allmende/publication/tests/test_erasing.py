"""Erasing: nothing of it is left in rows, files, write-ahead log or folders, and the log still replays whole."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from allmende.core import outbox
from allmende.core.errors import NotAllowed
from allmende.core.models import AuditEntry, AuditValues, Body, Person, Record, Visibility
from allmende.lib.proof import Erased, Removed, Standing, parse_leaf, verify
from allmende.publication import kinds, selectors, store
from allmende.publication.check import problems
from allmende.publication.errors import NotErasable
from allmende.publication.keys import log_of
from allmende.publication.kinds import PublishedKind
from allmende.publication.models import CONTENT, Attachment, AttachmentSalt, Attempt, Image, LogEntry, Publication, Removal, State
from allmende.publication.services import erase, take_down
from allmende.publication.tests.attached import PLAN, TABLE, approved, two
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.worker import advance
from conftest import NOW

NAME = "Unverwechselbar"
DAY = NOW + timedelta(days=15)
LATER = DAY + timedelta(seconds=10)


@pytest.fixture
def record(ready: Body, editor: Person, approver: Person, tmp_path: Path) -> Record:
    """Public, with two attachments; the name stands in title, text and attachments."""
    record = approved(ready, two(tmp_path / "upload"), author=editor, by=approver, title=f"Zustellung an Kunigunde {NAME}").record
    for upload in (tmp_path / "upload").iterdir():
        upload.unlink()
    outbox.work(NOW)
    return record


def said(body: Body) -> list[Any]:
    return [parse_leaf(bytes(row.entry)) for row in LogEntry.objects.for_body(body).order_by("index")][1:]


def rows_with(word: str) -> Iterator[str]:
    """Tables in which the word stands, in any column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                if any(word.encode() in (bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()) for v in row):
                    yield table


def files_with(word: str) -> list[str]:
    """Files of the installation that hold the word: public and other folders, database, write-ahead log."""
    folders = [Path(settings.DATA_DIR)]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        found += [path for path in name.parent.glob(f"{name.name}*") if path.is_file()]
    return [path.name for path in found if word.encode() in path.read_bytes() or word in path.name]


def test_nothing_is_left_of_it_and_the_log_replays_whole(committed: None, ready: Body, record: Record, editor: Person) -> None:
    assert set(rows_with(NAME)) >= {"core_record", "publication_publication", "publication_attempt"}
    assert {"1.pdf", "1.zip", "1", "2"} - set(files_with(NAME)) <= {"1.pdf"}  # the PDF is compressed
    erase(record, by=None, at=DAY)
    assert [store.read(store.file_of(record, suffix)) for suffix in ("pdf", "zip")] == [None, None]
    outbox.work(DAY)

    assert sorted(rows_with(NAME)) == []
    assert files_with(NAME) == []
    assert list(problems(ready)) == []
    call_command("log", "check", verbosity=0)
    assert said(ready) == [Erased(0, ("attachment-1", "attachment-2", "document.pdf", "page.html"))]


def test_the_tombstone_keeps_what_says_nothing(ready: Body, record: Record) -> None:
    leaf = bytes(Attempt.objects.for_body(ready).get().leaf or b"")
    erase(record, by=None, at=DAY)
    outbox.work(DAY)

    record.refresh_from_db()
    attempt, publication = Attempt.objects.for_body(ready).get(), Publication.objects.for_body(ready).get()
    assert (record.visibility, record.titles, record.path) == (
        Visibility.REMOVED,
        {"de": "Gelöscht", "en": "Erased"},
        "bekanntmachungen/2026/1/",
    )
    assert [getattr(attempt, column) for column in CONTENT] == [None] * 6
    assert (bytes(attempt.leaf or b""), attempt.leaf_index, attempt.state) == (leaf, 0, State.REMOVED)
    assert (publication.state, publication.payload, publication.erased_at) == ("erased", None, DAY)
    assert publication.approved_by.name == "Anna"
    assert not Image.objects.for_body(ready).exists()
    assert set(AttachmentSalt.objects.for_body(ready).values_list("salt", flat=True)) == {None}
    assert [(o.title, o.address) for o in selectors.attachments_of(record)] == [("", ""), ("", "")]
    assert not store.attachment_file(record, 1).exists()


def test_the_trail_keeps_who_and_when_but_no_values(ready: Body, record: Record) -> None:
    erase(record, by=None, at=DAY)

    acts = list(AuditEntry.objects.for_body(ready).filter(record=record).order_by("pk").values_list("act", flat=True))
    assert acts == ["publication.approved", "publication.public", "audit.values_erased", "publication.erased"]
    assert AuditValues.objects.for_body(ready).filter(entry__record=record).count() == 2


def test_what_was_taken_down_before_is_erased_later(ready: Body, record: Record, editor: Person) -> None:
    take_down(record, reason=Removal.Reason.PERSONAL_DATA, by=editor, at=NOW + timedelta(hours=1))
    outbox.work(NOW + timedelta(hours=1))
    erase(record, by=None, at=DAY)
    outbox.work(DAY)

    names = ("attachment-1", "attachment-2", "document.pdf", "page.html")
    assert said(ready) == [Removed(0, names, "personal_data"), Erased(0, names)]
    assert list(problems(ready)) == []


def test_an_attachment_is_erased_alone(ready: Body, record: Record) -> None:
    erase(record, artefacts=["attachment-2"], by=None, at=DAY)
    outbox.work(DAY)
    data = store.read(store.file_of(record, "zip")) or b""
    report = verify(data, vkey=log_of(ready).vkey)

    assert selectors.is_public(record, at=LATER)
    assert [found.standing for found in report.facts.attachments] == [Standing.CONTAINED, Standing.WITHHELD]
    assert (store.read(store.attachment_file(record, 1)), store.attachment_file(record, 2).exists()) == (PLAN, False)
    assert said(ready) == [Erased(0, ("attachment-2",))]
    assert list(problems(ready)) == []
    erase(record, by=None, at=LATER)
    outbox.work(LATER)
    assert said(ready)[1] == Erased(0, ("attachment-1", "document.pdf", "page.html"))
    assert list(problems(ready)) == []


def test_void_attempts_are_erased_too(ready: Body, editor: Person, approver: Person, tmp_path: Path) -> None:
    record = approved(ready, two(tmp_path / "upload"), author=editor, by=approver).record
    while advance(record.pk, body=ready, clock=lambda: NOW) is not State.CHECKPOINTED:
        pass
    outbox.work(NOW + timedelta(days=1))
    erase(record, by=None, at=DAY)
    outbox.work(DAY)

    assert [(entry.index, len(entry.artefacts)) for entry in said(ready) if isinstance(entry, Erased)] == [(0, 4), (2, 4)]
    assert not Attempt.objects.for_body(ready).exclude(erased_at=DAY).exists()
    assert list(problems(ready)) == []


def test_it_is_erased_once(ready: Body, record: Record, approver: Person) -> None:
    assert len(erase(record, by=approver, at=DAY)) == 1

    assert erase(record, by=None, at=LATER) == []
    assert Removal.objects.for_body(ready).count() == 1


def test_what_was_never_public_is_not_erased_here(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    record = make_approved().record
    for _ in range(4):
        with pytest.raises(NotErasable), transaction.atomic():
            erase(record, by=None, at=NOW)
        advance(record.pk, body=ready, clock=lambda: NOW)


@pytest.mark.parametrize("artefacts", [[], ["attachment-9"], ["page.html"], ["attachment-1", "document.pdf"]])
def test_what_is_no_attachment_is_not_erased(ready: Body, record: Record, artefacts: list[str]) -> None:
    with pytest.raises(NotErasable), transaction.atomic():
        erase(record, artefacts=artefacts, by=None, at=DAY)

    assert not Attachment.objects.for_body(ready).filter(erased_at__isnull=False).exists()


def test_a_person_needs_the_right_to_approve(record: Record, editor: Person, foreigner: Person, approver: Person) -> None:
    for stranger in (editor, foreigner):
        with pytest.raises(NotAllowed):
            erase(record, by=stranger, at=DAY)
    assert erase(record, by=approver, at=DAY)


def test_the_module_is_told_in_the_same_transaction(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(kinds, "_KINDS", {"notice": PublishedKind("notice", on_erased=lambda record, names, at: told.append((names, at)))})
    erase(record, artefacts=["attachment-1"], by=None, at=DAY)
    erase(record, by=None, at=LATER)

    assert told == [(("attachment-1",), DAY), (None, LATER)]


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Attempt, {"page": b"x", "erased_at": None}),
        (Attempt, {"page": b"x"}),
        (Attempt, {"erased_at": LATER}),
        (Attempt, {"leaf": b"x"}),
        (Publication, {"payload": b"x", "erased_at": None, "state": "removed"}),
        (Publication, {"state": "removed"}),
        (Attachment, {"erased_at": None, "title": "x", "sha256": "x", "file_name": "x"}),
    ],
)
def test_the_database_brings_nothing_back(ready: Body, record: Record, model: type, values: dict[str, object]) -> None:
    erase(record, by=None, at=DAY)

    with pytest.raises((IntegrityError, DatabaseError), match=r"fixed|_erased"), transaction.atomic():
        model.objects.for_body(ready).update(**values)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "values",
    [
        {"page": None},
        {"erased_at": DAY},
        {"page": None, "erased_at": DAY},
        dict.fromkeys(CONTENT),
        {**dict.fromkeys(CONTENT), "erased_at": DAY, "leaf": None},
        {**dict.fromkeys(CONTENT), "erased_at": DAY, "page": b"x"},
        {**dict.fromkeys(CONTENT), "erased_at": DAY},  # while it is still public
    ],
)
def test_content_goes_in_one_way_only(ready: Body, record: Record, values: dict[str, object]) -> None:
    with pytest.raises((IntegrityError, DatabaseError), match=r"fixed|until_erased|sealed_completely"), transaction.atomic():
        Attempt.objects.for_body(ready).update(**values)
    Image.objects.create(publication_id=record.pk, sha256="0" * 64, data=b"x")
    with pytest.raises((IntegrityError, DatabaseError), match="append-only"), transaction.atomic():
        Image.objects.for_body(ready).delete()
    with pytest.raises((IntegrityError, DatabaseError), match=r"fixed|erased_completely"), transaction.atomic():
        Publication.objects.for_body(ready).update(payload=None)


def test_a_check_that_looks_finds_what_was_forgotten(ready: Body, record: Record) -> None:
    path = store.attachment_file(record, 2)
    erase(record, by=None, at=DAY)
    outbox.work(DAY)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(TABLE)

    assert any("2 is still there" in problem for problem in problems(ready, thorough=False))
