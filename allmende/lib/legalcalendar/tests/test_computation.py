"""What a notice must say, what is refused, and what is kept with it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.legalcalendar.computation import Appearance, Code, Display, EntryClause, Facts, Severity, Timeline, compute
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.places import Land, Place
from allmende.lib.legalcalendar.tests.cases import Case, by_law, day, own

K, L = NoticeKind, Land


def only_problem(timeline: Timeline) -> tuple[str, Severity]:
    [problem] = timeline.problems
    return problem.code, problem.severity


def test_a_by_law_says_in_plain_words_when_it_comes_into_force_and_why() -> None:
    step = by_law(L.SACHSEN, "2026-12-30", carries_complaint_hint=True).step(Code.ENTRY)
    assert step is not None
    assert step.reason.de.replace("\N{NO-BREAK SPACE}", " ") == (
        "Die Satzung tritt am Donnerstag, 31. Dezember 2026 in Kraft, weil sie keinen anderen Tag nennt und dann der Tag nach der "
        "Bekanntmachung gilt; bekannt gemacht ist sie am Mittwoch, 30. Dezember 2026. (§ 4 Abs. 3 SächsGemO; § 10 KomBekVO)"
    )
    assert step.reason.en.startswith("The by-law enters into force on Thursday, ")


def test_a_by_law_does_not_enter_into_force_before_it_is_published() -> None:
    timeline = by_law(L.SACHSEN, "2026-11-30", entry=EntryClause(day("2026-11-30")), carries_complaint_hint=True)
    [problem] = timeline.blocking
    assert (problem.code, problem.candidates) == ("entry_before_completion", (day("2026-12-01"),))
    assert timeline.day(Code.ENTRY) is None


def test_a_retroactive_by_law_is_marked_and_with_fines_refused() -> None:
    clause = EntryClause(day("2026-01-01"))
    facts: dict[str, Any] = {"entry": clause, "retroactive": True, "carries_complaint_hint": True, "earlier_publication_allowed": True}
    meant = by_law(L.THUERINGEN, "2026-11-30", **facts)
    assert meant.day(Code.ENTRY) == day("2026-01-01")
    assert meant.problem("retroactive") is not None
    with_fines = by_law(L.THUERINGEN, "2026-11-30", fines=True, **facts)
    assert [problem.code for problem in with_fines.blocking] == ["retroactive_with_fines"]


def test_without_the_hint_on_complaints_the_time_does_not_run() -> None:
    timeline = by_law(L.NORDRHEIN_WESTFALEN, "2026-11-30")
    assert only_problem(timeline) == ("complaint_hint_missing", Severity.WARNING)
    assert timeline.day(Code.COMPLAINT_END) is None
    assert by_law(L.NORDRHEIN_WESTFALEN, "2026-11-30", carries_complaint_hint=True).complaint_text == "complaint.hint"


def test_a_replacement_publication_without_a_confirmed_duration_waits_for_the_main_statute() -> None:
    timeline = Case("", L.SACHSEN, K.REPLACEMENT, "2026-11-30", {"display": Display(day("2026-12-01"))}).timeline()
    [problem] = timeline.blocking
    assert (problem.code, problem.key) == ("rule_unconfirmed", "replacement.period")


@pytest.mark.parametrize(
    ("display", "code"),
    [
        (Display(day("2027-05-13"), hint_on=day("2027-05-12"), last=day("2027-05-21")), "display_too_short"),
        (Display(day("2027-05-13"), hint_on=day("2027-05-13")), "hint_too_late"),
        (Display(day("2027-05-13")), "fact_missing"),
        (None, "fact_missing"),
    ],
)
def test_a_display_is_long_enough_and_told_of_before(display: Display | None, code: str) -> None:
    facts = {"display": display, "carries_complaint_hint": True, "earlier_publication_allowed": True}
    timeline = Case("", L.THUERINGEN, K.REPLACEMENT, "2027-05-12", facts).timeline()
    assert [problem.code for problem in timeline.blocking] == [code]


def test_a_longer_display_than_the_rule_asks_for_is_kept() -> None:
    display = Display(day("2027-05-13"), hint_on=day("2027-05-12"), last=day("2027-05-31"))
    timeline = Case(
        "",
        L.THUERINGEN,
        K.REPLACEMENT,
        "2027-05-12",
        {"display": display, "carries_complaint_hint": True, "earlier_publication_allowed": True},
    ).timeline()
    assert timeline.day(Code.COMPLETION) == day("2027-05-31")


def test_a_plan_states_no_less_than_a_month_and_thirty_days() -> None:
    short = Display(day("2027-02-01"), last=day("2027-02-28"))
    longer = Display(day("2027-02-01"), period=Period.parse("P6W"))
    refused = Case("", L.SACHSEN_ANHALT, K.PLAN, "2027-01-28", {"display": short}, form=Form.GAZETTE).timeline()
    kept = Case("", L.SACHSEN_ANHALT, K.PLAN, "2027-01-28", {"display": longer}, form=Form.GAZETTE).timeline()
    assert [problem.code for problem in refused.blocking] == ["display_too_short"]
    assert kept.day(Code.COMMENTS_END) == day("2027-03-15")  # six weeks end on Sunday, 14 March


def test_the_notice_of_a_plan_is_complete_before_the_draft_is_published() -> None:
    timeline = Case("", L.SACHSEN_ANHALT, K.PLAN, "2027-02-01", {"display": Display(day("2027-02-01"))}, form=Form.GAZETTE).timeline()
    assert [problem.code for problem in timeline.blocking] == ["notice_not_before"]


def test_a_plan_notice_counts_from_the_medium_that_is_not_the_internet() -> None:
    facts = {"display": Display(day("2027-02-01")), "also": (Appearance(Form.GAZETTE, day("2027-01-29")),)}
    timeline = Case("", L.SACHSEN_ANHALT, K.PLAN, "2027-01-27", facts).timeline()
    assert timeline.blocking == ()
    assert timeline.day(Code.COMPLETION) == day("2027-01-29")


def test_a_meeting_is_announced_before_it_is_held_and_says_when() -> None:
    for facts, code in (({"session_on": day("2026-11-29")}, "after_session"), ({}, "fact_missing")):
        timeline = Case("", L.SACHSEN_ANHALT, K.MEETING, "2026-11-30", facts).timeline()
        assert [problem.code for problem in timeline.blocking] == [code]


def test_a_meeting_without_a_rule_of_the_land_stays_until_the_day_after_by_our_choice() -> None:
    timeline = Case("", L.SACHSEN_ANHALT, K.MEETING, "2026-11-30", {"session_on": day("2026-12-10")}).timeline()
    step = timeline.step(Code.DISPLAY_END)
    assert step is not None
    assert (step.day, step.rules) == (day("2026-12-11"), ())
    assert "unsere Vorgabe" in step.reason.de
    assert timeline.step(Code.COMPLETION) is not None  # other notices follow the rules for by-laws there


def test_a_meeting_where_other_notices_are_not_known_to_follow_by_laws_has_no_completion() -> None:
    timeline = Case("", L.SACHSEN, K.MEETING, "2026-11-30", {"session_on": day("2026-12-10")}).timeline()
    assert timeline.day(Code.COMPLETION) is None
    assert only_problem(timeline) == ("rule_unconfirmed", Severity.NO_DATE)


def test_an_emergency_publication_is_repeated() -> None:
    facts = {"public_could_know_on": day("2026-12-27"), "entry": EntryClause(), "carries_complaint_hint": True}
    timeline = Case("", L.NORDRHEIN_WESTFALEN, K.EMERGENCY, "2026-12-26", facts, form=Form.OTHER).timeline()
    assert only_problem(timeline) == ("catch_up", Severity.WARNING)
    assert timeline.day(Code.ENTRY) == day("2026-12-28")
    missing = Case("", L.NORDRHEIN_WESTFALEN, K.EMERGENCY, "2026-12-26", form=Form.OTHER).timeline()
    assert [problem.key for problem in missing.blocking] == ["public_could_know_on"]


@pytest.mark.parametrize(
    ("erase_on", "code", "day_kept"),
    [
        (None, None, "2027-01-01"),
        ("2027-01-01", None, "2027-01-01"),
        ("2026-12-31", "erase_too_early", "2027-01-01"),
        ("2027-01-02", "erase_too_late", "2027-01-01"),
    ],
)
def test_names_go_after_service_and_not_later(erase_on: str | None, code: str | None, day_kept: str) -> None:
    timeline = Case("", L.SACHSEN_ANHALT, K.SERVICE, "2026-12-17", {"erase_on": day(erase_on) if erase_on else None}).timeline()
    assert [problem.code for problem in timeline.blocking] == ([code] if code else [])
    assert timeline.day(Code.ERASE_FROM) == day(day_kept)


def test_an_election_notice_needs_a_day_of_erasure_where_no_rule_is_known() -> None:
    without = Case("", L.SACHSEN_ANHALT, K.ELECTION, "2026-07-20").timeline()
    stated = Case("", L.SACHSEN_ANHALT, K.ELECTION, "2026-07-20", {"erase_on": day("2027-02-28")}).timeline()
    waiting = Case("", L.RHEINLAND_PFALZ, K.ELECTION, "2026-07-20").timeline()
    nameless = Case("", L.SACHSEN_ANHALT, K.ELECTION, "2026-07-20", {"names_people": False}).timeline()
    assert not nameless.blocking
    assert [problem.code for problem in without.blocking] == ["erase_day_missing"]
    assert stated.day(Code.ERASE_FROM) == day("2027-02-28")
    assert only_problem(waiting) == ("result_not_announced", Severity.NO_DATE)


def test_a_general_order_says_that_an_own_rule_of_the_land_was_not_seen() -> None:
    timeline = Case("", L.SACHSEN_ANHALT, K.GENERAL_ORDER, "2026-12-21").timeline()
    found = {problem.key: problem.severity for problem in timeline.problems}
    assert found == {"procedure.own_rule": Severity.WARNING, "remedy.period": Severity.NO_DATE}


def test_the_time_for_remedies_runs_once_its_rule_is_entered() -> None:
    timeline = Case("", L.SACHSEN_ANHALT, K.GENERAL_ORDER, "2026-12-21", own=own(("remedy.period", "P1M"))).timeline()
    assert timeline.day(Code.EFFECT) == day("2027-01-04")
    assert timeline.day(Code.COMPLAINT_END) == day("2027-02-04")


def test_a_hint_in_a_medium_that_does_not_count_is_a_warning() -> None:
    timeline = by_law(L.HESSEN, "2026-11-30", entry=EntryClause(day("2027-01-01")), hint=Appearance(Form.NOTICE_BOARD, day("2026-11-30")))
    assert timeline.problem("hint_medium") is not None
    assert timeline.blocking == ()


def test_a_board_stands_for_a_week_at_least() -> None:
    display = Display(day("2026-11-02"), last=day("2026-11-06"))
    timeline = Case("", L.NORDRHEIN_WESTFALEN, K.BY_LAW, "2026-11-02", {"display": display}, form=Form.NOTICE_BOARD).timeline()
    assert [problem.code for problem in timeline.blocking] == ["display_too_short"]


def test_a_by_law_on_a_board_is_refused_where_only_print_counts() -> None:
    timeline = Case("", L.RHEINLAND_PFALZ, K.BY_LAW, "2026-11-02", form=Form.NOTICE_BOARD).timeline()
    assert "form_not_allowed" in {problem.code for problem in timeline.blocking}


def test_the_day_of_provision_is_the_day_in_germany() -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    facts = Facts(kind=K.SERVICE, form=Form.INTERNET, body=BodyKind.MUNICIPALITY, place=Place(L.SACHSEN_ANHALT), provided_at=at)
    assert compute(facts, RuleBook.of(L.SACHSEN_ANHALT)).day(Code.PROVISION) == day("2027-01-01")


def test_place_and_profile_are_of_one_land() -> None:
    facts = Facts(
        kind=K.SERVICE,
        form=Form.INTERNET,
        body=BodyKind.MUNICIPALITY,
        place=Place(L.SACHSEN),
        provided_at=datetime(2026, 12, 1, tzinfo=UTC),
    )
    with pytest.raises(ValueError, match="SN"):
        compute(facts, RuleBook.of(L.SACHSEN_ANHALT))


def test_a_time_without_zone_and_a_display_that_ends_before_it_begins_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Facts(kind=K.SERVICE, form=Form.INTERNET, body=BodyKind.MUNICIPALITY, place=Place(L.SACHSEN), provided_at=datetime(2026, 12, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="before the display begins"):
        Display(day("2026-12-02"), last=day("2026-12-01"))


def test_what_is_kept_with_a_notice_explains_it_without_the_profiles() -> None:
    stored = json.loads(json.dumps(by_law(L.NORDRHEIN_WESTFALEN, "2026-08-31", carries_complaint_hint=True).as_json()))
    assert stored["versions"] == {"federal": 1, "NW": 1}
    [complaint] = [step for step in stored["steps"] if step["code"] == "complaint_end"]
    assert (complaint["day"], complaint["counted"], complaint["over"]) == ("2027-03-01", "2027-02-28", [["2027-02-28", "Sonntag"]])
    assert [rule["key"] for rule in complaint["rules"]][:2] == ["complaint.period", "complaint.model"]
    assert {"counting.roll", "counting.missing_day"} <= {rule["key"] for rule in complaint["rules"]}


@given(st.dates(day("2026-01-01"), day("2060-12-31")), st.sampled_from([L.NORDRHEIN_WESTFALEN, L.SACHSEN, L.THUERINGEN, L.SAARLAND]))
def test_the_days_of_a_by_law_never_run_backwards(on: Any, land: Land) -> None:
    timeline = by_law(land, on.isoformat(), carries_complaint_hint=True, earlier_publication_allowed=True)
    days = [timeline.day(code) for code in (Code.PROVISION, Code.COMPLETION, Code.ENTRY, Code.COMPLAINT_END)]
    assert days == sorted(days, key=lambda found: found or day("1900-01-01"))
    assert not Place(land).is_rest_day(days[-1] or on)


@given(st.sampled_from(Land), st.sampled_from(NoticeKind), st.sampled_from(Form), st.sampled_from(BodyKind), st.booleans())
def test_no_case_fails_and_no_unconfirmed_rule_gives_a_day(land: Land, kind: NoticeKind, form: Form, body: BodyKind, rich: bool) -> None:
    facts: dict[str, Any] = {}
    if rich:
        facts = {
            "display": Display(day("2027-01-11"), hint_on=day("2027-01-08")),
            "session_on": day("2027-02-01"),
            "public_could_know_on": day("2027-01-08"),
            "result_announced_on": day("2027-01-31"),
            "carries_complaint_hint": True,
            "also": (Appearance(Form.GAZETTE, day("2027-01-09")),),
        }
    timeline = Case("", land, kind, "2027-01-08", facts, form=form, body=body).timeline()
    assert all(rule.drives for step in timeline.steps for rule in step.rules)
    assert all(problem.words.de and problem.words.en for problem in timeline.problems)
    assert all((problem.code != "rule_unconfirmed") or problem.enter.de for problem in timeline.problems)
