"""Transparency log proofs (C2SP tlog-proof): one text that shows offline that an entry is in a log."""

from dataclasses import dataclass
from typing import Final

from allmende.lib.tlog.checkpoint import parse_checkpoint
from allmende.lib.tlog.encoding import from_base64, from_base64_hash, from_decimal, to_base64, to_text
from allmende.lib.tlog.errors import TlogError
from allmende.lib.tlog.note import MAX_NOTE
from allmende.lib.tlog.proofs import verify_inclusion

_FIRST = "c2sp.org/tlog-proof@v1"
MAX_HASHES: Final = 63


@dataclass(frozen=True)
class TlogProof:
    """`index` of the entry, the inclusion proof (the leaf's sibling first), the signed checkpoint byte for byte.

    `extra` is carried along and proven by nothing.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def format(self) -> bytes:
        lines = [_FIRST]
        if self.extra:
            lines.append(f"extra {to_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines += [to_base64(step) for step in self.hashes]
        return ("\n".join(lines) + "\n\n").encode() + self.checkpoint

    def verify_inclusion(self, leaf: bytes) -> None:
        """Nothing, if the leaf hash is in the tree of the checkpoint. Whether to trust the checkpoint is another question.

        Raises:
            TlogError: `bad_range`, `bad_proof`.
        """
        head, _ = parse_checkpoint(self.checkpoint)
        verify_inclusion(leaf, self.index, head.size, head.root, self.hashes)


def parse_proof(data: bytes) -> TlogProof:
    """Read a proof; there is one spelling of each, so `parse_proof(x).format() == x`. Verifies nothing.

    Raises:
        TlogError: `malformed`, `encoding`, `too_long`.
    """
    if len(data) > 2 * MAX_NOTE:
        raise TlogError("too_long", f"a proof of {len(data)} bytes")
    head, found, _ = to_text(data).partition("\n\n")
    lines = head.split("\n")
    if not found or lines.pop(0) != _FIRST:
        raise TlogError("malformed", "not a proof")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0).removeprefix("extra "))
        if not extra:
            raise TlogError("malformed", "a line for extra data without any")
    if not lines or not lines[0].startswith("index "):
        raise TlogError("malformed", "no index")
    index = from_decimal(lines.pop(0).removeprefix("index "))
    if len(lines) > MAX_HASHES:
        raise TlogError("too_long", f"{len(lines)} hashes")
    checkpoint = data[len(head.encode()) + 2 :]
    parse_checkpoint(checkpoint)
    return TlogProof(index, tuple(from_base64_hash(line) for line in lines), checkpoint, extra)
