"""The kinds of notices. Later kinds register here with what is theirs; the rest of the module asks only this table."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind of notice."""

    code: str  # stored with every notice: never changed
    name: str | Promise  # above the title
    hint: str | Promise  # shown where a clerk chooses the kind
    local_law: bool = False  # promulgates a by-law or ordinance: listed under local law
    indexable: bool = True  # no personal data: search engines may list it


_KINDS: dict[str, Kind] = {}


class KindTaken(RuntimeError):
    """Two parts of the platform register the same code."""


def register(kind: Kind) -> Kind:
    """Add a kind, once, while the applications are loaded.

    Raises:
        KindTaken: the code has another meaning already.
    """
    if _KINDS.setdefault(kind.code, kind) != kind:
        raise KindTaken(kind.code)
    return kind


def get(code: str) -> Kind:
    return _KINDS[code]


def known(code: str) -> bool:
    return code in _KINDS


def all_kinds() -> Iterable[Kind]:
    return _KINDS.values()


def local_law() -> frozenset[str]:
    """Codes of the kinds that promulgate local law."""
    return frozenset(kind.code for kind in _KINDS.values() if kind.local_law)


GENERAL = register(
    Kind(
        code="general",
        name=_("Allgemeine Bekanntmachung"),
        hint=_("Für Hinweise und Mitteilungen, die ortsüblich bekannt gemacht werden"),
    )
)
