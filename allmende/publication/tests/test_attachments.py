"""Attachments: taken over at the approval, bound by the leaf, compared once more before the seal."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from allmende.core import outbox
from allmende.core.models import Body, Person, Record
from allmende.lib.commitment import ARTEFACT, commit
from allmende.lib.proof import Given, Standing, read, verify
from allmende.lib.proof import leaf as leaves
from allmende.publication import attachments, selectors, store
from allmende.publication.attachments import file_name_of
from allmende.publication.check import problems
from allmende.publication.errors import AttachmentMissing
from allmende.publication.keys import log_of
from allmende.publication.models import Attachment, AttachmentSalt, Attempt, LogEntry, Publication, State
from allmende.publication.services import approve
from allmende.publication.tests.attached import PLAN, TABLE, approved, two
from allmende.publication.tests.page import page
from conftest import NOW


@pytest.fixture
def publication(ready: Body, editor: Person, approver: Person, tmp_path: Path) -> Publication:
    return approved(ready, two(tmp_path / "upload"), author=editor, by=approver)


def test_the_leaf_binds_each_attachment_with_a_salt_of_its_own(ready: Body, publication: Publication) -> None:
    outbox.work(NOW)
    leaf = leaves.parse_leaf(bytes(LogEntry.objects.for_body(ready).get().entry))
    salts = {row.attachment.name: bytes(row.salt or b"") for row in AttachmentSalt.objects.for_body(ready).select_related("attachment")}

    assert isinstance(leaf, leaves.Published)
    assert sorted(leaf.artefacts) == ["attachment-1", "attachment-2", "document.pdf", "page.html"]
    assert leaf.artefacts["attachment-1"] == commit(ARTEFACT, salts["attachment-1"], PLAN)
    assert leaf.artefacts["attachment-2"] == commit(ARTEFACT, salts["attachment-2"], TABLE)
    assert len(set(salts.values())) == 2


def test_the_bundle_holds_them_and_everything_is_well(ready: Body, publication: Publication) -> None:
    outbox.work(NOW)
    data = store.read(store.file_of(publication.record, "zip")) or b""
    report = verify(data, vkey=log_of(ready).vkey)

    assert list(problems(ready)) == []
    assert report.trusted
    assert [found.standing for found in report.facts.attachments] == [Standing.CONTAINED, Standing.CONTAINED]
    assert dict(read(data).attachments) == {"attachments/1.pdf": PLAN, "attachments/2.csv": TABLE}


def test_what_does_not_fit_into_the_bundle_is_stated_there(ready: Body, publication: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "IN_BUNDLE", len(PLAN))
    outbox.work(NOW)
    data = store.read(store.file_of(publication.record, "zip")) or b""
    report = verify(data, vkey=log_of(ready).vkey, files=[Given("f.csv", hashlib.sha256(TABLE).digest(), len(TABLE))])

    assert list(read(data).attachments) == ["attachments/1.pdf"]
    assert [found.standing for found in report.facts.attachments] == [Standing.CONTAINED, Standing.MATCHED]
    assert list(problems(ready)) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_bytes(PLAN[:-1] + b"?"), "attachment-1 is missing or another file"),
        (lambda path: path.unlink(), "attachment-1 is missing or another file"),
    ],
)
def test_the_check_names_a_file_that_is_lost_or_changed(
    ready: Body, publication: Publication, spoil: Callable[[Path], object], told: str
) -> None:
    outbox.work(NOW)
    spoil(store.attachment_file(publication.record, 1))

    assert any(told in problem for problem in problems(ready))


def test_files_are_kept_under_nobodys_name_and_without_the_upload(ready: Body, publication: Publication, tmp_path: Path) -> None:
    for upload in (tmp_path / "upload").iterdir():
        upload.unlink()
    rows = list(Attachment.objects.for_body(ready).values_list("number", "title", "file_name", "media_type", "size"))

    assert store.read(store.attachment_file(publication.record, 1)) == PLAN
    assert store.read(store.attachment_file(publication.record, 2)) == TABLE
    assert rows == [
        (1, "Lageplan", "Lageplan-Blatt-2.pdf", "application/pdf", len(PLAN)),
        (2, "Verzeichnis der Flurstücke", "Flurstuecke.csv", "text/csv", len(TABLE)),
    ]


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("Übersicht (neu).pdf", "Uebersicht-neu.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("計画.pdf", "Anlage.pdf"),
        ("a" * 300, f"{'a' * 80}.pdf"),
    ],
)
def test_a_public_name_is_safe_everywhere(name: str, public: str) -> None:
    assert file_name_of(name, "application/pdf") == public


def test_a_file_that_has_changed_since_the_approval_is_not_sealed(ready: Body, publication: Publication) -> None:
    path = store.attachment_file(publication.record, 1)
    path.write_bytes(PLAN[:-1] + b"?")
    outbox.work(NOW)
    held_up = selectors.state_of(publication.record)
    path.write_bytes(PLAN)
    outbox.work(NOW + timedelta(minutes=2))

    assert held_up is not None
    assert (held_up.error_code, held_up.is_public) == ("publication_attachment_damaged", False)
    assert Attempt.objects.for_body(ready).get().state == State.PUBLIC


def test_page_and_files_must_be_the_same(ready: Body, editor: Person, approver: Person, tmp_path: Path) -> None:
    files = two(tmp_path / "upload")
    record = Record.objects.create(body=ready, kind=Record.Kind.NOTICE, titles={"de": "Wahl"}, path="bekanntmachungen/2026/1/")
    listed = replace(page(ready, 1), attachments=tuple(one.listed for one in files))

    for given in ([], files[:1], files[::-1], [files[0], replace(files[1], size=7)], [files[0], replace(files[1], path=tmp_path / "lost")]):
        with pytest.raises(AttachmentMissing):
            approve(record, listed, images={}, attachments=given, authors=[editor], by=approver, at=NOW)
    with pytest.raises(AttachmentMissing):
        approve(record, page(ready, 1), images={}, attachments=files, authors=[editor], by=approver, at=NOW)


@pytest.mark.parametrize(
    "values", [{"title": "anders"}, {"sha256": "0" * 64}, {"size": 1}, {"file_name": "x"}, {"title": "", "sha256": "", "file_name": ""}]
)
def test_what_was_attached_stays_as_it_was(publication: Publication, values: dict[str, object]) -> None:
    rows = Attachment.objects.for_body(publication.body)

    with pytest.raises((IntegrityError, DatabaseError), match=r"fixed|erased_completely"):
        rows.update(**values)


def test_a_salt_goes_once_and_a_row_never(ready: Body, publication: Publication) -> None:
    outbox.work(NOW)
    salts, rows = AttachmentSalt.objects.for_body(ready), Attachment.objects.for_body(ready)

    for changed in ({"salt": b"x" * 32}, {"salt": None}):
        with pytest.raises((IntegrityError, DatabaseError), match=r"fixed|erased_completely"), transaction.atomic():
            salts.update(**changed)
    salts.update(salt=None, erased_at=NOW)
    for again in ({"erased_at": None, "salt": b"x" * 32}, {"erased_at": NOW + timedelta(1)}):
        with pytest.raises((IntegrityError, DatabaseError), match="fixed"), transaction.atomic():
            salts.update(**again)
    for table in (salts, rows):
        with pytest.raises((IntegrityError, DatabaseError), match="never deleted"), transaction.atomic():
            table._raw_delete(table.db)
