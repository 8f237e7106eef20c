"""Every change of files is a version of the notice, with its author: what is approved are the files that were seen."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import F

from allmende.core.models import Body, Person
from allmende.notices.attachments.store import files_of, lines
from allmende.notices.models import Notice, Revision
from allmende.notices.services.draft import Draft
from allmende.notices.services.errors import NotADraft


def begin_version(notice_id: UUID, *, body: Body, at: datetime) -> Notice:
    """The draft, moved on to its next version: whoever saves at the same time goes first or waits. Inside a transaction.

    Raises:
        NotADraft: files change as long as text does.
    """
    drafts = Notice.objects.for_body(body).filter(pk=notice_id, state=Notice.State.DRAFT)
    if not drafts.update(version=F("version") + 1, changed_at=at):
        raise NotADraft
    return drafts.select_related("record").get()


def store_version(notice: Notice, *, body: Body, by: Person, at: datetime) -> None:
    """The version that `begin_version` has opened, with the files as they are now. In the same transaction."""
    before = Revision.objects.for_body(body).get(notice=notice, version=notice.version - 1)
    files = lines(files_of(body, notice.pk))
    values = replace(Draft.of_json(before.values), files=files).as_json()
    # What the editor saved by itself stays now: a version of somebody's files is built on it.
    Revision.objects.for_body(body).filter(pk=before.pk).update(automatic=False)
    Revision.objects.create(notice=notice, version=notice.version, author=by, at=at, values=values)
