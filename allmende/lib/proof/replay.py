"""A whole log computed again from its files: docs/log.md, "A log". Nothing of it is believed but the key that was brought along."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from allmende.lib.proof.container import ContainerError, unpack
from allmende.lib.proof.leaf import Erased, LeafError, Published, Related, Removed, Void, parse_leaf
from allmende.lib.proof.report import Text
from allmende.lib.tlog import (
    Checkpoint,
    Read,
    Tile,
    TlogError,
    VerifierKey,
    check_files,
    open_checkpoint,
    parse_path,
    parse_proof,
    root,
)
from allmende.lib.tlog.tiles import HEIGHT, WIDTH, TileReader, encode_bundle


@dataclass
class Replayed:
    """What was found. `faults`: nothing, if all is well. `events`: how many entries say what."""

    head: Checkpoint | None = None
    older: int | None = None
    events: Counter[str] = field(default_factory=Counter)
    files: int = 0
    faults: list[Text] = field(default_factory=list)


def replay(read: Read, *, key: VerifierKey, older: bytes | None = None, folder: Path | None = None) -> Replayed:
    """Signature of the checkpoint, every entry and tile, the root, what entries say of each other; then the older state, and the
    other files of the folder.

    `older`: a checkpoint that somebody has kept, or a proof or an archive time stamp that holds one. `folder`: where the files lie.
    """
    found = Replayed()
    data = read("checkpoint")
    if data is None:
        found.faults.append(Text("Die Datei checkpoint gibt es dort nicht.", "There is no file checkpoint there."))
        return found
    try:
        head = found.head = open_checkpoint(data, [key]).checkpoint
    except TlogError as error:
        found.faults.append(_of_checkpoint(error, Text("Der Stand (checkpoint)", "The state (checkpoint)")))
        return found
    history = _History(found)
    counted = _Counted(read)
    try:
        check_files(counted, head.size, head.root, on_bundle=history.take)
    except TlogError as error:
        found.faults.append(_of_file(error))
        return found
    finally:
        found.files = len(counted.paths)
    if older is not None:
        try:
            _compare(counted, head, older, key, found)
        except TlogError as error:
            found.older = None
            found.faults.append(_of_file(error))
    if folder is not None:
        found.faults += _others(folder, TileReader(read, head.size))
    return found


class _Counted:
    """What was checked is what is compared: whoever answers a path in two ways is found out."""

    def __init__(self, read: Read) -> None:
        self.read, self.paths = read, dict[str, bytes]()

    def __call__(self, path: str) -> bytes | None:
        data = self.read(path)
        if data is not None:
            digest = hashlib.sha256(data).digest()
            if self.paths.setdefault(path, digest) != digest:
                raise TlogError("damaged", path)
        return data


class _History:
    """What entries say, and of which earlier ones."""

    def __init__(self, found: Replayed) -> None:
        self.found = found
        self.published: dict[int, frozenset[str]] = {}
        self.void: set[int] = set()
        self.gone: dict[tuple[int, str], str] = {}

    def take(self, first: int, entries: list[bytes]) -> None:
        for index, entry in enumerate(entries, start=first):
            try:
                leaf = parse_leaf(entry)
            except LeafError:
                self._fault(index, Text("ist kein Eintrag, wie er festgelegt ist", "is no entry as specified"))
                continue
            self.found.events[type(leaf).__name__.lower()] += 1
            if isinstance(leaf, Published):
                self.published[index] = frozenset(leaf.artefacts)
            elif isinstance(leaf, Void | Removed | Erased | Related) and not self._fits(leaf):
                self._fault(index, Text("nennt einen Eintrag, zu dem das nicht passt", "names an entry that this does not fit"))

    def _fits(self, leaf: Void | Removed | Erased | Related) -> bool:
        names = self.published.get(leaf.index)
        if names is None or (leaf.index in self.void and not isinstance(leaf, Erased)):
            return False
        if isinstance(leaf, Void):
            self.void.add(leaf.index)
            return True
        if isinstance(leaf, Related):
            return leaf.later in self.published
        gone = {name: self.gone.get((leaf.index, name)) for name in leaf.artefacts}
        free = (None,) if isinstance(leaf, Removed) else (None, "removed")
        self.gone |= {(leaf.index, name): type(leaf).__name__.lower() for name in leaf.artefacts}
        return names.issuperset(leaf.artefacts) and all(state in free for state in gone.values())

    def _fault(self, index: int, what: Text) -> None:
        self.found.faults.append(Text(f"Zeile {index + 1} (index {index}) {what.de}.", f"Line {index + 1} (index {index}) {what.en}."))


def _compare(read: Read, head: Checkpoint, older: bytes, key: VerifierKey, found: Replayed) -> None:
    """Whether the older state is a beginning of the new one: its root follows from the same tiles."""
    what = Text("Der ältere Stand", "The older state")
    try:
        before = open_checkpoint(checkpoint_in(older), [key]).checkpoint
    except TlogError as error:
        found.faults.append(_of_checkpoint(error, what))
        return
    found.older, reader = before.size, TileReader(read, head.size)
    if before.size > head.size:
        found.faults.append(
            Text(
                f"Der ältere Stand hat {before.size} Zeilen, dieser nur {head.size}: Es fehlen Zeilen, die es schon gab.",
                f"The older state has {before.size} lines, this one only {head.size}: lines are missing that were there.",
            )
        )
    elif root(lambda path: _beginning(reader, path), before.size) != before.root:
        found.faults.append(
            Text(
                f"Dieser Stand setzt den älteren mit {before.size} Zeilen nicht fort: Darin wurde etwas geändert. Heben Sie beide auf.",
                f"This state does not continue the older one of {before.size} lines: something in it was changed. Keep both.",
            )
        )


def checkpoint_in(data: bytes) -> bytes:
    """The checkpoint in a proof or an archive time stamp; anything else is taken for one itself. Raises TlogError."""
    if data[:2] != b"PK":
        return data
    try:
        members = dict(unpack(data))
    except ContainerError as error:
        raise TlogError("malformed", str(error)) from None
    if "checkpoint" in members:
        return members["checkpoint"]
    return parse_proof(members.get("proof.tlog-proof", b"")).checkpoint


def _others(folder: Path, reader: TileReader) -> Iterator[Text]:
    """Every other file below tile/: earlier, narrower ones hold the beginning of what was checked."""
    for file in sorted(path for path in (folder / "tile").rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        try:
            tile = parse_path(name)
            there, first = reader.size >> (HEIGHT * (tile.level or 0)), tile.index * WIDTH
            if first + tile.width > there:  # of a later state: a log grows while it is copied
                if first >= there or not file.read_bytes().startswith(_written(reader, tile, there - first)):
                    yield Text(f"{name} gehört nicht zu diesem Stand.", f"{name} does not belong to this state.")
            elif file.read_bytes() != _written(reader, tile, tile.width):
                yield Text(f"{name} ist nicht, was aus den Einträgen folgt.", f"{name} is not what follows from the entries.")
        except TlogError:
            yield Text(f"{name} gehört nicht zum Protokoll.", f"{name} does not belong to the log.")


def _beginning(reader: TileReader, path: str) -> bytes:
    """A narrower tile as the wider one holds it, which has been checked: a copy need not have those of each earlier state."""
    tile = parse_path(path)
    return _written(reader, tile, tile.width)


def _written(reader: TileReader, tile: Tile, width: int) -> bytes:
    """The first `width` entries or hashes of a tile, as they lie in its file."""
    if tile.level is None:
        return encode_bundle(reader.entries(tile.index)[:width])
    return b"".join(reader.tile(tile.level, tile.index)[:width])


def _of_checkpoint(error: TlogError, what: Text) -> Text:
    if error.code in ("bad_signature", "no_known_signature", "ambiguous_key"):
        return Text(
            f"{what.de} ist nicht mit diesem Schlüssel unterschrieben.",
            f"{what.en} is not signed with this key.",
        )
    return Text(f"{what.de} ist nicht lesbar.", f"{what.en} cannot be read.")


def _of_file(error: TlogError) -> Text:
    name = error.detail
    if error.code == "missing":
        return Text(f"Es fehlt: {name}.", f"Missing: {name}.")
    return Text(f"Die Dateien passen nicht zusammen: {name}.", f"The files do not fit together: {name}.")
