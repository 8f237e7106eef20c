"""Dates, times and numbers as administrative German writes them, and the same in English; days as people type them; names of bodies.

Rules: Duden and DIN 5008 for German; the English form is British, day first. Languages: "de…" is German, all else English.
Pure functions: no Django, no clock, no look-up of formats, so that a list of 50 rows costs nothing.
"""

from allmende.lib.german.bodies import Case, at_start, with_article
from allmende.lib.german.dates import (
    MONTHS,
    NO_BREAK,
    WEEKDAYS,
    date_range,
    date_with_year,
    legal_time,
    local,
    long_date,
    machine,
    moment,
    short_date,
    table_date,
    table_moment,
    time_of_day,
)
from allmende.lib.german.hours import hours_in_english
from allmende.lib.german.lines import keep_together
from allmende.lib.german.numbers import file_size, number, percent
from allmende.lib.german.reading import NoSuchDay, NoSuchTime, UnreadableDay, UnreadableTime, parse_date, parse_moment

__all__ = [
    "MONTHS",
    "NO_BREAK",
    "WEEKDAYS",
    "Case",
    "NoSuchDay",
    "NoSuchTime",
    "UnreadableDay",
    "UnreadableTime",
    "at_start",
    "date_range",
    "date_with_year",
    "file_size",
    "hours_in_english",
    "keep_together",
    "legal_time",
    "local",
    "long_date",
    "machine",
    "moment",
    "number",
    "parse_date",
    "parse_moment",
    "percent",
    "short_date",
    "table_date",
    "table_moment",
    "time_of_day",
    "with_article",
]
