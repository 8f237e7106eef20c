"""By-laws: the notice says to the rest of the house that it has promulgated one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from allmende.core import outbox
from allmende.core.models import Body, Record
from allmende.lib.legalcalendar.computation import Code
from allmende.notices import kinds
from allmende.notices.models import LegalDay, Notice

TOPIC: Final = "notices.promulgated"
ENDED: Final = "notices.promulgation_ended"


@dataclass(frozen=True)
class Promulgated:
    """A public notice of local law. `values`: its details as read, `in_force_on`: as its calendar says it."""

    record: Record
    values: dict[str, Any]
    in_force_on: date | None
    provided_at: datetime


def on_public(record: Record, at: datetime) -> None:
    """In the transaction that makes the notice public: whoever keeps the local law hears of it from the outbox."""
    if Notice.objects.for_body(record.body).filter(pk=record.pk, kind__in=kinds.local_law()).exists():
        outbox.put(record, TOPIC, at=at)


def on_ended(record: Record, at: datetime, *, erased: bool) -> None:
    """In the transaction that takes it down or erases it."""
    if Notice.objects.for_body(record.body).filter(pk=record.pk, kind__in=kinds.local_law()).exists():
        outbox.put(record, ENDED, once="erased" if erased else "removed", at=at)


def is_erased(notice_id: UUID, *, body: Body) -> bool:
    """1 query."""
    return Notice.objects.for_body(body).filter(pk=notice_id, state=Notice.State.ERASED).exists()


def of(notice_id: UUID, *, body: Body) -> Promulgated | None:
    """What a notice of local law said when it became public, also where it was taken down since; None: it is none, or erased. 2 queries."""
    provided = Notice.objects.for_body(body).filter(pk=notice_id, kind__in=kinds.local_law(), provided_at__isnull=False)
    notice = provided.exclude(state=Notice.State.ERASED).select_related("record__body").first()
    if notice is None or notice.provided_at is None:
        return None
    return Promulgated(notice.record, kinds.get(notice.kind).read(notice.details), entry_of(notice), notice.provided_at)


def entry_of(notice: Notice) -> date | None:
    """The day on which the by-law enters into force, by the calendar of its notice. 1 query."""
    days = LegalDay.objects.for_body(notice.record.body).filter(notice=notice, code=Code.ENTRY.value)
    return days.values_list("day", flat=True).first()
