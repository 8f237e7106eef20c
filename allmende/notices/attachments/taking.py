"""Text of a file into the draft: shown first, replaced only when asked, and the version before stays."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from allmende.core import audit
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib.extraction import Extract, Refused, extract_limited
from allmende.lib.richtext import Document, clean_text
from allmende.notices import text
from allmende.notices.attachments.errors import FileRefused, NothingToTake, WayMissing
from allmende.notices.attachments.services import turn
from allmende.notices.attachments.store import opened
from allmende.notices.models import NoticeFile, Revision
from allmende.notices.services.draft import Draft, edit


class Way(StrEnum):
    """What becomes of text that is there."""

    REPLACE = "replace"
    APPEND = "append"


def extract_of(file: NoticeFile, body: Body) -> Extract:
    """The text of a file. A second or two, for a long PDF up to a minute: never inside a transaction.

    Raises:
        FileRefused: none can be taken from it.
        FileLost
    """
    with opened(file, body) as found:
        try:
            return extract_limited(found, turn=turn())
        except Refused as error:
            raise FileRefused(error) from error


def take(file_id: UUID, *, body: Body, version: int, way: Way | None, title: str, by: Person, at: datetime) -> int:
    """Put the text of the file into the version that `by` has seen. Returns the version that is current now.

    `way` may be None where the draft has no text yet. `title`: of the draft; empty leaves it as it is.

    Raises:
        NotAllowed: `by` may not write in `body`.
        WayMissing: there is text, and `way` is None.
        NothingToTake: the file has no text.
        FileRefused, FileLost: see extract_of.
        NotADraft, ChangedMeanwhile: see edit.
    """
    require(by, body, Act.WRITE, at=at)
    file = NoticeFile.objects.for_body(body).select_related("notice__record").get(pk=file_id)
    revision = Revision.objects.for_body(body).get(notice=file.notice_id, version=version)
    values = Draft.of_json(revision.values)
    there = text.read(values.content)
    if there.blocks and way is None:
        raise WayMissing
    taken = extract_of(file, body).document
    if not taken.blocks:
        raise NothingToTake
    document = Document((*there.blocks, *taken.blocks)) if way is Way.APPEND else taken
    values = replace(values, title=clean_text(title)[:300] or values.title, content=text.write(document))
    with transaction.atomic():
        current = edit(file.notice_id, body=body, version=version, values=values, by=by, at=at)
        NoticeFile.objects.for_body(body).filter(pk=file_id).update(taken_at=at, taken_by=by)
        told = {"file": str(file_id), "sha256": file.sha256, "version": current, "way": way or Way.REPLACE}
        audit.note(file.notice.record, "notice.text_taken", told, by=by, at=at)
    return current
