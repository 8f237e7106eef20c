"""Rows of the log: indexes without gap, leaf hashes, roots and signatures of all checkpoints, what the entries say."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from allmende.core.models import Body
from allmende.lib import tlog
from allmende.lib.proof import leaf as leaves
from allmende.publication import log
from allmende.publication.check import taken
from allmende.publication.check.reporting import STEP, Progress
from allmende.publication.models import Attempt, Checkpoint, Log, LogEntry

key_of = lru_cache(maxsize=256)(tlog.parse_vkey)


def problems(found: Log, cosigned: Mapping[int, Sequence[log.Cosigned]], tell: Progress) -> Iterator[str]:
    """`cosigned`: all cosignatures by the id of their checkpoint."""
    body, tree, index = found.body, _Tree(), 0
    checkpoints = {c.size: c for c in Checkpoint.objects.for_body(body).order_by("size")}
    if 0 in checkpoints:
        yield "there is a checkpoint of an empty log"
    known, strange = _leaves_of(body), {}
    told = taken.Entries(body)
    rows = LogEntry.objects.for_body(body).order_by("index").values_list("index", "entry", "leaf_hash")
    for at, entry, leaf_hash in rows.iterator(chunk_size=STEP):
        entry = bytes(entry)
        if at != index:
            yield f"entry {at} stands where entry {index} should"
            return
        leaf = tlog.leaf_hash(entry)
        if leaf != bytes(leaf_hash):
            yield f"entry {index}: the leaf hash is another one"
        try:
            said = leaves.parse_leaf(entry)
        except leaves.LeafError as error:
            yield f"entry {index}: {error}"
            said = None
        if isinstance(said, leaves.Published) and entry not in known:
            strange[index] = entry
        yield from told.problems(index, entry, said)
        tree.add(leaf)
        index += 1
        if index in checkpoints:
            checkpoint = checkpoints.pop(index)
            yield from _checkpoint(found, checkpoint, cosigned.get(checkpoint.pk, []), tree.root())
        if index % STEP == 0:
            tell("entries", index, found.size)
    tell("entries", index, found.size)
    # What was appended meanwhile is in the rows already, or not yet; its attempt and the head were there before.
    known = _leaves_of(body) if strange else known
    yield from (f"entry {number} belongs to no attempt" for number, entry in strange.items() if entry not in known)
    size = found.size if index == found.size else Log.objects.for_body(body).get().size
    if not found.size <= index <= size:
        yield f"the log has {index} entries, its head says {size}"
    yield from told.rest()
    for size in checkpoints:
        yield f"checkpoint {size} is beyond the log"


def _leaves_of(body: Body) -> set[bytes]:
    rows = Attempt.objects.for_body(body).filter(leaf__isnull=False).values_list("leaf", flat=True)
    return {bytes(leaf or b"") for leaf in rows.iterator()}


def _checkpoint(found: Log, checkpoint: Checkpoint, cosigned: Sequence[log.Cosigned], root: bytes) -> Iterator[str]:
    try:
        keys = [key_of(one.vkey) for one in cosigned]
        opened = tlog.open_checkpoint(log.signed_note(checkpoint, cosigned), [key_of(found.vkey)], keys)
    except tlog.TlogError as error:
        yield f"checkpoint {checkpoint.size}: {error}"
        return
    head = opened.checkpoint
    said = (head.origin, head.size, head.root)
    if said != (found.origin, checkpoint.size, bytes(checkpoint.root)) or len(opened.cosigned) != len(cosigned):
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
