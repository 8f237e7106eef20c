"""The rules of the Land: adopted whole, proposed again by a release, kept with a reason."""

import pytest

from allmende.administration.rules import errors, selectors, services
from allmende.administration.tests.legal_rules import LATER, TODAY, acts, value
from allmende.core.models import Body, Person
from allmende.lib.legalcalendar import profiles
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import FEDERAL, Profile
from conftest import NOW


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
