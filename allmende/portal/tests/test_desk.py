"""The desk: everybody with a role finds what this role does, and nothing that would be refused."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allmende.core import lease
from allmende.core.models import Body, Membership, Office, Person
from allmende.core.permissions import Role
from allmende.lib import richtext
from allmende.notices import services, text
from allmende.notices.services import Draft
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


@pytest.mark.parametrize("roles", [(), (Role.EDITOR,), (Role.MANDATE_HOLDER,)])
def test_the_operator_is_told_on_every_desk_that_no_worker_runs(client: Client, town: Body, roles: tuple[Role, ...]) -> None:
    enter(client, *((town, role) for role in roles))
    assert "Der Arbeitsprozess läuft nicht" not in client.get(reverse("desk")).content.decode()  # not theirs to mend
    Person.objects.filter(name="Robin").update(is_operator=True)
    assert "Der Arbeitsprozess läuft nicht" in client.get(reverse("desk")).content.decode()
    lease.take("worker", "here:1", at=timezone.now())

    assert "Der Arbeitsprozess läuft nicht" not in client.get(reverse("desk")).content.decode()


def test_without_a_role_there_is_no_desk(client: Client, town: Body) -> None:
    page = enter(client).get(reverse("desk"))

    assert page.status_code == 403
    assert "keinen Schreibtisch" in page.content.decode()


def test_what_waits_comes_before_what_one_could_begin(client: Client, town: Body, editor: Person) -> None:
    office = Office.objects.create(body=town, name="Ordnungsamt")
    values = Draft(title="Zählung am 8. Dezember 2026", office=office.pk, content=text.write(richtext.from_plain("Gezählt wird.")))
    waiting = services.draft(body=town, values=values, by=editor, at=NOW)
    services.submit(waiting.pk, body=town, version=1, by=editor, at=NOW)

    page = enter(client, (town, Role.EDITOR), (town, Role.APPROVER)).get(reverse("desk")).content.decode()

    main = page.partition("<main")[2]
    assert main.index(reverse("notices_staff:decide", args=[waiting.pk, 1])) < main.index(reverse("notices_staff:new"))
    assert "Zählung am 8.\xa0Dezember\xa02026" in main, "no line tears a day"
    assert "1&nbsp;Vorgang wartet auf Sie" in main


def test_a_refused_page_leads_staff_back_to_their_desk(client: Client, town: Body) -> None:
    refused = enter(client, (town, Role.EDITOR)).get(reverse("administration:people"))

    assert refused.status_code == 403
    page = refused.content.decode()
    assert "Zu Ihrem Schreibtisch" in page
    assert "Dafür fehlt Ihnen eine Rolle" in page
    assert "Das geht so nicht" not in page


def test_the_coat_of_arms_stands_beside_files_too(client: Client, town: Body) -> None:
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")


def test_the_work_list_names_what_waits_elsewhere(client: Client, town: Body) -> None:
    """Nobody reads that nothing is to be done while notices wait for them."""
    client = enter(client, (town, Role.APPROVER))
    address = reverse("tasks:list")
    assert "Nichts ist zu tun." in client.get(address).content.decode()
    author = person("Erika", (town, Role.EDITOR))
    office = Office.objects.create(body=town, name="Ordnungsamt")
    content = text.write(richtext.from_plain("Ein Satz."))
    for title in ("Eins", "Zwei"):
        notice = services.draft(body=town, values=Draft(title=title, office=office.pk, content=content), by=author, at=NOW)
        services.submit(notice.pk, body=town, version=1, by=author, at=NOW)

    page = client.get(address).content.decode()

    assert f'<a href="{reverse("desk")}#w">2 Bekanntmachungen warten auf Ihre Freigabe</a>' in page
    assert "Sonst ist nichts zu tun." in page
    assert 'id="w"' in client.get(reverse("desk")).content.decode()
