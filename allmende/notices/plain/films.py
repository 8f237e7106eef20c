"""Films in the folder of the office: where they lie, how they come in, how they go."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import DAY, Chore, lies_since
from allmende.core.models import Body
from allmende.lib.video import Media, Video, VideoRefused, clean, examine
from allmende.notices.attachments.intake import Received
from allmende.notices.models import Explanation
from allmende.notices.plain.errors import FilmRefused

TYPES: Final = {Media.MP4: "video/mp4", Media.WEBM: "video/webm"}
LEAST: Final = (320, 240)  # pixels, Anlage 2 Teil 1 Nr. 5 BITV 2.0
HALF: Final = timedelta(hours=1)  # nobody has sent a byte for that long


def folder(body: Body) -> Path:
    return Path(settings.UPLOAD_DIR) / body.slug / "films"


def path_of(body: Body, film: UUID) -> Path:
    return folder(body) / str(film)


def examined(file: Received) -> tuple[Video, str, int]:
    """What the film is, its SHA-256 and size, after what tells of place and camera was blanked in it.

    Raises:
        FilmRefused
    """
    with file.path.open("r+b") as opened:
        try:
            video = examine(opened)
        except VideoRefused as refused:
            raise FilmRefused.of(refused) from refused
        if video.width < LEAST[0] or video.height < LEAST[1]:
            raise FilmRefused("small")
        if video.blanks:
            clean(opened, video)
            os.fsync(opened.fileno())
        opened.seek(0)
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return video, digest, os.fstat(opened.fileno()).st_size


def linked(body: Body, film: UUID) -> UUID:
    """The same film once more under another id, without copying a byte: versions go one by one."""
    other = uuid4()
    os.utime(path_of(body, film))  # both are one file: the chore that looks for strays leaves it for a day
    os.link(path_of(body, film), path_of(body, other))
    return other


def remove_after_commit(body: Body, films: Iterable[UUID | None]) -> None:
    """Killed in between, the chore takes them."""
    gone = [film for film in films if film is not None]
    transaction.on_commit(lambda: remove(body, gone))


def remove(body: Body, films: Iterable[UUID]) -> None:
    for film in films:
        path_of(body, film).unlink(missing_ok=True)


def stray(at: datetime) -> Iterator[Path]:
    """Half of an upload whose sender or writer was gone, or a film without its row."""
    for body in Body.objects.order_by("pk"):
        place = folder(body)
        old = [file for file in place.iterdir() if lies_since(file, at - HALF)] if place.is_dir() else []
        yield from (file for file in old if file.name.startswith("."))
        named = [file for file in old if not file.name.startswith(".") and lies_since(file, at - DAY)]
        if named:
            have = {str(film) for film in Explanation.objects.for_body(body).exclude(film=None).values_list("film", flat=True)}
            yield from (file for file in named if file.name not in have)


def remove_stray(files: Sequence[Path], at: datetime) -> None:
    for file in files:
        file.unlink(missing_ok=True)


STRAY = Chore(_("Videos ohne Eintrag"), stray, remove_stray, every=DAY)
