"""Holidays per Land and municipality, periods in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.legalcalendar.periods import Period, Unit
from allmende.lib.legalcalendar.places import Land, LocalHoliday, Place
from allmende.lib.regional_key import LAENDER

EPIPHANY, WOMEN, ASSUMPTION, CHILDREN, REFORMATION, SAINTS, REPENTANCE, CORPUS_CHRISTI = (
    date(2027, 1, 6),
    date(2027, 3, 8),
    date(2027, 8, 15),
    date(2027, 9, 20),
    date(2027, 10, 31),
    date(2027, 11, 1),
    date(2027, 11, 17),
    date(2027, 5, 27),
)
OWN = {
    "BW": {EPIPHANY, CORPUS_CHRISTI, SAINTS},
    "BY": {EPIPHANY, CORPUS_CHRISTI, SAINTS},
    "BE": {WOMEN},
    "BB": {REFORMATION},
    "HB": {REFORMATION},
    "HH": {REFORMATION},
    "HE": {CORPUS_CHRISTI},
    "MV": {WOMEN, REFORMATION},
    "NI": {REFORMATION},
    "NW": {CORPUS_CHRISTI, SAINTS},
    "RP": {CORPUS_CHRISTI, SAINTS},
    "SL": {CORPUS_CHRISTI, ASSUMPTION, SAINTS},
    "SN": {REFORMATION, REPENTANCE},
    "ST": {EPIPHANY, REFORMATION},
    "SH": {REFORMATION},
    "TH": {CHILDREN, REFORMATION},
}
NATIONAL = [
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 1),
    date(2027, 5, 6),
    date(2027, 5, 17),
    date(2027, 10, 3),
]


@pytest.mark.parametrize("land", list(Land))
def test_each_land_has_the_holidays_of_its_own_law(land: Land) -> None:
    place = Place(land)
    asked = {EPIPHANY, WOMEN, ASSUMPTION, CHILDREN, REFORMATION, SAINTS, REPENTANCE, CORPUS_CHRISTI}
    assert {day for day in asked if place.holiday(day)} == OWN[land.value]
    assert all(place.holiday(day) for day in NATIONAL)
    assert place.holiday(date(2027, 12, 24)) is None
    assert place.holiday(date(2027, 12, 31)) is None


@pytest.mark.parametrize(
    ("land", "local", "days"),
    [
        (Land.BAYERN, {LocalHoliday.ASSUMPTION}, [ASSUMPTION]),
        (Land.BAYERN, {LocalHoliday.AUGSBURG_PEACE}, [ASSUMPTION, date(2027, 8, 8)]),
        (Land.BAYERN, {LocalHoliday.AUGSBURG_PEACE, LocalHoliday.ASSUMPTION}, [ASSUMPTION, date(2027, 8, 8)]),
        (Land.SACHSEN, {LocalHoliday.CORPUS_CHRISTI}, [CORPUS_CHRISTI]),
        (Land.THUERINGEN, {LocalHoliday.CORPUS_CHRISTI}, [CORPUS_CHRISTI]),
    ],
)
def test_some_municipalities_have_a_holiday_more(land: Land, local: set[LocalHoliday], days: list[date]) -> None:
    assert all(Place(land, frozenset(local)).holiday(day) for day in days)
    assert not any(Place(land).holiday(day) for day in days)


def test_a_local_holiday_of_another_land_is_refused() -> None:
    with pytest.raises(ValueError, match="no holiday in ST"):
        Place(Land.SACHSEN_ANHALT, frozenset({LocalHoliday.CORPUS_CHRISTI}))


def test_a_holiday_the_library_does_not_know_can_be_added() -> None:
    once = Place(Land.SACHSEN_ANHALT, extra={date(2027, 6, 17): "Gedenktag"})
    assert once.holiday(date(2027, 6, 17)) == "Gedenktag"
    assert once.is_rest_day(date(2027, 6, 17))


def test_years_without_known_holidays_are_refused() -> None:
    with pytest.raises(ValueError, match="1991"):
        Place(Land.HESSEN).holiday(date(1990, 10, 3))


def test_the_land_follows_from_the_regional_key() -> None:
    names = {
        "BW": "Baden-Württemberg",
        "ST": "Sachsen-Anhalt",
        "HB": "Bremen",
        "SH": "Schleswig-Holstein",
        "TH": "Thüringen",
        "SL": "Saarland",
    }
    for number, name in LAENDER.items():
        land = Land.of_regional_key(f"{number}0000000000")
        assert names.get(land.value, name) == name
    assert len({Land.of_regional_key(number) for number in LAENDER}) == 16
    with pytest.raises(ValueError, match="01 to 16"):
        Land.of_regional_key("17")


@pytest.mark.parametrize("text", ["P1W", "P14D", "P1M", "P6M", "P1Y"])
def test_a_period_is_written_as_it_was_read(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize("text", ["", "P", "P0D", "1M", "P1", "PT1H", "P1Y6M", "P-1D", "P01D", "p1m", "P1M ", "P10000D", "P١D"])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="expected a period"):
        Period.parse(text)


def test_a_period_says_its_length_in_words() -> None:
    assert Period.parse("P1M").words == ("ein Monat", "one month")
    assert Period.parse("P1M").span == ("einen Monat", "one month")
    assert Period.parse("P2W").words == ("zwei Wochen", "two weeks")
    assert Period.parse("P12M").span == ("zwölf Monate", "twelve months")
    assert Period.parse("P14D").words == ("14 Tage", "14 days")


@given(st.integers(1, 9999), st.sampled_from(Unit))
def test_every_period_can_be_written_and_read(count: int, unit: Unit) -> None:
    assert Period.parse(str(Period(count, unit))) == Period(count, unit)
