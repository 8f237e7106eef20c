"""Drafts by the services, and people who have logged in with everything their role asks for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body, District, Office, Person, Record, Visibility
from allmende.lib import richtext
from allmende.notices import services, text
from allmende.notices.models import Notice, NumberSeries
from allmende.notices.services import Draft
from allmende.publication.seals import set_up_demo_seal
from allmende.publication.setup import set_up_log
from conftest import NOW

WORDING = "Die Gehwege sind werktags von 7 bis 20 Uhr zu räumen.\n\n## Rechtsgrundlage\n\nGrundlage ist die Straßenreinigungssatzung."
MakeDraft = Callable[..., Notice]
LogIn = Callable[[Person], Client]
LATER = NOW + timedelta(minutes=5)
Publish = Callable[..., Notice]


def wording(plain: str = WORDING) -> dict[str, Any]:
    return text.write(richtext.from_plain(plain))


@pytest.fixture
def office(town: Body) -> Office:
    return Office.objects.create(body=town, name="Ordnungsamt", room="12", phone="03999 000-12", email="ordnung@example.org")


@pytest.fixture
def district(town: Body) -> District:
    return District.objects.create(body=town, name="Lindenbach")


@pytest.fixture
def make_draft(town: Body, editor: Person, office: Office) -> MakeDraft:
    """A complete draft by Erika; `plain` is its text, everything else goes into the Draft."""

    def make(*, by: Person | None = None, plain: str = WORDING, **values: Any) -> Notice:
        complete: dict[str, Any] = {"title": "Winterdienst auf Gehwegen", "office": office.pk, "content": wording(plain)} | values
        return services.draft(body=town, values=Draft(**complete), by=by or editor, at=NOW)

    return make


@pytest.fixture
def log_in(client: Client) -> LogIn:
    """Log in with password and second factor, as the log-in would leave the session."""

    def enter(person: Person) -> Client:
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return enter


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The pages are asked for some minutes after NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return LATER


@pytest.fixture
def publish(make_draft: MakeDraft, town: Body, editor: Person, approver: Person, at: datetime) -> Publish:
    """Through the whole house: written, approved, sealed, logged, provided."""

    def run(**values: Any) -> Notice:
        from allmende.notices.tests.test_approve import approved, submitted

        notice = approved(submitted(make_draft(**values), editor), approver)
        outbox.work(NOW)
        return Notice.objects.for_body(town).select_related("record__body").get(pk=notice.pk)

    set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    set_up_demo_seal(town, at=NOW, by=None)
    return run


@pytest.fixture
def make_public(make_draft: MakeDraft, town: Body, approver: Person) -> Publish:
    """Many notices at once, as the engine would leave the rows of this module: for lists, where no seal is shown."""

    def make(number: int = 1, *, year: int = 2026, minutes: int = 0, **values: Any) -> Notice:
        notice = make_draft(**values)
        moment = NOW + timedelta(minutes=minutes)
        columns = {"submitted_at": NOW, "submitted_by": notice.created_by, "approved_at": NOW, "approved_by": approver}
        Notice.objects.for_body(town).filter(pk=notice.pk).update(state="approved", year=year, number=number, **columns)
        NumberSeries.objects.for_body(town).filter(year=year).exists() or NumberSeries.objects.create(body=town, year=year, last=number)
        records = Record.objects.for_body(town).filter(pk=notice.pk)
        records.update(path=f"bekanntmachungen/{year}/{number}/", visibility=Visibility.PUBLIC)
        services.provided(records.get(), moment)
        return Notice.objects.for_body(town).select_related("record__body").get(pk=notice.pk)

    return make
