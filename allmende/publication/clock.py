"""What time it is for the worker.

The outbox passes the time at which a row was claimed. *Provided at* is a legal moment, so the worker looks at
the clock itself, again at every step. Only where a past is played through (tests, demo data) does its clock
start at the time that the outbox passes, and run on from there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
BERLIN = ZoneInfo("Europe/Berlin")  # the legal time of every body
_as_told = False


def system() -> datetime:
    return datetime.now(UTC)


def from_(at: datetime) -> Clock:
    """A clock that shows `at` now and runs on."""
    start = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - start)


def for_row(at: datetime) -> Clock:
    """The clock for a row of the outbox that was handed out at `at`."""
    return from_(at) if _as_told else system


@contextmanager
def as_told() -> Iterator[None]:
    """While this is open, the worker believes the time it is given. For the whole process."""
    global _as_told
    before, _as_told = _as_told, True
    try:
        yield
    finally:
        _as_told = before


def midnight_after(at: datetime) -> datetime:
    """The end of the day of `at` in Germany, in UTC."""
    day = at.astimezone(BERLIN).date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
