"""Every kind of person with a browser, and a town full of words that only some of them may read."""

import io
import logging
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from PIL import Image

from allmende.accounts import invitations
from allmende.administration.rules import services as rules
from allmende.core import audit
from allmende.core.models import Body, District, Host, Membership, Office, OutboxRow, Person
from allmende.lib import richtext
from allmende.lib.extraction.tests.office import by_law
from allmende.lib.video.tests.made import mp4
from allmende.notices import services, text
from allmende.notices.attachments import services as files
from allmende.notices.attachments.intake import from_bytes
from allmende.notices.gazette import services as gazette
from allmende.notices.models import NoticeFile, Picture
from allmende.notices.plain import films
from allmende.notices.plain import services as explanations
from allmende.notices.services import Draft, pictures
from allmende.tasks import services as tasks
from allmende.tasks.kinds import BREACH, Evidence
from allmende.tasks.models import Scan
from conftest import NOW, Role, person
from tests.isolation.rules import ACTS, EVERYTHING, Someone


@pytest.fixture(autouse=True)
def _no_word_of_every_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of warnings of refused requests take time; an exception is among the findings."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


def log_in(who: Person) -> Client:
    """A browser after a log-in with a second factor."""
    client = Client(raise_request_exception=False)
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    return client


def secret_draft(town: Body, office: Office, editor: Person) -> UUID:
    content = text.write(richtext.from_plain("GEHEIMtext dieser Bekanntmachung.\n\n## Grundlage\n\nGrundlage ist die Satzung."))
    values = Draft(title="GEHEIMtitel Winterdienst", office=office.pk, content=content)
    made: UUID = services.draft(body=town, values=values, by=editor, at=NOW).pk
    return made


@pytest.fixture
def people(
    town: Body,
    neighbour: Body,
    association: Body,
    foreigner: Person,
    citizen: Person,
    operator: Person,
) -> list[Someone]:
    found = [Someone("anonymous", Client(raise_request_exception=False), set(), set(), logged_in=False)]
    found += [Someone(str(role), log_in(person(f"Rolle-{role}", (town, role))), ACTS[role], set()) for role in Role]
    found.append(Someone("citizen", log_in(citizen), set(), set()))
    found.append(Someone("operator", log_in(operator), set(), set(), operates=True))
    found.append(Someone("all roles next door", log_in(foreigner), set(), EVERYTHING))
    stands_for = Person.objects.get(name=f"Rolle-{Role.APPROVER}")
    for who, until, acts in (("deputy", "2099-12-31", ACTS[Role.APPROVER]), ("deputy of last year", "2025-12-31", set())):
        new = person(who.replace(" ", "-"))
        dates = {"valid_from": "2025-01-01", "valid_until": until}
        Membership.objects.create(person=new, body=town, role=Role.APPROVER, deputy_for=stands_for, reason="Urlaub", **dates)
        found.append(Someone(who, log_in(new), set(acts), set()))
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        found.append(Someone(f"{role} of the association", log_in(person(f"Verbund-{role}", (association, role))), ACTS[role], set()))
    away = person("Verbund-Prüfung", (association, Role.AUDITOR))  # an auditor is for one body
    found.append(Someone("auditor of the association", log_in(away), set(), set()))
    gone = person("Gesperrt", (town, Role.ADMINISTRATOR))
    browser = log_in(gone)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    found.append(Someone("closed account", browser, set(), set(), logged_in=False))
    return found


@pytest.fixture
def holes(town: Body, editor: Person, approver: Person, administrator: Person) -> dict[str, Any]:
    """What fills the holes of addresses: things of the town, full of words that nobody else may read."""
    office = Office.objects.create(body=town, name="Bauamt")
    District.objects.create(body=town, name="Lindenbach")
    notice, waiting = secret_draft(town, office, editor), secret_draft(town, office, editor)
    png = io.BytesIO()
    Image.new("RGB", (4, 4)).save(png, "PNG")
    png.seek(0)
    pictures.add(notice, body=town, file=png, name="GEHEIMbild.png", by=editor, at=NOW)
    services.submit(notice, body=town, version=1, by=editor, at=NOW)
    services.send_back(notice, body=town, version=1, reason="GEHEIMkommentar", by=approver, at=NOW)
    file = from_bytes(town, by_law(), "GEHEIMdatei.docx")
    files.add(notice, body=town, file=file, role=NoticeFile.Role.ATTACHMENT, by=editor, at=NOW)
    film = from_bytes(town, mp4(), "GEHEIMfilm.mp4", place=films.folder(town))
    row = explanations.set_film(notice, body=town, saved=0, file=film, by=editor, at=NOW)
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\nGEHEIMtext in Gebärden."
    explained = explanations.set_captions(notice, body=town, saved=row.saved, captions=captions, by=editor, at=NOW)
    services.submit(waiting, body=town, version=1, by=editor, at=NOW)
    services.approve(waiting, body=town, version=1, by=approver, at=NOW)  # approved and numbered, not provided yet
    audit.note(town, "body.changed", {"note": "GEHEIMwert"}, by=administrator, at=NOW)
    guest = invitations.invite(body=town, name="GEHEIMgast", email="geheimgast@example.org", roles=[Role.EDITOR], by=administrator, at=NOW)
    parked = OutboxRow._unscoped.create(body=town, queue="q", topic="t", key="k", due_at=NOW, state="parked")
    rules.begin(body=town, by=administrator, at=NOW)
    entered = rules.NewRule(key="complaint.period", value="P6M", law="Hauptsatzung", section="§ 22", reason="GEHEIMgrund")
    own = rules.set_rule(entered, body=town, by=administrator, at=NOW)
    breach = tasks.open(kind=BREACH.code, body=town, by=editor, at=NOW)
    told = Evidence(day=NOW.date(), text="GEHEIMnachweis", scan=("bestaetigung.pdf", b"%PDF-1.7 GEHEIMnachweis"))
    tasks.finish(breach.pk, told, body=town, by=editor, at=NOW)
    issue = gazette.begin(body=town, by=editor, at=NOW)
    return {
        "notice_id": notice,
        "file_id": NoticeFile.objects.for_body(town).get().pk,
        "picture_id": Picture.objects.for_body(town).get().pk,
        "explanation_id": explained.pk,
        "slug": "leichte-sprache",
        "notices:explained_picture picture": Picture.objects.for_body(town).get().pk,
        "version": 1,
        "year": NOW.year,
        "words": "hundesteuersatzung",
        "notices:feed_of_kind kind": "bylaw",
        "number": 1,
        "attachment": 1,
        "picture": 1,
        "path": "0/000.p/1",
        "name": "musterstedt",
        "seen": f"{'0' * 64}/checkpoint",
        "secret": "0" * 64,
        "uidb36": "1",
        "key": "abc-0123",
        "kind": "office",
        "language": "de",
        "administration:host_remove pk": Host.objects.create(body=town, name="bekannt.musterstedt.example").pk,
        "administration:part pk": office.pk,
        "administration:page kind": "imprint",
        "administration:invitation pk": guest.pk,
        "administration:person pk": editor.pk,
        "administration:retry pk": parked.pk,
        "administration:rule key": "complaint.period",
        "administration:rule_change key": "complaint.period",
        "administration:own_rule_change pk": own.pk,
        "administration:own_rule_end pk": own.pk,
        "issue_id": issue.pk,
        "reader": 1,
        "tasks:show pk": breach.pk,
        "tasks:scan pk": breach.pk,
        "scan": Scan.objects.for_body(town).get().pk,
        "profile": "ST",
        "mfa_edit_webauthn pk": 1,
        "mfa_remove_webauthn pk": 1,
        "witness:change_witness pk": 1,
        "witness:change_log pk": 1,
    }
