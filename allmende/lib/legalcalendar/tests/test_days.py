"""Counting by §§ 187 to 193 BGB."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.legalcalendar.days import Begin, OpeningDays, berlin_day, end_of, last_day, last_day_to_act, nth, roll, working_days
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.places import Land, LocalHoliday, Place

HALLE = Place(Land.SACHSEN_ANHALT)
days = st.dates(date(1991, 1, 1), date(2900, 12, 31))
periods = st.builds(Period.parse, st.sampled_from(["P1D", "P7D", "P14D", "P1W", "P2W", "P1M", "P3M", "P6M", "P1Y", "P2Y"]))
begins = st.sampled_from(Begin)


@pytest.mark.parametrize(
    ("start", "period", "begin", "last"),
    [
        # An event in the course of a day: that day is not counted.
        ("2026-11-02", "P1W", Begin.EVENT, "2026-11-09"),
        ("2026-11-02", "P14D", Begin.EVENT, "2026-11-16"),
        ("2026-11-13", "P6M", Begin.EVENT, "2027-05-13"),
        ("2026-12-31", "P1Y", Begin.EVENT, "2027-12-31"),
        # The beginning of a day: that day is counted.
        ("2026-11-02", "P1W", Begin.DAY, "2026-11-08"),
        ("2026-11-02", "P14D", Begin.DAY, "2026-11-15"),
        ("2027-02-01", "P1M", Begin.DAY, "2027-02-28"),
        ("2026-10-01", "P1M", Begin.DAY, "2026-10-31"),
        ("2027-05-03", "P1M", Begin.DAY, "2027-06-02"),
        ("2027-01-01", "P1Y", Begin.DAY, "2027-12-31"),
        # A month without that day: its last one.
        ("2027-01-31", "P1M", Begin.EVENT, "2027-02-28"),
        ("2028-01-31", "P1M", Begin.EVENT, "2028-02-29"),
        ("2026-08-31", "P6M", Begin.EVENT, "2027-02-28"),
        ("2028-02-29", "P1Y", Begin.EVENT, "2029-02-28"),
        ("2028-02-29", "P2Y", Begin.EVENT, "2030-02-28"),
        ("2027-01-31", "P1M", Begin.DAY, "2027-02-28"),
        ("2027-01-30", "P1M", Begin.DAY, "2027-02-28"),
        ("2027-03-31", "P1M", Begin.DAY, "2027-04-30"),
        # A period from the last day of a short month does not stretch to the end of a long one.
        ("2027-02-28", "P1M", Begin.EVENT, "2027-03-28"),
        ("2028-02-29", "P1M", Begin.EVENT, "2028-03-29"),
    ],
)
def test_a_period_ends_as_the_civil_code_says(start: str, period: str, begin: Begin, last: str) -> None:
    assert last_day(date.fromisoformat(start), Period.parse(period), begin) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("due", "place", "day", "over"),
    [
        ("2026-11-25", HALLE, "2026-11-25", []),
        ("2026-11-28", HALLE, "2026-11-30", ["Samstag", "Sonntag"]),
        ("2027-01-01", HALLE, "2027-01-04", ["Neujahr", "Samstag", "Sonntag"]),
        ("2028-01-06", HALLE, "2028-01-07", ["Heilige Drei Könige"]),
        ("2028-01-06", Place(Land.SACHSEN), "2028-01-06", []),
        ("2026-12-25", HALLE, "2026-12-28", ["Erster Weihnachtstag", "Zweiter Weihnachtstag", "Sonntag"]),
        ("2026-12-24", HALLE, "2026-12-24", []),
        ("2026-12-31", HALLE, "2026-12-31", []),
        ("2028-04-30", Place(Land.BADEN_WUERTTEMBERG), "2028-05-02", ["Sonntag", "Erster Mai"]),
        ("2026-11-18", Place(Land.SACHSEN), "2026-11-19", ["Buß- und Bettag"]),
    ],
)
def test_an_act_due_on_a_day_of_rest_is_due_on_the_next_working_day(due: str, place: Place, day: str, over: list[str]) -> None:
    rolled = roll(date.fromisoformat(due), place)
    assert (rolled.day, [name for _, name in rolled.over]) == (date.fromisoformat(day), over)
    assert rolled.moved == bool(over)


def test_the_holiday_of_the_place_counts_and_no_other() -> None:
    due, period = date(2026, 7, 15), Period.parse("P1M")  # ends on Saturday, 15 August
    assert last_day_to_act(due, period, Begin.EVENT, Place(Land.SAARLAND)).day == date(2026, 8, 17)
    friday = date(2025, 7, 15)  # ends on Friday, 15 August
    assert last_day_to_act(friday, period, Begin.EVENT, Place(Land.SAARLAND)).day == date(2025, 8, 18)
    assert last_day_to_act(friday, period, Begin.EVENT, Place(Land.BAYERN)).day == date(2025, 8, 15)
    catholic = Place(Land.BAYERN, frozenset({LocalHoliday.ASSUMPTION}))
    assert last_day_to_act(friday, period, Begin.EVENT, catholic).day == date(2025, 8, 18)


def test_days_are_days_in_germany() -> None:
    assert berlin_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)
    assert berlin_day(datetime(2026, 6, 30, 21, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert berlin_day(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == date(2026, 7, 1)
    with pytest.raises(ValueError, match="zone"):
        berlin_day(datetime(2026, 6, 30, 22, 0))  # noqa: DTZ001


def test_a_day_ends_at_midnight_in_germany_also_when_the_clocks_change() -> None:
    assert end_of(date(2026, 3, 28)).astimezone(UTC) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert end_of(date(2026, 3, 29)).astimezone(UTC) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert end_of(date(2026, 10, 25)).astimezone(UTC) == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert [day.day for day in islice(working_days(date(2026, 12, 23), HALLE), 4)] == [23, 24, 28, 29]
    assert [day.day for day in islice(working_days(date(2026, 12, 4), HALLE, saturdays=True), 3)] == [4, 5, 7]


def test_an_office_counts_the_days_on_which_it_is_open() -> None:
    opening = OpeningDays(frozenset({1, 3}), closed=frozenset({date(2026, 12, 29)}))  # Tuesday and Thursday
    assert list(islice(opening.days(date(2026, 12, 22), HALLE), 3)) == [date(2026, 12, 22), date(2026, 12, 24), date(2026, 12, 31)]
    assert nth(opening.days(date(2026, 12, 22), HALLE), 3) == date(2026, 12, 31)
    with pytest.raises(ValueError, match="weekdays"):
        OpeningDays(frozenset())
    with pytest.raises(ValueError, match="count"):
        nth(opening.days(date(2026, 12, 22), HALLE), 0)


@given(days, periods, begins)
def test_a_period_never_ends_before_it_begins(start: date, period: Period, begin: Begin) -> None:
    last = last_day(start, period, begin)
    assert last >= start if begin is Begin.DAY else last > start


@given(days, days, periods, begins)
def test_who_begins_later_never_ends_earlier(one: date, other: date, period: Period, begin: Begin) -> None:
    first, second = sorted((one, other))
    assert last_day(first, period, begin) <= last_day(second, period, begin)


@given(days, periods)
def test_a_counted_first_day_saves_a_day_and_no_more(start: date, period: Period) -> None:
    event, whole = last_day(start, period, Begin.EVENT), last_day(start, period, Begin.DAY)
    missing = period.months and start.day > 28
    assert event - whole == timedelta(days=1) or (missing and event == whole)


@given(days, st.integers(1, 60), st.integers(1, 60))
def test_months_add_up_unless_a_day_is_missing(start: date, one: int, other: int) -> None:
    def months(begin: date, count: int) -> date:
        return last_day(begin, Period.parse(f"P{count}M"), Begin.EVENT)

    in_steps, at_once = months(months(start, one), other), months(start, one + other)
    assert in_steps == at_once if start.day <= 28 else in_steps <= at_once
    assert (at_once.year - start.year) * 12 + at_once.month - start.month == one + other


@given(days, st.integers(1, 50))
def test_twelve_months_are_a_year_and_seven_days_a_week(start: date, count: int) -> None:
    for begin in Begin:
        assert last_day(start, Period.parse(f"P{12 * count}M"), begin) == last_day(start, Period.parse(f"P{count}Y"), begin)
        assert last_day(start, Period.parse(f"P{7 * count}D"), begin) == last_day(start, Period.parse(f"P{count}W"), begin)


@given(st.dates(date(1991, 1, 1), date(2100, 12, 20)), st.sampled_from(Land))
def test_a_rolled_day_is_a_working_day_within_a_week_and_never_earlier(day: date, land: Land) -> None:
    place = Place(land)
    rolled = roll(day, place)
    assert not place.is_rest_day(rolled.day)
    assert day <= rolled.day <= day + timedelta(days=6)
    assert [over for over, _ in rolled.over] == [day + timedelta(days=n) for n in range((rolled.day - day).days)]
