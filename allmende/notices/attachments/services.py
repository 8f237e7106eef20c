"""Files come in, change and go as long as the notice is a draft."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from allmende.core import audit
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib.extraction import DATA, Examination, Media, Refused, examine_limited
from allmende.lib.limited import Turn
from allmende.lib.official.attachment import MOST
from allmende.lib.richtext import clean_text
from allmende.notices.attachments.errors import FileRefused, FileThere, TooManyFiles
from allmende.notices.attachments.intake import Received
from allmende.notices.attachments.store import path_of, remove_files
from allmende.notices.attachments.versions import begin_version, store_version
from allmende.notices.models import Notice, NoticeFile
from allmende.notices.models.file import LONGEST_NAME, LONGEST_TITLE, Accessible, Role
from allmende.notices.services.draft import Draft, draft
from allmende.notices.services.errors import NotADraft

MOST_OTHERS: Final = 10  # sources and originals of one notice
_PATIENCE: Final = 60.0  # seconds: whoever has sent 300 MB is not sent away because another file is being examined


def turn() -> Turn:
    """One file of a clerk at a time on this machine."""
    return Turn(settings.DATA_DIR / "intake.lock", patience=_PATIENCE)


def add(notice_id: UUID, *, body: Body, file: Received, role: Role, title: str = "", by: Person, at: datetime) -> NoticeFile:
    """Take a file in for a draft, after a look into it. What is not taken is gone when this raises.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NotADraft: files come in as long as text does.
        FileRefused, FileThere, TooManyFiles
    """
    try:
        return _add(notice_id, body=body, file=file, role=role, title=title, by=by, at=at)
    finally:
        file.discard()


def begin(*, body: Body, file: Received, by: Person, at: datetime) -> NoticeFile:
    """Begin a notice with the file from which its text is to be taken. What is not taken is gone when this raises.

    Raises:
        NotAllowed: `by` may not write in `body`.
        FileRefused
    """
    try:
        require(by, body, Act.WRITE, at=at)
        known = _examined(file, Role.SOURCE)

        def draft_of_it() -> Notice:
            notice = draft(body=body, values=Draft(), by=by, at=at)
            return begin_version(notice.pk, body=body, at=at)

        return _store(_row(known, file, Role.SOURCE, ""), file, draft_of_it, body=body, by=by, at=at)
    finally:
        file.discard()


def _add(notice_id: UUID, *, body: Body, file: Received, role: Role, title: str, by: Person, at: datetime) -> NoticeFile:
    require(by, body, Act.WRITE, at=at)
    if not Notice.objects.for_body(body).filter(pk=notice_id, state=Notice.State.DRAFT).exists():
        raise NotADraft
    have = NoticeFile.objects.for_body(body).filter(notice=notice_id)
    if have.filter(sha256=file.sha256).exists():
        raise FileThere
    _refuse_too_many(have.filter(role=Role.ATTACHMENT).count(), have.exclude(role=Role.ATTACHMENT).count(), role)
    row = _row(_examined(file, role), file, role, title)
    return _store(row, file, lambda: begin_version(notice_id, body=body, at=at), body=body, by=by, at=at)


def _examined(file: Received, role: Role) -> Examination:
    try:
        with file.path.open("rb") as found:
            known = examine_limited(found, turn=turn())
    except Refused as error:
        raise FileRefused(error) from error
    _refuse_data(known.media, role)
    return known


def _refuse_data(media: Media, role: Role) -> None:
    """No wording stands in data: neither a source nor an original."""
    if media in DATA and role != Role.ATTACHMENT:
        raise FileRefused(Refused("only_attachment"))


def _store(row: NoticeFile, file: Received, begun: Callable[[], Notice], *, body: Body, by: Person, at: datetime) -> NoticeFile:
    """The file to its place, then its row and the version in one transaction, which `begun` opens."""
    place = path_of(row, body)
    file.keep(place)
    try:
        with transaction.atomic():
            notice = begun()
            row.notice, row.uploaded_by, row.uploaded_at = notice, by, at
            have = NoticeFile.objects.for_body(body).filter(notice=notice)
            row.position = (have.aggregate(last=Max("position"))["last"] or 0) + 1
            row.save(force_insert=True)
            store_version(notice, body=body, by=by, at=at)
            audit.note(notice.record, "notice.file_added", _told(row), by=by, at=at)
    except BaseException as error:
        place.unlink(missing_ok=True)
        if isinstance(error, IntegrityError):  # the same file arrived twice at once
            raise FileThere from error
        raise
    return row


def _refuse_too_many(attachments: int, others: int, role: Role) -> None:
    if attachments >= MOST if role == Role.ATTACHMENT else others >= MOST_OTHERS:
        raise TooManyFiles


def _row(known: Examination, file: Received, role: Role, title: str) -> NoticeFile:
    name = clean_text(Path((file.name or "").replace("\\", "/")).name)[-LONGEST_NAME:] or "Datei"
    accessible = {True: Accessible.YES, False: Accessible.NO, None: Accessible.UNKNOWN}[known.accessible]
    return NoticeFile(
        pk=uuid4(),
        role=role,
        title=clean_text(title)[:LONGEST_TITLE] or title_from(name),
        name=name,
        media=known.media.value,
        size=file.size or 0,
        sha256=file.sha256,
        accessible=accessible,
        pages=known.pages,
        findings=[finding.as_json() for finding in known.findings],
    )


def title_from(name: str) -> str:
    """A title to begin with: 'Lageplan_Blatt-2.pdf' is 'Lageplan Blatt-2'."""
    return clean_text(Path(name).stem.replace("_", " "))[:LONGEST_TITLE] or name


def _told(file: NoticeFile) -> dict[str, object]:
    return {"file": str(file.pk), "role": file.role, "title": file.title, "name": file.name, "size": file.size, "sha256": file.sha256}


def change(file_id: UUID, *, body: Body, title: str, role: Role, by: Person, at: datetime) -> None:
    """Name a file anew, or say what it is for. Nothing changed: nothing saved.

    Raises:
        NotAllowed, NotADraft: see add.
        TooManyFiles: of the new role.
        FileRefused: data is an attachment or nothing.
    """
    require(by, body, Act.WRITE, at=at)
    rows = NoticeFile.objects.for_body(body)
    file = rows.filter(pk=file_id).first()
    title = clean_text(title)[:LONGEST_TITLE]
    if file is None or not title or (file.title, file.role) == (title, role):
        return
    _refuse_data(Media(file.media), role)
    with transaction.atomic():
        notice = begin_version(file.notice_id, body=body, at=at)
        others = rows.filter(notice=notice).exclude(pk=file_id)
        if role != file.role:
            _refuse_too_many(others.filter(role=Role.ATTACHMENT).count(), others.exclude(role=Role.ATTACHMENT).count(), role)
        rows.filter(pk=file_id).update(title=title, role=role)
        store_version(notice, body=body, by=by, at=at)
        before = {"title": file.title, "role": file.role}
        audit.note(
            notice.record, "notice.file_changed", {"file": str(file_id), "title": title, "role": role, "before": before}, by=by, at=at
        )


def move(file_id: UUID, *, body: Body, up: bool, by: Person, at: datetime) -> None:
    """Change places with the next one of the same role above or below; at the end nothing happens.

    Raises:
        NotAllowed, NotADraft: see add.
    """
    require(by, body, Act.WRITE, at=at)
    rows = NoticeFile.objects.for_body(body)
    file = rows.filter(pk=file_id).first()
    if file is None:
        return
    with transaction.atomic():
        notice = begin_version(file.notice_id, body=body, at=at)
        order = list(rows.filter(notice=notice, role=file.role))
        at_now = next(index for index, one in enumerate(order) if one.pk == file_id)
        other = at_now - 1 if up else at_now + 1
        if not 0 <= other < len(order):
            transaction.set_rollback(True)
            return
        places = sorted(one.position for one in order)
        order[at_now], order[other] = order[other], order[at_now]
        for place, one in zip(places, order, strict=True):
            rows.filter(pk=one.pk).update(position=place)
        store_version(notice, body=body, by=by, at=at)


def remove(file_id: UUID, *, body: Body, by: Person, at: datetime) -> None:
    """Take a file away.

    Raises:
        NotAllowed, NotADraft: see add.
    """
    require(by, body, Act.WRITE, at=at)
    file = NoticeFile.objects.for_body(body).filter(pk=file_id).first()
    if file is None:
        return
    with transaction.atomic():
        notice = begin_version(file.notice_id, body=body, at=at)
        NoticeFile.objects.for_body(body).filter(pk=file_id).delete()
        store_version(notice, body=body, by=by, at=at)
        audit.note(notice.record, "notice.file_removed", _told(file), by=by, at=at)
    remove_files(body, [file])
