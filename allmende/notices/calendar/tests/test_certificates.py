"""The certificate of a by-law: asked for on its page, made by the worker, fetched by the office; it states the sealed days."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allmende.core import outbox
from allmende.core.models import Person
from allmende.evidence.certificates import services
from allmende.evidence.certificates.selectors import document_of
from allmende.evidence.models import Certificate
from allmende.lib.official.reading import html_text
from allmende.notices import certified
from allmende.notices.calendar.tests.conftest import Approve
from allmende.notices.models import Notice
from allmende.notices.tests.conftest import LogIn
from allmende.publication.models import Attempt
from allmende.publication.services.erasing import erase
from conftest import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def notice(approve: Approve, monkeypatch: pytest.MonkeyPatch) -> Notice:
    """A by-law that has been public for an hour."""
    notice = approve()
    outbox.work(NOW)
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    return Notice.objects.for_body(notice.record.body).select_related("record__body").get(pk=notice.pk)


@pytest.fixture
def browser(log_in: LogIn, editor: Person) -> Client:
    return log_in(editor)


def show(notice: Notice) -> str:
    return reverse("notices_staff:show", args=[notice.pk])


def test_it_states_the_days_that_were_sealed(notice: Notice) -> None:
    page = Attempt.objects.for_body(notice.record.body).values_list("page", flat=True).get(publication=notice.pk)
    sealed, effects = html_text(bytes(page or b"")), certified.effects(notice.record)

    assert certified.about(notice.record) == ("Satzung", "1/2026")
    assert effects
    assert [fact for fact in effects if "".join(fact.value.split()) not in sealed] == []


def test_asked_for_made_and_fetched(notice: Notice, browser: Client) -> None:
    assert "Nachweis erstellen" in browser.get(show(notice)).content.decode()
    asked = browser.post(reverse("notices_staff:ask_certificate", args=[notice.pk]), follow=True).content.decode()
    outbox.work(LATER)
    there = browser.get(show(notice)).content.decode()
    file = browser.get(reverse("notices_staff:certificate", args=[notice.pk, 1]))

    assert "Nachweis 1 wird erstellt" in asked
    assert "Nachweis 1 (PDF)" in there
    assert file.content.startswith(b"%PDF")
    assert file["Content-Disposition"] == 'attachment; filename="bekanntmachungsnachweis-1-2026-1.pdf"'
    assert file["Cache-Control"] == "no-store"


def test_what_is_not_public_yet_offers_none(approve: Approve, browser: Client) -> None:
    notice = approve()

    assert "Nachweis erstellen" not in browser.get(show(notice)).content.decode()
    browser.post(reverse("notices_staff:ask_certificate", args=[notice.pk]))
    assert not Certificate.objects.for_body(notice.record.body).exists()


def test_who_only_reads_fetches_and_does_not_ask(notice: Notice, log_in: LogIn, auditor: Person, editor: Person) -> None:
    services.ask(notice.record, by=editor, at=LATER)
    outbox.work(LATER)
    reader = log_in(auditor)

    assert "Nachweis erstellen" not in reader.get(show(notice)).content.decode()
    assert reader.post(reverse("notices_staff:ask_certificate", args=[notice.pk])).status_code == 403
    assert reader.get(reverse("notices_staff:certificate", args=[notice.pk, 1])).status_code == 200


def test_the_neighbour_gets_nothing(notice: Notice, log_in: LogIn, foreigner: Person, editor: Person) -> None:
    services.ask(notice.record, by=editor, at=LATER)
    outbox.work(LATER)
    neighbour = log_in(foreigner)

    assert neighbour.get(reverse("notices_staff:certificate", args=[notice.pk, 1])).status_code in (403, 404)
    assert neighbour.get("/nebenan" + reverse("notices_staff:certificate", args=[notice.pk, 1])).status_code == 404


def test_erasing_takes_along_what_certificates_say(notice: Notice, editor: Person) -> None:
    services.ask(notice.record, by=editor, at=LATER)
    outbox.work(LATER)
    erase(notice.record, by=None, at=LATER)

    assert document_of(notice.record, 1) is None
