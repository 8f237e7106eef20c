"""Dates and times of day in words and figures."""

import re
from datetime import date, time

MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_ABBREVIATED = {"de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def key(language: str) -> str:
    return "de" if language.lower().startswith("de") else "en"


def long_date(day: date, language: str = "de") -> str:
    """'Mittwoch, 25. November 2026', 'Wednesday, 25 November 2026'."""
    return f"{WEEKDAYS[key(language)][day.weekday()]}, {date_with_year(day, language)}"


def date_with_year(day: date, language: str = "de") -> str:
    """'25. November 2026', '25 November 2026'."""
    dot = "." if key(language) == "de" else ""
    return f"{day.day}{dot} {MONTHS[key(language)][day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """'25.11.2026', in both languages."""
    return f"{day:%d.%m.%Y}"


def table_date(day: date, language: str = "de") -> str:
    """'Mi, 25.11.2026', for tables of the staff."""
    return f"{_ABBREVIATED[key(language)][day.weekday()]}, {short_date(day)}"


def time_of_day(at: time, language: str = "de") -> str:
    """'9.04 Uhr', in English '9:04' (24 hours). Seconds are left out."""
    return f"{at.hour}.{at.minute:02d} Uhr" if key(language) == "de" else f"{at.hour}:{at.minute:02d}"


def date_range(first: date, last: date, language: str = "de") -> str:
    """'11. bis 25. November 2026'; what both days share is said once. Raises ValueError if `last` is before `first`."""
    if last < first:
        raise ValueError(f"{last} is before {first}")
    if first == last:
        return date_with_year(first, language)
    dot, to = (".", "bis") if key(language) == "de" else ("", "to")
    if first.year != last.year:
        begin = date_with_year(first, language)
    elif first.month != last.month:
        begin = f"{first.day}{dot} {MONTHS[key(language)][first.month - 1]}"
    else:
        begin = f"{first.day}{dot}"
    return f"{begin} {to} {date_with_year(last, language)}"


def parse_date(text: str) -> date | None:
    """Read a date as people type it: '1.3.26', '01.03.2026', '1. März 2026', '1 March 2026', '2026-03-01'. None: no such day.

    Two figures for the year mean this century.
    """
    text = " ".join(text.split()).lower()
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[. /]\s*(\d{1,2})[. /]\s*(\d{4}|\d{2})\.?", text):
        day, month, year = map(int, found.groups())
    elif found := re.fullmatch(r"(?:[a-z]+,? )?(\d{1,2})\.?\s*([a-zä]{3,})\.?\s*(\d{4}|\d{2})", text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    """1 to 12 for a name or its beginning, 0 for none."""
    for names in MONTHS.values():
        for number, month in enumerate(names, 1):
            if month.lower().startswith(name):
                return number
    return {"jänner": 1, "maerz": 3, "mrz": 3}.get(name, 0)
