"""Where files lie, and what a version says about them."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from allmende.core.models import Body
from allmende.notices.attachments.errors import FileLost
from allmende.notices.models import Notice, NoticeFile, TextConfirmation


def folder(body: Body) -> Path:
    return Path(settings.UPLOAD_DIR) / body.slug / "files"


def path_of(file: NoticeFile, body: Body) -> Path:
    return folder(body) / str(file.pk)


def opened(file: NoticeFile, body: Body) -> BinaryIO:
    """Raises FileLost: not there, or of another size."""
    try:
        found = path_of(file, body).open("rb")
    except OSError as error:
        raise FileLost from error
    if os.fstat(found.fileno()).st_size != file.size:
        found.close()
        raise FileLost
    return found


def files_of(body: Body, notice_id: UUID) -> list[NoticeFile]:
    """All files of a notice in their order. 1 query."""
    return list(NoticeFile.objects.for_body(body).filter(notice=notice_id))


def lines(files: Iterable[NoticeFile]) -> tuple[dict[str, Any], ...]:
    """What a version says about its files, in their order."""
    return tuple(
        {
            "id": str(file.pk),
            "role": file.role,
            "title": file.title,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in files
    )


def remove_all(notice: Notice, *, body: Body) -> None:
    """Rows now, files after the commit. Inside the transaction that discards or erases the notice."""
    gone = files_of(body, notice.pk)
    NoticeFile.objects.for_body(body).filter(notice=notice).delete()
    TextConfirmation.objects.for_body(body).filter(notice=notice).delete()
    remove_files_after_commit(body, gone)


def remove_files_after_commit(body: Body, files: Sequence[NoticeFile]) -> None:
    """Killed in between, the chore takes them (chores.STRAY)."""
    transaction.on_commit(lambda: remove_files(body, files))


def remove_files(body: Body, files: Iterable[NoticeFile]) -> None:
    """Delete the files whose rows are gone."""
    for file in files:
        path_of(file, body).unlink(missing_ok=True)
