"""The thirty worked examples, entered as notices: fields, settings of the body, statements. The days are those reckoned by hand."""

import json
from datetime import date
from typing import Any

import pytest

from allmende.lib.legalcalendar.computation import Appearance, timeline_of_json
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.legalcalendar.places import LocalHoliday
from allmende.lib.legalcalendar.tests.test_examples import EXAMPLES
from allmende.notices.calendar.basis import Basis
from allmende.notices.calendar.lines import lines
from allmende.notices.calendar.statement import Statement
from allmende.notices.calendar.tests.cases import Entered, publishing

NEXT_DAY: dict[str, Any] = {"entry": "next_day"}
SILENT: dict[str, Any] = {"entry": "silent"}
DISPLAY: dict[str, Any] = {"part": "Lageplan", "description": "Grenzen des Gebiets"}


def _entered(number: int) -> Entered:
    """Example `number` as a clerk enters it; Land, day, and the body's own rules are those of the example."""
    case = EXAMPLES[number - 1]
    details, ways, statement, code = SILENT, publishing(), Statement(), "bylaw"
    match number:
        case 1 | 2 | 3 | 22 | 23:
            details = NEXT_DAY
        case 4:
            details, statement = NEXT_DAY, Statement(hint=Appearance(Form.NOTICE_BOARD, date(2026, 12, 29)))
        case 5:
            code, details = "replacement", NEXT_DAY | DISPLAY | {"begins_on": "2027-02-01"}
        case 6:
            code, details = "replacement", NEXT_DAY | DISPLAY | {"begins_on": "2026-10-01"}
        case 7 | 8 | 9:
            code, details = "service", {}
        case 10:
            code, details = "order", {}
        case 11:
            code, details = "order", {"effect_on": "2026-12-25"}
        case 14:
            ways, statement = publishing(Form.NOTICE_BOARD), Statement(days={Form.NOTICE_BOARD: date(2026, 11, 2)})
        case 15:
            code, details = "meeting", {"session_at": "2026-11-25T19:00:00+01:00"}
            ways, statement = publishing(Form.NOTICE_BOARD), Statement(days={Form.NOTICE_BOARD: date(2026, 11, 19)})
        case 16:
            code, details = "emergency", {"form": "other", "could_know_on": "2026-12-27"}
        case 18:
            ways, statement = publishing(further=(Form.GAZETTE,)), Statement(days={Form.GAZETTE: date(2026, 12, 11)})
        case 20:
            details = SILENT | {"supervision_confirmed_on": "2026-11-30"}
        case 21:
            supervised = {"supervision_confirmed_on": "2027-05-10", "supervision_allows_earlier": True}
            code, details = "replacement", SILENT | DISPLAY | supervised | {"begins_on": "2027-05-13"}
        case 25 | 26 | 27:
            begin = {25: "2027-02-01", 26: "2027-05-03", 27: "2027-07-01"}[number]
            code, details = "plan", {"begins_on": begin, "second_form": "gazette", "second_on": case.on}
        case 28:
            code, details = "plan_in_force", {"second_form": "gazette", "second_on": "2027-04-30"}
        case 29:
            code, details = "meeting", {"session_at": "2025-10-29T19:00:00+01:00"}
        case 30:
            code, details = "election", {"election": "Wahl", "names": True, "result_on": "2026-08-31"}
    return Entered(code, case.land, case.on, details, ways, case.own, statement)


ENTERED = [_entered(number) for number in range(1, 31)]
BOTH = list(zip(EXAMPLES, ENTERED, strict=True))


def _name(value: object) -> str:
    return getattr(value, "name", "")


@pytest.mark.parametrize(("case", "entered"), BOTH, ids=_name)
def test_a_worked_example_entered_as_a_notice_gives_the_days_reckoned_by_hand(case: object, entered: Entered) -> None:
    days = {step.code.value: step.day.isoformat() for step in entered.timeline().steps}
    expected = case.expected  # type: ignore[attr-defined]

    assert {code: days.get(code) for code in expected} == expected


@pytest.mark.parametrize(("case", "entered"), BOTH, ids=_name)
def test_only_the_expired_ordinance_refuses_an_example(case: object, entered: Entered) -> None:
    expired = ["hint.required", "online.period", "seal.level"] if case.name.startswith("29 ") else []  # type: ignore[attr-defined]

    assert [problem.key for problem in entered.outlook().of_rules] == expired


@pytest.mark.parametrize(("case", "entered"), BOTH, ids=_name)
def test_what_is_stored_says_the_same_as_what_was_computed(case: object, entered: Entered) -> None:
    """The lines that are sealed can be made again from the stored timeline, in both languages."""
    found = entered.outlook()
    assert found.timeline is not None
    stored = timeline_of_json(json.loads(json.dumps(found.timeline.as_json())))

    days = entered.statement.days
    assert stored.steps == found.timeline.steps
    assert lines(found.kind, stored, entered.ways, days, "Land") == lines(found.kind, found.timeline, entered.ways, days, "Land")


@pytest.mark.parametrize(("case", "entered"), BOTH, ids=_name)
def test_what_it_rests_on_is_read_again_and_gives_the_same(case: object, entered: Entered) -> None:
    found = entered.outlook()
    assert found.basis is not None
    kept = Basis.of_json(json.loads(json.dumps(found.basis.as_json())))

    assert kept == found.basis


def test_a_holiday_of_one_municipality_moves_its_days_only() -> None:
    """A year later is Corpus Christi, in Sachsen a holiday in some municipalities only."""
    on = "2027-06-15"
    there = Entered("bylaw", EXAMPLES[16].land, on, SILENT, publishing(holidays=(LocalHoliday.CORPUS_CHRISTI,)))
    elsewhere = Entered("bylaw", EXAMPLES[16].land, on, SILENT)

    def last(entered: Entered) -> str:
        return next(step.day.isoformat() for step in entered.timeline().steps if step.code.value == "complaint_end")

    assert (last(there), last(elsewhere)) == ("2028-06-16", "2028-06-15")
