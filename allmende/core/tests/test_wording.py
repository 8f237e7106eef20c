import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.core import wording
from allmende.core.wording import NoSuchDay, UnreadableDay, parse_day

FIRST_OF_MARCH = date(2026, 3, 1)
MORNING = datetime(2026, 11, 25, 8, 4, tzinfo=UTC)  # 9.04 in Germany
LAST_MINUTES = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # already July in Germany


@pytest.mark.parametrize(
    "typed",
    [
        *("1.3.26", "1.3.2026", "01.03.2026", " 1. 3. 2026 ", "1/3/2026", "1-3-26", "1 3 2026", "01032026", "010326", "2026-03-01"),
        *("1. März 2026", "1.März 26", "1 Maerz 2026", "1. mär 2026", "1 March 2026", "So, 1.3.2026", "Sonntag, 1. März 2026"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert parse_day(typed) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    "typed", ["", "morgen", "1.3.", "3.2026", "1.3.226", "1.Foo 2026", "1.3.2026 9 Uhr", "²³.3.2026", "1.3.2026\n2.3.2026"]
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    with pytest.raises(UnreadableDay):
        parse_day(typed)


@pytest.mark.parametrize("typed", ["31.2.2026", "29.2.2027", "0.1.2026", "1.13.2026", "32.1.2026", "1.1.0000"])
def test_a_day_that_the_calendar_lacks_is_named_as_such(typed: str) -> None:
    with pytest.raises(NoSuchDay):
        parse_day(typed)


@pytest.mark.parametrize(("typed", "year"), [("1.1.00", 2000), ("1.1.68", 2068), ("1.1.69", 1969), ("1.1.99", 1999)])
def test_two_digits_are_a_year_near_today(typed: str, year: int) -> None:
    assert parse_day(typed).year == year


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["de", "en"]))
def test_every_written_day_can_be_typed_back(day: date, language: str) -> None:
    for write in (wording.day, wording.day_plain, wording.day_short):
        assert parse_day(write(day, language)) == day
    assert parse_day(wording.machine(day)) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(UnreadableDay, NoSuchDay):
        assert isinstance(parse_day(text), date)


def test_days_and_times_follow_the_town_and_the_language() -> None:
    assert wording.moment(MORNING, "de") == "Mittwoch, 25. November 2026, 9.04 Uhr"
    assert wording.moment(MORNING, "en") == "Wednesday, 25 November 2026, 9:04"
    assert wording.day_short(MORNING, "de") == "Mi, 25.11.2026"
    assert wording.day_short(MORNING, "en") == "Wed, 25 Nov 2026"
    assert wording.day_plain(LAST_MINUTES, "de") == "1. Juli 2026"
    assert wording.machine(LAST_MINUTES) == "2026-07-01T00:30+02:00"


@pytest.mark.parametrize(
    ("last", "german", "english"),
    [
        (date(2026, 11, 11), "11. November 2026", "11 November 2026"),
        (date(2026, 11, 25), "11. bis 25. November 2026", "11 to 25 November 2026"),
        (date(2026, 12, 1), "11. November bis 1. Dezember 2026", "11 November to 1 December 2026"),
        (date(2027, 1, 1), "11. November 2026 bis 1. Januar 2027", "11 November 2026 to 1 January 2027"),
    ],
)
def test_a_span_says_no_more_than_needed(last: date, german: str, english: str) -> None:
    assert wording.span(date(2026, 11, 11), last, "de") == german
    assert wording.span(date(2026, 11, 11), last, "en") == english


def test_numbers_and_sizes_follow_the_language() -> None:
    assert wording.number(4218, "de") == "4.218"
    assert wording.number(Decimal("-1234.5"), "de") == "−1.234,5"
    assert wording.number(1234.5, "en") == "1,234.5"
    assert [wording.size(n, "de") for n in (999, 1000, 212_400, 999_499, 999_500, 1_340_000)] == [
        "999\N{NO-BREAK SPACE}Byte",
        "1\N{NO-BREAK SPACE}kB",
        "212\N{NO-BREAK SPACE}kB",
        "999\N{NO-BREAK SPACE}kB",
        "1,0\N{NO-BREAK SPACE}MB",
        "1,3\N{NO-BREAK SPACE}MB",
    ]
