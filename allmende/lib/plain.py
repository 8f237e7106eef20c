"""Values of the house as plain values of JSON, and back again: strictly, since what comes back was said by a process that reads
hostile files (see lib/limited).

What there is: str, int, bool, None, datetime (ISO 8601), bytes (hex), enumerations of strings (their value), tuples of one kind
(list), named tuples (list), dataclasses (object with every field), and any of them or None.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class NotPlain(ValueError):
    """Not what `to_plain` makes of such a value."""


def to_plain(value: object) -> Any:
    """For JSON. `of_plain` of the same kind reads it back to an equal value."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def of_plain(kind: type[T], plain: object) -> T:
    """The value again. Raises NotPlain, whatever `plain` is; text that is none (half of a surrogate pair) is refused too."""
    try:
        return cast(T, _read(kind, plain))
    except NotPlain:
        raise
    except ValueError as error:  # of an enumeration, a moment, a dataclass that checks itself
        raise NotPlain(f"{kind.__name__}: {error}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _a(kind: type[T], plain: object) -> T:
    if type(plain) is not kind:
        raise NotPlain(f"{type(plain).__name__} instead of {kind.__name__}")
    return plain


def _read(kind: Any, plain: object) -> object:
    if get_origin(kind) is UnionType:
        (other,) = (one for one in get_args(kind) if one is not NoneType)
        return None if plain is None else _read(other, plain)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], part) for part in _a(list, plain))
    if is_dataclass(kind):
        values = _fields(_hints(cast(type, kind)), _a(dict, plain))
        return cast(Any, kind)(**values)
    if issubclass(kind, tuple):
        parts = _a(list, plain)
        hints = _hints(kind)
        if len(parts) != len(hints):
            raise NotPlain(f"{len(parts)} instead of {len(hints)} parts")
        return kind(*(_read(part, value) for part, value in zip(hints.values(), parts, strict=True)))
    if kind in (int, bool):
        return _a(kind, plain)
    text = _a(str, plain)
    text.encode()  # UnicodeEncodeError is a ValueError
    if kind is datetime:
        return datetime.fromisoformat(text)
    return bytes.fromhex(text) if kind is bytes else kind(text)


def _fields(hints: Mapping[str, Any], plain: Mapping[str, object]) -> dict[str, object]:
    if plain.keys() != hints.keys():
        raise NotPlain(f"fields {sorted(plain.keys() ^ hints.keys())} missing or too many")
    return {name: _read(hint, plain[name]) for name, hint in hints.items()}
