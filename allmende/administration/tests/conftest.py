"""Who keeps the seal, at work; a body with the rules of its Land, and a release that brings other ones."""

import pytest
from django.test import Client

from allmende.administration.rules import selectors, services
from allmende.administration.tests.legal_rules import newer
from allmende.administration.tests.staff import logged_in
from allmende.core.models import Body, Person
from allmende.lib.legalcalendar import profiles
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import Profile
from conftest import NOW


@pytest.fixture
def holder(seal_holder: Person) -> Client:
    return logged_in(seal_holder)


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
