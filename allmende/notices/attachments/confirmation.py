"""Who has compared the text with a scan, and whether somebody still has to."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from allmende.core import audit
from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib import richtext
from allmende.notices import text
from allmende.notices.calendar.decision import of_approver
from allmende.notices.models import Notice, NoticeFile, Revision, TextConfirmation
from allmende.notices.models.file import Role
from allmende.notices.services.draft import Draft
from allmende.notices.services.errors import NotADraft

Of = TextConfirmation.Of


def fingerprint(values: Draft) -> str:
    """Of the wording alone: SHA-256 of its canonical form in hex."""
    return hashlib.sha256(richtext.to_json(text.read(values.content)).encode()).hexdigest()


def scan_to_read(files: Sequence[NoticeFile]) -> NoticeFile | None:
    """The scan that is the only source of the wording; None where text was taken from a file that has some, or nothing was scanned."""
    wording = [file for file in files if file.holds_wording]
    if any(file.taken_at is not None and not file.to_be_read for file in wording):
        return None
    return next((file for file in wording if file.to_be_read), None)


def confirmed(body: Body, notice_id: UUID, values: Draft, of: Of) -> TextConfirmation | None:
    """The last one that holds for this text. 1 query."""
    mine = TextConfirmation.objects.for_body(body).filter(notice=notice_id, of=of, content_sha256=fingerprint(values))
    return mine.select_related("by").first()


def confirm_scan(notice_id: UUID, *, body: Body, version: int, by: Person, at: datetime) -> None:
    """`by` has typed or corrected the text of the version, and compared it with the scan.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NotADraft: submitted or decided meanwhile.
        ChangedMeanwhile: there is another version by now.
    """
    require(by, body, Act.WRITE, at=at)
    with transaction.atomic():
        drafts = Notice.objects.for_body(body).filter(pk=notice_id, state=Notice.State.DRAFT)
        # The same value once more: whoever saves at the same time goes first or waits.
        if not drafts.filter(version=version).update(version=version):
            raise ChangedMeanwhile if drafts.exists() else NotADraft
        _store(notice_id, body=body, version=version, of=Of.SCAN, act="notice.text_confirmed", by=by, at=at)


def wants_original(kind: str, files: Sequence[NoticeFile]) -> bool:
    """Whether the approval needs the statement that the text equals the signed original."""
    return bool(of_approver(kind)) or any(file.role == Role.ORIGINAL for file in files)


def confirm_original(notice_id: UUID, *, body: Body, version: int, by: Person, at: datetime) -> None:
    """In the transaction of the approval, whose right was asked there."""
    _store(notice_id, body=body, version=version, of=Of.ORIGINAL, act="notice.original_confirmed", by=by, at=at)


def _store(notice_id: UUID, *, body: Body, version: int, of: Of, act: str, by: Person, at: datetime) -> None:
    revision = Revision.objects.for_body(body).select_related("author", "notice__record").get(notice=notice_id, version=version)
    sha256 = fingerprint(Draft.of_json(revision.values))
    TextConfirmation.objects.create(notice_id=notice_id, of=of, version=version, content_sha256=sha256, by=by, at=at)
    compared = NoticeFile.objects.for_body(body).filter(notice=notice_id)
    if of == Of.ORIGINAL:
        compared = compared.filter(role=Role.ORIGINAL)
    files = [file.sha256 for file in compared if file.holds_wording]
    audit.note(revision.notice.record, act, revision.audited | {"text": sha256, "files": files}, by=by, at=at)
