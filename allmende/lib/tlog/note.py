"""Signed notes (C2SP signed-note): a text and signatures under it.

A reader of a note ignores signatures of keys it does not know and refuses the note if a key it knows did not sign it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from allmende.lib.tlog.encoding import from_base64, to_text
from allmende.lib.tlog.errors import TlogError
from allmende.lib.tlog.keys import Signature, VerifierKey, check_name

MAX_NOTE: Final = 1_000_000
MAX_SIGNATURES: Final = 100


@dataclass(frozen=True)
class Note:
    """A text that ends with a newline, and its signatures, verified or not."""

    text: str
    signatures: tuple[Signature, ...]

    def format(self) -> bytes:
        return (self.text + "\n" + "".join(signature.line for signature in self.signatures)).encode()

    def plus(self, signatures: Iterable[Signature]) -> "Note":
        """The note with further signatures below; what is there already is not added again."""
        known = list(self.signatures)
        for signature in signatures:
            if signature not in known:
                known.append(signature)
        return Note(self.text, tuple(known))

    def verified(self, keys: Iterable[VerifierKey]) -> tuple[tuple[VerifierKey, Signature], ...]:
        """The signatures of known keys with their keys, in the order of the lines.

        Raises:
            TlogError: `bad_signature` (a known key did not sign this), `ambiguous_key`.
        """
        known: dict[tuple[str, bytes], VerifierKey] = {}
        for key in keys:
            if known.setdefault((key.name, key.id), key) != key:
                raise TlogError("ambiguous_key", key.name)
        found: list[tuple[VerifierKey, Signature]] = []
        for signature in self.signatures:
            by = known.get((signature.name, signature.key_id))
            if by is None:
                continue
            if not by.verifies(self.text, signature):
                raise TlogError("bad_signature", by.name)
            found.append((by, signature))
        return tuple(found)


def parse_note(data: bytes) -> Note:
    """Read a note; every note has one spelling, so `parse_note(x).format() == x`. Verifies nothing.

    Raises:
        TlogError: `encoding`, `malformed`, `too_long`.
    """
    if len(data) > MAX_NOTE:
        raise TlogError("too_long", f"a note of {len(data)} bytes")
    text, found, lines = to_text(data).rpartition("\n\n")
    if not found:
        raise TlogError("malformed", "a note without an empty line")
    return Note(text + "\n", parse_signatures(lines))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Read signature lines, one at least, each with its newline. Raises TlogError: `encoding`, `malformed`, `too_long`."""
    if not lines.endswith("\n"):
        raise TlogError("malformed", "a signature line without newline")
    rows = lines[:-1].split("\n")
    if len(rows) > MAX_SIGNATURES:
        raise TlogError("too_long", f"{len(rows)} signatures")
    return tuple(_signature(row) for row in rows)


def _signature(row: str) -> Signature:
    parts = row.split(" ")
    if len(parts) != 3 or parts[0] != "—":
        raise TlogError("malformed", "a line that is no signature")
    try:
        name = check_name(parts[1])
    except TlogError:
        raise TlogError("malformed", "a signature under a name that no key may have") from None
    data = from_base64(parts[2])
    if len(data) < 5:
        raise TlogError("malformed", "a signature without signature")
    return Signature(name, data[:4], data[4:])


def open_note(data: bytes, keys: Sequence[VerifierKey]) -> Note:
    """Read a note that at least one of `keys` has signed. Its text may be trusted as far as the keys are.

    Raises:
        TlogError: as `parse_note`; `bad_signature`, `no_known_signature`, `ambiguous_key`.
    """
    note = parse_note(data)
    if not note.verified(keys):
        raise TlogError("no_known_signature")
    return note
