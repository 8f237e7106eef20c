"""Files of the log: the checkpoint is one of ours; each tile that lies there is byte for byte what follows from the rows, none is
missing, and nothing else lies there. And every checkpoint can be proven from them."""

from collections.abc import Iterator
from itertools import accumulate, islice

from allmende.core.models import Body
from allmende.lib import tlog
from allmende.lib.tlog.tiles import WIDTH, decode_bundle
from allmende.publication import log, store
from allmende.publication.check.reporting import MOST, STEP, Progress
from allmende.publication.models import Checkpoint, Cosignature, LogEntry

_Place = tuple[int | None, int]  # level (None: the entries) and index of a tile
_Stored = dict[_Place, dict[int, str]]  # what lies there: for each tile the name by its width


def problems(body: Body, tell: Progress) -> Iterator[str]:
    shown = store.read(log.checkpoint_file(body))
    if shown is not None:
        yield from _shown(body, shown)
    # A worker that goes on meanwhile has its rows before its files, and its files before the checkpoint.
    newest = log.last_checkpoint(body)
    stored, foreign = _stored(body)
    yield from (f"{name} does not belong to the log" for name in foreign)
    if newest is not None:
        yield from _missing(newest.size, stored)
    yield from islice(_differing(body, stored, tell), MOST)


def _shown(body: Body, shown: bytes) -> Iterator[str]:
    """The file checkpoint is one of our checkpoints, with cosignatures that we know. One that is not there yet comes with the next call."""
    try:
        head, _ = tlog.parse_checkpoint(shown)
    except tlog.TlogError as error:
        yield f"the file checkpoint: {error}"
        return
    checkpoint = Checkpoint.objects.for_body(body).filter(size=head.size).first()
    own = bytes(checkpoint.note) if checkpoint else b""
    if not own or not shown.startswith(own):
        yield "the file checkpoint is none of the checkpoints"
        return
    known = Cosignature.objects.for_body(body).filter(checkpoint=checkpoint).order_by("vkey").values_list("line", flat=True)
    shown_lines = shown[len(own) :].decode("utf-8", "replace").splitlines(keepends=True)
    if shown_lines != [line for line in known if line in shown_lines]:
        yield "the file checkpoint carries signatures that are not those of its witnesses"


def _stored(body: Body) -> tuple[_Stored, list[str]]:
    """What lies in the folder of the log, and the names of what is no tile."""
    folder = store.log_dir(body)
    stored: _Stored = {}
    foreign: list[str] = []
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        name = path.relative_to(folder).as_posix()
        if name == log.CHECKPOINT or (path.is_dir() and not path.is_symlink()):
            continue
        try:
            tile = tlog.parse_path(name)
        except tlog.TlogError:
            foreign.append(name)
        else:
            stored.setdefault((tile.level, tile.index), {})[tile.width] = name
    return stored, foreign


def _missing(size: int, stored: _Stored) -> Iterator[str]:
    absent = (
        f"{tile.path} is missing"
        for tile in tlog.tiles_of(size)
        if not {tile.width, WIDTH} & stored.get((tile.level, tile.index), {}).keys()
    )
    yield from islice(absent, MOST)


def _differing(body: Body, stored: _Stored, tell: Progress) -> Iterator[str]:
    """Each stored file against the bytes that follow from the rows: also those that a larger tree has replaced, and those of a
    tree whose checkpoint a killed worker has not signed yet."""
    on_disk, done, pending = log.reader(body), 0, dict(stored)
    total = LogEntry.objects.for_body(body).count()
    edge: dict[_Place, tuple[str, bytes]] = {}
    while done < total:
        rows = LogEntry.objects.for_body(body).filter(index__gte=done, index__lt=min(done + STEP, total)).order_by("index")
        entries = [bytes(entry) for entry in rows.values_list("entry", flat=True)]
        if not entries:
            return  # told already: there are not enough entries
        known = dict(edge.values())
        grown = tlog.extend(lambda path, known=known: known.get(path), done, entries)  # type: ignore[misc]
        done = grown.size
        for name, data in grown.files.items():
            tile = tlog.parse_path(name)
            place = (tile.level, tile.index)
            if tile.width == WIDTH:
                edge.pop(place, None)
                yield from _compared(on_disk, pending.pop(place, {}), tile, data)
            else:
                edge[place] = name, data
        tell("files", done, total)
    for place, (name, data) in edge.items():
        yield from _compared(on_disk, pending.pop(place, {}), tlog.parse_path(name), data)
    yield from (f"{name} does not belong to the log" for names in pending.values() for name in names.values())


def _compared(on_disk: tlog.Read, names: dict[int, str], tile: tlog.Tile, data: bytes) -> Iterator[str]:
    """The files of one tile, in all widths in which it lies there. `data`: as wide as it can be now."""
    ends = _ends(data, tile)
    for width, name in sorted(names.items()):
        there = on_disk(name)
        if width > tile.width:
            yield f"{name} does not belong to the log"
        elif there is not None and there != data[: ends[width]]:  # None: a chore has cleared it away meanwhile
            yield f"{name} is not what follows from the entries"


def _ends(data: bytes, tile: tlog.Tile) -> list[int]:
    """How many bytes the first n hashes or entries take."""
    if tile.level is not None:
        return list(range(0, len(data) + 1, 32))
    return list(accumulate((2 + len(entry) for entry in decode_bundle(data)), initial=0))


def unproven(body: Body, tell: Progress) -> Iterator[str]:
    """Every checkpoint that was ever shown can still be proven: its partial tiles are there, or the full ones are, and the files that
    are there give its root."""
    folder, on_disk = store.log_dir(body), log.reader(body)
    heads = list(Checkpoint.objects.for_body(body).order_by("size").values_list("size", "root"))
    for number, (size, root) in enumerate(heads, start=1):
        for tile in _edge_of(size):
            if not (folder / tile.path).is_file() and not (folder / tile.full.path).is_file():
                yield f"{tile.path} is missing for checkpoint {size}"
        try:
            if tlog.root(on_disk, size) != bytes(root):
                yield f"the files give another root for checkpoint {size}"
        except tlog.TlogError as error:
            yield f"checkpoint {size}: {error}"
        if number % STEP == 0:
            tell("checkpoints", number, len(heads))


def _edge_of(size: int) -> Iterator[tlog.Tile]:
    """The partial tiles and the partial bundle of a tree."""
    if size % WIDTH:
        yield tlog.Tile(None, *divmod(size, WIDTH))
    level, hashes = 0, size
    while hashes:
        if hashes % WIDTH:
            yield tlog.Tile(level, *divmod(hashes, WIDTH))
        level, hashes = level + 1, hashes // WIDTH
