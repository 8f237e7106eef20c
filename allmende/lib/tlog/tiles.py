"""Tiles and entry bundles (C2SP tlog-tiles): how a log lies in files, and how it grows.

Paths are relative to the prefix of the log: `tile/0/x001/234`, `tile/0/000.p/17`, `tile/entries/000.p/17`.
`read` gets such a path and returns the bytes of the file, or None if there is no such file.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from allmende.lib.tlog.errors import TlogError
from allmende.lib.tlog.hashes import EMPTY_ROOT, HASH, leaf_hash, node_hash, perfect_root, split

Read = Callable[[str], bytes | None]

HEIGHT: Final = 8
WIDTH: Final = 256
MAX_ENTRY: Final = 65_535

_PATH = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


@dataclass(frozen=True)
class Tile:
    """A tile of hashes (`level` 0 to 63) or a bundle of entries (`level` None), `width` 1 to 256."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        groups = [f"{self.index % 1000:03}"]
        rest = self.index // 1000
        while rest:
            groups.insert(0, f"x{rest % 1000:03}")
            rest //= 1000
        level = "entries" if self.level is None else self.level
        return f"tile/{level}/{'/'.join(groups)}" + ("" if self.width == WIDTH else f".p/{self.width}")

    @property
    def full(self) -> "Tile":
        return Tile(self.level, self.index)


def parse_path(path: str) -> Tile:
    """Read the path of a tile or bundle; there is one spelling for each. Raises TlogError: `malformed`."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise TlogError("malformed", "not the path of a tile")
    level, groups, width = found.groups()
    tile = Tile(None if level == "entries" else int(level), int(groups.replace("x", "").replace("/", "")), int(width or WIDTH))
    if tile.path != path or (tile.level or 0) > 63 or (width is not None and tile.width >= WIDTH):
        raise TlogError("malformed", "not the path of a tile")
    return tile


def tiles_of(size: int) -> Iterable[Tile]:
    """Every tile and every bundle of a tree of `size` leaves: bundles first, then level by level."""
    yield from _row(None, size)
    level = 0
    while size >> (HEIGHT * level):
        yield from _row(level, size >> (HEIGHT * level))
        level += 1


def _row(level: int | None, hashes: int) -> Iterable[Tile]:
    for index in range(hashes // WIDTH):
        yield Tile(level, index)
    if hashes % WIDTH:
        yield Tile(level, hashes // WIDTH, hashes % WIDTH)


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Each entry with its length before it, two bytes, big-endian. Raises TlogError: `too_long` (over 65,535 bytes)."""
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise TlogError("too_long", f"an entry of {len(entry)} bytes: at most {MAX_ENTRY}")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def decode_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle, 1 to 256. Raises TlogError: `malformed`."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data) or len(entries) == WIDTH:
            raise TlogError("malformed", "a bundle that is cut off or too long")
        entries.append(data[at + 2 : end])
        at = end
    if not entries:
        raise TlogError("malformed", "an empty bundle")
    return entries


class TileReader:
    """Hashes of the tree of `size` leaves, read from its tiles. Reads each tile once."""

    def __init__(self, read: Read, size: int) -> None:
        if size < 0:
            raise TlogError("bad_range", "a negative size")
        self._read = read
        self._rows: dict[tuple[int, int], list[bytes]] = {}
        self._nodes: dict[tuple[int, int], bytes] = {}
        self.size = size

    def tile(self, level: int, index: int) -> list[bytes]:
        """The hashes of a tile as wide as the tree makes it. Raises TlogError: `missing`, `damaged`."""
        known = self._rows.get((level, index))
        if known is None:
            width = min(WIDTH, (self.size >> (HEIGHT * level)) - index * WIDTH)
            data = self._file(Tile(level, index, width))
            if len(data) < width * HASH or len(data) % HASH:
                raise TlogError("damaged", f"{Tile(level, index, width).path} has {len(data)} bytes")
            known = [data[i * HASH : (i + 1) * HASH] for i in range(width)]
            self._rows[level, index] = known
        return known

    def entries(self, index: int) -> list[bytes]:
        """The entries of a bundle as wide as the tree makes it. Raises TlogError: `missing`, `damaged`."""
        width = min(WIDTH, self.size - index * WIDTH)
        tile = Tile(None, index, width)
        try:
            found = decode_bundle(self._file(tile))
        except TlogError as error:
            raise error if error.code == "missing" else TlogError("damaged", tile.path) from None
        if len(found) < width:
            raise TlogError("damaged", f"{tile.path} has {len(found)} entries")
        return found[:width]

    def _file(self, tile: Tile) -> bytes:
        data = self._read(tile.path)
        if data is not None:
            exact = len(data) == tile.width * HASH or tile.level is None
            if not exact:
                raise TlogError("damaged", f"{tile.path} has {len(data)} bytes")
            return data
        # A partial tile may be deleted once the full one is there, which begins with the same hashes.
        data = None if tile.width == WIDTH else self._read(tile.full.path)
        if data is None:
            raise TlogError("missing", tile.path)
        return data

    def node(self, height: int, index: int) -> bytes:
        """The hash over leaves [index * 2**height, (index + 1) * 2**height), all inside the tree."""
        known = self._nodes.get((height, index))
        if known is None:
            level, above = divmod(height, HEIGHT)
            first = index << above
            row = self.tile(level, first // WIDTH)
            start = first % WIDTH
            known = self._nodes[height, index] = perfect_root(row[start : start + (1 << above)])
        return known

    def span(self, start: int, end: int) -> bytes:
        """The hash over leaves [start, end), where `start` is a multiple of the power of two at or above the length."""
        length = end - start
        if length & (length - 1) == 0:
            height = length.bit_length() - 1
            return self.node(height, start >> height)
        middle = start + split(length)
        return node_hash(self.span(start, middle), self.span(middle, end))

    def root(self) -> bytes:
        return self.span(0, self.size) if self.size else EMPTY_ROOT

    def grown(self, size: int, rows: dict[tuple[int, int], list[bytes]]) -> "TileReader":
        """A reader of a longer tree, with its new tiles in `rows`; what this one has read or computed is not read again."""
        longer = TileReader(self._read, size)
        longer._nodes = self._nodes  # a node is over a full range of leaves: it never changes
        longer._rows = self._rows | rows  # a tile that is not in `rows` is as wide as before
        return longer


def root(read: Read, size: int) -> bytes:
    """Root of the tree of `size` leaves; reads one tile per level. Raises TlogError: `missing`, `damaged`, `bad_range`."""
    return TileReader(read, size).root()


def read_entry(read: Read, index: int, size: int) -> bytes:
    """The entry at `index` in the tree of `size` leaves. Raises TlogError: `bad_range`, `missing`, `damaged`."""
    if not 0 <= index < size:
        raise TlogError("bad_range", f"index {index} in a tree of {size}")
    reader = TileReader(read, size)
    entry = reader.entries(index // WIDTH)[index % WIDTH]
    if leaf_hash(entry) != reader.tile(0, index // WIDTH)[index % WIDTH]:
        raise TlogError("damaged", f"entry {index} is not the one its tile was made for")
    return entry


@dataclass(frozen=True)
class Extension:
    """What a longer log needs: `files` in the order in which they must be written; the checkpoint comes after them.

    The same call gives the same files, so that a writer that was interrupted simply writes them again.
    No file that a smaller tree needs is ever changed: a tile that grows gets a new path.
    """

    files: dict[str, bytes]
    size: int
    root: bytes
    old_root: bytes


def extend(read: Read, old_size: int, entries: Sequence[bytes], *, old_root: bytes | None = None) -> Extension:
    """Append `entries` to the tree of `old_size` leaves. Reads and writes O(log n) tiles for one entry.

    What is read is checked before anything is built on it: entries against their tile, the right edge of
    all levels against `old_root`, if given.

    Raises:
        TlogError: `missing`, `damaged` (a file is not what `old_size` or `old_root` demands), `too_long`, `bad_range`.
    """
    old = TileReader(read, old_size)
    before = old.root()
    if old_root is not None and old_root != before:
        raise TlogError("damaged", f"the tiles do not give the root of size {old_size}")
    if not entries:
        return Extension({}, old_size, before, before)

    size = old_size + len(entries)
    files: dict[str, bytes] = {}
    first, used = divmod(old_size, WIDTH)
    kept: list[bytes] = []
    if used:
        kept = old.entries(first)
        if [leaf_hash(entry) for entry in kept] != old.tile(0, first):
            raise TlogError("damaged", f"{Tile(None, first, used).path} holds other entries than its tile was made for")
    bundled = kept + list(entries)
    for tile in _from(None, first, size):
        start = (tile.index - first) * WIDTH
        files[tile.path] = encode_bundle(bundled[start : start + tile.width])

    level, fresh = 0, [leaf_hash(entry) for entry in entries]
    rows: dict[tuple[int, int], list[bytes]] = {}
    while fresh:
        first, used = divmod(old_size >> (HEIGHT * level), WIDTH)
        hashes = (old.tile(level, first) if used else []) + fresh
        fresh = []
        for tile in _from(level, first, size >> (HEIGHT * level)):
            start = (tile.index - first) * WIDTH
            row = hashes[start : start + tile.width]
            rows[level, tile.index] = row
            files[tile.path] = b"".join(row)
            if tile.width == WIDTH:
                fresh.append(perfect_root(row))
        level += 1

    return Extension(files, size, old.grown(size, rows).root(), before)


def _from(level: int | None, first: int, hashes: int) -> Iterable[Tile]:
    """The tiles of a row of `hashes` hashes from index `first` on."""
    for index in range(first, hashes // WIDTH):
        yield Tile(level, index)
    if hashes % WIDTH:
        yield Tile(level, hashes // WIDTH, hashes % WIDTH)


def check_files(read: Read, size: int, root: bytes, *, on_bundle: Callable[[int, list[bytes]], None] | None = None) -> None:
    """Replay the whole log: every entry, every tile, the root. `on_bundle` gets the index of the first entry and the entries.

    Raises:
        TlogError: `missing` or `damaged`, with the path of the first file that is wrong.
    """
    reader = TileReader(read, size)
    level, count, row = 0, size, [b""]
    for tile in _row(None, size):
        entries = reader.entries(tile.index)
        if [leaf_hash(entry) for entry in entries] != reader.tile(0, tile.index):
            raise TlogError("damaged", f"{tile.path} holds other entries than its tile was made for")
        if on_bundle is not None:
            on_bundle(tile.index * WIDTH, entries)
    while count >= WIDTH:
        for index in range(count // WIDTH):
            row = reader.tile(level, index)
            if perfect_root(row) != reader.tile(level + 1, index // WIDTH)[index % WIDTH]:
                raise TlogError("damaged", f"{Tile(level, index).path} is not the one that the level above was made for")
        level, count = level + 1, count // WIDTH
    if reader.root() != root:
        raise TlogError("damaged", f"the tiles do not give the root of size {size}")
