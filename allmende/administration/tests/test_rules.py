"""The legal rules of a body: adopted versions, proposals, own rules, and what the database refuses."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from allmende.administration.rules import errors, selectors, services
from allmende.administration.rules.models import OwnRule, ProfileDecision
from allmende.administration.rules.services import NewRule
from allmende.core.errors import ChangedMeanwhile, DomainError, NotAllowed
from allmende.core.models import AuditEntry, Body, Person
from allmende.lib.legalcalendar import profiles
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import FEDERAL, Profile, as_json, read_profile
from conftest import NOW, Role, person

TODAY = NOW.date()
LATER = NOW + timedelta(days=1)


def newer(profile: Profile, **changes: Any) -> Profile:
    """The next version of a profile; `changes`: fields of the rule on completion on the internet."""
    raw = json.loads(json.dumps(as_json(profile)))
    raw["version"] += 1
    reason = {"de": "Das Gesetz ist geändert worden.", "en": "The act was amended."}
    raw["history"].append({"version": raw["version"], "day": raw["history"][-1]["day"], "reason": reason})
    next(rule for rule in raw["rule"] if rule["key"] == "completion.internet").update(changes)
    return read_profile(raw, "newer")


@pytest.fixture
def next_release(monkeypatch: pytest.MonkeyPatch) -> Profile:
    """A release with another version of the rules of the Land."""
    new = newer(profiles.profile_of(Land.SACHSEN_ANHALT), value="end_of_provision_day")
    old = selectors.shipped
    monkeypatch.setattr(selectors, "shipped", lambda name: new if name == new.id else old(name))
    return new


@pytest.fixture
def ruled(town: Body, administrator: Person) -> Body:
    services.begin(body=town, by=administrator, at=NOW)
    return town


def rule(**changes: Any) -> NewRule:
    given = {"key": "complaint.period", "value": "P6M", "law": "Hauptsatzung", "section": "§ 22", "reason": "Beschluss vom 1.11.2026"}
    return NewRule(**(given | changes))


def value(body: Body, key: str = "complaint.period", on: date = TODAY, kind: NoticeKind | None = None) -> str:
    return str(selectors.rule_book(body, on=on).find(key, on=on, body=BodyKind.MUNICIPALITY, kind=kind).value)


def acts(body: Body) -> list[str]:
    return list(AuditEntry.objects.for_body(body).order_by("pk").values_list("act", flat=True))


# --- Adopting ------------------------------------------------------------------------


def test_a_body_without_rules_has_no_book(town: Body) -> None:
    assert not selectors.has_rules(town)
    with pytest.raises(errors.NoRules):
        selectors.rule_book(town, on=TODAY)


def test_a_body_adopts_the_rules_of_its_land_and_the_federal_ones_whole(ruled: Body, administrator: Person) -> None:
    book = selectors.rule_book(ruled, on=TODAY)

    assert (book.land, book.nation) == (profiles.profile_of(Land.SACHSEN_ANHALT), profiles.federal())
    assert selectors.has_rules(ruled)
    assert acts(ruled) == ["rules.adopted", "rules.adopted"]
    with pytest.raises(errors.NotOffered):
        services.begin(body=ruled, by=administrator, at=NOW)


def test_the_land_is_that_of_the_regional_key(town: Body, administrator: Person) -> None:
    with pytest.raises(errors.OtherLand):
        services.begin(body=town, land=Land.SACHSEN, by=administrator, at=NOW)


def test_a_body_without_regional_key_says_its_land_once(town: Body, administrator: Person) -> None:
    Body.objects.filter(pk=town.pk).update(ars="", kind=Body.Kind.SPECIAL_PURPOSE)
    town.refresh_from_db()
    with pytest.raises(errors.LandUnknown):
        services.begin(body=town, by=administrator, at=NOW)
    with pytest.raises(errors.LandUnknown):
        selectors.state_of(town)
    services.begin(body=town, land=Land.SACHSEN, by=administrator, at=NOW)

    assert selectors.rule_book(town, on=TODAY).land.id == "SN"
    assert selectors.has_rules(town)


def test_a_body_whose_key_names_another_land_has_no_rules_any_more(ruled: Body, administrator: Person) -> None:
    Body.objects.filter(pk=ruled.pk).update(ars="145990010001")
    ruled.refresh_from_db()

    assert not selectors.has_rules(ruled)
    with pytest.raises(errors.NoRules):
        selectors.rule_book(ruled, on=TODAY)
    services.begin(body=ruled, by=administrator, at=NOW)
    assert selectors.rule_book(ruled, on=TODAY).land.id == "SN"


def test_a_new_release_changes_nothing_until_the_body_agrees(ruled: Body, administrator: Person, next_release: Profile) -> None:
    proposal = selectors.state_of(ruled).proposals[0]

    assert value(ruled, "completion.internet") == "on_provision"
    assert [change.key for change in proposal.changes] == ["completion.internet"]
    assert [(step.number, step.reason.de) for step in proposal.steps] == [(2, "Das Gesetz ist geändert worden.")]
    services.adopt_profile(body=ruled, profile="ST", version=2, by=administrator, at=LATER)
    assert value(ruled, "completion.internet") == "end_of_provision_day"
    assert selectors.state_of(ruled).proposals == []
    assert [(row.profile, row.version) for row in selectors.decisions(ruled)] == [("ST", 2), (FEDERAL, 1), ("ST", 1)]


def test_a_body_that_stays_says_why_and_may_still_agree_later(ruled: Body, administrator: Person, next_release: Profile) -> None:
    with pytest.raises(errors.ReasonMissing):
        services.keep_profile(body=ruled, profile="ST", version=2, reason=" ", by=administrator, at=LATER)
    services.keep_profile(body=ruled, profile="ST", version=2, reason="Rechtsamt prüft noch.", by=administrator, at=LATER)
    kept = selectors.state_of(ruled).proposals[0].kept

    assert kept is not None
    assert kept.reason == "Rechtsamt prüft noch."
    assert value(ruled, "completion.internet") == "on_provision"
    with pytest.raises(errors.NotOffered):
        services.keep_profile(body=ruled, profile="ST", version=2, reason="Noch einmal.", by=administrator, at=LATER)
    services.adopt_profile(body=ruled, profile="ST", version=2, by=administrator, at=LATER)
    assert value(ruled, "completion.internet") == "end_of_provision_day"
    assert acts(ruled)[2:] == ["rules.kept", "rules.adopted"]


@pytest.mark.parametrize(("profile", "version"), [("ST", 1), ("ST", 3), (FEDERAL, 1), (FEDERAL, 2)])
def test_only_what_is_proposed_can_be_adopted(
    ruled: Body, administrator: Person, next_release: Profile, profile: str, version: int
) -> None:
    with pytest.raises(errors.NotOffered):
        services.adopt_profile(body=ruled, profile=profile, version=version, by=administrator, at=LATER)


def test_rules_of_another_land_are_not_adopted(ruled: Body, administrator: Person) -> None:
    with pytest.raises(errors.NoRules):
        services.adopt_profile(body=ruled, profile="SN", version=1, by=administrator, at=NOW)


def test_a_release_that_is_older_than_what_the_body_has_proposes_nothing(
    ruled: Body, administrator: Person, next_release: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.adopt_profile(body=ruled, profile="ST", version=2, by=administrator, at=LATER)
    first = profiles.profile_of(Land.SACHSEN_ANHALT)
    monkeypatch.setattr(selectors, "shipped", lambda name: profiles.federal() if name == FEDERAL else first)

    assert selectors.state_of(ruled).proposals == []
    assert value(ruled, "completion.internet") == "end_of_provision_day"


# --- Own rules -----------------------------------------------------------------------


def test_an_own_rule_goes_before_the_profile_and_names_its_source(ruled: Body, administrator: Person) -> None:
    services.set_rule(rule(), body=ruled, by=administrator, at=NOW)
    found = selectors.rule_book(ruled, on=TODAY).find("complaint.period", on=TODAY, body=BodyKind.MUNICIPALITY).rule

    assert found is not None
    assert found.entered is not None
    assert (str(found.value), str(found.source)) == ("P6M", "§ 22 Hauptsatzung")
    assert (found.entered.by, found.entered.at, found.entered.reason) == (administrator.name, NOW, "Beschluss vom 1.11.2026")
    assert acts(ruled)[-1] == "rules.rule_set"


EXAMPLES = {"bool": True, "int": 3, "str": "Startseite, Mitte"}


def test_a_rule_of_every_key_survives_being_stored(ruled: Body, administrator: Person) -> None:
    entered = {}
    for name, known in KEYS.items():
        if name.startswith("counting."):
            continue
        given: Any = EXAMPLES.get(known.type.__name__, "P14D")
        if known.options and known.type is not bool:
            given = [option for option, _ in known.options] if known.many else known.options[-1][0]
        services.set_rule(rule(key=name, value=given), body=ruled, by=administrator, at=NOW)
        entered[name] = known.read(given)
    book = selectors.rule_book(ruled, on=TODAY)

    assert {name: book.find(name, on=TODAY, body=BodyKind.MUNICIPALITY).value for name in entered} == entered


def test_a_rule_for_one_kind_leaves_the_others_alone(ruled: Body, administrator: Person) -> None:
    services.set_rule(rule(kinds=["replacement"]), body=ruled, by=administrator, at=NOW)

    assert value(ruled, kind=NoticeKind.REPLACEMENT) == "P6M"
    assert value(ruled, kind=NoticeKind.BY_LAW) == "None"


def test_a_rule_holds_on_its_days_and_the_next_follows(ruled: Body, administrator: Person) -> None:
    last = date(2026, 12, 31)
    services.set_rule(rule(valid_until=last), body=ruled, by=administrator, at=NOW)
    services.set_rule(rule(value="P1Y", valid_from=last + timedelta(days=1)), body=ruled, by=administrator, at=NOW)

    assert [value(ruled, on=day) for day in (last, last + timedelta(days=1))] == ["P6M", "P1Y"]


def test_a_changed_rule_ends_and_another_one_follows(ruled: Body, administrator: Person) -> None:
    first = services.set_rule(rule(), body=ruled, by=administrator, at=NOW)
    second = services.set_rule(rule(value="P1Y"), body=ruled, replaces=first.pk, by=administrator, at=LATER)
    first.refresh_from_db()

    assert (first.ended_at, first.ended_by, first.value) == (LATER, administrator, "P6M")
    assert value(ruled) == "P1Y"
    assert [row.pk for row in selectors.history(ruled, name="complaint.period")] == [second.pk, first.pk]
    with pytest.raises(ChangedMeanwhile):
        services.set_rule(rule(value="P2Y"), body=ruled, replaces=first.pk, by=administrator, at=LATER)


def test_a_replaced_rule_is_one_of_the_same_key(ruled: Body, administrator: Person) -> None:
    other = services.set_rule(rule(key="hint.required", value=True), body=ruled, by=administrator, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        services.set_rule(rule(), body=ruled, replaces=other.pk, by=administrator, at=LATER)
    assert value(ruled, "hint.required") == "True"


def test_an_ended_rule_gives_way_to_the_profile_and_stays_in_the_history(ruled: Body, administrator: Person) -> None:
    row = services.set_rule(rule(key="completion.internet", value="provision_day"), body=ruled, by=administrator, at=NOW)
    with pytest.raises(errors.ReasonMissing):
        services.end_rule(row.pk, body=ruled, reason="", by=administrator, at=LATER)
    services.end_rule(row.pk, body=ruled, reason="Irrtum", by=administrator, at=LATER)

    assert value(ruled, "completion.internet") == "on_provision"
    assert selectors.history(ruled).object_list[0].end_reason == "Irrtum"
    assert acts(ruled)[-1] == "rules.rule_ended"
    with pytest.raises(ChangedMeanwhile):
        services.end_rule(row.pk, body=ruled, reason="Noch einmal", by=administrator, at=LATER)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"key": "complaint.peroid"}, errors.RuleUnknown),
        ({"key": "counting.roll", "value": False}, errors.RuleFederal),
        ({"value": "six months"}, errors.ValueWrong),
        ({"value": "P0M"}, errors.ValueWrong),
        ({"value": None}, errors.ValueWrong),
        ({"key": "hint.required", "value": "ja"}, errors.ValueWrong),
        ({"key": "hint.media", "value": []}, errors.ValueWrong),
        ({"key": "start_page.clicks", "value": 0}, errors.ValueWrong),
        ({"key": "start_page.link", "value": " "}, errors.ValueWrong),
        ({"kinds": ["service"]}, errors.KindsWrong),
        ({"kinds": ["sonstiges"]}, errors.KindsWrong),
        ({"law": " "}, errors.SourceMissing),
        ({"section": ""}, errors.SourceMissing),
        ({"reason": ""}, errors.ReasonMissing),
        ({"valid_from": date(2027, 1, 1), "valid_until": date(2026, 1, 1)}, errors.DaysWrong),
    ],
)
def test_a_slip_is_refused_in_words(ruled: Body, administrator: Person, changes: dict[str, Any], error: type[DomainError]) -> None:
    with pytest.raises(error) as refused:
        services.set_rule(rule(**changes), body=ruled, by=administrator, at=NOW)

    assert str(refused.value).endswith(".")
    assert not OwnRule.objects.for_body(ruled).exists()


def test_two_rules_for_one_case_are_refused(ruled: Body, administrator: Person) -> None:
    services.set_rule(rule(kinds=["by_law", "replacement"], valid_from=date(2026, 1, 1)), body=ruled, by=administrator, at=NOW)
    with pytest.raises(errors.RuleClash):
        services.set_rule(rule(kinds=["by_law"]), body=ruled, by=administrator, at=NOW)
    services.set_rule(rule(), body=ruled, by=administrator, at=NOW)  # for all kinds: the narrower one goes before it
    services.set_rule(rule(kinds=["by_law"], valid_until=date(2025, 12, 31)), body=ruled, by=administrator, at=NOW)
    with pytest.raises(errors.RuleClash):
        services.set_rule(rule(value="P1Y"), body=ruled, by=administrator, at=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administration_decides(ruled: Body, administrator: Person, next_release: Profile, role: Role) -> None:
    row = services.set_rule(rule(), body=ruled, by=administrator, at=NOW)
    who = person("Rolf", (ruled, role))
    attempts: list[Callable[[], object]] = [
        lambda: services.begin(body=ruled, by=who, at=NOW),
        lambda: services.adopt_profile(body=ruled, profile="ST", version=2, by=who, at=NOW),
        lambda: services.keep_profile(body=ruled, profile="ST", version=2, reason="Nein.", by=who, at=NOW),
        lambda: services.set_rule(rule(key="hint.required", value=True), body=ruled, by=who, at=NOW),
        lambda: services.end_rule(row.pk, body=ruled, reason="Nein.", by=who, at=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()


def test_the_rule_of_a_neighbour_is_out_of_reach(ruled: Body, neighbour: Body, administrator: Person, foreigner: Person) -> None:
    row = services.set_rule(rule(), body=ruled, by=administrator, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        services.end_rule(row.pk, body=neighbour, reason="Nein.", by=foreigner, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        services.set_rule(rule(), body=neighbour, replaces=row.pk, by=foreigner, at=NOW)
    assert value(ruled) == "P6M"


# --- Queries -------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 9])
def test_a_book_takes_two_queries_whatever_stands_in_it(
    ruled: Body, administrator: Person, next_release: Profile, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2026, 2026 + rows):
        days = {"valid_from": date(year, 1, 1), "valid_until": date(year, 12, 31)}
        services.set_rule(rule(**days), body=ruled, by=administrator, at=NOW)
    with django_assert_num_queries(2):
        assert value(ruled) == "P6M"
    with django_assert_num_queries(3):
        assert len(selectors.state_of(ruled).own) == rows


# --- What the database refuses ----------------------------------------------------------


def refused(statement: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            statement()
    except IntegrityError:
        return True
    return False


def test_decisions_stay_as_they_were_made(ruled: Body) -> None:
    here = ProfileDecision.objects.for_body(ruled)

    assert refused(lambda: here.update(version=7))
    assert refused(lambda: here.delete())
    assert here.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 1},  # again
        {"version": 0},
        {"version": 2, "profile": "XX"},
        {"version": 2, "content": None},
        {"version": 2, "reason": "ein Grund"},
        {"version": 2, "answer": "kept", "reason": "ein Grund"},
        {"version": 2, "answer": "kept", "content": None},
        {"version": 2, "answer": "perhaps"},
    ],
)
def test_the_database_refuses_wrong_decisions(ruled: Body, administrator: Person, changes: dict[str, Any]) -> None:
    fields = {"body": ruled, "profile": "ST", "answer": "adopted", "content": {}, "decided_by": administrator, "decided_at": NOW}

    assert refused(lambda: ProfileDecision.objects.create(**(fields | changes)))
    assert not refused(lambda: ProfileDecision.objects.create(**(fields | {"version": 2})))


def test_the_database_refuses_to_go_back(ruled: Body, administrator: Person) -> None:
    fields = {"body": ruled, "profile": "ST", "answer": "adopted", "content": {}, "decided_by": administrator, "decided_at": NOW}
    ProfileDecision.objects.create(**fields, version=3)

    assert refused(lambda: ProfileDecision.objects.create(**fields, version=2))


@pytest.mark.parametrize(
    "changes",
    [
        {"value": "P1Y"},
        {"law": "Gesetz"},
        {"kinds": ["by_law"]},
        {"valid_until": TODAY},
        {"key": "hint.required"},
        {"entered_at": LATER},
        {"reason": "anders"},
    ],
)
def test_the_database_refuses_to_change_a_rule_even_while_ending_it(ruled: Body, administrator: Person, changes: dict[str, Any]) -> None:
    row = services.set_rule(rule(), body=ruled, by=administrator, at=NOW)
    ended = {"ended_at": LATER, "ended_by": administrator, "end_reason": "Irrtum"}
    here = OwnRule.objects.for_body(ruled).filter(pk=row.pk)

    assert refused(lambda: here.update(**changes))
    assert refused(lambda: here.update(**ended, **changes))
    assert refused(lambda: here.update(**(ended | {"ended_at": NOW - timedelta(days=1)})))
    assert refused(lambda: here.update(**(ended | {"end_reason": ""})))
    assert refused(lambda: here.update(**(ended | {"ended_by": None})))
    assert not refused(lambda: here.update(**ended))
    assert refused(lambda: here.update(**(ended | {"end_reason": "doch nicht"})))
    assert refused(lambda: here.update(ended_at=None, ended_by=None, end_reason=""))
    assert refused(lambda: here.delete())


@pytest.mark.parametrize("changes", [{"key": ""}, {"law": ""}, {"section": ""}, {"reason": ""}, {"valid_until": date(2020, 1, 1)}])
def test_the_database_refuses_rules_without_source_or_with_crossed_days(
    ruled: Body, administrator: Person, changes: dict[str, Any]
) -> None:
    fields = {"key": "complaint.period", "value": "P6M", "law": "HS", "section": "§ 1", "reason": "Beschluss", "valid_from": TODAY}
    fields |= {"body": ruled, "entered_by": administrator, "entered_at": NOW}

    assert refused(lambda: OwnRule.objects.create(**(fields | changes)))
    assert not refused(lambda: OwnRule.objects.create(**fields))
    assert refused(lambda: OwnRule.objects.create(**fields))  # twice for one case


def test_insert_or_replace_is_no_way_around(ruled: Body) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has it")
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("INSERT OR REPLACE INTO administration_profiledecision SELECT * FROM administration_profiledecision")
