"""Dates, times and numbers as the town writes them."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allmende.lib import german

DAY = date(2026, 11, 25)


def test_a_day_is_written_with_its_weekday() -> None:
    assert german.long_date(DAY) == "Mittwoch, 25. November 2026"
    assert german.long_date(DAY, "en") == "Wednesday, 25 November 2026"
    assert german.table_date(DAY) == "Mi, 25.11.2026"


def test_a_time_has_a_point_and_no_leading_nought() -> None:
    assert german.time_of_day(time(9, 4)) == "9.04 Uhr"
    assert german.time_of_day(time(9, 4), "en") == "9:04"


def test_a_range_says_once_what_both_days_share() -> None:
    assert german.date_range(date(2026, 11, 11), DAY) == "11. bis 25. November 2026"
    assert german.date_range(date(2026, 10, 30), DAY) == "30. Oktober bis 25. November 2026"
    assert german.date_range(DAY, date(2027, 1, 1)) == "25. November 2026 bis 1. Januar 2027"
    assert german.date_range(DAY, DAY, "en") == "25 November 2026"
    with pytest.raises(ValueError, match="before"):
        german.date_range(DAY, date(2026, 1, 1))


@pytest.mark.parametrize(
    "text", ["1.3.26", "01.03.2026", " 1. 3. 2026 ", "1. März 2026", "Sonntag, 1. März 2026", "1 March 2026", "1. Mrz 26", "2026-03-01"]
)
def test_a_date_is_read_as_people_type_it(text: str) -> None:
    assert german.parse_date(text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["", "morgen", "31.2.2026", "1.13.2026", "1. Brumaire 2026", "26", "0.0.0"])
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert german.parse_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["de", "en"]))
@settings(max_examples=50, deadline=None)
def test_every_date_we_write_can_be_read(day: date, language: str) -> None:
    assert german.parse_date(german.long_date(day, language)) == day
    assert german.parse_date(german.short_date(day)) == day


@given(st.text(max_size=20))
@settings(max_examples=50, deadline=None)
def test_reading_a_date_never_fails(text: str) -> None:
    german.parse_date(text)


def test_numbers_have_point_and_comma() -> None:
    assert german.decimal_number(1234.5, 1) == "1.234,5"
    assert german.decimal_number(-0.04, 1) == "0,0"
    assert german.decimal_number(-2.5, 0) == "−3"
    assert german.whole_number(4218) == "4.218"
    assert german.whole_number(4218, "en") == "4,218"
    assert german.percent(19.4) == "19,4\u202f%"


def test_a_file_has_a_size_that_people_understand() -> None:
    assert german.file_size(212_345) == "212\u00a0kB"
    assert german.file_size(1_310_000) == "1,3\u00a0MB"
    assert german.file_size(12, "en") == "1\u00a0kB"
    assert german.file_size(999_600) == "1,0\u00a0MB"
