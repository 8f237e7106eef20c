"""Outages of a period, and what was watched of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from allmende.evidence.models import Heartbeat, Outage


@dataclass(frozen=True)
class Watched:
    """What is known of a period. `outages`: those that lie in it at least in part, oldest first.

    `since`: from when on its running was watched, None if not at all; `measured_since`: the same for the public address.
    """

    begin: datetime
    end: datetime
    outages: Sequence[Outage]
    since: datetime | None
    measured_since: datetime | None

    @property
    def is_whole(self) -> bool:
        """Whether all of it was watched."""
        return self.since is not None and self.since <= self.begin


def between(begin: datetime, end: datetime) -> Watched:
    """What is known of the time from `begin` to `end`. 2 queries."""
    beat = Heartbeat.objects.first()
    rows = Outage.objects.filter(Q(ends_at=None) | Q(ends_at__gt=begin), begins_at__lt=end).order_by("begins_at", "pk")
    return Watched(begin, end, list(rows), beat.since if beat else None, beat.measured_since if beat else None)


def latest(limit: int) -> list[Outage]:
    """The last outages, newest first. 1 query."""
    return list(Outage.objects.all()[:limit])
