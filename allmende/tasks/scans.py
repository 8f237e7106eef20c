"""Files of the evidence: kept bit by bit as they came, outside everything that is served as it is."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import DAY, Chore, lies_since
from allmende.core.models import Body
from allmende.tasks.errors import NotAScan, ScanTooLarge
from allmende.tasks.models import Entry, Scan

MAX_BYTES: Final = 20 * 1024 * 1024
BEGINNINGS: Final = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
SUFFIXES: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
WRITING: Final = timedelta(hours=1)  # nobody writes one file that long


def folder(body: Body) -> Path:
    return Path(settings.UPLOAD_DIR) / body.slug / "evidence"


def file_of(scan: UUID, body: Body) -> Path:
    return folder(body) / str(scan)


def type_of(data: bytes) -> str:
    """By its content, whatever its name says.

    Raises:
        NotAScan, ScanTooLarge
    """
    if len(data) > MAX_BYTES:
        raise ScanTooLarge
    for beginning, media_type in BEGINNINGS.items():
        if data.startswith(beginning):
            return media_type
    raise NotAScan


def new(name: str, data: bytes, *, body: Body) -> Scan:
    """Write the file durably and return its row, not saved yet. Outside a transaction.

    Raises:
        NotAScan, ScanTooLarge
    """
    media_type = type_of(data)
    shown = PurePosixPath(name.replace("\\", "/")).name[-120:] or "Nachweis"
    scan = Scan(name=shown, media_type=media_type, size=len(data), sha256=hashlib.sha256(data).hexdigest())
    place = file_of(scan.pk, body)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as half:
        half.write(data)
        half.flush()
        os.fsync(half.fileno())
    os.replace(half.name, place)
    return scan


def attach(scan: Scan, entry: Entry) -> None:
    scan.entry = entry
    scan.save(force_insert=True)


def read(scan: Scan, body: Body) -> bytes | None:
    """The file, or None where it is lost or not the one that came."""
    try:
        data = file_of(scan.pk, body).read_bytes()
    except FileNotFoundError:
        return None
    return data if hashlib.sha256(data).hexdigest() == scan.sha256 else None


def remove_files(scans: Sequence[UUID], body: Body) -> None:
    for scan in scans:
        file_of(scan, body).unlink(missing_ok=True)


def stray(at: datetime) -> Iterator[Path]:
    """Files without their row, of all bodies: what a writer left that was killed, or that came with evidence which was refused."""
    for body in Body.objects.order_by("pk"):
        found = [file for file in folder(body).glob("*") if lies_since(file, at - WRITING)]
        if found:
            have = {str(pk) for pk in Scan.objects.for_body(body).values_list("pk", flat=True)}
            yield from (file for file in found if file.name not in have)


def remove_stray(files: Sequence[Path], at: datetime) -> None:
    for file in files:
        file.unlink(missing_ok=True)


STRAY = Chore(_("Dateien ohne Nachweis"), stray, remove_stray, every=DAY)
