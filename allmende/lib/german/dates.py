"""Dates and times of day in words and figures.

What is read as one stays in one line: '25. November 2026' and '9.04 Uhr' hold no-break spaces. A line may break after the
weekday, before and after 'bis', and between day and time.
A moment that knows its time zone is written in the legal time of Germany; one without is taken as it is.
"""

from datetime import date, datetime, time, tzinfo
from functools import cache
from typing import overload
from zoneinfo import ZoneInfo

MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WEEKDAYS_SHORT = {"de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
NO_BREAK = "\N{NO-BREAK SPACE}"


def key(language: str) -> str:
    return "de" if language[:2].lower() == "de" else "en"


@cache
def legal_time() -> tzinfo:
    """Raises ZoneInfoNotFoundError on a machine without time zones."""
    return ZoneInfo("Europe/Berlin")


@overload
def local(value: datetime) -> datetime: ...


@overload
def local(value: date) -> date: ...


def local(value: date) -> date:
    """An aware moment in the legal time of Germany; anything else as it is."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(legal_time())
    return value


def long_date(day: date, language: str = "de") -> str:
    """'Mittwoch, 25. November 2026', 'Wednesday, 25 November 2026': for running text."""
    day = local(day)
    return f"{WEEKDAYS[key(language)][day.weekday()]}, {date_with_year(day, language)}"


def date_with_year(day: date, language: str = "de") -> str:
    """'25. November 2026', '25 November 2026'."""
    lang, day = key(language), local(day)
    return f"{day.day}{'.' if lang == 'de' else ''}{NO_BREAK}{MONTHS[lang][day.month - 1]}{NO_BREAK}{day.year}"


def short_date(day: date) -> str:
    """'1.3.2026', as people type it."""
    day = local(day)
    return f"{day.day}.{day.month}.{day.year}"


def table_date(day: date, language: str = "de") -> str:
    """'Mi, 25.11.2026', 'Wed, 25 Nov 2026': for tables of the staff."""
    lang, day = key(language), local(day)
    weekday = WEEKDAYS_SHORT[lang][day.weekday()]
    if lang == "de":
        return f"{weekday}, {short_date(day)}"
    return f"{weekday}, {day.day}{NO_BREAK}{MONTHS[lang][day.month - 1][:3]}{NO_BREAK}{day.year}"


def time_of_day(at: time | datetime, language: str = "de") -> str:
    """'9.04 Uhr', in English '9:04' (24 hours). Seconds are left out."""
    if isinstance(at, datetime):
        at = local(at)
    return f"{at.hour}.{at.minute:02}{NO_BREAK}Uhr" if key(language) == "de" else f"{at.hour}:{at.minute:02}"


def moment(at: datetime, language: str = "de") -> str:
    """'Mittwoch, 25. November 2026, 9.04 Uhr'."""
    return f"{long_date(at, language)}, {time_of_day(at, language)}"


def table_moment(at: datetime, language: str = "de") -> str:
    """'Mi, 25.11.2026, 9.04 Uhr': for tables of the staff."""
    return f"{table_date(at, language)}, {time_of_day(at, language)}"


def date_range(first: date, last: date, language: str = "de") -> str:
    """'11. bis 25. November 2026': both days belong to it; what they share is said once. Raises ValueError if `last` is before `first`."""
    if last < first:
        raise ValueError(f"{last} is before {first}")
    if first == last:
        return date_with_year(first, language)
    lang = key(language)
    dot, to = (".", "bis") if lang == "de" else ("", "to")
    begin = f"{first.day}{dot}"
    if (first.year, first.month) != (last.year, last.month):
        begin += f"{NO_BREAK}{MONTHS[lang][first.month - 1]}"
    if first.year != last.year:
        begin += f"{NO_BREAK}{first.year}"
    return f"{begin} {to} {date_with_year(last, lang)}"


def machine(value: date | datetime) -> str:
    """The value of the attribute `datetime` in HTML: 2026-11-25, or 2026-11-25T09:04+01:00 for a moment."""
    value = local(value)
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
