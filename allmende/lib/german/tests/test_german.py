"""Dates, times and numbers as a town writes them, and days as people type them."""

import contextlib
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allmende.lib import german
from allmende.lib.german import NoSuchDay, UnreadableDay, parse_date

DAY = date(2026, 11, 25)
FIRST_OF_MARCH = date(2026, 3, 1)
MORNING = datetime(2026, 11, 25, 8, 4, tzinfo=UTC)  # 9.04 in Germany
LAST_MINUTES = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # already July in Germany


def test_a_day_is_written_with_its_weekday() -> None:
    assert german.long_date(DAY) == "Mittwoch, 25.\xa0November\xa02026"
    assert german.long_date(DAY, "en") == "Wednesday, 25\xa0November\xa02026"
    assert german.table_date(DAY) == "Mi, 25.11.2026"
    assert german.table_date(DAY, "en") == "Wed, 25\xa0Nov\xa02026"
    assert german.short_date(FIRST_OF_MARCH) == "1.3.2026"


def test_a_time_has_a_point_and_no_leading_nought() -> None:
    assert german.time_of_day(time(9, 4)) == "9.04\xa0Uhr"
    assert german.time_of_day(time(9, 4), "en") == "9:04"


def test_a_moment_is_told_in_the_legal_time_of_germany() -> None:
    assert german.moment(MORNING) == "Mittwoch, 25.\xa0November\xa02026, 9.04\xa0Uhr"
    assert german.moment(MORNING, "en") == "Wednesday, 25\xa0November\xa02026, 9:04"
    assert german.table_moment(MORNING) == "Mi, 25.11.2026, 9.04\xa0Uhr"
    assert german.date_with_year(LAST_MINUTES) == "1.\xa0Juli\xa02026"
    assert german.machine(LAST_MINUTES) == "2026-07-01T00:30+02:00"
    assert german.machine(DAY) == "2026-11-25"
    assert german.moment(datetime(2026, 11, 25, 9, 4)) == german.moment(MORNING)  # noqa: DTZ001 (without zone: as it is)


def lines(text: str) -> list[str]:
    """The pieces between which a line may break."""
    return text.split(" ")


@given(st.datetimes(), st.sampled_from(["de", "en"]))
@settings(max_examples=50, deadline=None)
def test_a_line_never_tears_a_day_or_a_time_apart(at: datetime, language: str) -> None:
    weekday, day, *clock = lines(german.moment(at, language))

    assert weekday.endswith(",")
    assert day == f"{german.date_with_year(at, language)},"
    assert clock == [german.time_of_day(at, language)]


@pytest.mark.parametrize(
    ("last", "in_german", "in_english"),
    [
        (date(2026, 11, 11), "11. November 2026", "11 November 2026"),
        (date(2026, 11, 25), "11. bis 25. November 2026", "11 to 25 November 2026"),
        (date(2026, 12, 1), "11. November bis 1. Dezember 2026", "11 November to 1 December 2026"),
        (date(2027, 1, 1), "11. November 2026 bis 1. Januar 2027", "11 November 2026 to 1 January 2027"),
    ],
)
def test_a_range_says_once_what_both_days_share(last: date, in_german: str, in_english: str) -> None:
    written = [german.date_range(date(2026, 11, 11), last, language) for language in ("de", "en")]

    assert [text.replace("\xa0", " ") for text in written] == [in_german, in_english]
    assert all(len(lines(text)) in (1, 3) for text in written)  # it breaks beside "bis" only


def test_a_range_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before"):
        german.date_range(DAY, FIRST_OF_MARCH)


@pytest.mark.parametrize(
    "typed",
    [
        *("1.3.26", "1.3.2026", "01.03.2026", " 1. 3. 2026 ", "1/3/2026", "1-3-26", "1 3 2026", "01032026", "010326", "2026-03-01"),
        *("1. März 2026", "1.März 26", "1 Maerz 2026", "1. mär 2026", "1. Mrz 26", "1 March 2026", "So, 1.3.2026", "Sonntag, 1. März 2026"),
        *("Sonntag,  1.\xa0März\xa02026", "1.\xa03.\u202f2026"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert parse_date(typed) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    "typed", ["", "26", "morgen", "1.3.", "3.2026", "1.3.226", "1. Brumaire 2026", "1.3.2026 9 Uhr", "²³.3.2026", "1.3.2026\n2.3.2026"]
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    with pytest.raises(UnreadableDay):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["31.2.2026", "29.2.2027", "0.1.2026", "1.13.2026", "32.1.2026", "1.1.0000"])
def test_a_day_that_the_calendar_lacks_is_named_as_such(typed: str) -> None:
    with pytest.raises(NoSuchDay):
        parse_date(typed)


@pytest.mark.parametrize(("typed", "year"), [("1.1.00", 2000), ("1.1.68", 2068), ("1.1.69", 1969), ("1.1.99", 1999)])
def test_two_digits_are_a_year_near_today(typed: str, year: int) -> None:
    assert parse_date(typed).year == year


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["de", "en"]))
@settings(max_examples=50, deadline=None)
def test_every_written_day_can_be_typed_back(day: date, language: str) -> None:
    for write in (german.long_date, german.date_with_year, german.table_date):
        assert parse_date(write(day, language)) == day
    assert parse_date(german.machine(day)) == parse_date(german.short_date(day)) == day


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(UnreadableDay, NoSuchDay):
        assert isinstance(parse_date(text), date)


def test_numbers_have_point_and_comma() -> None:
    assert german.number(1234.5, 1) == "1.234,5"
    assert german.number(Decimal("-1234.5"), 1, "en") == "−1,234.5"
    assert german.number(-0.04, 1) == "0,0"
    assert german.number(-2.5) == "−3"
    assert german.number(4218) == "4.218"
    assert german.number(4218, language="en") == "4,218"
    assert german.percent(19.4) == "19,4\u202f%"
    assert german.percent(19.4, language="en") == "19.4%"


@pytest.mark.parametrize(
    ("octets", "size"),
    [
        (0, "0 Byte"),
        (999, "999 Byte"),
        (1000, "1 kB"),
        (212_400, "212 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (1_340_000, "1,3 MB"),
    ],
)
def test_a_file_has_a_size_that_people_understand(octets: int, size: str) -> None:
    assert german.file_size(octets) == size.replace(" ", "\xa0")


def test_a_size_follows_the_language() -> None:
    assert german.file_size(1_340_000, "en") == "1.3\xa0MB"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("bis zum 4. Februar 2026 um 14.20 Uhr", "bis zum 4._Februar_2026 um 14.20_Uhr"),
        ("nach § 5 Absatz 2 Nr. 3", "nach §_5 Absatz_2 Nr._3"),
        ("nach § 3 Abs. 2 BauGB", "nach §_3 Abs._2 BauGB"),
        ("10 % von 30 €, 7 Uhren", "10_% von 30_€, 7 Uhren"),
        ("<p>Am 1. Mai</p> <p>3 <b>Uhr</b></p>", "<p>Am 1._Mai</p> <p>3 <b>Uhr</b></p>"),
        ("Im September gab es 4. Preise", "Im September gab es 4. Preise"),
    ],
)
def test_what_is_read_as_one_stays_in_one_line(text: str, kept: str) -> None:
    assert german.keep_together(text).replace(german.NO_BREAK, "_") == kept
