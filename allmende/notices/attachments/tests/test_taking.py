"""From the Word file to the draft; a scan needs a person; the approval needs the comparison with the original."""

from typing import Any

import pytest

from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import AuditEntry, Body, Person
from allmende.lib.extraction.tests.office import docx, para, run
from allmende.lib.extraction.tests.papers import pdf, scan
from allmende.lib.richtext import to_plain
from allmende.notices import services as notices
from allmende.notices import text
from allmende.notices.attachments import confirmation, services, taking
from allmende.notices.attachments.errors import FileLost, FileRefused, NotConfirmed, NothingToTake, WayMissing
from allmende.notices.attachments.points import points
from allmende.notices.attachments.store import path_of
from allmende.notices.attachments.taking import Way
from allmende.notices.attachments.tests.conftest import AddFile
from allmende.notices.attachments.tests.test_services import current, values_of
from allmende.notices.models import Notice, NoticeFile, TextConfirmation
from allmende.notices.models.file import Role
from allmende.notices.services import Incomplete
from allmende.notices.tests.conftest import MakeDraft
from allmende.notices.tests.test_approve import COMPARED, approved, submitted
from allmende.notices.tests.test_drafts import edited
from conftest import NOW


def plain(notice: Notice) -> str:
    return to_plain(text.read(values_of(notice).content))


def take(file: NoticeFile, by: Person, **how: Any) -> int:
    body = file.notice.record.body
    version = current(file.notice).version
    return taking.take(file.pk, body=body, **({"version": version, "way": None, "title": "", "by": by, "at": NOW} | how))


def open_points(notice: Notice) -> list[str]:
    return [point.title for point in points(notice.record.body, notice.pk, values_of(notice)) if point.state == "open"]


@pytest.fixture
def empty(make_draft: MakeDraft) -> Notice:
    return make_draft(plain="", title="")


def test_the_text_of_a_word_file_becomes_the_draft(empty: Notice, add_file: AddFile, town: Body, editor: Person) -> None:
    file = add_file(empty)

    version = take(file, editor, title="Hundesteuersatzung")

    assert (version, values_of(empty).title) == (3, "Hundesteuersatzung")
    assert "## § 1 Steuergegenstand\n\n(1) Gegenstand der Steuer" in plain(empty)
    taken = NoticeFile.objects.for_body(town).get()
    assert (taken.taken_by, taken.taken_at) == (editor, NOW)
    entry = AuditEntry.objects.for_body(town).get(act="notice.text_taken")
    assert entry.actor == editor


def test_text_that_is_there_is_replaced_only_when_asked(make_draft: MakeDraft, add_file: AddFile, editor: Person) -> None:
    notice = make_draft(plain="Von Hand geschrieben.")
    file = add_file(notice)

    with pytest.raises(WayMissing):
        take(file, editor)
    assert plain(notice) == "Von Hand geschrieben."
    take(file, editor, way=Way.APPEND)
    assert plain(notice).startswith("Von Hand geschrieben.\n\nAufgrund der §§ 5")
    take(file, editor, way=Way.REPLACE)

    assert plain(notice).startswith("Aufgrund der §§ 5")


def test_the_version_before_is_kept_and_nobody_is_overwritten(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person
) -> None:
    notice = make_draft(plain="Erika schreibt.")
    file = add_file(notice)
    edited(notice, 2, approver, title="Anna schreibt auch")

    with pytest.raises(ChangedMeanwhile):
        take(file, editor, version=2, way=Way.REPLACE)

    assert plain(notice) == "Erika schreibt."
    assert NoticeFile.objects.for_body(town).get().taken_at is None


def test_a_file_that_is_lost_or_has_no_text_says_so(empty: Notice, add_file: AddFile, town: Body, editor: Person) -> None:
    lost, blank = add_file(empty), add_file(empty, scan(), "Scan.pdf")
    path_of(lost, town).unlink()

    with pytest.raises(FileLost):
        take(lost, editor)
    with pytest.raises(NothingToTake):
        take(blank, editor)
    sheet = add_file(empty, b"\xff\xd8\xff\xe0" + _jpeg(), "Foto.jpg")
    with pytest.raises(FileRefused):
        take(sheet, editor)


def _jpeg() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    return out.getvalue()[4:]


def test_a_scan_alone_waits_for_a_person_who_compares(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person) -> None:
    notice = make_draft()
    add_file(notice, scan(), "Satzung unterschrieben.pdf", Role.SOURCE)
    assert open_points(notice) == ["Fehlt: Vergleich mit dem Scan"]
    with pytest.raises(Incomplete):
        submitted(notice, editor)

    confirmation.confirm_scan(notice.pk, body=town, version=2, by=editor, at=NOW)

    assert open_points(notice) == []
    said = TextConfirmation.objects.for_body(town).get()
    assert (said.of, said.by, said.at, said.version) == ("scan", editor, NOW, 2)
    submitted(notice, editor)


def test_the_comparison_holds_for_the_text_that_was_compared(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person) -> None:
    notice = make_draft()
    add_file(notice, scan())
    confirmation.confirm_scan(notice.pk, body=town, version=2, by=editor, at=NOW)

    edited(notice, 2, editor, title="Nur der Titel ist neu")
    assert open_points(notice) == []
    edited(notice, 3, editor, content=text.write(text.Document()))
    assert "Fehlt: Vergleich mit dem Scan" in open_points(notice)
    with pytest.raises(ChangedMeanwhile):
        confirmation.confirm_scan(notice.pk, body=town, version=3, by=editor, at=NOW)


def test_recognised_text_must_be_compared_as_well(empty: Notice, add_file: AddFile, editor: Person) -> None:
    file = add_file(empty, scan(recognised="Die Strasse am Markt ist gesperrt."), "OCR.pdf")
    take(file, editor)

    assert plain(empty) == "Die Strasse am Markt ist gesperrt."
    assert open_points(empty) == ["Fehlt: Vergleich mit dem Scan"]


def test_text_from_the_word_file_makes_the_scan_the_original_only(empty: Notice, add_file: AddFile, editor: Person) -> None:
    add_file(empty, scan(), "Original.pdf", Role.ORIGINAL)
    assert open_points(empty) == ["Fehlt: Vergleich mit dem Scan"]
    take(add_file(empty), editor)

    assert open_points(empty) == []


def test_what_nobody_sees_in_an_attachment_keeps_it_from_the_public(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person
) -> None:
    notice = make_draft()
    secret = docx(para(run("Öffentlich."), run(" Nur für uns.", "<w:vanish/>")))
    file = add_file(notice, secret, "Anlage.docx", Role.ATTACHMENT)
    assert open_points(notice) == ["Bitte ändern: Anlage „Anlage“"]
    with pytest.raises(Incomplete):
        submitted(notice, editor)

    services.change(file.pk, body=town, title="Anlage", role=Role.SOURCE, by=editor, at=NOW)

    assert open_points(notice) == []


def test_local_law_is_approved_only_with_the_comparison(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person
) -> None:
    notice = make_draft()
    add_file(notice, pdf(), "Original.pdf", Role.ORIGINAL)
    submitted(notice, editor)

    with pytest.raises(NotConfirmed):
        notices.approve(notice.pk, body=town, version=2, by=approver, at=NOW)
    assert current(notice).state == "submitted"
    notices.approve(notice.pk, body=town, version=2, by=approver, at=NOW, statement=COMPARED)

    said = TextConfirmation.objects.for_body(town).get()
    assert (said.of, said.by, said.version) == ("original", approver, 2)
    entry = AuditEntry.objects.for_body(town).select_related("stored").get(act="notice.original_confirmed")
    assert entry.stored.values["files"] == [NoticeFile.objects.for_body(town).get().sha256]


def test_a_notice_without_original_needs_no_comparison(make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> None:
    notice = submitted(make_draft(), editor)

    notices.approve(notice.pk, body=town, version=1, by=approver, at=NOW)

    assert not TextConfirmation.objects.for_body(town).exists()
    assert confirmation.wants_original("bylaw", [])


def test_only_attachments_go_to_the_engine(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person) -> None:
    from allmende.publication.models import Attachment, Publication

    notice = make_draft()
    take(add_file(notice, name="Satzung.docx"), editor, way=Way.REPLACE)
    add_file(notice, scan(), "Original.pdf", Role.ORIGINAL)
    plan = add_file(notice, pdf(tagged=False), "Plan.pdf", Role.ATTACHMENT)
    approved(submitted(notice, editor), approver, version=current(notice).version)

    taken_over = Attachment.objects.for_body(town).get()
    assert (taken_over.number, taken_over.title, taken_over.sha256) == (1, "Plan", plan.sha256)
    payload = bytes(Publication.objects.for_body(town).get().payload or b"").decode()
    assert "Plan" in payload
    assert "Original.pdf" not in payload
