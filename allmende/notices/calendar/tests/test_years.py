"""The year in each usable Land, entered as by-laws: its end, the leap day, holidays, limits that end on a weekend. And what is printed."""

from dataclasses import replace

import pytest

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.overlay import Overlay
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import Use, profile_of
from allmende.lib.legalcalendar.tests.cases import day, own
from allmende.notices.calendar.lines import lines, notes
from allmende.notices.calendar.statement import Statement
from allmende.notices.calendar.tests.cases import Entered

BW, NW, SL, SN, ST, TH = (
    Land.BADEN_WUERTTEMBERG,
    Land.NORDRHEIN_WESTFALEN,
    Land.SAARLAND,
    Land.SACHSEN,
    Land.SACHSEN_ANHALT,
    Land.THUERINGEN,
)
SUPERVISED = {"supervision_confirmed_on": "2026-01-05", "supervision_allows_earlier": True}


def by_law(land: Land, on: str, rules: Overlay | None = None, **details: object) -> Entered:
    """One that says it enters into force on the day after, where the Land has no rule for a silent one."""
    clause = {"entry": "next_day" if land in (ST, BW) else "silent"}
    return Entered("bylaw", land, on, clause | SUPERVISED | details, own=rules or Overlay())


@pytest.mark.parametrize(
    ("on", "entry", "complaint"),
    [
        # The year ends; New Year's Day is a holiday and the entry does not move.
        ("2026-12-31", "2027-01-01", {ST: None, NW: "2027-06-30", BW: "2027-12-31", SN: "2027-12-31", TH: "2027-12-31", SL: "2027-12-31"}),
        # Leap day: a year later the month has no such day.
        ("2028-02-29", "2028-03-01", {ST: None, NW: "2028-08-29", BW: "2029-02-28", SN: "2029-02-28", TH: "2029-02-28", SL: "2029-02-28"}),
        # A year later is a Saturday; on Monday All Saints' Day is a holiday in two of these Länder.
        ("2026-10-30", "2026-10-31", {ST: None, NW: "2027-04-30", BW: "2027-11-02", SN: "2027-11-01", TH: "2027-11-01", SL: "2027-11-02"}),
        # Provided on a Sunday; half a year later is Saturday, 1 May.
        ("2026-11-01", "2026-11-02", {ST: None, NW: "2027-05-03", BW: "2027-11-02", SN: "2027-11-01", TH: "2027-11-01", SL: "2027-11-02"}),
        # Half a year from the end of August ends in February; a year later is a Tuesday.
        ("2026-08-31", "2026-09-01", {ST: None, NW: "2027-03-01", BW: "2027-08-31", SN: "2027-08-31", TH: "2027-08-31", SL: "2027-08-31"}),
        # A year later is Repentance Day, a holiday in Sachsen alone.
        ("2026-11-17", "2026-11-18", {ST: None, NW: "2027-05-18", BW: "2027-11-17", SN: "2027-11-18", TH: "2027-11-17", SL: "2027-11-17"}),
    ],
)
def test_the_year_in_each_usable_land(on: str, entry: str, complaint: dict[Land, str | None]) -> None:
    assert set(complaint) == {land for land in Land if profile_of(land).use is Use.USABLE}
    for land, last in complaint.items():
        found = by_law(land, on).outlook()
        timeline = found.timeline
        assert timeline is not None
        assert found.of_rules == (), land
        assert timeline.day(Code.COMPLETION) == day(on), land
        assert timeline.day(Code.ENTRY) == day(entry), land
        assert timeline.day(Code.COMPLAINT_END) == (day(last) if last else None), land


@pytest.mark.parametrize("land", [NW, BW, SN, TH])
def test_the_hint_on_complaints_of_the_land_is_printed_by_itself(land: Land) -> None:
    found = by_law(land, "2026-03-02").outlook()
    [hint] = [line for line in notes(found, found_details(land)) if line.label.de == "Rügefrist"]

    wording = profile_of(land).wording("complaint.hint")
    assert wording is not None
    assert hint.value == wording.text


def found_details(land: Land) -> dict[str, object]:
    return by_law(land, "2026-03-02").details


def test_a_by_law_on_town_planning_carries_the_federal_hint_as_well() -> None:
    entered = by_law(SN, "2026-03-02", planning=True)

    texts = [line.value.de for line in notes(entered.outlook(), entered.details) if line.label.de == "Rügefrist"]
    assert ["SächsGemO" in texts[0], "§ 215 Abs. 2 BauGB" in texts[1]] == [True, True]


def test_where_a_body_has_its_own_period_the_wording_of_the_land_is_not_printed() -> None:
    """It would name another period. Somebody has to see to it that the text carries the right hint; without it the time does not run."""
    entered = by_law(SN, "2026-03-02", own(("complaint.period", "P6M")))
    found = entered.outlook()

    assert not [line for line in notes(found, entered.details) if line.label.de == "Rügefrist"]
    assert found.timeline is not None
    assert found.timeline.day(Code.COMPLAINT_END) is None
    assert "complaint.hint" in {duty.code for duty in found.confirm}
    confirmed = replace(entered, statement=Statement(confirmed=frozenset({"complaint.hint"}))).timeline()
    assert confirmed.day(Code.COMPLAINT_END) == day("2026-09-02")


@pytest.mark.parametrize("land", [ST, NW, BW, SN, TH, SL])
def test_every_line_says_its_day_and_why_in_both_languages(land: Land) -> None:
    entered = by_law(land, "2026-12-31")
    found = entered.outlook()
    assert found.timeline is not None
    printed = lines(found.kind, found.timeline, entered.ways, {}, land.value)

    assert {"Form der Bekanntmachung", "Bekannt gemacht", "Inkrafttreten"} <= {line.label.de for line in printed}
    for line in printed:
        assert line.value.de
        assert line.value.en
        assert ":" not in line.value.de.split(".")[0] or "Uhr" not in line.value.de  # no time of day: it is not known at sealing
