"""The profiles in the package, and the strictness with which rules are read."""

import copy
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from allmende.lib.legalcalendar import profiles
from allmende.lib.legalcalendar.keys import KEYS, MUST_ANSWER
from allmende.lib.legalcalendar.kinds import BodyKind
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import Profile, Use, as_json, federal, profile_of, read_profile
from allmende.lib.legalcalendar.reading import InvalidRules
from allmende.lib.legalcalendar.rules import Confidence, Rule, Source

ALL: list[Profile] = [*(profile_of(land) for land in Land), federal()]
TODAY = date(2026, 11, 30)
DATA = Path(profiles.__file__).parent / "data"


def raw(name: str = "st") -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def test_every_land_has_a_profile_and_there_is_no_other_file() -> None:
    assert sorted(path.stem for path in DATA.glob("*")) == sorted([*(land.value.lower() for land in Land), "federal"])


def test_the_profiles_are_usable_as_far_as_they_were_researched() -> None:
    by_use = {use: {land.value for land in Land if profile_of(land).use is use} for use in Use}
    assert by_use[Use.USABLE] == {"ST", "NW", "BW", "SN", "TH", "SL"}
    assert by_use[Use.HALF] == {"BY", "HE"}
    assert by_use[Use.PAPER_ONLY] == {"RP"}
    assert by_use[Use.NOT_USABLE] == {"BB", "NI", "SH", "MV"}
    assert by_use[Use.NONE] == {"BE", "HH", "HB"}


@pytest.mark.parametrize("land", list(Land))
def test_what_a_usable_profile_needs_is_confirmed_and_what_another_lacks_is_needed(land: Land) -> None:
    profile, book = profile_of(land), RuleBook.of(land)
    missing = [key for key in profile.needs if not book.find(key, on=TODAY, body=BodyKind.MUNICIPALITY).rule]
    assert bool(missing) == (profile.use in (Use.NOT_USABLE, Use.NONE))


@pytest.mark.parametrize("profile", ALL, ids=[profile.id for profile in ALL])
def test_a_profile_survives_being_stored(profile: Profile) -> None:
    stored = json.loads(json.dumps(as_json(profile)))
    assert read_profile(stored, "stored") == profile


@pytest.mark.parametrize("profile", ALL, ids=[profile.id for profile in ALL])
def test_every_rule_names_its_source_and_a_confirmed_one_where_its_text_was_seen(profile: Profile) -> None:
    for rule in profile.rules:
        assert rule.source.law
        assert rule.source.section
        if rule.drives:
            assert rule.source.address, rule.key
            assert rule.source.seen, rule.key
        assert bool(rule.note.de) == bool(rule.note.en)


def test_no_profile_leaves_a_question_unanswered_that_hides_a_gap() -> None:
    for land in Land:
        book = RuleBook.of(land)
        for key in MUST_ANSWER:
            assert book.find(key, on=TODAY, body=BodyKind.MUNICIPALITY).answered, (land, key)


def test_every_key_is_used_or_waits_for_a_body_to_enter_it() -> None:
    used = {rule.key for profile in ALL for rule in profile.rules} | {question.key for profile in ALL for question in profile.opens}
    assert set(KEYS) - used == {"completion.newspaper"}


@pytest.mark.parametrize(("confidence", "drives"), [("A", True), ("B", True), ("own", True), ("A°", False), ("B°", False), ("C", False)])
def test_only_confirmed_rules_drive(confidence: str, drives: bool) -> None:
    assert Confidence(confidence).drives is drives


@pytest.mark.parametrize(
    ("land", "on", "body", "key", "value"),
    [
        (Land.NORDRHEIN_WESTFALEN, "2021-12-14", BodyKind.MUNICIPALITY, "complaint.period", "P1Y"),
        (Land.NORDRHEIN_WESTFALEN, "2021-12-15", BodyKind.MUNICIPALITY, "complaint.period", "P6M"),
        (Land.NIEDERSACHSEN, "2021-10-31", BodyKind.MUNICIPALITY, "internet", "yes"),
        (Land.NIEDERSACHSEN, "2021-11-01", BodyKind.MUNICIPALITY, "internet", "egazette_only"),
        (Land.SCHLESWIG_HOLSTEIN, "2025-10-29", BodyKind.MUNICIPALITY, "completion.internet", "end_of_provision_day"),
        (Land.SCHLESWIG_HOLSTEIN, "2025-10-30", BodyKind.MUNICIPALITY, "completion.internet", "None"),
        (Land.HESSEN, "2026-11-30", BodyKind.DISTRICT, "complaint.period", "P6M"),
        (Land.HESSEN, "2026-11-30", BodyKind.MUNICIPALITY, "complaint.period", "None"),
        (Land.BRANDENBURG, "2022-01-14", BodyKind.MUNICIPALITY, "internet", "None"),
        (Land.BADEN_WUERTTEMBERG, "2026-11-30", BodyKind.DISTRICT, "start_page.link", "Öffentliche Bekanntmachungen"),
        (Land.BADEN_WUERTTEMBERG, "2026-11-30", BodyKind.MUNICIPALITY, "start_page.link", "Ortsrecht"),
        (Land.RHEINLAND_PFALZ, "2026-11-30", BodyKind.DISTRICT, "completion.gazette", "end_of_provision_day"),
        (Land.RHEINLAND_PFALZ, "2026-11-30", BodyKind.MUNICIPALITY, "completion.gazette", "None"),
    ],
)
def test_a_rule_holds_for_its_time_and_its_bodies(land: Land, on: str, body: BodyKind, key: str, value: str) -> None:
    assert str(RuleBook.of(land).find(key, on=date.fromisoformat(on), body=body).value) == value


def changed(**values: Any) -> dict[str, Any]:
    """The profile of Sachsen-Anhalt with its first rule changed; None takes a field away."""
    table = copy.deepcopy(raw())
    rule = table["rule"][0]
    for name, value in values.items():
        if value is None:
            rule.pop(name)
        else:
            rule[name] = value
    return table


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (changed(key="intrenet"), "'intrenet' is no key of a rule; near: internet"),
        (changed(value="maybe"), "expected yes, egazette_only, no"),
        (changed(value=True), "expected yes"),
        (changed(confidence="D"), "confidence='D'"),
        (changed(confidence="own"), "for the rules of a body"),
        (changed(address=None), "address missing"),
        (changed(seen=""), "seen"),
        (changed(seen="yesterday"), "expected the date of the text"),
        (changed(law=" KVG LSA"), "without blanks"),
        (changed(note={"de": "nur deutsch"}), "en missing"),
        (changed(remark="?"), "unknown remark"),
        (changed(valid_from="2026-13-01"), "expected a day"),
        (changed(valid_from="2026-02-01", valid_until="2026-01-01"), "before it is valid"),
        (changed(bodies=["village"]), "municipality, district, association"),
        (changed(kinds=[]), "expected a list"),
        (changed(silence="no"), "expected true or false"),
        (raw() | {"rule": [*raw()["rule"], raw()["rule"][0]]}, "two rules for internet"),
        (raw() | {"rule": raw()["rule"][1:]}, "internet: expected a rule or an open question"),
        (raw() | {"profile": "XX"}, "profile='XX'"),
        (raw() | {"version": 2}, "the last step of the history"),
        (raw() | {"needs": ["internett"]}, "needs"),
        (raw() | {"colour": "red"}, "unknown colour"),
        (raw() | {"open": [*raw()["open"], raw()["open"][0]]}, "asked twice"),
        (raw() | {"open": [*raw()["open"], raw()["open"][0] | {"key": "internet"}]}, "settled by a rule and open as well"),
        ([], "expected a table"),
    ],
)
def test_a_slip_in_a_profile_is_refused_with_what_is_expected(table: Any, message: str) -> None:
    with pytest.raises(InvalidRules, match=message):
        read_profile(table, "st.toml")


def test_an_own_rule_without_a_person_cannot_exist() -> None:
    with pytest.raises(ValueError, match="who entered it"):
        Rule("internet", True, Confidence.OWN, Source("Hauptsatzung", "§ 1"))
