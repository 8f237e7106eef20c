"""Salted commitments and canonical JSON. Pure functions: no Django, no database."""

import hashlib
import json
from typing import Any, Final, NoReturn

# Domain tags: what is committed to as one thing can never be shown as another.
ARTEFACT: Final = b"allmende/artefact/v1\n"
AUDIT: Final = b"allmende/audit/v1\n"

#: Every JSON reader holds integers up to this size exactly (RFC 8259, section 6).
MAX_INTEGER: Final = 2**53 - 1


class NotCanonical(ValueError):
    """Bytes that are not exactly the canonical JSON of what they say."""


def canonical_json(values: dict[str, Any]) -> bytes:
    """The same values give the same bytes: keys sorted by code point, no spaces, UTF-8 without escapes where JSON allows.

    Raises:
        TypeError, ValueError: a value that has no canonical form: floats, integers beyond 2**53 - 1, keys that are
            no strings, lone surrogates, types that JSON does not know.
    """
    _check(values)
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def parse_canonical_json(data: bytes) -> dict[str, Any]:
    """Read what `canonical_json` wrote, and nothing else.

    Raises:
        NotCanonical: not UTF-8, no JSON object, a key twice, another order of keys, a space, an escape that is not
            needed, a number in another spelling, a byte too many, nested too deep.
    """
    try:
        values = json.loads(data.decode(), object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float)
        if isinstance(values, dict) and canonical_json(values) == data:
            return values
    except (ValueError, TypeError, RecursionError):
        pass
    raise NotCanonical("not canonical JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise NotCanonical("a key twice")
    return values


def _no_float(text: str) -> NoReturn:
    raise NotCanonical("a number that is no integer")


def _check(value: object) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("a key of canonical JSON is a string")
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise ValueError("an integer beyond 2**53 - 1 has no canonical JSON")
    elif not isinstance(value, int | str | None):
        raise TypeError(f"{type(value).__name__} has no canonical JSON")


def commit(domain: bytes, salt: bytes, payload: bytes) -> bytes:
    """Return SHA-256(domain || salt || SHA-256(payload)), 32 bytes.

    Hides the payload as long as the salt is secret, even if the payload could be guessed; once
    salt and payload are erased, the commitment says nothing about a person any more.

    Raises:
        ValueError: the salt has not 32 bytes.
    """
    return commit_digest(domain, salt, hashlib.sha256(payload).digest())


def commit_digest(domain: bytes, salt: bytes, digest: bytes) -> bytes:
    """The same for a payload of which only the SHA-256 is at hand. Raises ValueError: salt or digest have not 32 bytes."""
    if len(salt) != 32 or len(digest) != 32:
        raise ValueError(f"salt has {len(salt)} bytes, digest {len(digest)}: expected 32")
    return hashlib.sha256(domain + salt + digest).digest()
