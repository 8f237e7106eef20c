"""What the log says: its entries, canonical JSON without any personal data (docs/log.md, "Entries").

published   artefacts became public; each is named by a salted commitment
void        what an earlier entry announced never became public in that form

Readers of the log keep going when they meet an event that came later than they did: it is an `Other`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allmende.lib.commitment import NotCanonical, canonical_json, parse_canonical_json

VERSION = 1

_WORD = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class LeafError(ValueError):
    """Bytes or values that are no entry of the log."""


@dataclass(frozen=True)
class Published:
    """`artefacts`: name of the artefact to its commitment (32 bytes), see `allmende.lib.commitment.commit`."""

    kind: str
    artefacts: Mapping[str, bytes]


@dataclass(frozen=True)
class Void:
    """The entry at `index` holds no longer; `reason` is a word such as `day_passed`."""

    index: int
    reason: str


@dataclass(frozen=True)
class Other:
    """An event that this version does not know."""

    event: str
    values: Mapping[str, Any]


def published(*, kind: str, artefacts: Mapping[str, bytes]) -> bytes:
    """The entry for artefacts that become public. Raises LeafError."""
    values = {name: commitment.hex() for name, commitment in artefacts.items()}
    return _checked({"artefacts": values, "event": "published", "kind": kind, "v": VERSION})


def void(*, index: int, reason: str) -> bytes:
    """The entry that takes the one at `index` back. Raises LeafError."""
    return _checked({"event": "void", "index": index, "reason": reason, "v": VERSION})


def _checked(values: dict[str, Any]) -> bytes:
    try:
        entry = canonical_json(values)
    except (TypeError, ValueError) as error:
        raise LeafError(str(error)) from None
    parse_leaf(entry)
    return entry


def parse_leaf(entry: bytes) -> Published | Void | Other:
    """Read an entry of the log. Raises LeafError: no canonical JSON, another version, or a known event in another form."""
    try:
        values = parse_canonical_json(entry)
    except NotCanonical:
        raise LeafError("not canonical JSON") from None
    version, event = values.get("v"), values.get("event")
    if type(version) is not int or version != VERSION or not isinstance(event, str) or not _WORD.fullmatch(event):
        raise LeafError("not an entry of version 1")
    match values:
        case {"event": "published", "artefacts": dict(artefacts), "kind": str(kind), "v": _} if len(values) == 4:
            hashes = [value for value in artefacts.values() if isinstance(value, str) and _HASH.fullmatch(value)]
            if artefacts and len(hashes) == len(artefacts) and all(map(_NAME.fullmatch, artefacts)) and _WORD.fullmatch(kind):
                return Published(kind, {name: bytes.fromhex(value) for name, value in artefacts.items()})
        case {"event": "void", "index": int(index), "reason": str(reason), "v": _} if len(values) == 4:
            if type(index) is int and index >= 0 and _WORD.fullmatch(reason):
                return Void(index, reason)
        case {"event": event} if event not in ("published", "void"):
            return Other(event, values)
    raise LeafError(f"not an entry of the kind {event}")
