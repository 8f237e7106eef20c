"""A sign of life of the worker, once a minute. What lies between two that are too far apart is an outage."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import Chore
from allmende.evidence.models import Heartbeat, Outage
from allmende.evidence.outages import measuring

EVERY: Final = timedelta(minutes=1)
GAP: Final = timedelta(minutes=5)  # a long piece of work or a restart is shorter
Cause = Outage.Cause


def beat(at: datetime) -> None:
    """Note that the worker lives at `at`, and whether the public address answers. Idempotent; of two at once, one counts."""
    address = measuring.address()
    answered = measuring.answers(address) if address else None
    last = Heartbeat.objects.first()
    with transaction.atomic():
        if last is None:
            last, is_first = Heartbeat.objects.get_or_create(number=1, defaults={"since": at, "last_at": at})
            if not is_first:
                return
        # A clock that was put back gives no sign of life until it has caught up.
        elif not Heartbeat.objects.filter(number=1, last_at=last.last_at, last_at__lt=at).update(last_at=at):
            return
        elif at - last.last_at > GAP:
            Outage.objects.create(cause=Cause.NOT_RUNNING, begins_at=last.last_at, ends_at=at)
        _measured(answered, last, at)


def _measured(answered: bool | None, last: Heartbeat, at: datetime) -> None:
    """What the measurement of this beat says, inside the transaction of the beat."""
    lasting = Outage.objects.filter(cause=Cause.NOT_ANSWERING, ends_at=None)
    if answered is None:  # the settings name no address any more: nothing further can be said about it
        lasting.update(ends_at=at)
        Heartbeat.objects.filter(number=1).update(measured_since=None, answered_at=None)
        return
    measured_since = last.measured_since or at
    if answered:
        lasting.update(ends_at=at)
        Heartbeat.objects.filter(number=1).update(measured_since=measured_since, answered_at=at)
        return
    Heartbeat.objects.filter(number=1).update(measured_since=measured_since)
    if not lasting.exists():
        # Before a gap nobody measured: that time is an outage of its own.
        seen = last.answered_at if last.answered_at and at - last.answered_at <= GAP else at
        Outage.objects.create(cause=Cause.NOT_ANSWERING, begins_at=seen)


def _now(at: datetime) -> Iterator[datetime]:
    yield at


def _beat(found: Sequence[datetime], at: datetime) -> None:
    beat(at)


HEARTBEAT = Chore(_("Lebenszeichen"), _now, _beat, every=EVERY, tidies=False)
