"""The worked examples: thirty notices whose days were reckoned by hand from the sources, with their numbers."""

from datetime import date
from typing import Any

import pytest

from allmende.lib.legalcalendar.computation import Appearance, Code, Display, EntryClause
from allmende.lib.legalcalendar.days import Begin, OpeningDays
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.tests.cases import ZERBST, Case, day, own

K, L = NoticeKind, Land
NEXT_DAY = {"entry": EntryClause()}
HINTED: dict[str, Any] = {"carries_complaint_hint": True}

EXAMPLES = [
    Case("1 month end", L.SACHSEN_ANHALT, K.BY_LAW, "2026-11-30", NEXT_DAY, expected={"completion": "2026-11-30", "entry": "2026-12-01"}),
    Case(
        "2 year end, entry on a holiday",
        L.SACHSEN_ANHALT,
        K.BY_LAW,
        "2026-12-31",
        NEXT_DAY,
        expected={"completion": "2026-12-31", "entry": "2027-01-01", "complaint_end": None},
    ),
    Case("3 leap day", L.SACHSEN_ANHALT, K.BY_LAW, "2028-02-29", NEXT_DAY, expected={"completion": "2028-02-29", "entry": "2028-03-01"}),
    Case(
        "4 late hint",
        L.SACHSEN_ANHALT,
        K.BY_LAW,
        "2026-12-23",
        NEXT_DAY | {"hint": Appearance(Form.NOTICE_BOARD, day("2026-12-29"))},
        expected={"completion": "2026-12-23", "entry": "2026-12-24", "hint_warning": "2026-12-29"},
    ),
    Case(
        "5 display of a month ends on a Sunday",
        L.SACHSEN_ANHALT,
        K.REPLACEMENT,
        "2027-01-29",
        NEXT_DAY | {"display": Display(day("2027-02-01"), hint_on=day("2027-01-29"))},
        ZERBST,
        expected={"display_end": "2027-02-28", "completion": "2027-03-01", "entry": "2027-03-02", "complaint_end": None},
    ),
    Case(
        "6 display ends on a holiday",
        L.SACHSEN_ANHALT,
        K.REPLACEMENT,
        "2026-09-30",
        NEXT_DAY | {"display": Display(day("2026-10-01"), hint_on=day("2026-09-30"))},
        ZERBST,
        expected={"display_end": "2026-10-31", "completion": "2026-11-01", "entry": "2026-11-02"},
    ),
    Case("7 service", L.SACHSEN_ANHALT, K.SERVICE, "2026-12-17", expected={"effect": "2026-12-31", "erase_from": "2027-01-01"}),
    Case("8 service ends on a holiday", L.SACHSEN, K.SERVICE, "2026-09-19", expected={"effect": "2026-10-03", "erase_from": "2026-10-04"}),
    Case(
        "9 service ends on the leap day",
        L.SACHSEN_ANHALT,
        K.SERVICE,
        "2028-02-15",
        expected={"effect": "2028-02-29", "erase_from": "2028-03-01"},
    ),
    Case("10 general order", L.SACHSEN_ANHALT, K.GENERAL_ORDER, "2026-12-21", expected={"effect": "2027-01-04", "complaint_end": None}),
    Case(
        "11 general order names the day after",
        L.SACHSEN_ANHALT,
        K.GENERAL_ORDER,
        "2026-12-24",
        {"stated_effect_on": day("2026-12-25")},
        expected={"effect": "2026-12-25"},
    ),
    Case(
        "12 six months",
        L.NORDRHEIN_WESTFALEN,
        K.BY_LAW,
        "2026-11-13",
        HINTED,
        expected={"completion": "2026-11-13", "entry": "2026-11-14", "complaint_end": "2027-05-13"},
    ),
    Case(
        "13 six months to a month without that day, on a Sunday",
        L.NORDRHEIN_WESTFALEN,
        K.BY_LAW,
        "2026-08-31",
        HINTED,
        expected={"completion": "2026-08-31", "entry": "2026-09-01", "complaint_end": "2027-03-01"},
    ),
    Case(
        "14 a week on the board",
        L.NORDRHEIN_WESTFALEN,
        K.BY_LAW,
        "2026-11-02",
        HINTED,
        form=Form.NOTICE_BOARD,
        expected={"display_end": "2026-11-09", "completion": "2026-11-09", "entry": "2026-11-10", "complaint_end": "2027-05-10"},
    ),
    Case(
        "15 meeting on the board",
        L.NORDRHEIN_WESTFALEN,
        K.MEETING,
        "2026-11-19",
        {"session_on": day("2026-11-25")},
        form=Form.NOTICE_BOARD,
        expected={"completion": "2026-11-19", "take_down_from": "2026-11-26"},
    ),
    Case(
        "16 emergency",
        L.NORDRHEIN_WESTFALEN,
        K.EMERGENCY,
        "2026-12-26",
        {"public_could_know_on": day("2026-12-27")},
        form=Form.OTHER,
        expected={"completion": "2026-12-27"},
    ),
    Case(
        "17 a year",
        L.SACHSEN,
        K.BY_LAW,
        "2026-12-30",
        HINTED,
        expected={"completion": "2026-12-30", "entry": "2026-12-31", "complaint_end": "2027-12-30", "deemed_valid": "2027-12-30"},
    ),
    Case(
        "18 two prescribed forms",
        L.SACHSEN,
        K.BY_LAW,
        "2026-12-04",
        HINTED | {"also": (Appearance(Form.GAZETTE, day("2026-12-11")),)},
        expected={"completion": "2026-12-11", "entry": "2026-12-12", "complaint_end": "2027-12-13", "deemed_valid": "2027-12-11"},
    ),
    Case(
        "19 leap day, a year",
        L.SACHSEN,
        K.BY_LAW,
        "2028-02-29",
        HINTED,
        expected={"completion": "2028-02-29", "entry": "2028-03-01", "complaint_end": "2029-02-28"},
    ),
    Case(
        "20 a month after supervision confirmed",
        L.THUERINGEN,
        K.BY_LAW,
        "2026-12-31",
        HINTED | {"confirmed_by_supervision_on": day("2026-11-30")},
        expected={"completion": "2026-12-31", "entry": "2027-01-01", "complaint_end": "2027-12-31"},
    ),
    Case(
        "21 seven days with service",
        L.THUERINGEN,
        K.REPLACEMENT,
        "2027-05-12",
        HINTED | {"earlier_publication_allowed": True, "display": Display(day("2027-05-13"), hint_on=day("2027-05-12"))},
        expected={"display_end": "2027-05-24", "completion": "2027-05-24", "entry": "2027-05-25", "complaint_end": "2028-05-24"},
    ),
    Case(
        "22 entry on a holiday, a month online",
        L.BADEN_WUERTTEMBERG,
        K.BY_LAW,
        "2027-01-05",
        HINTED | NEXT_DAY,
        expected={"completion": "2027-01-05", "entry": "2027-01-06", "complaint_end": "2028-01-05", "online_until": "2027-02-05"},
    ),
    Case(
        "23 entry on a Saturday",
        L.BADEN_WUERTTEMBERG,
        K.BY_LAW,
        "2026-07-31",
        HINTED | NEXT_DAY,
        expected={"completion": "2026-07-31", "entry": "2026-08-01", "complaint_end": "2027-08-02", "online_until": "2026-08-31"},
    ),
    Case(
        "24 Assumption in Saarland",
        L.SAARLAND,
        K.BY_LAW,
        "2027-08-14",
        expected={"completion": "2027-08-14", "entry": "2027-08-15", "complaint_end": "2028-08-14"},
    ),
    Case(
        "25 a plan in February: thirty days",
        L.SACHSEN_ANHALT,
        K.PLAN,
        "2027-01-28",
        {"display": Display(day("2027-02-01"))},
        form=Form.GAZETTE,
        expected={"completion": "2027-01-28", "display_end": "2027-03-02", "comments_end": "2027-03-02"},
    ),
    Case(
        "26 a plan in May: a month is longer",
        L.SACHSEN_ANHALT,
        K.PLAN,
        "2027-04-29",
        {"display": Display(day("2027-05-03"))},
        form=Form.GAZETTE,
        expected={"display_end": "2027-06-02", "comments_end": "2027-06-02"},
    ),
    Case(
        "27 comments until Monday",
        L.SACHSEN_ANHALT,
        K.PLAN,
        "2027-06-24",
        {"display": Display(day("2027-07-01"))},
        form=Form.GAZETTE,
        expected={"display_end": "2027-07-31", "comments_end": "2027-08-02"},
    ),
    Case(
        "28 plan in force",
        L.BADEN_WUERTTEMBERG,
        K.PLAN_IN_FORCE,
        "2027-04-30",
        HINTED,
        form=Form.GAZETTE,
        expected={"completion": "2027-04-30", "entry": "2027-04-30", "complaint_end": "2028-05-02"},
    ),
    Case(
        "29 meeting under the expired ordinance",
        L.SCHLESWIG_HOLSTEIN,
        K.MEETING,
        "2025-10-20",
        {"session_on": day("2025-10-29")},
        expected={"completion": "2025-10-20", "display_end": "2025-10-30", "take_down_from": "2025-10-31"},
    ),
    Case(
        "30 nominations",
        L.RHEINLAND_PFALZ,
        K.ELECTION,
        "2026-07-20",
        {"result_announced_on": day("2026-08-31")},
        expected={"erase_by": "2027-02-28"},
    ),
]

AT_END_OF_DAY = {"7", "8", "9", "12", "13", "14", "15", "16", "17", "18", "19", "21", "24", "25", "29"}
"""Examples whose completion or service comes with the end of the day."""


def test_all_thirty_are_here() -> None:
    assert [case.name.split()[0] for case in EXAMPLES] == [str(n) for n in range(1, 31)]


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.name)
def test_a_worked_example_gives_the_days_reckoned_by_hand(case: Case) -> None:
    timeline = case.timeline()

    days = {step.code.value: step.day.isoformat() for step in timeline.steps}
    assert {code: days.get(code) for code in case.expected} == case.expected
    if case.name.startswith("29 "):
        assert [problem.key for problem in timeline.blocking] == ["hint.required", "online.period", "seal.level"]
    else:
        assert timeline.blocking == ()


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.name)
def test_every_day_names_its_rule_and_its_reason_in_both_languages(case: Case) -> None:
    for step in case.timeline().steps:
        assert step.reason.de
        assert step.reason.en
        assert all(rule.drives for rule in step.rules)
        if step.code.value not in ("provision",):
            assert step.rules or "unsere Vorgabe" in step.reason.de or "selbst" in step.reason.de
        assert all(str(rule.source) in step.reason.de and str(rule.source) in step.reason.en for rule in step.rules)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.name)
def test_an_example_says_whether_the_end_of_the_day_counts(case: Case) -> None:
    steps = [step for step in case.timeline().steps if step.code.value in ("completion", "effect")]
    number = case.name.split()[0]
    ends = any(step.at_end for step in steps)
    assert ends == (number in AT_END_OF_DAY or number in {"26", "27", "28"})


def test_the_completion_of_example_1_is_a_moment() -> None:
    step = next(step for step in EXAMPLES[0].timeline().steps if step.code.value == "completion")
    assert step.at is not None
    assert (step.at.hour, step.when.de.replace("\N{NO-BREAK SPACE}", " ")) == (10, "Montag, 30. November 2026, 10.00 Uhr")


def test_a_late_hint_is_a_warning_and_no_more() -> None:
    timeline = EXAMPLES[3].timeline()
    assert [problem.code for problem in timeline.problems if problem.severity == "warning"] == ["hint_overdue"]


def test_example_11_refuses_the_day_of_the_notice_itself() -> None:
    case = Case("", L.SACHSEN_ANHALT, K.GENERAL_ORDER, "2026-12-24", {"stated_effect_on": day("2026-12-24")})
    [problem] = case.timeline().blocking
    assert (problem.code, problem.candidates) == ("other_day_too_early", (date(2026, 12, 25),))


def test_example_20_refuses_the_day_before() -> None:
    case = Case("", L.THUERINGEN, K.BY_LAW, "2026-12-30", HINTED | {"confirmed_by_supervision_on": day("2026-11-30")})
    [problem] = case.timeline().blocking
    assert (problem.code, problem.candidates) == ("too_early", (date(2026, 12, 31),))


def test_example_29_a_day_after_the_expiry_has_no_rule() -> None:
    timeline = Case("", L.SCHLESWIG_HOLSTEIN, K.MEETING, "2025-10-30", {"session_on": day("2025-11-06")}).timeline()
    assert timeline.step(Code.COMPLETION) is None
    assert {"internet", "completion.internet"} <= {problem.key for problem in timeline.blocking}


def test_the_holidays_that_moved_a_day_are_kept_with_it() -> None:
    step = next(step for step in EXAMPLES[27].timeline().steps if step.code.value == "complaint_end")
    assert step.counted == date(2028, 4, 30)
    assert [name for _, name in step.over] == ["Sonntag", "Erster Mai"]
    assert "Erster Mai" in step.moved.de


# What must be refused or asked, not computed.


def test_bavaria_one_week_after_asks_for_a_day() -> None:
    published = Case(
        "", L.BAYERN, K.BY_LAW, "2026-10-05", own=own(("completion.electronic_gazette", "provision_day")), form=Form.ELECTRONIC_GAZETTE
    ).timeline()
    [problem] = published.blocking
    assert (problem.code, problem.candidates) == ("entry_day_unconfirmed", (date(2026, 10, 12), date(2026, 10, 13)))
    assert published.day(Code.ENTRY) is None


def test_lower_saxony_fourteen_days_are_not_confirmed() -> None:
    timeline = Case(
        "",
        L.NIEDERSACHSEN,
        K.BY_LAW,
        "2026-12-18",
        own=own(("completion.electronic_gazette", "provision_day")),
        form=Form.ELECTRONIC_GAZETTE,
    ).timeline()
    problem = timeline.problem("entry_day_unconfirmed")
    assert problem is not None
    assert problem.candidates == (date(2027, 1, 1), date(2027, 1, 2))
    assert timeline.day(Code.ENTRY) is None


def test_mecklenburg_ten_working_days_are_shown_but_not_used() -> None:
    timeline = Case("", L.MECKLENBURG_VORPOMMERN, K.REPLACEMENT, "2027-03-19", {"display": Display(day("2027-03-22"))}).timeline()
    assert timeline.day(Code.DISPLAY_END) is None
    case = Case(
        "",
        L.MECKLENBURG_VORPOMMERN,
        K.REPLACEMENT,
        "2027-03-19",
        {"display": Display(day("2027-03-22"))},
        own=own(("completion.replacement", "end_of_display")),
    )
    [problem] = [problem for problem in case.timeline().problems if problem.key == "replacement.period"]
    assert problem.candidates == (date(2027, 4, 6),)


@pytest.mark.parametrize(("saturday", "last"), [(True, "2027-05-18"), (False, "2027-05-19")])
def test_rhineland_palatinate_seven_full_working_days(saturday: bool, last: str) -> None:
    opening = OpeningDays(frozenset(range(5 + saturday)))
    facts = {"display": Display(day("2027-05-10"), opening=opening, hint_on=day("2027-05-07"))}
    district = Case("", L.RHEINLAND_PFALZ, K.REPLACEMENT, "2027-05-07", facts, form=Form.GAZETTE, body=BodyKind.DISTRICT).timeline()
    town = Case("", L.RHEINLAND_PFALZ, K.REPLACEMENT, "2027-05-07", facts, form=Form.GAZETTE).timeline()
    assert district.day(Code.COMPLETION) == day(last)
    assert town.day(Code.COMPLETION) is None
    assert town.problem("rule_unconfirmed") is not None


@pytest.mark.parametrize("land", [L.RHEINLAND_PFALZ, L.NIEDERSACHSEN, L.BAYERN])
def test_a_by_law_on_a_plain_page_is_refused(land: Land) -> None:
    timeline = Case("", land, K.BY_LAW, "2026-11-30", {"entry": EntryClause(day("2027-01-01"))}).timeline()
    problem = timeline.problem("form_not_allowed")
    assert problem is not None
    assert problem in timeline.blocking


@pytest.mark.parametrize("land", list(L))
@pytest.mark.parametrize("kind", [K.PLAN, K.PLAN_IN_FORCE])
def test_a_plan_notice_on_the_internet_only_is_refused_in_every_land(land: Land, kind: NoticeKind) -> None:
    timeline = Case("", land, kind, "2026-11-30", {"display": Display(day("2027-01-11"))}).timeline()
    assert "plan_internet_only" in {problem.code for problem in timeline.blocking}
    assert timeline.day(Code.COMPLETION) is None


@pytest.mark.parametrize("land", [L.BRANDENBURG, L.MECKLENBURG_VORPOMMERN, L.HESSEN, L.BERLIN, L.HAMBURG, L.BREMEN])
def test_without_a_confirmed_rule_no_completion_is_shown(land: Land) -> None:
    timeline = Case("", land, K.BY_LAW, "2026-11-30", {"entry": EntryClause(day("2027-01-01"))}).timeline()
    assert timeline.day(Code.COMPLETION) is None
    assert timeline.problem("rule_unconfirmed") is not None
    assert bool(timeline.blocking) == (land is not L.HESSEN)


def test_a_week_begins_with_the_posting_or_with_a_stated_day() -> None:
    """Posted in the course of Monday it ends on Monday; displayed from Monday on it ends on Sunday."""
    for begin, last in ((Begin.EVENT, "2026-11-09"), (Begin.DAY, "2026-11-08")):
        display = Display(day("2026-11-02"), begin, period=Period.parse("P1W"))
        case = Case("", L.NORDRHEIN_WESTFALEN, K.BY_LAW, "2026-11-02", HINTED | {"display": display}, form=Form.NOTICE_BOARD)
        assert case.timeline().day(Code.DISPLAY_END) == day(last)
