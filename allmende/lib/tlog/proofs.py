"""Inclusion and consistency proofs: RFC 6962, sections 2.1.1 and 2.1.2; checking as in RFC 9162, sections 2.1.3 and 2.1.4."""

from collections.abc import Sequence

from allmende.lib.tlog.errors import TlogError
from allmende.lib.tlog.hashes import EMPTY_ROOT, HASH, node_hash, split
from allmende.lib.tlog.tiles import Read, TileReader


def prove_inclusion(read: Read, index: int, size: int) -> list[bytes]:
    """The hashes beside the way from leaf `index` to the root of the tree of `size` leaves, the leaf's sibling first.

    Raises:
        TlogError: `bad_range`, `missing`, `damaged`.
    """
    if not 0 <= index < size:
        raise TlogError("bad_range", f"index {index} in a tree of {size}")
    reader = TileReader(read, size)
    start, end = 0, size
    proof: list[bytes] = []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            proof.append(reader.span(middle, end))
            end = middle
        else:
            proof.append(reader.span(start, middle))
            start = middle
    return proof[::-1]


def prove_consistency(read: Read, old: int, new: int) -> list[bytes]:
    """The hashes that show that the tree of `old` leaves is the beginning of the tree of `new` leaves.

    Empty if `old` is 0 or equal to `new`.

    Raises:
        TlogError: `bad_range`, `missing`, `damaged`.
    """
    if not 0 <= old <= new:
        raise TlogError("bad_range", f"from size {old} to size {new}")
    if old in (0, new):
        return []
    reader = TileReader(read, new)
    start, end = 0, new
    proof: list[bytes] = []
    while old != end:
        middle = start + split(end - start)
        if old <= middle:
            proof.append(reader.span(middle, end))
            end = middle
        else:
            proof.append(reader.span(start, middle))
            start = middle
    if start:  # the old tree is known to the verifier only if it is one whole subtree from the first leaf on
        proof.append(reader.span(start, end))
    return proof[::-1]


def inclusion_root(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that follows from the leaf hash and the proof. Raises TlogError: `bad_range`, `bad_proof` (wrong length)."""
    if not 0 <= index < size:
        raise TlogError("bad_range", f"index {index} in a tree of {size}")
    place, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0 or len(sibling) != HASH:
            raise TlogError("bad_proof", "an inclusion proof that is too long")
        if place & 1 or place == last:
            result = node_hash(sibling, result)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise TlogError("bad_proof", "an inclusion proof that is too short")
    return result


def verify_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Nothing, if the leaf hash is at `index` in the tree with this root. Raises TlogError: `bad_range`, `bad_proof`."""
    if inclusion_root(leaf, index, size, proof) != root:
        raise TlogError("bad_proof", "the inclusion proof leads to another root")


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Nothing, if the tree of `old` leaves is the beginning of the tree of `new` leaves. Raises TlogError: `bad_range`, `bad_proof`."""
    if not 0 <= old <= new:
        raise TlogError("bad_range", f"from size {old} to size {new}")
    if (old == 0 and old_root != EMPTY_ROOT) or (new == 0 and new_root != EMPTY_ROOT):
        raise TlogError("bad_proof", "an empty tree with another root than that of nothing")
    if old in (0, new):
        if proof or (old == new and old_root != new_root):
            raise TlogError("bad_proof", "sizes that need no proof, but a proof or two roots")
        return
    if not proof or any(len(step) != HASH for step in proof):
        raise TlogError("bad_proof", "a consistency proof that is too short")

    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise TlogError("bad_proof", "a consistency proof that is too long")
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    if last or first != old_root or second != new_root:
        raise TlogError("bad_proof", "the consistency proof leads to other roots")
