"""Files of the evidence: bit by bit, never public, gone when they must go."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from allmende.core.models import Body, Person, Record
from allmende.tasks import scans, services
from allmende.tasks.errors import NotAScan, ScanTooLarge
from allmende.tasks.kinds import Evidence
from allmende.tasks.models import Entry, Scan, Words
from allmende.tasks.tests.conftest import PDF, SEEN, MakeTask
from conftest import NOW


def with_file(name: str = "zeitung.pdf", data: bytes = PDF) -> Evidence:
    return Evidence(day=date(2026, 3, 2), medium="newspaper", text="Anzeige für Kim Muster", scan=(name, data))


def test_a_file_is_kept_as_it_came(make_task: MakeTask, town: Body, editor: Person) -> None:
    task = make_task()
    services.finish(task.pk, with_file("C:\\Ablage\\zeitung.pdf"), body=town, by=editor, at=NOW)

    scan = Scan.objects.for_body(town).get()
    assert (scan.name, scan.media_type, scan.size, scan.entry.act) == ("zeitung.pdf", "application/pdf", len(PDF), "done")
    assert scans.read(scan, town) == PDF
    scans.file_of(scan.pk, town).write_bytes(b"%PDF-1.7 changed")
    assert scans.read(scan, town) is None


@pytest.mark.parametrize("data", [b"", b"<html>", b"MZ\x90", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_scan_closes_nothing(data: bytes, make_task: MakeTask, town: Body, editor: Person) -> None:
    task = make_task()

    with pytest.raises(NotAScan):
        services.finish(task.pk, with_file("zeitung.pdf", data), body=town, by=editor, at=NOW)

    task.refresh_from_db()
    assert task.state == "open"
    with pytest.raises(ScanTooLarge):
        scans.type_of(PDF + b"\0" * scans.MAX_BYTES)


def test_files_without_a_row_are_tidied_up(make_task: MakeTask, town: Body, editor: Person) -> None:
    services.finish(make_task().pk, with_file(), body=town, by=editor, at=NOW)
    lost = scans.new("x.pdf", PDF, body=town)
    later = NOW + timedelta(days=3650)

    found = list(scans.stray(later))
    scans.remove_stray(found, later)

    assert [file.name for file in found] == [str(lost.pk)]
    assert scans.read(Scan.objects.for_body(town).get(), town) == PDF


def test_erasing_leaves_that_it_was_done_and_nothing_of_what_was_said(
    make_task: MakeTask, town: Body, editor: Person, record: Record, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    other = Record.objects.create(body=town, kind="idea", titles={"de": "Andere"}, path="ideen/2/")
    kept = services.open(kind="test.hint", record=other, at=NOW)
    services.finish(kept.pk, SEEN, body=town, by=editor, at=NOW)
    task = make_task()
    services.finish(task.pk, with_file(), body=town, by=editor, at=NOW)
    services.add_evidence(task.pk, Evidence(text="Brief von Kim Muster", scan=("brief.pdf", PDF + b"2")), body=town, by=editor, at=NOW)

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        assert services.erase(record, by=editor, at=NOW) == 2
    assert services.erase(record, by=editor, at=NOW) == 0

    entries = Entry.objects.for_body(town).filter(task=task).order_by("pk")
    assert [str(entry.act) for entry in entries] == ["opened", "done", "evidence", "erased"]
    assert entries[1].day == date(2026, 3, 2)
    assert list(Words.objects.for_body(town).values_list("values", flat=True)) == [{"text": "Seite 3"}]
    assert not Scan.objects.for_body(town).exists()
    assert list(scans.folder(town).iterdir()) == []
