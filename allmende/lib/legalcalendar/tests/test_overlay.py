"""A body's own rules, and what changes between two versions of a profile."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from allmende.lib.legalcalendar.choices import Choice
from allmende.lib.legalcalendar.computation import Code, DayChange, Display, changed_days
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.overlay import Overlay, RuleBook, What, difference, own_difference
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import Profile, as_json, federal, profile_of, read_profile
from allmende.lib.legalcalendar.reading import InvalidRules
from allmende.lib.legalcalendar.rules import Confidence
from allmende.lib.legalcalendar.tests.cases import ENTERED, Case, own

TODAY = date(2026, 11, 30)
MUNICIPALITY = BodyKind.MUNICIPALITY


def test_an_own_rule_goes_before_the_profile_and_says_who_entered_it() -> None:
    book = RuleBook.of(Land.SACHSEN_ANHALT, own(("complaint.period", "P6M")))
    finding = book.find("complaint.period", on=TODAY, body=MUNICIPALITY)
    assert finding.rule is not None
    assert finding.rule.confidence is Confidence.OWN
    assert finding.rule.entered is not None
    assert finding.rule.entered.by == "Erika Beispiel"


def test_an_own_rule_for_one_kind_leaves_the_others_alone() -> None:
    book = RuleBook.of(Land.SACHSEN, own(("complaint.period", "P6M"), kinds=["replacement"]))
    asked = {
        kind: str(book.find("complaint.period", on=TODAY, body=MUNICIPALITY, kind=kind).value)
        for kind in (NoticeKind.BY_LAW, NoticeKind.REPLACEMENT)
    }
    assert asked == {NoticeKind.BY_LAW: "P1Y", NoticeKind.REPLACEMENT: "P6M"}


def test_an_own_rule_holds_in_its_time_only() -> None:
    book = RuleBook.of(Land.SACHSEN, own(("complaint.period", "P6M"), valid_from="2027-01-01"))
    values = [str(book.find("complaint.period", on=date(year, 12, 31), body=MUNICIPALITY).value) for year in (2026, 2027)]
    assert values == ["P1Y", "P6M"]


def test_what_the_administrator_enters_unblocks_a_land() -> None:
    facts: dict[str, Any] = {}
    blocked = Case("", Land.MECKLENBURG_VORPOMMERN, NoticeKind.BY_LAW, "2026-11-30", facts).timeline()
    entered = own(
        ("internet", "yes"),
        ("completion.internet", "end_of_provision_day"),
        ("hint.required", True),
        ("online.period", "P1M"),
        ("seal.level", "none"),
    )
    free = Case("", Land.MECKLENBURG_VORPOMMERN, NoticeKind.BY_LAW, "2026-11-30", facts, entered).timeline()
    assert {problem.key for problem in blocked.blocking} == {
        "internet",
        "completion.internet",
        "hint.required",
        "online.period",
        "seal.level",
    }
    assert all(problem.enter.de and problem.enter.en for problem in blocked.blocking)
    assert free.blocking == ()
    assert free.day(Code.ENTRY) == date(2026, 12, 1)


def test_a_land_without_profile_works_on_own_rules_alone() -> None:
    entered = own(
        ("internet", "yes"),
        ("completion.internet", "on_provision"),
        ("hint.required", False),
        ("online.period", "P1M"),
        ("seal.level", "none"),
        ("entry.default", "P1W"),
        ("entry.counting", "day_after_period"),
    )
    timeline = Case("", Land.BERLIN, NoticeKind.BY_LAW, "2026-12-24", own=entered).timeline()
    assert timeline.blocking == ()
    assert timeline.day(Code.ENTRY) == date(2027, 1, 1)


def raw(**changes: Any) -> dict[str, Any]:
    return {"key": "complaint.period", "value": "P6M", "law": "Hauptsatzung", "section": "§ 1", "entered": ENTERED} | changes


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (raw(key="complaint.peroid"), "near: complaint.period"),
        (raw(value="six months"), "expected a period"),
        (raw(key="counting.roll", value=False), "federal law"),
        (raw(law=""), "law=''"),
        ({key: value for key, value in raw().items() if key != "entered"}, "entered missing"),
        (raw(confidence="A"), "unknown confidence"),
        (raw(entered={"by": "", "at": "2026-01-05T09:00:00+00:00"}), "by=''"),
        (raw(entered={"by": "Erika Beispiel", "at": "2026-01-05T09:00:00"}), "with its zone"),
        (raw(entered={"by": "Erika Beispiel", "at": "soon"}), "with its zone"),
    ],
)
def test_a_slip_in_an_own_rule_is_refused(table: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRules, match=message):
        Overlay.read([table])


def test_two_own_rules_for_the_same_case_are_refused() -> None:
    with pytest.raises(InvalidRules, match="two rules"):
        Overlay.read([raw(), raw(value="P1Y")])
    assert len(Overlay.read([raw(valid_until="2026-12-31"), raw(value="P1Y", valid_from="2027-01-01")]).rules) == 2


def test_own_rules_survive_being_stored() -> None:
    overlay = Overlay.read([raw(kinds=["by_law"], valid_from="2026-01-01"), raw(key="hint.media", value=["gazette", "newspaper"])])
    assert Overlay.read(json.loads(json.dumps(overlay.as_json()))) == overlay


def next_version(
    profile: Profile, *, change: dict[str, dict[str, Any]], add: list[dict[str, Any]] | None = None, drop: str = ""
) -> Profile:
    """The profile with some rules changed, as a second version of December."""
    table = as_json(profile)
    table["version"] = 2
    table["history"].append({"version": 2, "day": "2026-12-15", "reason": {"de": "§ 8 KVG LSA eingesehen.", "en": "§ 8 KVG LSA was seen."}})
    table["rule"] = [rule | change.get(rule["key"], {}) for rule in table["rule"] if rule["key"] != drop] + (add or [])
    return read_profile(table, "next")


SEEN = {"confidence": "A", "address": "landesrecht.sachsen-anhalt.de", "seen": "2026"}


def test_the_difference_lists_what_changed_why_and_for_which_notices() -> None:
    old = profile_of(Land.SACHSEN_ANHALT)
    new = next_version(
        old,
        change={
            "complaint.period": SEEN,
            "entry.default": SEEN,
            "internet": {"section": "§ 9 Abs. 1 S. 2"},
            "hint.media": {"value": ["gazette"]},
        },
        drop="building.paper_notice",
    )
    changes = {change.key: change for change in difference(old, new)}
    assert {key: change.what for key, change in changes.items()} == {
        "building.paper_notice": What.REMOVED,
        "complaint.period": What.CONFIDENCE,
        "entry.default": What.CONFIDENCE,
        "hint.media": What.VALUE,
        "internet": What.SOURCE,
    }
    assert changes["complaint.period"].reason.de == "§ 8 KVG LSA eingesehen."
    assert changes["complaint.period"].words.de == "Frist für Rügen: bisher ein Jahr (unbestätigt), neu ein Jahr."
    assert changes["complaint.period"].kinds == {NoticeKind.BY_LAW, NoticeKind.REPLACEMENT}
    assert changes["hint.media"].has_effect
    assert not changes["internet"].has_effect


def test_no_difference_between_a_profile_and_itself_and_none_across_laender() -> None:
    profile = profile_of(Land.SACHSEN)
    assert difference(profile, profile) == ()
    with pytest.raises(ValueError, match="two profiles"):
        difference(profile, profile_of(Land.HESSEN))


def test_a_body_keeps_the_old_version_until_it_adopts_the_new_one() -> None:
    old = profile_of(Land.SACHSEN_ANHALT)
    new = next_version(old, change={"entry.default": SEEN})
    found = [RuleBook(profile, federal()).find("entry.default", on=TODAY, body=MUNICIPALITY).rule for profile in (old, new)]
    assert [rule is not None for rule in found] == [False, True]
    assert RuleBook(new, federal()).versions == {"federal": 1, "ST": 2}


def test_an_open_question_that_is_answered_is_a_new_rule() -> None:
    old = profile_of(Land.SACHSEN_ANHALT)
    table = as_json(old)
    table["version"] = 2
    table["history"].append({"version": 2, "day": "2026-12-15", "reason": {"de": "Gefunden.", "en": "Found."}})
    table["open"] = [item for item in table["open"] if item["key"] != "completion.gazette"]
    table["rule"].append({"key": "completion.gazette", "value": "end_of_provision_day", "law": "KVG LSA", "section": "§ 9"} | SEEN)
    [change] = difference(old, read_profile(table, "next"))
    assert (change.key, change.what, change.has_effect) == ("completion.gazette", What.ADDED, True)
    assert change.words.de.startswith("Vollzug im gedruckten Amtsblatt: bisher offen, neu")


def test_own_changes_carry_the_reason_that_was_entered() -> None:
    old = own(("complaint.period", "P1Y"))
    new = Overlay.read(
        [raw(entered={"by": "Anna Muster", "at": datetime(2026, 12, 1, tzinfo=UTC).isoformat(), "reason": "Neue Hauptsatzung"})]
    )
    [change] = own_difference(old, new)
    assert (change.what, change.reason.de) == (What.VALUE, "Neue Hauptsatzung")
    [gone] = own_difference(old, Overlay())
    assert (gone.what, gone.new) == (What.REMOVED, None)


def test_a_changed_time_for_complaints_shows_which_days_of_a_notice_it_moves() -> None:
    """The town lawyer halves the time for replacement publications: by-laws stay as they are."""
    old, new = own(("replacement.period", "P14D")), own(("complaint.period", "P6M"), kinds=["replacement"])
    combined = Overlay((*old.rules, *new.rules))
    hint = {"carries_complaint_hint": True, "display": Display(date(2026, 12, 1))}
    for kind, expected in (
        (NoticeKind.REPLACEMENT, (DayChange(Code.COMPLAINT_END, date(2027, 12, 14), date(2027, 6, 14)),)),
        (NoticeKind.BY_LAW, ()),
    ):
        before, after = (Case("", Land.SACHSEN, kind, "2026-11-30", hint, rules).timeline() for rules in (old, combined))
        assert tuple(change for change in changed_days(before, after) if change.code is Code.COMPLAINT_END) == expected
    [change] = own_difference(old, combined)
    assert (change.what, change.kinds) == (What.ADDED, frozenset({NoticeKind.REPLACEMENT}))


def test_every_value_of_every_key_has_words_in_both_languages() -> None:
    for name in KEYS.values():
        assert name.words.de
        assert name.words.en
        for _, words in name.options:
            assert words.de
            assert words.en
            assert "_" not in words.de
    assert [value for value, _ in KEYS["complaint.model"].options] == ["objection", "fiction"]
    assert KEYS["complaint.period"].options == ()


def test_no_two_choices_share_a_value_since_words_are_found_by_it() -> None:
    values = [value for choice in Choice.__subclasses__() for value in choice]
    assert len(set(map(str, values))) == len(values)
