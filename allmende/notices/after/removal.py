"""Taking down at once, and erasing: by somebody who approves, or at its day."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import Chore
from allmende.core.models import Body, Person, Record
from allmende.core.permissions import Act, require
from allmende.lib.legalcalendar.computation import Code
from allmende.notices import kinds
from allmende.notices.gazette import withdrawing
from allmende.notices.models import LegalDay, Notice
from allmende.notices.offering import services as offering
from allmende.publication import services as publication
from allmende.publication.models import Removal
from allmende.tasks import services as tasks
from allmende.tasks.kinds import BREACH, BREACH_TIME

State = Notice.State
Reason = Removal.Reason
ERASE_DAYS: Final = (Code.ERASE_FROM.value, Code.ERASE_BY.value)


@transaction.atomic
def take_down(notice_id: UUID, *, artefacts: Collection[str] | None, reason: Removal.Reason, body: Body, by: Person, at: datetime) -> None:
    """Take a notice, or some of its attachments ('attachment-2'), off the net at once. A leak opens the task of Art. 33 GDPR.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NotPublic: nothing of it is public.
    """
    require(by, body, Act.WRITE, at=at)
    record = Record.objects.for_body(body).select_related("body").get(pk=notice_id, kind=Record.Kind.NOTICE)
    removal = publication.take_down(record, artefacts=artefacts, reason=reason, by=by, at=at)
    if artefacts is None:
        withdrawing.follow(_notice(record), at=at)
    if reason == Reason.PERSONAL_DATA:
        tasks.open(kind=BREACH.code, record=record, by=by, at=at, due=at + BREACH_TIME, once=str(removal.pk))


def _notice(record: Record) -> Notice:
    return Notice.objects.for_body(record.body).select_related("record__body__administered_by").get(pk=record.pk)


def erase(notice_id: UUID, *, body: Body, by: Person | None, at: datetime) -> None:
    """Erase a notice that was public: text, versions, files, names. Its place in the log stays. `by`: None at the day set.

    Raises:
        NotAllowed: `by` may not approve in `body`.
        NotErasable: it was never public.
    """
    record = Record.objects.for_body(body).select_related("body").get(pk=notice_id, kind=Record.Kind.NOTICE)
    publication.erase(record, by=by, at=at)


def due(at: datetime) -> Iterator[tuple[Body, UUID]]:
    """Notices that name people and whose day of erasure has come; those that are off the net and wait for an archive are left out.

    1 query, and 2 for each body that has such days.
    ERASE_BY is the day by whose end it must be gone: the worker comes at its beginning.
    """
    today = timezone.localdate(at)
    come = Q(code__in=ERASE_DAYS, day__lte=today, notice__personal=kinds.Personal.NAMES, notice__state__in=(State.PUBLIC, State.REMOVED))
    for body in Body.objects.filter(Exists(LegalDay.objects.of_outer(notice__record__body=OuterRef("pk")).filter(come))).order_by("pk"):
        rows = LegalDay.objects.for_body(body).filter(come).order_by("day", "notice").values_list("notice", "notice__state")
        waiting = offering.waiting(body, at)
        yield from ((body, notice) for notice, state in dict.fromkeys(rows) if state == State.PUBLIC or notice not in waiting)


def erase_due(found: Sequence[tuple[Body, UUID]], at: datetime) -> None:
    """At the day the public copies go in any case; the rest goes too, unless an archive may still answer (docs/adr/0019)."""
    for body, notice in found:
        if notice in offering.waiting(body, at):
            _end(notice, body=body, at=at)
        else:
            erase(notice, body=body, by=None, at=at)


@transaction.atomic
def _end(notice_id: UUID, *, body: Body, at: datetime) -> None:
    record = Record.objects.for_body(body).select_related("body").get(pk=notice_id, kind=Record.Kind.NOTICE)
    publication.end(record, reason=Reason.PERIOD_OVER, by=None, at=at)
    withdrawing.follow(_notice(record), at=at)


DUE: Final = Chore(_("Bekanntmachungen, deren Tag der Löschung gekommen ist"), due, erase_due)
