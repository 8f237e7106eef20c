"""Days and mornings of the work list, in the time of the town."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

HOUR: Final = 6  # o'clock: when people are reminded


def _at(day: date, hour: int = 0) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001 (made aware in the time of the town)


def end_of(day: date) -> datetime:
    """The midnight that ends a day."""
    return _at(day + timedelta(days=1))


def last_day(end: datetime) -> date:
    """The day that a moment ends, or on which it lies."""
    return timezone.localdate(end - timedelta(microseconds=1))


def next_morning(at: datetime) -> datetime:
    """The next six o'clock after `at`."""
    today = _at(timezone.localdate(at), HOUR)
    return today if at < today else _at(timezone.localdate(at) + timedelta(days=1), HOUR)
