"""Modules say here what they do when something of theirs becomes public. Publication knows no module."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from allmende.core.models import Record
from allmende.lib.official import OfficialPage


def _nothing(record: Record, at: datetime) -> None:
    pass


def _no_void(record: Record, reason: str, at: datetime) -> None:
    pass


def _any_seal(record: Record, level: str, day: date) -> bool:
    return True


def _not_removed(record: Record, artefacts: tuple[str, ...], reason: str, at: datetime) -> None:
    pass


def _not_erased(record: Record, artefacts: tuple[str, ...] | None, at: datetime) -> None:
    pass


def _as_approved(record: Record, page: OfficialPage, day: date) -> OfficialPage:
    return page


@dataclass(frozen=True)
class PublishedKind:
    """`on_sealing(record, page, day)` gives the page as it is sealed for a day: `page` as it was approved, with the day, and with what
    follows from it (`follows`, `notes`). A pure function of what was stored at the approval and of the day: a step that is done once
    more, and a copy that is made later, give the same page. It raises a DomainError where that day is not allowed: publishing waits,
    its code stands on the desk, and it is tried again.

    `accepts_seal(record, level, day)` says whether a seal of this level (lib.seal.SealLevel) will do; asked right before sealing.

    `on_provided(record, at)` runs in the transaction that makes the page answer; `at` is *provided at*.
    It may run again with a later moment, if the commit came too late for the first one.

    `on_public(record, at)` runs once, in the transaction that confirms *provided at*: mails and feeds follow from here.

    `on_void(record, reason, at)` runs in the transaction that declares an attempt void: tell the clerk.
    `reason` is a value of Attempt.Reason. Another attempt follows by itself.

    `on_removed(record, artefacts, reason, at)` runs in the transaction that takes down the record, or attachments of it: `artefacts`
    are the names in the log, `reason` is a value of Removal.Reason. The record is no longer visible then, if all of it was taken down.

    `on_erased(record, artefacts, at)` runs in the transaction that erases the record (`artefacts` None) or some of its attachments:
    whatever the module keeps of it that could name somebody goes now, drafts and versions too. Files go after the commit.

    The last five only write rows (and put rows into the outbox); an exception takes the whole step back.
    """

    record_kind: str
    on_sealing: Callable[[Record, OfficialPage, date], OfficialPage] = _as_approved
    accepts_seal: Callable[[Record, str, date], bool] = _any_seal
    on_provided: Callable[[Record, datetime], None] = _nothing
    on_public: Callable[[Record, datetime], None] = _nothing
    on_void: Callable[[Record, str, datetime], None] = _no_void
    on_removed: Callable[[Record, tuple[str, ...], str, datetime], None] = _not_removed
    on_erased: Callable[[Record, tuple[str, ...] | None, datetime], None] = _not_erased


_KINDS: dict[str, PublishedKind] = {}


def register(kind: PublishedKind) -> None:
    """Called in AppConfig.ready() of the module. The last registration of a record kind counts."""
    _KINDS[kind.record_kind] = kind


def of(record: Record) -> PublishedKind:
    return _KINDS.get(record.kind) or PublishedKind(record.kind)
