"""A day as people type it."""

import re
from datetime import date

from allmende.lib.german.dates import MONTHS, WEEKDAYS, WEEKDAYS_SHORT


class UnreadableDay(ValueError):
    """The text has not the form of a day."""


class NoSuchDay(ValueError):
    """The text has the form of a day, but the calendar does not have it (31.2.2026)."""


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
