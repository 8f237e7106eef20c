"""Modules say here what a certificate states of their records. Evidence knows no module."""

from collections.abc import Callable
from dataclasses import dataclass

from allmende.core.models import Record
from allmende.lib.official import Fact


@dataclass(frozen=True)
class CertifiedKind:
    """`about(record)`: name of its kind and its number, in German. `effects(record)`: its legal days, as they were stored when it was
    provided, in German; empty where nothing follows from its day. Both only read.
    """

    record_kind: str
    about: Callable[[Record], tuple[str, str]]
    effects: Callable[[Record], tuple[Fact, ...]]


_KINDS: dict[str, CertifiedKind] = {}


def register(kind: CertifiedKind) -> None:
    """Called in AppConfig.ready() of the module. The last registration of a record kind counts."""
    _KINDS[kind.record_kind] = kind


def of(record: Record) -> CertifiedKind | None:
    """None: records of this kind are not certified."""
    return _KINDS.get(record.kind)
