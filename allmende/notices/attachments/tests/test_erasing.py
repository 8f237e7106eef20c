"""What goes with an erased notice or attachment: rows, files, comparisons, and what versions say."""

from typing import Any

from allmende.core.models import Body, Person
from allmende.lib.extraction.tests.papers import pdf, scan
from allmende.notices.attachments import confirmation
from allmende.notices.attachments.erasing import erase_files
from allmende.notices.attachments.tests.conftest import AddFile
from allmende.notices.attachments.tests.test_services import on_disk
from allmende.notices.models import Notice, NoticeFile, Revision, TextConfirmation
from allmende.notices.models.file import Role
from allmende.notices.tests.conftest import MakeDraft
from allmende.notices.tests.test_approve import approved, submitted
from conftest import NOW


def _approved(make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person) -> Notice:
    notice = make_draft()
    add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT)
    add_file(notice, name="Geheime-Namen.docx", role=Role.ATTACHMENT)
    add_file(notice, scan(), "Original.pdf", Role.ORIGINAL)
    confirmation.confirm_scan(notice.pk, body=town, version=4, by=editor, at=NOW)
    return approved(submitted(notice, editor), approver, version=4)


def test_everything_goes_with_the_notice(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person, django_capture_on_commit_callbacks: Any
) -> None:
    notice = _approved(make_draft, add_file, town, editor, approver)

    with django_capture_on_commit_callbacks(execute=True):
        erase_files(notice.record, None, NOW)

    assert not NoticeFile.objects.for_body(town).exists()
    assert not TextConfirmation.objects.for_body(town).exists()
    assert on_disk(town) == set()


def test_an_attachment_alone_goes_with_its_name_in_every_version(
    make_draft: MakeDraft, add_file: AddFile, town: Body, editor: Person, approver: Person, django_capture_on_commit_callbacks: Any
) -> None:
    notice = _approved(make_draft, add_file, town, editor, approver)
    assert [file.number for file in NoticeFile.objects.for_body(town)] == [1, 2, None]

    with django_capture_on_commit_callbacks(execute=True):
        erase_files(notice.record, ("attachment-2",), NOW)

    left = list(NoticeFile.objects.for_body(town))
    assert [(file.number, file.title) for file in left] == [(1, "Plan"), (None, "Original")]
    assert on_disk(town) == {str(file.pk) for file in left}
    versions = str(list(Revision.objects.for_body(town).filter(notice=notice).values_list("values", flat=True)))
    assert "Plan.pdf" in versions
    assert "Geheime" not in versions
