"""What nothing needs goes; what a draft, a decision or the archive needs stays."""

import os
import time
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from allmende.core import housekeeping
from allmende.core.models import AuditEntry, Body, Person
from allmende.lib.extraction.tests.papers import pdf, scan
from allmende.notices.attachments import store
from allmende.notices.attachments.tests.conftest import AddFile
from allmende.notices.attachments.tests.test_services import on_disk
from allmende.notices.models import Notice, NoticeFile
from allmende.notices.models.file import Role
from allmende.notices.tests.conftest import MakeDraft
from conftest import NOW

LATER = NOW + timedelta(days=91)


def test_sources_go_some_time_after_publication_and_nothing_else(
    make_draft: MakeDraft, add_file: AddFile, town: Body, approver: Person
) -> None:
    notice, draft = make_draft(), make_draft()
    source = add_file(notice)
    kept = {add_file(notice, scan(), "Original.pdf", Role.ORIGINAL), add_file(notice, pdf(), "Plan.pdf", Role.ATTACHMENT), add_file(draft)}
    columns = {"state": "public", "provided_at": NOW, "year": 2026, "number": 1, "approved_at": NOW, "approved_by": approver}
    columns |= {"submitted_at": NOW, "submitted_by": notice.created_by}
    Notice.objects.for_body(town).filter(pk=notice.pk).update(**columns)  # as the engine leaves it

    housekeeping.do("sources", NOW + timedelta(days=89))
    assert NoticeFile.objects.for_body(town).filter(pk=source.pk).exists()
    housekeeping.do("sources", LATER)

    assert set(NoticeFile.objects.for_body(town)) == kept
    assert on_disk(town) == {str(file.pk) for file in kept}
    assert AuditEntry.objects.for_body(town).get(act="notice.file_removed").actor is None


def test_half_an_upload_and_a_file_without_row_go(make_draft: MakeDraft, add_file: AddFile, town: Body) -> None:
    file, place = add_file(make_draft()), store.folder(town)
    long_ago = time.time() - timedelta(days=2).total_seconds()
    lost, young, half, coming = str(uuid4()), str(uuid4()), ".half", ".coming"
    for name in (lost, young, half, coming):
        (place / name).write_bytes(b"x")
    for name in (lost, half, str(file.pk)):
        os.utime(place / name, (long_ago, long_ago))

    housekeeping.do("files", timezone.now())

    assert on_disk(town) == {str(file.pk), young, coming}
