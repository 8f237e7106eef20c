"""Inviting where no mail server is set: the pages say so, and the link is handed over."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from allmende.accounts.invitations import invite
from allmende.accounts.models import Invitation
from allmende.administration.tests.staff import logged_in, said
from allmende.core.models import AuditEntry, Body, Person
from conftest import Role

PEOPLE = "/verwaltung/personen/"
FILLED = {"name": "Emil Ernst", "email": "emil@example.org", "roles": ["editor", "approver"]}


@pytest.fixture
def by_hand(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.mark.usefixtures("by_hand")
def test_without_a_mail_server_nothing_is_said_to_be_on_its_way_and_the_link_is_shown(town: Body, administrator: Person) -> None:
    manager = logged_in(administrator)
    assert "verschickt keine E-Mails" in said(manager.get(f"{PEOPLE}einladen/"))
    listed = said(manager.post(f"{PEOPLE}einladen/", FILLED, follow=True))

    assert "unterwegs" not in listed
    assert "Lassen Sie sich unten den Link zeigen" in listed
    assert "Redaktion, Freigabe" in listed or "Freigabe, Redaktion" in listed
    found = Invitation.objects.for_body(town).get()
    shown = manager.post(f"{PEOPLE}einladungen/{found.pk}/", {"link": "1"})
    link = re.search(r"/konto/einladung/[^/]+/", said(shown))
    assert link
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Emil Ernst" in said(Client().get(link.group()))
    assert AuditEntry.objects.for_body(town).filter(act="people.invitation_shown", actor=administrator).exists()


@pytest.mark.usefixtures("by_hand")
def test_only_who_manages_sees_the_link(town: Body, administrator: Person, editor: Person) -> None:
    found = invite(body=town, name="Emil", email="emil@example.org", roles=[Role.EDITOR], by=administrator, at=timezone.now())

    assert logged_in(editor).post(f"{PEOPLE}einladungen/{found.pk}/", {"link": "1"}).status_code == 403


def test_where_mail_goes_out_nobody_sees_a_link(town: Body, administrator: Person) -> None:
    manager = logged_in(administrator)
    listed = said(manager.post(f"{PEOPLE}einladen/", FILLED, follow=True))
    found = Invitation.objects.for_body(town).get()

    assert "Die Einladung ist unterwegs" in listed
    assert "Link zeigen" not in listed
    assert manager.post(f"{PEOPLE}einladungen/{found.pk}/", {"link": "1"}).status_code == 410
