"""The rules of a witness (C2SP tlog-witness), without HTTP and without a database.

A witness asks `read_request` for the origin, looks up the trusted keys and the last head it cosigned, and lets `decide`
decide. With status 200 it must store the new head *before* it answers, and only if the stored one is still the
one that `decide` was given (compare and set); if another request was faster, it answers `conflict(size)` instead.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from allmende.lib.tlog.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from allmende.lib.tlog.encoding import from_base64_hash, from_decimal, to_base64, to_text
from allmende.lib.tlog.errors import TlogError
from allmende.lib.tlog.hashes import EMPTY_ROOT
from allmende.lib.tlog.keys import Cosigner, Signature, VerifierKey
from allmende.lib.tlog.note import MAX_NOTE, Note, parse_signatures
from allmende.lib.tlog.proofs import verify_consistency

MAX_REQUEST: Final = MAX_NOTE
MAX_PROOF: Final = 63
SIZE_TYPE: Final = "text/x.tlog.size"
TEXT_TYPE: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Head:
    """Size and root of a log as a witness last cosigned it; `Head()` if never."""

    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True)
class AddCheckpoint:
    """The request of a log: `proof` shows that its `checkpoint` continues the tree of `old` leaves."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def claimed(self) -> Checkpoint:
        """The checkpoint as it claims to be; nothing is verified yet."""
        return parse_checkpoint(self.checkpoint)[0]

    def format(self) -> bytes:
        lines = [f"old {self.old}", *(to_base64(step) for step in self.proof)]
        return ("\n".join(lines) + "\n\n").encode() + self.checkpoint


@dataclass(frozen=True)
class Answer:
    """What to answer, and with status 200 the `head` and the signed `checkpoint` to store before answering."""

    status: int
    body: bytes
    content_type: str = TEXT_TYPE
    head: Head | None = None
    checkpoint: bytes | None = None


def read_request(body: bytes) -> AddCheckpoint:
    """Read the body of `add-checkpoint`. A witness answers 400 to what is refused here.

    Raises:
        TlogError: `malformed`, `encoding`, `too_long`.
    """
    if len(body) > MAX_REQUEST:
        raise TlogError("too_long", f"a request of {len(body)} bytes")
    head, found, _ = to_text(body).partition("\n\n")
    first, *lines = head.split("\n")
    if not found or not first.startswith("old "):
        raise TlogError("malformed", "not a request")
    if len(lines) > MAX_PROOF:
        raise TlogError("too_long", f"{len(lines)} lines of proof")
    checkpoint = body[len(head.encode()) + 2 :]
    parse_checkpoint(checkpoint)
    return AddCheckpoint(from_decimal(first.removeprefix("old ")), tuple(from_base64_hash(line) for line in lines), checkpoint)


def decide(request: AddCheckpoint, *, trusted: Sequence[VerifierKey], last: Head, cosigners: Sequence[Cosigner], time: int) -> Answer:
    """Cosign, or say why not.

    Args:
        trusted: keys of the log with the origin of the request; empty if the witness does not know this log (404).
        last: the head last cosigned for this origin, `Head()` if never.
        cosigners: one key, or several while a witness changes its key.
        time: now, in whole seconds since 1970.
    """
    if not trusted:
        return _refusal(404, "unknown log")
    try:
        checkpoint = open_checkpoint(request.checkpoint, trusted).checkpoint
    except TlogError:
        return _refusal(403, "no valid signature of a trusted key of this log")
    if request.old > checkpoint.size:
        return _refusal(400, "the old size is larger than the checkpoint")
    if request.old != last.size:
        return conflict(last.size)
    try:
        verify_consistency(last.size, last.root, checkpoint.size, checkpoint.root, request.proof)
    except TlogError as error:
        return _refusal(422, error.detail)
    text = parse_checkpoint(request.checkpoint)[1].text
    signatures = [cosigner.cosign(text, time=time) for cosigner in cosigners]
    return Answer(
        200,
        "".join(signature.line for signature in signatures).encode(),
        head=Head(checkpoint.size, checkpoint.root),
        checkpoint=Note(text, tuple(_of_log(request.checkpoint, trusted))).plus(signatures).format(),
    )


def _of_log(checkpoint: bytes, trusted: Sequence[VerifierKey]) -> list[Signature]:
    """Only verified signatures are kept: a stranger could have added any others."""
    return [signature for _, signature in parse_checkpoint(checkpoint)[1].verified(trusted)]


def conflict(size: int) -> Answer:
    """The answer to a request that does not start from the last cosigned size."""
    return Answer(409, f"{size}\n".encode(), SIZE_TYPE)


def bad_request(error: TlogError) -> Answer:
    """The answer to a body that `read_request` refuses."""
    return _refusal(400, str(error))


def _refusal(status: int, reason: str) -> Answer:
    return Answer(status, f"{reason}\n".encode())


def read_size(body: bytes) -> int:
    """The size in an answer 409 of type `text/x.tlog.size`. Raises TlogError: `malformed`, `encoding`."""
    text = to_text(body)
    if not text.endswith("\n"):
        raise TlogError("malformed", "no newline")
    return from_decimal(text[:-1])


def read_cosignatures(body: bytes, checkpoint: bytes, witnesses: Sequence[VerifierKey]) -> tuple[Signature, ...]:
    """The valid cosignatures of known witnesses in an answer 200; other lines are ignored.

    Raises:
        TlogError: `malformed`, `encoding`, `too_long`; `bad_signature` (a known key, but not over this checkpoint);
            `no_known_signature`.
    """
    if len(body) > MAX_NOTE:
        raise TlogError("too_long", f"an answer of {len(body)} bytes")
    found = Note(parse_checkpoint(checkpoint)[1].text, parse_signatures(to_text(body))).verified(witnesses)
    if not found:
        raise TlogError("no_known_signature")
    return tuple(signature for _, signature in found)


def monitoring_path(origin: str) -> str:
    """Where a witness shows, under its monitoring prefix, the last checkpoint of a log that it cosigned."""
    return f"{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint"
