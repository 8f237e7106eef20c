"""When a notice is offered, how long its erasure waits for the answer, and what follows when it is erased.

The public copies go at the day of erasure in any case. What waits is the office's copy alone, and no longer than the rule says.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import Chore
from allmende.core.models import Body, Record
from allmende.lib.legalcalendar.computation import Code
from allmende.notices import kinds
from allmende.notices.models import ArchiveRule, LegalDay, Notice, Offer
from allmende.notices.offering import rules
from allmende.notices.offering.tasks import ANSWER, OFFER
from allmende.tasks import services as tasks
from allmende.tasks.models import Task

ERASE_DAYS: Final = (Code.ERASE_FROM.value, Code.ERASE_BY.value)
State = Notice.State
Answer = Offer.Answer


class Due(NamedTuple):
    body: Body
    notice: UUID
    erase_on: date


def to_offer(at: datetime) -> Iterator[Due]:
    """Notices that come up for erasure within the lead time and were not offered yet. 1 query, and 1 for each body with a rule."""
    today = timezone.localdate(at)
    for body in Body.objects.filter(Exists(ArchiveRule.objects.of_outer(body=OuterRef("pk")))).order_by("pk"):
        rule = rules.of(body)
        if rule is None:
            continue
        rows = LegalDay.objects.for_body(body).filter(
            code__in=ERASE_DAYS,
            day__lte=today + timedelta(days=rule.lead_days),
            notice__kind__in=rule.kinds,
            notice__personal=kinds.Personal.NAMES,
            notice__state__in=(State.PUBLIC, State.REMOVED),
            notice__offer=None,
        )
        days: dict[UUID, date] = {}
        for notice, day in rows.values_list("notice", "day"):
            days[notice] = min(day, days.get(notice, day))
        yield from (Due(body, notice, day) for notice, day in sorted(days.items(), key=lambda one: (one[1], one[0])))


def open_offers(found: Sequence[Due], at: datetime) -> None:
    """The offer and its task. Its days are kept with it: a rule that changes later moves nothing."""
    for body, notice, erase_on in found:
        rule = rules.of(body)
        if rule is None:
            continue
        wait_until = erase_on + timedelta(days=rule.answer_days or 0)
        with transaction.atomic():
            there = Notice.objects.for_body(body).filter(pk=notice, state__in=(State.PUBLIC, State.REMOVED))
            if not there.update(version=F("version")):  # erased meanwhile; who erases now waits and closes what is opened here
                continue
            record = Record.objects.for_body(body).select_related("body").get(pk=notice)
            rows = Offer.objects.for_body(body)
            _offer, new = rows.get_or_create(notice_id=notice, defaults={"erase_on": erase_on, "wait_until": wait_until})
            if new:
                tasks.open(kind=OFFER.code, record=record, due=erase_on, details={"source": rule.source}, at=at)


def waiting(body: Body, at: datetime) -> frozenset[UUID]:
    """Notices of a body whose erasure waits for an answer today. 1 query."""
    open_ = Offer.objects.for_body(body).filter(answer=Answer.OPEN, wait_until__gt=timezone.localdate(at))
    return frozenset(open_.values_list("notice", flat=True))


def erased(record: Record, at: datetime) -> None:
    """The notice is erased, in this transaction: what was not answered never will be, and there is nothing left to offer."""
    open_ = Offer.objects.for_body(record.body).filter(notice=record.pk, answer=Answer.OPEN)
    open_.update(answer=Answer.NO_ANSWER, answered_at=at)
    text = "Die Bekanntmachung ist gelöscht. Eine Antwort des Archivs lag bis dahin nicht vor."
    for kind in (OFFER, ANSWER):
        tasks.settle(kind.code, record, state=Task.State.DROPPED, text=text, at=at)


OFFERS: Final = Chore(_("Bekanntmachungen, die dem Archiv anzubieten sind"), to_offer, open_offers, tidies=False)
