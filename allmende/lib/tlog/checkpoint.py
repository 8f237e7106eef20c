"""Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log as the text of a signed note."""

from collections.abc import Sequence
from dataclasses import dataclass

from allmende.lib.tlog.encoding import LIMIT, from_base64_hash, from_decimal, to_base64
from allmende.lib.tlog.errors import TlogError
from allmende.lib.tlog.hashes import EMPTY_ROOT, HASH
from allmende.lib.tlog.keys import COSIGNER, LOG, Cosigner, Signature, Signer, VerifierKey
from allmende.lib.tlog.note import Note, parse_note


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log. `extensions` are opaque further lines; this package never writes any by itself."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed, with its last newline. Raises TlogError: `malformed`."""
        lines = [self.origin, str(self.size), to_base64(self.root), *self.extensions]
        if any(not line or any(ord(char) < 0x20 for char in line) for line in lines) or not 0 <= self.size < LIMIT:
            raise TlogError("malformed", "not a checkpoint")
        if len(self.root) != HASH or (self.size == 0 and self.root != EMPTY_ROOT):
            raise TlogError("malformed", "not the root of a tree")
        return "\n".join(lines) + "\n"


def parse_text(text: str) -> Checkpoint:
    """Read the text of a checkpoint. Raises TlogError: `malformed`, `encoding`."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise TlogError("malformed", "not three lines and no empty one")
    origin, size, root, *extensions = lines
    return Checkpoint(origin, from_decimal(size), from_base64_hash(root), tuple(extensions))


def parse_checkpoint(data: bytes) -> tuple[Checkpoint, Note]:
    """Read a signed checkpoint without verifying it. Raises TlogError: `malformed`, `encoding`, `too_long`."""
    note = parse_note(data)
    return parse_text(note.text), note


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The signed note. Never sign a head that does not contain the last one: see `extend` and `prove_consistency`.

    Raises:
        TlogError: `malformed`; `bad_key` (the key has another name than the origin of the log).
    """
    if signer.name != checkpoint.origin:
        raise TlogError("bad_key", "the key of a log is named like its origin")
    return Note(checkpoint.text, (signer.sign(checkpoint.text),)).format()


def cosign_checkpoint(checkpoint: bytes, cosigner: Cosigner, *, time: int) -> Signature:
    """The cosignature over a signed checkpoint that the cosigner has checked. Raises TlogError as `parse_checkpoint`."""
    return cosigner.cosign(parse_checkpoint(checkpoint)[1].text, time=time)


def add_signatures(checkpoint: bytes, signatures: Sequence[Signature]) -> bytes:
    """The signed checkpoint with further signature lines. Raises TlogError as `parse_checkpoint`."""
    return parse_checkpoint(checkpoint)[1].plus(signatures).format()


@dataclass(frozen=True)
class Cosigned:
    """A witness saw this head at `time` (seconds since 1970) as the longest consistent one."""

    key: VerifierKey
    time: int


@dataclass(frozen=True)
class Opened:
    """A checkpoint whose log signature holds. `cosigned` holds each known witness once, with its latest time."""

    checkpoint: Checkpoint
    note: Note
    log: VerifierKey
    cosigned: tuple[Cosigned, ...]


def open_checkpoint(data: bytes, logs: Sequence[VerifierKey], witnesses: Sequence[VerifierKey] = ()) -> Opened:
    """Read a checkpoint that one of `logs` has signed under its own origin, and see which of `witnesses` cosigned it.

    Raises:
        TlogError: as `parse_checkpoint`; `bad_signature` (a known key, log or witness, did not sign this);
            `no_known_signature` (none of the logs, or a log under a foreign origin); `ambiguous_key`;
            `unknown_key_type` (a log key among the witnesses or the other way round).
    """
    if any(key.kind != LOG for key in logs) or any(key.kind != COSIGNER for key in witnesses):
        raise TlogError("unknown_key_type", "logs have keys of type 0x01, witnesses of type 0x04")
    checkpoint, note = parse_checkpoint(data)
    found = note.verified([*logs, *witnesses])
    log = next((key for key, _ in found if key.kind == LOG and key.name == checkpoint.origin), None)
    if log is None:
        raise TlogError("no_known_signature")
    times: dict[VerifierKey, int] = {}
    for key, signature in found:
        if key.kind == COSIGNER:
            times[key] = max(signature.time, times.get(key, 0))
    return Opened(checkpoint, note, log, tuple(Cosigned(key, time) for key, time in times.items()))
