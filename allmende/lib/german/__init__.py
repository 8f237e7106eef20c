"""Dates, times and numbers as administrative German writes them, and the same in English.

Rules: Duden and DIN 5008 for German; the English form is British, day first. Languages: "de…" is German, all else English.
Pure functions: no Django, no clock.
"""

from allmende.lib.german.dates import (
    MONTHS,
    WEEKDAYS,
    date_range,
    date_with_year,
    long_date,
    parse_date,
    short_date,
    table_date,
    time_of_day,
)
from allmende.lib.german.numbers import decimal_number, file_size, percent, whole_number

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "date_range",
    "date_with_year",
    "decimal_number",
    "file_size",
    "long_date",
    "parse_date",
    "percent",
    "short_date",
    "table_date",
    "time_of_day",
    "whole_number",
]
