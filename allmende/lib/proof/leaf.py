"""What the log says: its entries, canonical JSON without any personal data (docs/log.md, "Entries").

published   artefacts became public; each is named by a salted commitment
void        what an earlier entry announced never became public in that form
removed     artefacts of an earlier entry are no longer provided
erased      artefacts of an earlier entry no longer exist where they were published, nor what tied them to the entry
related     a later entry corrects, renews or heals an earlier one

Readers of the log keep going when they meet an event that came later than they did: it is an `Other`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from allmende.lib.commitment import NotCanonical, canonical_json, parse_canonical_json

VERSION = 1

_WORD = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
_EVENTS = ("published", "void", "removed", "erased", "related")
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
class Removed:
    """`artefacts`: names of those of the entry at `index`, in the order of their code points; `reason` is a word."""

    index: int
    artefacts: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Erased:
    """As Removed; why is never said, as it would say something about who was named."""

    index: int
    artefacts: tuple[str, ...]


class Relation(StrEnum):
    """What the later entry does. `corrects`: an obvious slip; `renews`: published anew, with days of its own; `heals`: a fault."""

    CORRECTS = "corrects"
    RENEWS = "renews"
    HEALS = "heals"


@dataclass(frozen=True)
class Related:
    """The entry at `later` stands in this relation to the one at `index`."""

    index: int
    later: int
    relation: Relation


@dataclass(frozen=True)
class Other:
    """An event that this version does not know."""

    event: str
    values: Mapping[str, Any]


Leaf = Published | Void | Removed | Erased | Related | Other


def published(*, kind: str, artefacts: Mapping[str, bytes]) -> bytes:
    """The entry for artefacts that become public. Raises LeafError."""
    values = {name: commitment.hex() for name, commitment in artefacts.items()}
    return _checked({"artefacts": values, "event": "published", "kind": kind, "v": VERSION})


def void(*, index: int, reason: str) -> bytes:
    """The entry that takes the one at `index` back. Raises LeafError."""
    return _checked({"event": "void", "index": index, "reason": reason, "v": VERSION})


def removed(*, index: int, artefacts: Collection[str], reason: str) -> bytes:
    """The entry that says what is no longer provided. Raises LeafError."""
    return _checked({"artefacts": sorted(artefacts), "event": "removed", "index": index, "reason": reason, "v": VERSION})


def erased(*, index: int, artefacts: Collection[str]) -> bytes:
    """The entry that says what no longer exists. Raises LeafError."""
    return _checked({"artefacts": sorted(artefacts), "event": "erased", "index": index, "v": VERSION})


def related(*, index: int, later: int, relation: Relation) -> bytes:
    """The entry that joins two others. Raises LeafError."""
    return _checked({"event": "related", "index": index, "later": later, "relation": relation.value, "v": VERSION})


def _checked(values: dict[str, Any]) -> bytes:
    try:
        entry = canonical_json(values)
    except (TypeError, ValueError) as error:
        raise LeafError(str(error)) from None
    parse_leaf(entry)
    return entry


def parse_leaf(entry: bytes) -> Leaf:
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
        case {"event": "void", "index": index, "reason": str(reason), "v": _} if len(values) == 4:
            if _is_index(index) and _WORD.fullmatch(reason):
                return Void(index, reason)
        case {"event": "removed", "artefacts": list(names), "index": index, "reason": str(reason), "v": _} if len(values) == 5:
            if _is_index(index) and _are_names(names) and _WORD.fullmatch(reason):
                return Removed(index, tuple(names), reason)
        case {"event": "erased", "artefacts": list(names), "index": index, "v": _} if len(values) == 4:
            if _is_index(index) and _are_names(names):
                return Erased(index, tuple(names))
        case {"event": "related", "index": index, "later": later, "relation": str(word), "v": _} if len(values) == 5:
            if _is_index(index) and _is_index(later) and index < later and word in {known.value for known in Relation}:
                return Related(index, later, Relation(word))
        case {"event": event} if event not in _EVENTS:
            return Other(event, values)
    raise LeafError(f"not an entry of the kind {event}")


def _is_index(value: object) -> bool:
    return type(value) is int and value >= 0


def _are_names(values: list[Any]) -> bool:
    """Names of artefacts, each once, in the one order."""
    named = all(isinstance(value, str) and _NAME.fullmatch(value) for value in values)
    return bool(values) and named and values == sorted(set(values))
