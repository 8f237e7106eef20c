"""Inviting people: the link works once, for seven days, and nothing of it is stored."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from allmende.accounts import invitations
from allmende.accounts.invitations import AlreadyInvited, InvitationOver, NoRole, OtherAccount
from allmende.accounts.models import Invitation
from allmende.core import outbox
from allmende.core.errors import NotAllowed
from allmende.core.models import AuditEntry, Body, Membership, OutboxRow, Person
from conftest import NOW, Role, person

PASSWORD = "drei gruene Wiesen 4"


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    cache.clear()


@pytest.fixture
def invitation(town: Body, administrator: Person) -> Invitation:
    return invite(town, administrator, at=NOW)


def invite(town: Body, by: Person, *, at: datetime, email: str = "Ida@example.org", roles: tuple[Role, ...] = (Role.EDITOR,)) -> Invitation:
    return invitations.invite(body=town, name="Ida Neu", email=email, roles=roles, by=by, at=at)


def test_the_mail_leads_to_the_page_and_the_page_makes_the_account(town: Body, administrator: Person, client: Client) -> None:
    at = timezone.now()
    invite(town, administrator, at=at)
    outbox.work(at)
    link = next(word for word in str(mail.outbox[0].body).split() if "/konto/einladung/" in word)
    path = "/konto/" + link.split("/konto/")[1]

    page = client.get(path)
    done = client.post(path, {"password1": PASSWORD, "password2": PASSWORD})

    assert "Adam lädt Sie ein, für Stadt Musterstedt zu arbeiten." in page.content.decode()
    assert done.headers["Location"] == "/schreibtisch/"
    ida = Person.objects.get(email="ida@example.org")
    assert [m.role for m in Membership.objects.for_body(town).filter(person=ida)] == [Role.EDITOR]
    assert client.get("/konto/").status_code == 200, "logged in at once"


def test_an_invited_approver_is_led_to_the_second_factor(town: Body, administrator: Person, client: Client) -> None:
    found = invite(town, administrator, at=timezone.now(), roles=(Role.APPROVER,))
    client.post(f"/konto/einladung/{invitations.secret_of(found)}/", {"password1": PASSWORD, "password2": PASSWORD})

    assert client.get("/konto/").headers["Location"] == "/konto/zweiter-faktor/"
    assert client.get("/konto/zweiter-faktor/app/").status_code == 200, "without asking for the password once more"


def test_the_mail_is_text_and_html_and_carries_the_key_of_its_row(invitation: Invitation) -> None:
    outbox.work(NOW)
    message: Any = mail.outbox[0]

    assert message.to == ["ida@example.org"]
    assert message.subject == "Musterstedt: Einladung zur Mitarbeit"
    assert "Ihre Aufgaben dort: Redaktion." in message.body
    assert "Montag, 9.\xa0März\xa02026, 9.00\xa0Uhr" in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert '<html lang="de">' in html
    assert message.extra_headers["Message-ID"].startswith(f"<accounts.invitation.{invitation.body_id}.{invitation.pk}.1@")


def test_sent_twice_it_is_the_same_mail(invitation: Invitation) -> None:
    outbox.work(NOW)
    row = OutboxRow._unscoped.get(topic="accounts.invitation")
    invitations.send_invitation(row, NOW)

    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_neither_row_nor_database_holds_the_link(invitation: Invitation) -> None:
    secret = invitations.secret_of(invitation)
    row = OutboxRow._unscoped.get(topic="accounts.invitation")
    invitation.refresh_from_db()

    assert "ida" not in f"{row.subject}{row.key}{row.queue}".lower()
    assert secret not in str(Invitation.objects.for_body(invitation.body).values().get())


def test_a_link_works_once(invitation: Invitation) -> None:
    invitations.accept_as_new(invitation, password=PASSWORD, at=NOW)

    with pytest.raises(InvitationOver):
        invitations.find(invitations.secret_of(invitation), body=invitation.body, at=NOW)
    with pytest.raises(InvitationOver):
        invitations._accept(invitation, Person.objects.get(email="ida@example.org"), at=NOW)


def test_a_link_ends_after_seven_days(invitation: Invitation) -> None:
    secret = invitations.secret_of(invitation)

    assert invitations.find(secret, body=invitation.body, at=NOW + timedelta(days=7, seconds=-1))
    with pytest.raises(InvitationOver):
        invitations.find(secret, body=invitation.body, at=NOW + timedelta(days=7))
    with pytest.raises(InvitationOver):
        invitations.accept_as_new(invitation, password=PASSWORD, at=NOW + timedelta(days=7))
    assert not Person.objects.filter(email="ida@example.org").exists()


def test_a_link_of_one_body_does_not_open_in_another(invitation: Invitation, neighbour: Body) -> None:
    with pytest.raises(InvitationOver):
        invitations.find(invitations.secret_of(invitation), body=neighbour, at=NOW)


def test_sending_again_ends_the_older_link(invitation: Invitation, administrator: Person) -> None:
    old = invitations.secret_of(invitation)
    newer = invitations.send_again(invitation.pk, body=invitation.body, by=administrator, at=NOW + timedelta(days=6))
    outbox.work(NOW + timedelta(days=6))

    with pytest.raises(InvitationOver):
        invitations.find(old, body=invitation.body, at=NOW)
    assert invitations.find(invitations.secret_of(newer), body=invitation.body, at=NOW + timedelta(days=12))
    assert len(mail.outbox) == 1, "the mail of the first edition is not sent any more"


def test_a_withdrawn_invitation_is_over(invitation: Invitation, administrator: Person) -> None:
    invitations.withdraw(invitation.pk, body=invitation.body, by=administrator, at=NOW)
    outbox.work(NOW)

    assert not mail.outbox
    with pytest.raises(InvitationOver):
        invitations.accept_as_new(invitation, password=PASSWORD, at=NOW)
    with pytest.raises(InvitationOver):
        invitations.send_again(invitation.pk, body=invitation.body, by=administrator, at=NOW)


def test_one_open_invitation_per_address(invitation: Invitation, administrator: Person) -> None:
    with pytest.raises(AlreadyInvited):
        invite(invitation.body, administrator, at=NOW)
    again = invite(invitation.body, administrator, at=NOW + timedelta(days=8))
    assert again.pk != invitation.pk, "an expired one makes room"


def test_an_invitation_names_a_role(town: Body, administrator: Person) -> None:
    with pytest.raises(NoRole):
        invite(town, administrator, at=NOW, roles=())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administration_invites(town: Body, role: Role) -> None:
    with pytest.raises(NotAllowed):
        invite(town, person("Erik", (town, role)), at=NOW)


def test_the_administration_of_the_neighbour_does_not_invite_here(town: Body, foreigner: Person, invitation: Invitation) -> None:
    with pytest.raises(NotAllowed):
        invite(town, foreigner, at=NOW, email="x@example.org")
    with pytest.raises(NotAllowed):
        invitations.withdraw(invitation.pk, body=town, by=foreigner, at=NOW)


def test_who_has_an_account_accepts_with_it(town: Body, neighbour: Body, administrator: Person, client: Client) -> None:
    nele = person("Nele", (neighbour, Role.EDITOR))
    found = invite(town, administrator, at=timezone.now(), email=nele.email)
    path = f"/konto/einladung/{invitations.secret_of(found)}/"

    assert "Zu dieser E-Mail-Adresse gibt es schon ein Konto" in client.get(path).content.decode()
    client.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert not Membership.objects.for_body(town).filter(person=nele).exists(), "the link alone is not enough"
    client.post("/anmelden/", {"login": nele.email, "password": "ein langes Kennwort 7", "next": path})
    assert client.post(path).headers["Location"] == "/schreibtisch/"
    assert Membership.objects.for_body(town).filter(person=nele, role=Role.EDITOR).exists()


def test_nobody_accepts_for_somebody_else(invitation: Invitation, editor: Person, client: Client) -> None:
    with pytest.raises(OtherAccount):
        invitations.accept_as(invitation, editor, at=NOW)


def test_the_audit_trail_tells_who_invited_and_who_came(invitation: Invitation) -> None:
    invitations.accept_as_new(invitation, password=PASSWORD, at=NOW)

    assert list(AuditEntry.objects.for_body(invitation.body).order_by("pk").values_list("act", "actor__name")) == [
        ("people.invited", "Adam"),
        ("people.joined", "Ida Neu"),
    ]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kurz", "Das Kennwort ist zu kurz. Nehmen Sie mindestens 12 Zeichen"),
        ("123456789012345", "Das Kennwort besteht nur aus Ziffern."),
        ("ida@example.org", "Das Kennwort ähnelt Ihrem Namen oder Ihrer E-Mail-Adresse."),
        ("qwerty123456", "Dieses Kennwort steht auf der Liste der häufigsten Kennwörter."),
    ],
)
def test_a_weak_password_is_refused_with_a_sentence(
    town: Body, administrator: Person, client: Client, password: str, sentence: str
) -> None:
    found = invite(town, administrator, at=timezone.now())
    page = client.post(f"/konto/einladung/{invitations.secret_of(found)}/", {"password1": password, "password2": password})

    assert sentence in page.content.decode()
    assert not Person.objects.filter(email="ida@example.org").exists()


def test_guessing_links_is_throttled(town: Body, client: Client) -> None:
    answers = [client.post(f"/konto/einladung/{'0' * 64}/").status_code for _ in range(21)]

    assert answers == [410] * 20 + [429]
