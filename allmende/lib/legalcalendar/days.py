"""Counting days, weeks, months and years by §§ 187 to 193 of the German Civil Code (BGB).

Days are days in Europe/Berlin. A period that ends on a day ends with that day, at 24:00.

Only what a person has to declare or do moves from a Saturday, Sunday or holiday to the next working day (§ 193). A fiction
(service after two weeks, validity after a year), the completion of a publication and the entry into force never move.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from allmende.lib.german import legal_time
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.places import Place

ONE_DAY = timedelta(days=1)


class Begin(Enum):
    """What a period begins with, § 187 BGB."""

    EVENT = "event"
    """With something that happens in the course of a day: this day is not counted (1)."""
    DAY = "day"
    """With the beginning of a day: this day is counted (2), as with a display from a stated day on."""


def berlin_day(at: datetime) -> date:
    """The day in Europe/Berlin. Raises ValueError for a time without zone."""
    return _aware(at).astimezone(legal_time()).date()


def noon(day: date) -> datetime:
    """A moment of the day in Europe/Berlin, where the moment does not matter."""
    return datetime.combine(day, time(12), tzinfo=legal_time())


def end_of(day: date) -> datetime:
    """24:00 of a day in Europe/Berlin, which is 0:00 of the next."""
    return datetime.combine(day + ONE_DAY, time(), tzinfo=legal_time())


def last_day(start: date, period: Period, begin: Begin) -> date:
    """The day with whose end the period ends, § 188 BGB. Raises OverflowError or ValueError beyond the year 9999.

    Days: (1). Weeks, months, years: (2): the day of the same name or number, or the one before if the first day counts.
    A month without that day: its last day (3).
    """
    if period.days:
        return start + timedelta(days=period.days - (begin is Begin.DAY))
    if begin is Begin.EVENT:
        return _in_month(start, period.months, start.day)
    if start.day == 1:
        return _in_month(start, period.months - 1, 31)
    return _in_month(start, period.months, start.day - 1)


def _in_month(start: date, months: int, number: int) -> date:
    """That day of the month so many months later, or the month's last."""
    month = start.year * 12 + start.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(number, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Rolled:
    """A time limit for an act. `over`: the days it moved over, each with its German name (§ 193 BGB); empty if it did not move."""

    day: date
    counted: date
    over: tuple[tuple[date, str], ...]

    @property
    def moved(self) -> bool:
        return self.day != self.counted


def roll(day: date, place: Place) -> Rolled:
    """The last day for an act or a declaration that is due on `day`: the next working day after a rest day, § 193 BGB."""
    over: list[tuple[date, str]] = []
    on = day
    while place.is_rest_day(on):
        over.append((on, place.holiday(on) or ("Samstag" if on.weekday() == 5 else "Sonntag")))
        on += ONE_DAY
    return Rolled(on, day, tuple(over))


def last_day_to_act(start: date, period: Period, begin: Begin, place: Place) -> Rolled:
    """End of a period within which somebody has to act."""
    return roll(last_day(start, period, begin), place)


def working_days(start: date, place: Place, *, saturdays: bool = False) -> Iterator[date]:
    """Working days from `start` on, itself included: Monday to Friday, on request Saturday, never a holiday."""
    return _days(start, lambda day: day.weekday() < 5 + saturdays and place.holiday(day) is None)


@dataclass(frozen=True, slots=True)
class OpeningDays:
    """When an office is open for inspection. `weekdays`: 0 Monday to 6 Sunday. `closed`: single days without service.

    Raises ValueError without any weekday.
    """

    weekdays: frozenset[int] = frozenset(range(5))
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError(f"weekdays={sorted(self.weekdays)}: expected at least one of 0 (Monday) to 6 (Sunday)")

    def days(self, start: date, place: Place) -> Iterator[date]:
        """Days with service from `start` on, itself included; never a public holiday."""
        return _days(start, lambda day: day.weekday() in self.weekdays and day not in self.closed and place.holiday(day) is None)


def _days(start: date, wanted: Callable[[date], bool]) -> Iterator[date]:
    day = start
    while True:
        if wanted(day):
            yield day
        day += ONE_DAY


def nth(days: Iterator[date], count: int) -> date:
    """The `count`-th of the days, the first being 1. Raises ValueError for less."""
    if count < 1:
        raise ValueError(f"count={count}: expected at least 1")
    for _ in range(count - 1):
        next(days)
    return next(days)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at}: expected a time with its zone")
    return at
