"""Pictures that came in and were never used, and files whose picture is gone."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from allmende.core import audit
from allmende.core.housekeeping import DAY, Chore, lies_since
from allmende.core.models import Body
from allmende.notices.models import Explanation, Notice, Picture, Revision
from allmende.notices.services import pictures

HALF: Final = timedelta(hours=1)  # nobody takes in one picture that long
LOOKED_BACK: Final = timedelta(days=365)  # a decided text never changes: what it used a year ago it still uses


class Unused(NamedTuple):
    """A picture in no version of its notice, as the notice was when that was found."""

    body: Body
    notice: UUID
    version: int
    picture: UUID


def unused(at: datetime) -> Iterator[Unused]:
    """Pictures of all bodies, taken in before the time set, that no version of the text shows.

    1 query; for each body with an old picture 1 more, and 2 for each of its notices with one.
    """
    before = at - settings.KEEP_UNUSED_PICTURES
    open_or_recent = Q(notice__state__in=[Notice.State.DRAFT, Notice.State.SUBMITTED]) | Q(uploaded_at__gte=before - LOOKED_BACK)
    old = Q(open_or_recent, uploaded_at__lt=before)
    for body in Body.objects.filter(Exists(Picture.objects.of_outer(notice__record__body=OuterRef("pk")).filter(old))).order_by("pk"):
        rows_of_all = Picture.objects.for_body(body).filter(old).order_by("notice_id", "pk")
        found = list(rows_of_all.values_list("notice_id", "notice__version", "pk"))
        for (notice, version), rows in groupby(found, key=lambda row: row[:2]):
            versions = _versions(body, notice)
            yield from (Unused(body, notice, version, picture) for *_same, picture in rows if str(picture) not in versions)


def _versions(body: Body, notice: UUID) -> str:
    """All versions of a notice and of its explanations in one text, in which its pictures are looked for: whatever the form of an old
    one, it is read. 2 queries.
    """
    contents = Revision.objects.for_body(body).filter(notice=notice).values_list("values__content", flat=True)
    explained = Explanation.objects.for_body(body).filter(notice=notice).values_list("content", flat=True)
    return "\n".join(map(str, (*contents, *explained))).lower()


def remove_unused(found: Sequence[Unused], at: datetime) -> None:
    for body, notice, version, picture in found:
        with transaction.atomic():
            # Whoever saved a version meanwhile moved it on; whoever saves one now waits for this.
            mine = Notice.objects.for_body(body).filter(pk=notice, version=version)
            if not mine.update(version=F("version")) or str(picture) in _versions(body, notice):
                continue
            gone = list(Picture.objects.for_body(body).filter(pk=picture))
            if gone:
                Picture.objects.for_body(body).filter(pk=picture).delete()
                record = mine.select_related("record").get().record
                audit.note(record, "notice.picture_removed", {"picture": str(picture), "unused": True}, by=None, at=at)
        pictures.remove_files(body, gone)


def stray(at: datetime) -> Iterator[Path]:
    """Files in the folders of the uploads: half of one whose writer was killed, or one without its row."""
    for body in Body.objects.order_by("pk"):
        folder = pictures.folder(body)
        old = [file for file in folder.iterdir() if lies_since(file, at - HALF)] if folder.is_dir() else []
        yield from (file for file in old if file.name.startswith("."))
        named = {file.name: file for file in old if _is_id(file.name) and lies_since(file, at - settings.KEEP_UNUSED_PICTURES)}
        if named:
            have = {str(pk) for pk in Picture.objects.for_body(body).values_list("pk", flat=True)}
            yield from (file for name, file in named.items() if name not in have)


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def remove_stray(files: Sequence[Path], at: datetime) -> None:
    for file in files:
        file.unlink(missing_ok=True)


UNUSED = Chore(_("Bilder, die kein Text zeigt"), unused, remove_unused, every=DAY)
STRAY = Chore(_("Dateien ohne Bild"), stray, remove_stray, every=DAY)
