"""Own rules of a body: entered with a source, replaced, ended, and who may do it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from allmende.administration.rules import errors, selectors, services
from allmende.administration.rules.models import OwnRule
from allmende.administration.tests.legal_rules import LATER, TODAY, acts, rule, value
from allmende.core.errors import ChangedMeanwhile, DomainError, NotAllowed
from allmende.core.models import Body, Person
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.profiles import Profile
from conftest import NOW, Role, person


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
