"""Attachments in a bundle: contained, detached or withheld (docs/log.md, "Attachments").

Contained: the file is a member. Detached: the manifest states its checksum, which the salt ties to the entry; the file is somewhere
else. Withheld: the entry names it, and the bundle holds nothing more of it, because it was taken down or because somebody left it out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from allmende.lib.commitment import MAX_INTEGER, NotCanonical, parse_canonical_json

MOST: Final = 20  # with the fixed members and the revocation data these are as many as a bundle can have
NAME: Final = re.compile(r"attachments/([1-9]|1[0-9]|20)\.[a-z0-9]{1,8}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Detached:
    """What the manifest states of an attachment that is no member. `sha256` has 32 bytes; `size` in bytes is bound by nothing."""

    sha256: bytes
    size: int


class Given(NamedTuple):
    """A file that is handed in beside a bundle: how its owner calls it, SHA-256 (32 bytes), size in bytes."""

    name: str
    sha256: bytes
    size: int


class Standing(StrEnum):
    """What is known of one attachment. `matched`: a file that was handed in is it."""

    CONTAINED = "contained"
    MATCHED = "matched"
    NOT_AT_HAND = "not_at_hand"
    WITHHELD = "withheld"
    CHANGED = "changed"


@dataclass(frozen=True)
class Found:
    """One attachment that the entry names. `sha256` in hex; both are empty where the bundle does not state them."""

    number: int
    standing: Standing
    sha256: str = ""
    size: int | None = None


def number_of(member: str) -> int:
    """The number in the name of a member. Raises ValueError: not the name of an attachment."""
    if not (match := NAME.fullmatch(member)):
        raise ValueError(member)
    return int(match[1])


def artefact(number: int) -> str:
    """The name under which the entry has it."""
    return f"attachment-{number}"


def in_order(members: Iterable[str]) -> list[str]:
    return sorted(members, key=number_of)


def numbers_in(artefacts: Iterable[str]) -> list[int] | None:
    """The numbers of the attachments that an entry names beside page and document; None: they are not numbered from 1 without gap."""
    names = set(artefacts)
    numbers = list(range(1, min(len(names), MOST) + 1))
    return numbers if names == {artefact(number) for number in numbers} else None


def detached_in(manifest: bytes) -> dict[str, Detached] | None:
    """What the manifest of a bundle with attachments states; None: it is of one without, or cannot be read."""
    try:
        said = parse_canonical_json(manifest)
    except NotCanonical:
        return None
    stated = said.get("detached")
    if type(said.get("v")) is not int or said["v"] != 2 or not isinstance(stated, dict) or not all(map(_is_stated, stated.items())):
        return None
    return {name: Detached(bytes.fromhex(one["sha256"]), one["size"]) for name, one in stated.items()}


def _is_stated(pair: tuple[str, Any]) -> bool:
    name, one = pair
    if not NAME.fullmatch(name) or not isinstance(one, dict) or sorted(one) != ["sha256", "size"]:
        return False
    size, digest = one["size"], one["sha256"]
    return isinstance(digest, str) and bool(_HASH.fullmatch(digest)) and type(size) is int and 0 < size <= MAX_INTEGER


def as_stated(detached: Mapping[str, Detached]) -> dict[str, dict[str, object]]:
    """The same for the manifest."""
    return {name: {"sha256": one.sha256.hex(), "size": one.size} for name, one in detached.items()}
