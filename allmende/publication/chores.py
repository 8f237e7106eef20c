"""Files of the publication that nobody needs any more: partial tiles whose full tile is there, and what killed writers have left."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import Chore, lies_since
from allmende.lib import tlog
from allmende.lib.tlog.tiles import HEIGHT
from allmende.publication import installation, log, store

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


def remove_tiles(files: Sequence[Path], at: datetime) -> None:
    for file in files:
        file.unlink(missing_ok=True)
        with suppress(OSError):  # others are still in it, or somebody else was faster
            file.parent.rmdir()


def left_behind(at: datetime) -> Iterator[Path]:
    """Half-written files of all bodies, and uploads that nobody finished. Others are writing meanwhile: what is young stays."""
    for file in (Path(settings.DATA_DIR) / "unfinished").glob("*/*"):
        if file.suffix != ".lock" and lies_since(file, at - LEFT_BEHIND):
            yield file


def remove_files(files: Sequence[Path], at: datetime) -> None:
    for file in files:
        file.unlink(missing_ok=True)


TILES = Chore(_("ersetzte Teilkacheln der Protokolle"), replaced_tiles, remove_tiles)
UNFINISHED = Chore(_("Reste abgebrochener Schreibvorgänge"), left_behind, remove_files)
