"""Days and moments as people type them."""

import re
from datetime import UTC, date, datetime, time

from allmende.lib.german.dates import MONTHS, WEEKDAYS, WEEKDAYS_SHORT, legal_time


class UnreadableDay(ValueError):
    """The text has not the form of a day."""


class NoSuchDay(ValueError):
    """The text has the form of a day, but the calendar does not have it (31.2.2026)."""


class UnreadableTime(ValueError):
    """There is no time of day, or what stands there is none."""


class NoSuchTime(ValueError):
    """The day does not have this time: no day has it, or the clock is put forward over it; 24 o'clock is the next day."""


_NAMES = {name.casefold(): number for names in MONTHS.values() for number, name in enumerate(names, 1)} | {
    "maerz": 3,
    "mrz": 3,
    "jänner": 1,
    "feber": 2,
}
_WEEKDAY = re.compile(
    rf"^(?:{'|'.join(name for names in (*WEEKDAYS.values(), *WEEKDAYS_SHORT.values()) for name in names)}|Sonnabend)\.?,?\s+", re.IGNORECASE
)
_FORMS = (
    re.compile(r"(?P<d>\d{1,2})\s*[.,/ -]\s*(?P<m>\d{1,2})\s*[.,/ -]\s*(?P<y>\d{4}|\d{2})", re.ASCII),  # 1.3.26
    re.compile(r"(?P<d>\d{1,2})\.?\s*(?P<name>[^\W\d_]{3,9})\.?,?\s*(?P<y>\d{4}|\d{2})", re.IGNORECASE),  # 1. März 2026
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII),  # 2026-03-01
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4}|\d{2})", re.ASCII),  # 010326: some telephones offer no point
)


_TIME = re.compile(
    r"[,;\s]\s*(?:um\s+|ab\s+|bis\s+)?(?P<h>\d{1,2})(?:\s*[.:]\s*(?P<min>\d{2}))?\s*(?P<uhr>Uhr|h)?(?:\s*(?P<late>\d{2}))?\s*$",
    re.IGNORECASE | re.ASCII,
)  # 19 Uhr, 19:00, 19.30 Uhr, 19 Uhr 30


def parse_date(text: str) -> date:
    """The day that a person has typed; the day comes before the month, a weekday before it is ignored.

    Two digits are a year as in POSIX: 00 to 68 in this century, 69 to 99 in the last.

    Raises:
        UnreadableDay: it is no day at all.
        NoSuchDay: there is no such day.
    """
    plain = _WEEKDAY.sub("", " ".join(text.split()))
    for form in _FORMS:
        if found := form.fullmatch(plain):
            break
    else:
        raise UnreadableDay(text)
    parts = found.groupdict()
    month = int(parts["m"]) if parts.get("m") else _month(parts["name"])
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year < 69 else 1900
    try:
        return date(year, month, int(parts["d"]))
    except ValueError as error:
        raise NoSuchDay(text) from error


def _month(name: str) -> int:
    typed = name.casefold()
    for full, month in _NAMES.items():
        if full.startswith(typed):
            return month
    raise UnreadableDay(name)


def parse_moment(text: str) -> datetime:
    """Day and time of day that a person has typed, in the legal time of Germany: '1.3.2026, 19 Uhr', '1. März 2026 um 19:30'.

    An hour that the clock shows twice, when it is put back, is the first of both.

    Raises:
        UnreadableDay, NoSuchDay: see parse_date.
        UnreadableTime: no time of day after the day.
        NoSuchTime: the day does not have this time.
    """
    plain = " ".join(text.split())
    found = _TIME.search(plain)
    if found is None or not _is_time(found):
        parse_date(plain)
        raise UnreadableTime(text)
    day = parse_date(plain[: found.start()].rstrip(" ,;"))
    hour, minute = int(found["h"]), int(found["min"] or found["late"] or 0)
    if (hour, minute) == (24, 0):
        raise NoSuchTime(text)
    if hour > 23 or minute > 59:
        raise NoSuchTime(text)
    moment = datetime.combine(day, time(hour, minute), legal_time())
    try:
        there = moment.astimezone(UTC).astimezone(legal_time()).replace(tzinfo=None) == moment.replace(tzinfo=None)
    except OverflowError:  # the first and the last day that there is
        there = False
    if not there:
        raise NoSuchTime(text)
    return moment


def _is_time(found: re.Match[str]) -> bool:
    """A bare number is the year of a day without time; minutes stand once, after 'Uhr' or before it."""
    said = found["min"] is not None, found["uhr"] is not None, found["late"] is not None
    return said in ((True, False, False), (True, True, False), (False, True, False), (False, True, True))
