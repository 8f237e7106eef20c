"""The Merkle tree of RFC 6962, section 2.1, with SHA-256: hashes of leaves, nodes and whole trees."""

import hashlib
from collections.abc import Sequence

HASH = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two smaller than `size` (at least 2): where RFC 6962 divides a tree."""
    return 1 << ((size - 1).bit_length() - 1)


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Root over 1, 2, 4, 8 … hashes; the caller guarantees the number."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """Root over any number of leaf hashes, in memory: MTH of RFC 6962."""
    row = list(leaves)
    if not row:
        return EMPTY_ROOT
    while len(row) > 1:  # an odd last node moves up unchanged, which gives the same tree as the recursive definition
        odd = [row.pop()] if len(row) % 2 else []
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)] + odd
    return row[0]
