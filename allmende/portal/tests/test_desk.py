"""The desk: everybody with a role finds what this role does, and nothing that would be refused."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from allmende.core.models import Body, Membership
from allmende.core.permissions import Role
from conftest import NOW, person


def enter(client: Client, *roles: tuple[Body, Role]) -> Client:
    """Somebody with these roles, logged in with a second factor."""
    client.force_login(somebody := person("Robin", *roles))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
    session["account_authentication_methods_user"] = str(somebody.pk)
    session.save()
    return client


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_desk_and_every_link_on_it_opens(role: Role, client: Client, town: Body) -> None:
    page = enter(client, (town, role)).get(reverse("desk"))

    assert page.status_code == 200
    main = re.sub(r"(?s).*<main|</main>.*", "", page.content.decode())
    assert str(Membership.Role(role).label) in main
    links = [address for address in re.findall(r'href="(/[^"#]*)"', main) if not address.startswith("/static/")]
    assert links
    for address in links:
        assert client.get(address, follow=True).status_code == 200, address


def test_a_mandate_reads_what_is_public_and_no_draft(client: Client, town: Body) -> None:
    page = enter(client, (town, Role.MANDATE_HOLDER)).get(reverse("desk")).content.decode()

    assert "Sie haben ein Mandat" in page
    assert "Entwürfe der Verwaltung sehen Sie nicht" in page
    assert reverse("notices_staff:list") not in page
    assert client.get(reverse("notices_staff:list")).status_code == 403


def test_without_a_role_there_is_no_desk(client: Client, town: Body) -> None:
    page = enter(client).get(reverse("desk"))

    assert page.status_code == 403
    assert "keinen Schreibtisch" in page.content.decode()
