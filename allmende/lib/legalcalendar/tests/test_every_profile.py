"""Every profile meets the turn of the year, the leap day, holidays and limits that end on a weekend. Reckoned by hand from the rules.

Where a Land has no confirmed rule, the body enters it (`own`) or the by-law names its day; what then still has no rule has no day (None).
The draft of a plan is displayed by federal law in every Land; only the holidays are those of the Land.
"""

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest

from allmende.lib.legalcalendar.computation import Display, EntryClause, Step
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.places import Land, Place
from allmende.lib.legalcalendar.tests.cases import Case, day, own

L, K = Land, NoticeKind


class Situation(StrEnum):
    YEAR = "turn of the year"
    LEAP = "leap day"
    HOLIDAY = "holiday"
    WEEKEND = "limit on a weekend"


ON = {Situation.YEAR: "2026-12-31", Situation.LEAP: "2028-02-29", Situation.HOLIDAY: "2026-12-24", Situation.WEEKEND: "2026-07-31"}
NEXT = {Situation.YEAR: "2027-01-01", Situation.LEAP: "2028-03-01", Situation.HOLIDAY: "2026-12-25", Situation.WEEKEND: "2026-08-01"}
# A year later: to the day, to the last day of February, to a Friday, to a Saturday and so to Monday.
YEAR_LATER = {Situation.YEAR: "2027-12-31", Situation.LEAP: "2029-02-28", Situation.HOLIDAY: "2027-12-24", Situation.WEEKEND: "2027-08-02"}
# Half a year later: to the last day of June, to a Tuesday, to a Thursday, to a Sunday (31 January) and so to Monday.
HALF_LATER = {Situation.YEAR: "2027-06-30", Situation.LEAP: "2028-08-29", Situation.HOLIDAY: "2027-06-24", Situation.WEEKEND: "2027-02-01"}
ENTERED = own(("completion.internet", "end_of_provision_day"))
GAZETTE = own(("completion.electronic_gazette", "provision_day"))


def _by_law(land: Land, situation: Situation, complaint: dict[Situation, str] | None, *, named: bool = False, **how: Any) -> Case:
    """Complete on the day itself. `named`: the by-law names the next day, since the Land has no confirmed rule."""
    facts: dict[str, Any] = {"carries_complaint_hint": True, "earlier_publication_allowed": True}
    if named:
        facts["entry"] = EntryClause(day(NEXT[situation]))
    expected: dict[str, str | None] = {
        "completion": ON[situation],
        "entry": NEXT[situation],
        "complaint_end": complaint[situation] if complaint else None,
    }
    return Case(f"{land.value} by-law, {situation}", land, K.BY_LAW, ON[situation], facts, expected=expected, **how)


def _uncertain(land: Land, situation: Situation, form: Form = Form.INTERNET) -> Case:
    """Only the day that the by-law names is known: no completion, so no effect either."""
    facts = {"entry": EntryClause(day(NEXT[situation])), "carries_complaint_hint": True}
    expected: dict[str, str | None] = {"completion": None, "entry": NEXT[situation], "complaint_end": None}
    return Case(f"{land.value} by-law without completion, {situation}", land, K.BY_LAW, ON[situation], facts, form=form, expected=expected)


def _expired(situation: Situation) -> Case:
    """Schleswig-Holstein while its ordinance was in force: four years earlier the calendar has a leap day too."""
    on, entry = (str(replace_year(days[situation])) for days in (ON, NEXT))
    facts = {"entry": EntryClause(day(entry))}
    expected: dict[str, str | None] = {"completion": on, "entry": entry, "complaint_end": None}
    return Case(f"SH by-law before 29.10.2025, {situation}", L.SCHLESWIG_HOLSTEIN, K.BY_LAW, on, facts, expected=expected)


def replace_year(text: str) -> date:
    return (found := day(text)).replace(year=found.year - 4)


BY_LAWS = [
    case
    for situation in Situation
    for case in (
        _by_law(L.SACHSEN_ANHALT, situation, None, named=True),
        _by_law(L.NORDRHEIN_WESTFALEN, situation, HALF_LATER),
        _by_law(L.BADEN_WUERTTEMBERG, situation, YEAR_LATER, named=True),
        _by_law(L.SACHSEN, situation, YEAR_LATER),
        _by_law(L.THUERINGEN, situation, YEAR_LATER),
        _by_law(L.SAARLAND, situation, YEAR_LATER),
        _by_law(L.RHEINLAND_PFALZ, situation, YEAR_LATER, form=Form.GAZETTE, body=BodyKind.DISTRICT),
        _by_law(L.HESSEN, situation, HALF_LATER, own=ENTERED, body=BodyKind.DISTRICT),
        _by_law(L.MECKLENBURG_VORPOMMERN, situation, YEAR_LATER, own=ENTERED),
        _by_law(L.BRANDENBURG, situation, None, named=True, own=ENTERED),
        _by_law(L.NIEDERSACHSEN, situation, None, named=True, own=GAZETTE, form=Form.ELECTRONIC_GAZETTE),
        _uncertain(L.BAYERN, situation, Form.ELECTRONIC_GAZETTE),
        _uncertain(L.HESSEN, situation),
        *(_uncertain(land, situation) for land in (L.BRANDENBURG, L.MECKLENBURG_VORPOMMERN, L.BERLIN, L.HAMBURG, L.BREMEN)),
        _uncertain(L.NIEDERSACHSEN, situation, Form.ELECTRONIC_GAZETTE),
        _uncertain(L.SCHLESWIG_HOLSTEIN, situation),
        _expired(situation),
    )
]

REFORMATION = {
    *(L.BRANDENBURG, L.BREMEN, L.HAMBURG, L.MECKLENBURG_VORPOMMERN, L.NIEDERSACHSEN, L.SACHSEN, L.SACHSEN_ANHALT),
    *(L.SCHLESWIG_HOLSTEIN, L.THUERINGEN),
}
ALL_SAINTS = {L.BADEN_WUERTTEMBERG, L.BAYERN, L.NORDRHEIN_WESTFALEN, L.RHEINLAND_PFALZ, L.SAARLAND}


def _plan(land: Land, what: str, begin: str, end: str, comments: str) -> Case:
    """§ 3 Abs. 2 BauGB: a month, at least thirty days; comments until the next working day."""
    expected: dict[str, str | None] = {"display_end": end, "comments_end": comments}
    before = (day(begin) - timedelta(days=7)).isoformat()
    facts = {"display": Display(day(begin))}
    return Case(f"{land.value} plan, {what}", land, K.PLAN, before, facts, form=Form.GAZETTE, expected=expected)


PLANS = [
    case
    for land in Land
    for case in (
        _plan(land, "over New Year's Day", "2026-12-02", "2027-01-01", "2027-01-04"),
        _plan(land, "until the leap day", "2028-01-30", "2028-02-29", "2028-02-29"),
        _plan(land, "until Ascension Day", "2027-04-07", "2027-05-06", "2027-05-07"),
        _plan(land, "until Reformation Day", "2028-10-01", "2028-10-31", "2028-11-01" if land in REFORMATION else "2028-10-31"),
        _plan(land, "until All Saints' Day", "2028-10-02", "2028-11-01", "2028-11-02" if land in ALL_SAINTS else "2028-11-01"),
        _plan(land, "until Sunday", "2027-07-02", "2027-08-01", "2027-08-02"),
    )
]
CASES = [*BY_LAWS, *PLANS]


def _days(case: Case) -> dict[str, date]:
    return {step.code.value: step.day for step in case.timeline().steps}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_profile_gives_the_days_reckoned_by_hand(case: Case) -> None:
    found = _days(case)

    assert {code: found.get(code) and found[code].isoformat() for code in case.expected} == case.expected


def _shows(case: Case, situation: Situation) -> bool:
    """Whether the situation is really met by what the example expects: an example that no longer meets it is none."""
    place = Place(case.land, case.local)
    days = [day(text) for text in case.expected.values() if text]
    steps: list[Step] = [step for step in case.timeline().steps if case.expected.get(step.code.value)]
    match situation:
        case Situation.YEAR:
            return len({found.year for found in (day(case.on), *days)}) > 1
        case Situation.LEAP:
            return any((found.month, found.day) == (2, 29) for found in (day(case.on), *days))
        case Situation.HOLIDAY:
            return any(place.holiday(found) for found in (*days, *(step.counted for step in steps if step.counted)))
        case Situation.WEEKEND:
            return any(step.counted and step.counted.weekday() >= 5 and step.day > step.counted for step in steps)


@pytest.mark.parametrize("land", list(Land))
@pytest.mark.parametrize("situation", list(Situation))
def test_every_profile_has_an_example_for_each_situation(land: Land, situation: Situation) -> None:
    """A profile that is added, or an example that goes, shows here."""
    assert [case.name for case in CASES if case.land is land and _shows(case, situation)]
    assert [case.name for case in BY_LAWS if case.land is land], "and one of its own law, or of the gap in it"


@pytest.mark.parametrize("case", [case for case in BY_LAWS if case.expected["completion"] is None], ids=lambda case: case.name)
def test_where_nothing_is_confirmed_no_effect_is_dated(case: Case) -> None:
    """And without a day that it names, a by-law has none."""
    silent = replace(case, facts={"carries_complaint_hint": True})

    assert not {"completion", "entry", "complaint_end", "deemed_valid"} & set(_days(silent))
