"""Files of the publication that nobody needs any more, or that may not be there any more: partial tiles whose full tile is there, what
killed writers have left, what was taken down or erased."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import Chore, lies_since
from allmende.core.models import Record
from allmende.lib import tlog
from allmende.lib.tlog.tiles import HEIGHT
from allmende.publication import files, installation, log, store

KEEP_PARTIAL: Final = timedelta(days=7)  # from the full tile on, for whoever still works with an older checkpoint
LEFT_BEHIND: Final = timedelta(hours=1)  # nobody writes at one file that long


def replaced_tiles(at: datetime) -> Iterator[Path]:
    """Partial tiles and bundles of entries, of all logs, that a full one has replaced.

    A log may delete a partial tile once the full one is available (C2SP tlog-tiles, Partial Tiles), and must not before: each
    belongs to a tree for which a checkpoint was made. Ours counts as available when the tree of the checkpoint that is shown
    has it in full, so that nobody who begins now asks for the partial one, and it has lain there for `KEEP_PARTIAL`.
    """
    for found in installation.logs():
        folder, shown = store.log_dir(found.body), store.read(log.checkpoint_file(found.body))
        if shown is None:
            continue
        with suppress(tlog.TlogError):  # a damaged log stays as it is; `allmende check` names it
            size = tlog.parse_checkpoint(shown)[0].size
            for parts in (folder / "tile").rglob("*.p"):
                full = parts.with_suffix("")
                if _is_replaced(full.relative_to(folder).as_posix(), size) and lies_since(full, at - KEEP_PARTIAL):
                    yield from (part for part in parts.iterdir() if _is_tile(part.relative_to(folder).as_posix()))


def _is_replaced(path: str, size: int) -> bool:
    """Whether `path` is a full tile in a tree of `size` entries."""
    try:
        tile = tlog.parse_path(path)
    except tlog.TlogError:
        return False
    return (tile.index + 1) << HEIGHT * ((tile.level or 0) + 1) <= size


def _is_tile(path: str) -> bool:
    try:
        tlog.parse_path(path)
    except tlog.TlogError:
        return False
    return True


def remove_tiles(found: Sequence[Path], at: datetime) -> None:
    for file in found:
        file.unlink(missing_ok=True)
        with suppress(OSError):  # others are still in it, or somebody else was faster
            file.parent.rmdir()


def left_behind(at: datetime) -> Iterator[Path]:
    """Half-written files of all bodies, and uploads that nobody finished. Others are writing meanwhile: what is young stays."""
    for file in (Path(settings.DATA_DIR) / "unfinished").glob("*/*"):
        if file.suffix != ".lock" and lies_since(file, at - LEFT_BEHIND):
            yield file


def remove_files(found: Sequence[Path], at: datetime) -> None:
    for file in found:
        file.unlink(missing_ok=True)


def closed_records(at: datetime) -> Iterator[Record]:
    """Records of all bodies with a file that may not lie there any more, since whoever should have taken it away was killed."""
    for record in installation.with_removals():
        if any(path.exists() for path in files.unwanted(record)):
            yield record


def clear(records: Sequence[Record], at: datetime) -> None:
    for record in records:
        files.clear(record)


def stray_attachments(at: datetime) -> Iterator[Path]:
    """Files of an approval that was taken back before it was stored."""
    for folder in (Path(settings.DATA_DIR) / "attachments").glob("*/*"):
        if lies_since(folder, at - LEFT_BEHIND) and not installation.has_attachments(UUID(folder.name)):
            yield from folder.iterdir()


TILES = Chore(_("ersetzte Teilkacheln der Protokolle"), replaced_tiles, remove_tiles)
CLOSED = Chore(_("Dateien beendeter Veröffentlichungen"), closed_records, clear)
STRAY = Chore(_("Anlagen ohne Freigabe"), stray_attachments, remove_files)
UNFINISHED = Chore(_("Reste abgebrochener Schreibvorgänge"), left_behind, remove_files)
