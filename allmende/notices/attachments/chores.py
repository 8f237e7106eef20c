"""Files that nothing needs any more: halves of uploads, files whose row is gone, sources some time after publication."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from allmende.core import audit
from allmende.core.housekeeping import DAY, Chore, lies_since
from allmende.core.models import Body
from allmende.notices.attachments.store import folder, remove_files
from allmende.notices.models import Notice, NoticeFile
from allmende.notices.models.file import Role

HALF: Final = timedelta(hours=1)  # nobody has sent a byte for that long


class Served(NamedTuple):
    """A source whose notice is public long enough."""

    body: Body
    file: UUID


def served(at: datetime) -> Iterator[Served]:
    """Sources of all bodies: the text is public, nobody compares any more. 1 query; 1 more for each body with some."""
    before = at - settings.KEEP_UNUSED_PICTURES
    old = Q(role=Role.SOURCE, notice__state=Notice.State.PUBLIC, notice__provided_at__lt=before)
    for body in Body.objects.filter(Exists(NoticeFile.objects.of_outer(notice__record__body=OuterRef("pk")).filter(old))).order_by("pk"):
        for pk in NoticeFile.objects.for_body(body).filter(old).order_by("pk").values_list("pk", flat=True):
            yield Served(body, pk)


def remove_served(found: Sequence[Served], at: datetime) -> None:
    for body, pk in found:
        with transaction.atomic():
            file = NoticeFile.objects.for_body(body).select_related("notice__record").filter(pk=pk).first()
            if file is None:
                continue
            NoticeFile.objects.for_body(body).filter(pk=pk).delete()
            audit.note(file.notice.record, "notice.file_removed", {"file": str(pk), "sha256": file.sha256, "served": True}, by=None, at=at)
        remove_files(body, [file])


def stray(at: datetime) -> Iterator[Path]:
    """Half of an upload whose sender or writer was gone, or a file without its row."""
    for body in Body.objects.order_by("pk"):
        place = folder(body)
        old = [file for file in place.iterdir() if lies_since(file, at - HALF)] if place.is_dir() else []
        yield from (file for file in old if file.name.startswith("."))
        named = [file for file in old if not file.name.startswith(".") and lies_since(file, at - DAY)]
        if named:
            have = {str(pk) for pk in NoticeFile.objects.for_body(body).values_list("pk", flat=True)}
            yield from (file for file in named if file.name not in have)


def remove_stray(files: Sequence[Path], at: datetime) -> None:
    for file in files:
        file.unlink(missing_ok=True)


SERVED = Chore(_("Vorlagen veröffentlichter Bekanntmachungen"), served, remove_served, every=DAY)
STRAY = Chore(_("Hochgeladene Dateien ohne Eintrag"), stray, remove_stray, every=DAY)
