"""The archive time stamp of a log: a token over one of its checkpoints, and what leads from there to every entry (docs/log.md, 14).

It keeps provable what was sealed and stamped before, when the certificates of those days have ended. One file covers all entries of
the tree; it holds the hash of each, so that whoever has a bundle of any edition needs nothing else.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from allmende.lib.commitment import canonical_json
from allmende.lib.proof.bundle import (
    MANIFEST,
    MAX_REVOCATION,
    TIMESTAMP,
    TIMESTAMP_CERTIFICATES,
    VKEY,
    in_order,
    read_vkey,
    revocation_name,
)
from allmende.lib.proof.container import ContainerError, pack, unpack
from allmende.lib.proof.pem import from_pem, to_pem
from allmende.lib.tlog import TlogError, VerifierKey, open_checkpoint, tree_root

CHECKPOINT: Final = "checkpoint"
LEAVES: Final = "leaves"
FORMAT: Final = "allmende-archive"
VERSION: Final = 1
HASH: Final = 32  # bytes of one leaf hash
_FIXED: Final = (MANIFEST, CHECKPOINT, LEAVES, VKEY, TIMESTAMP, TIMESTAMP_CERTIFICATES)
_REVOCATION: Final = re.compile(r"revocation/[0-9]{3}\.(?:crl|ocsp)", re.ASCII)


class ArchiveError(ValueError):
    """`code`: form (no such file, or written otherwise), tree (checkpoint, key and hashes do not belong together)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True)
class Archive:
    """`checkpoint`: signed by the log alone. `leaves`: leaf hashes of RFC 6962 in the order of the entries, 32 bytes each.

    `token` is over the bytes of `checkpoint`. Certificates and revocation data: DER, as in a bundle.
    """

    checkpoint: bytes
    leaves: bytes
    vkey: str
    token: bytes
    certificates: tuple[bytes, ...]
    revocation: tuple[bytes, ...] = ()

    @property
    def key(self) -> VerifierKey:
        """Raises TlogError."""
        return read_vkey(f"{self.vkey}\n".encode())

    @property
    def size(self) -> int:
        return len(self.leaves) // HASH

    def leaf_hash(self, index: int) -> bytes | None:
        """Of the entry at `index`; None: the tree is shorter."""
        return self.leaves[index * HASH : (index + 1) * HASH] if 0 <= index < self.size else None

    def members(self) -> list[tuple[str, bytes]]:
        found = {
            CHECKPOINT: self.checkpoint,
            LEAVES: self.leaves,
            VKEY: f"{self.vkey}\n".encode(),
            TIMESTAMP: self.token,
            TIMESTAMP_CERTIFICATES: to_pem(self.certificates),
            **{revocation_name(number, data): data for number, data in enumerate(in_order(self.revocation))},
        }
        return [(MANIFEST, manifest(found)), *found.items()]


def manifest(members: dict[str, bytes]) -> bytes:
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    return canonical_json({"format": FORMAT, "members": hashes, "v": VERSION})


def write(archive: Archive) -> bytes:
    """The one file of it. Raises ContainerError: too large."""
    return pack(archive.members())


def read(data: bytes) -> Archive:
    """Read the file, and see that checkpoint, key and hashes belong together. Of the token nothing is examined.

    Raises:
        ArchiveError
    """
    try:
        members = unpack(data)
        parts = dict(members)
        names = [name for name, _ in members]
        revocation = [name for name in names if _REVOCATION.fullmatch(name)]
        if names != [*_FIXED, *revocation] or len(revocation) > MAX_REVOCATION:
            raise ArchiveError("form", "members")
        archive = Archive(
            checkpoint=parts[CHECKPOINT],
            leaves=parts[LEAVES],
            vkey=str(read_vkey(parts[VKEY])),
            token=parts[TIMESTAMP],
            certificates=from_pem(parts[TIMESTAMP_CERTIFICATES]),
            revocation=tuple(parts[name] for name in revocation),
        )
        again = write(archive)
    except (ContainerError, TlogError, UnicodeDecodeError) as error:
        raise ArchiveError("form", str(error)) from error
    except ValueError as error:
        raise error if isinstance(error, ArchiveError) else ArchiveError("form", str(error)) from error
    if again != data or len(archive.leaves) % HASH:
        raise ArchiveError("form", "written otherwise")
    _belongs_together(archive)
    return archive


def _belongs_together(archive: Archive) -> None:
    try:
        opened = open_checkpoint(archive.checkpoint, [archive.key])
    except TlogError as error:
        raise ArchiveError("tree", error.code) from error
    if len(opened.note.signatures) != 1 or opened.checkpoint.extensions or opened.checkpoint.size != archive.size:
        raise ArchiveError("tree", "checkpoint")
    if tree_root(_hashes(archive.leaves)) != opened.checkpoint.root:
        raise ArchiveError("tree", "root")


def _hashes(leaves: bytes) -> Sequence[bytes]:
    return [leaves[at : at + HASH] for at in range(0, len(leaves), HASH)]
