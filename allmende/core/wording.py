"""How days, times, numbers and sizes are written on pages, in German and English, and how people may type a day.

Own tables instead of Django's localised formats: a list of 50 rows must not cost 50 look-ups of a format, and German
official style (9.04 Uhr, 25. November 2026) is not what the formats of Django give.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language

WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WEEKDAYS_SHORT = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


class UnreadableDay(ValueError):
    """The text has not the form of a day."""


class NoSuchDay(ValueError):
    """The text has the form of a day, but the calendar does not have it (31.2.2026)."""


def page_language() -> str:
    """Language of this page: de or en."""
    return _language(None)


def _language(language: str | None) -> str:
    if language == "de" or language == "en":
        return language
    return "en" if (language or get_language() or "de").startswith("en") else "de"


def local(value: date | datetime) -> date | datetime:
    """An aware moment in the time of the town; anything else as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and value.tzinfo else value


def day_plain(value: date | datetime, language: str | None = None) -> str:
    """25. November 2026"""
    lang, value = _language(language), local(value)
    return f"{value.day}{'.' if lang == 'de' else ''} {MONTHS[lang][value.month - 1]} {value.year}"


def day(value: date | datetime, language: str | None = None) -> str:
    """Mittwoch, 25. November 2026: for running text."""
    lang, value = _language(language), local(value)
    return f"{WEEKDAYS[lang][value.weekday()]}, {day_plain(value, lang)}"


def day_short(value: date | datetime, language: str | None = None) -> str:
    """Mi, 25.11.2026: for tables of the staff."""
    lang, value = _language(language), local(value)
    weekday = WEEKDAYS_SHORT[lang][value.weekday()]
    if lang == "de":
        return f"{weekday}, {value.day}.{value.month}.{value.year}"
    return f"{weekday}, {value.day} {MONTHS[lang][value.month - 1][:3]} {value.year}"


def clock(value: datetime, language: str | None = None) -> str:
    """9.04 Uhr"""
    value = local(value)  # type: ignore[assignment]
    return f"{value.hour}.{value.minute:02} Uhr" if _language(language) == "de" else f"{value.hour}:{value.minute:02}"


def moment(value: datetime, language: str | None = None) -> str:
    """Mittwoch, 25. November 2026, 9.04 Uhr"""
    return f"{day(value, language)}, {clock(value, language)}"


def span(first: date, last: date, language: str | None = None) -> str:
    """11. bis 25. November 2026, as short as it can be without doubt. Both days belong to it."""
    lang = _language(language)
    dot, to = (".", "bis") if lang == "de" else ("", "to")
    if first == last:
        return day_plain(first, lang)
    start = f"{first.day}{dot}"
    if (first.year, first.month) != (last.year, last.month):
        start += f" {MONTHS[lang][first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} {to} {day_plain(last, lang)}"


def machine(value: date | datetime) -> str:
    """The value of a `datetime` attribute: 2026-11-25, or 2026-11-25T09:04+01:00 for a moment."""
    value = local(value)
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def number(value: int | float | Decimal, language: str | None = None) -> str:
    """1.234,5 in German, 1,234.5 in English, with a true minus. Not for years, notice numbers and postal codes."""
    text = f"{value:,}".replace("-", MINUS)
    return text if _language(language) == "en" else text.translate(str.maketrans(",.", ".,"))


def size(octets: int, language: str | None = None) -> str:
    """212 kB, 1,3 MB: the size of a file, in powers of ten, with a space that does not break."""
    if octets < 1000:
        return f"{octets}{NBSP}Byte"
    if octets < 999_500:
        return f"{round(octets / 1000)}{NBSP}kB"
    return f"{number(round(octets / 1_000_000, 1), language)}{NBSP}MB"


_NAMES = {name.casefold(): index % 12 + 1 for names in MONTHS.values() for index, name in enumerate(names)} | {
    "maerz": 3,
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


def parse_day(text: str) -> date:
    """The day that a person has typed; the day comes before the month, a weekday before it is ignored.

    Two digits are a year as in POSIX: 00 to 68 in this century, 69 to 99 in the last.

    Raises:
        UnreadableDay: it is no day at all.
        NoSuchDay: there is no such day.
    """
    text = _WEEKDAY.sub("", text.strip())
    for form in _FORMS:
        if found := form.fullmatch(text):
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
    key = name.casefold()
    for full, month in _NAMES.items():
        if full.startswith(key):
            return month
    raise UnreadableDay(name)
