"""Every invariant of one body's log and publications, checked anew. Used by the tests and by `allmende log check`.

Rows and files are read as they are; nothing is believed because it was written by us. States in which a killed
worker can leave things are no problems: the next call goes on from there.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from uuid import UUID

from allmende.core.models import Body, Visibility
from allmende.lib import tlog
from allmende.lib.commitment import ARTEFACT, commit
from allmende.lib.proof import DOCUMENT, PAGE, BundleError, read, verify
from allmende.lib.proof import leaf as leaves
from allmende.lib.proof.readme import EARLIER, README
from allmende.lib.tlog.tiles import WIDTH, decode_bundle, encode_bundle
from allmende.publication import bundle, log, store
from allmende.publication.errors import LogDamaged
from allmende.publication.models import Attempt, Author, Checkpoint, Cosignature, Log, LogEntry, Publication, SealUse, State
from allmende.publication.selectors import VALID
from allmende.publication.steps.move import day_of

Progress = Callable[[str, int, int], None]  # what, done, of how many
STEP = 4096  # entries read at once, whole bundles
MOST = 20  # files of one kind that are named


def problems(body: Body, *, thorough: bool = True, only: Collection[UUID] | None = None, progress: Progress | None = None) -> Iterator[str]:
    """Yield one English sentence per broken invariant; nothing if all is well.

    `thorough`: also open every bundle and examine every seal. `only`: publications of these records (the log is always
    checked as a whole).
    """
    tell = progress or (lambda what, done, total: None)
    found = Log.objects.for_body(body).select_related("body").first()
    if found is None:
        if LogEntry.objects.for_body(body).exists() or Publication.objects.for_body(body).exclude(state="approved").exists():
            yield "there are entries, but no log"
        return
    yield from _entries(found, tell)
    yield from _files(found, tell)
    yield from _partial_tiles(found.body)
    yield from _publications(found, thorough, only, tell)


def _entries(found: Log, tell: Progress) -> Iterator[str]:
    """Rows: indexes without gap, leaf hashes, roots and signatures of all checkpoints, what the entries say."""
    body, tree, index = found.body, _Tree(), 0
    checkpoints = {c.size: c for c in Checkpoint.objects.for_body(body).order_by("size")}
    if 0 in checkpoints:
        yield "there is a checkpoint of an empty log"
    published: set[int] = set()
    known = {bytes(leaf or b"") for leaf in Attempt.objects.for_body(body).filter(leaf__isnull=False).values_list("leaf", flat=True)}
    for row in LogEntry.objects.for_body(body).order_by("index").iterator(chunk_size=STEP):
        entry = bytes(row.entry)
        if row.index != index:
            yield f"entry {row.index} stands where entry {index} should"
            return
        if tlog.leaf_hash(entry) != bytes(row.leaf_hash):
            yield f"entry {index}: the leaf hash is another one"
        try:
            said = leaves.parse_leaf(entry)
        except leaves.LeafError as error:
            yield f"entry {index}: {error}"
            said = None
        if isinstance(said, leaves.Published):
            published.add(index)
            if entry not in known:
                yield f"entry {index} belongs to no attempt"
        if isinstance(said, leaves.Void) and said.index not in published:
            yield f"entry {index} voids {said.index}, which was not published before"
        tree.add(tlog.leaf_hash(entry))
        index += 1
        if index in checkpoints:
            yield from _checkpoint(found, checkpoints.pop(index), tree.root())
        if index % STEP == 0:
            tell("entries", index, found.size)
    tell("entries", index, found.size)
    if index != found.size:
        yield f"the log has {index} entries, its head says {found.size}"
    for size in checkpoints:
        yield f"checkpoint {size} is beyond the log"


def _checkpoint(found: Log, checkpoint: Checkpoint, root: bytes) -> Iterator[str]:
    key = tlog.parse_vkey(found.vkey)
    cosignatures = list(Cosignature.objects.for_body(found.body).filter(checkpoint=checkpoint))
    try:
        opened = tlog.open_checkpoint(log.with_cosignatures(checkpoint), [key], [tlog.parse_vkey(c.vkey) for c in cosignatures])
    except tlog.TlogError as error:
        yield f"checkpoint {checkpoint.size}: {error}"
        return
    head = opened.checkpoint
    if (head.origin, head.size, head.root) != (found.origin, checkpoint.size, bytes(checkpoint.root)) or len(opened.cosigned) != len(
        cosignatures
    ):
        yield f"checkpoint {checkpoint.size} says something else than its row"
    if head.root != root:
        yield f"checkpoint {checkpoint.size} is not consistent with the entries"


class _Tree:
    """Root of a growing tree: the perfect subtrees on the right edge, largest first (RFC 6962, 2.1)."""

    def __init__(self) -> None:
        self._edge: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        height = 0
        while self._edge and self._edge[-1][0] == height:
            leaf, height = tlog.node_hash(self._edge.pop()[1], leaf), height + 1
        self._edge.append((height, leaf))

    def root(self) -> bytes:
        if not self._edge:
            return tlog.EMPTY_ROOT
        *left, (_, root) = self._edge
        for _, node in reversed(left):
            root = tlog.node_hash(node, root)
        return root


def _files(found: Log, tell: Progress) -> Iterator[str]:
    """Files: the checkpoint is one of ours; each tile that lies there is byte for byte what follows from the rows, none is missing,
    and nothing else lies there."""
    shown = store.read(log.checkpoint_file(found.body))
    if shown is not None:
        yield from _shown(found.body, shown)
    # A worker that goes on meanwhile has its rows before its files, and its files before the checkpoint.
    newest = log.last_checkpoint(found.body)
    stored, foreign = _stored(found.body)
    yield from (f"{name} does not belong to the log" for name in foreign)
    if newest is not None:
        yield from _missing(newest.size, stored)
    yield from islice(_differing(found.body, stored, tell), MOST)


_Place = tuple[int | None, int]  # level (None: the entries) and index of a tile


def _stored(body: Body) -> tuple[dict[_Place, dict[int, str]], list[str]]:
    """What lies in the folder of the log: for each tile the name by its width; and the names of what is no tile."""
    folder = store.log_dir(body)
    stored: dict[_Place, dict[int, str]] = {}
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


def _missing(size: int, stored: dict[_Place, dict[int, str]]) -> Iterator[str]:
    absent = (
        f"{tile.path} is missing"
        for tile in tlog.tiles_of(size)
        if not {tile.width, WIDTH} & stored.get((tile.level, tile.index), {}).keys()
    )
    yield from islice(absent, MOST)


def _differing(body: Body, stored: dict[_Place, dict[int, str]], tell: Progress) -> Iterator[str]:
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
    for width, name in sorted(names.items()):
        there = on_disk(name)
        if width > tile.width:
            yield f"{name} does not belong to the log"
        elif there is not None and there != _begin(data, tile.level, width):  # None: a chore has cleared it away meanwhile
            yield f"{name} is not what follows from the entries"


def _begin(data: bytes, level: int | None, width: int) -> bytes:
    """The first `width` hashes or entries."""
    if level is not None:
        return data[: width * 32]
    return encode_bundle(decode_bundle(data)[:width])


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


def _partial_tiles(body: Body) -> Iterator[str]:
    """Every checkpoint that was ever shown can still be proven: its partial tiles are there, or the full ones are."""
    on_disk, newest = log.reader(body), log.last_checkpoint(body)
    for size in Checkpoint.objects.for_body(body).filter(size__lt=newest.size if newest else 0).values_list("size", flat=True):
        for level, hashes in _edges(size):
            index, width = divmod(hashes, 256)
            tile = tlog.Tile(level, index, width)
            there, full = on_disk(tile.path), on_disk(tile.full.path)
            if width and there is None and full is None:
                yield f"{tile.path} is missing for checkpoint {size}"
        try:
            if tlog.root(on_disk, size) != bytes(Checkpoint.objects.for_body(body).get(size=size).root):
                yield f"the files give another root for checkpoint {size}"
        except tlog.TlogError as error:
            yield f"checkpoint {size}: {error}"


def _edges(size: int) -> Iterator[tuple[int | None, int]]:
    """Level and number of hashes of each row of a tree; None: the entries."""
    yield None, size
    level = 0
    while size >> (8 * level):
        yield level, size >> (8 * level)
        level += 1


def _publications(found: Log, thorough: bool, only: Collection[UUID] | None, tell: Progress) -> Iterator[str]:
    body = found.body
    try:
        size = tlog.parse_checkpoint(store.read(log.checkpoint_file(body)) or b"")[0].size
    except tlog.TlogError:
        size = 0
    mine = Publication.objects.for_body(body).select_related("record__body")
    mine = mine if only is None else mine.filter(pk__in=only)
    total = mine.count()
    for number, publication in enumerate(mine.order_by("approved_at").iterator(chunk_size=50), start=1):
        for problem in _publication(publication, found, size, thorough):
            yield f"{publication.record.path}: {problem}"
        tell("publications", number, total)


def _publication(publication: Publication, found: Log, size: int, thorough: bool) -> Iterator[str]:
    record, body = publication.record, found.body
    authors = set(Author.objects.for_body(body).filter(publication=publication).values_list("person", flat=True))
    if not authors or publication.approved_by_id in authors:
        yield "approved by someone who wrote it, or nobody wrote it"
    if record.body_id != publication.body_id:
        yield "the record belongs to another body"
    attempts = list(
        Attempt.objects.for_body(body).filter(publication=publication).select_related("checkpoint", "bundle_checkpoint").order_by("number")
    )
    if [a.number for a in attempts] != list(range(1, len(attempts) + 1)):
        yield "the attempts are not numbered through"
    valid = next((a for a in attempts if a.state != State.VOID), None)
    # A provided attempt is closed before it is declared void: its page answers no more, its files go.
    closing = valid is not None and valid.state == State.PROVIDED and record.visibility == Visibility.INTERNAL
    provided = valid is not None and valid.state in VALID and not closing
    if (record.visibility == Visibility.PUBLIC) != provided:
        yield f"visible is {record.visibility}, the attempt is {valid and State(valid.state).name}"
    if (publication.state == Publication.State.PUBLIC) != provided:
        yield f"the publication is {publication.state}, the attempt is {valid and State(valid.state).name}"
    for attempt in attempts:
        attempt.publication, publication.record, attempt.body = publication, record, body
        yield from (f"attempt {attempt.number}: {problem}" for problem in _attempt(attempt, size))
    if not closing:
        yield from _public_files(publication, valid, found, thorough)


def _attempt(attempt: Attempt, size: int) -> Iterator[str]:
    """Commitments, leaf, checkpoint, day, note of the seal's use."""
    body, state = attempt.body, State(attempt.state)
    if state == State.SEALING:
        return
    said = leaves.parse_leaf(bytes(attempt.leaf or b""))
    expected = {
        PAGE: commit(ARTEFACT, bytes(attempt.page_salt or b""), bytes(attempt.page or b"")),
        DOCUMENT: commit(ARTEFACT, bytes(attempt.document_salt or b""), bytes(attempt.document or b"")),
    }
    if not isinstance(said, leaves.Published) or dict(said.artefacts) != expected:
        yield "page or document differ from the leaf"
    use = SealUse.objects.for_body(body).filter(attempt=attempt).first()
    if use is None or bytes(use.document_hash) != hashlib.sha256(bytes(attempt.document or b"")).digest():
        yield "the use of the seal was not noted"
    entries = LogEntry.objects.for_body(body)
    if attempt.leaf_index is not None and not entries.filter(index=attempt.leaf_index, entry=bytes(attempt.leaf or b"")).exists():
        yield f"leaf {attempt.leaf_index} is another one"
    if attempt.checkpoint and (attempt.checkpoint.size <= (attempt.leaf_index or 0) or attempt.checkpoint.size > size):
        yield "its checkpoint does not cover it, or is not shown"
    if attempt.provided_at and state in VALID and day_of(attempt.provided_at) != attempt.day:
        yield f"provided on {day_of(attempt.provided_at)}, printed is {attempt.day}"
    if state == State.VOID:
        voided = log.void_leaf(attempt.leaf_index or 0, attempt.void_reason)
        if not entries.filter(index=attempt.void_index or 0, entry=voided).exists():
            yield "void, but the log does not say so"


def _public_files(publication: Publication, valid: Attempt | None, found: Log, thorough: bool) -> Iterator[str]:
    document, proof = (store.read(store.file_of(publication.record, suffix)) for suffix in ("pdf", "zip"))
    if valid is None or valid.state < State.CHECKPOINTED:
        if document is not None or proof is not None:
            yield "files are there before the checkpoint"
        return
    if valid.state not in VALID:
        return  # in the middle of writing them
    if document != bytes(valid.document or b""):
        yield "the document is missing or another one"
    if proof is None:
        yield "the bundle is missing"
        return
    try:
        opened = read(proof)
    except BundleError as error:
        yield f"the bundle cannot be read: {error}"
        return
    if (opened.page, opened.document, opened.leaf, opened.vkey) != (
        bytes(valid.page or b""),
        bytes(valid.document or b""),
        bytes(valid.leaf or b""),
        found.vkey,
    ):
        yield "the bundle holds something else"
    try:
        checkpoint = valid.bundle_checkpoint
        earlier = hashlib.sha256(opened.readme).hexdigest() in EARLIER
        readme = opened.readme if earlier else README
        if checkpoint is None or proof != bundle.build(valid, checkpoint, only=opened.witnesses, readme=readme):
            yield "the bundle is not the one that follows from the rows"
    except (LogDamaged, tlog.TlogError) as error:
        yield f"the bundle cannot be built again: {error}"
    if thorough:
        yield from _proof(valid, proof, found)


def _proof(valid: Attempt, proof: bytes, found: Log) -> Iterator[str]:
    """What anyone would find who checks the bundle offline with our key; the seal is examined there."""
    report = verify(proof, vkey=found.vkey)
    if not report.trusted:
        yield f"the bundle does not verify: {', '.join(f'{c.code} {c.reason}' for c in report.failed) or report.headline.en}"
    facts = report.facts
    if (facts.index, facts.origin, facts.stamped_at) != (valid.leaf_index, found.origin, valid.stamped_at):
        yield "the bundle verifies, but for something else"
