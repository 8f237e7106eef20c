"""An issue of the gazette from the first notice to the reader's mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from allmende.core import outbox
from allmende.core.errors import ChangedMeanwhile, NotAllowed
from allmende.core.models import Body, Link, Person, Record
from allmende.lib.official import document_pdf, from_payload
from allmende.lib.official.reading import pdf_text
from allmende.notices.gazette import artefact, selectors, services
from allmende.notices.gazette.errors import IssueClosed, IssueEmpty, IssueFourEyes, NoticeNotForIssue
from allmende.notices.models import GazetteSettings, Issue, IssueItem, Notice, Subscription
from allmende.notices.subscriptions import readers
from allmende.notices.tests.conftest import LATER, LogIn, Publish
from allmende.notices.tests.samples import DETAILS
from allmende.publication.check import problems
from allmende.publication.keys import log_of
from allmende.publication.models import Publication
from conftest import NOW, Role, person

pytestmark = pytest.mark.usefixtures("at")
MUCH_LATER = LATER + timedelta(minutes=5)


@pytest.fixture
def second_approver(town: Body) -> Person:
    return person("Berta", (town, Role.APPROVER))


def put_together(town: Body, by: Person, *notices: Notice) -> Issue:
    issue = services.begin(body=town, by=by, at=LATER)
    services.arrange(issue.pk, [notice.pk for notice in notices], body=town, version=issue.version, by=by, at=LATER)
    return Issue.objects.for_body(town).select_related("record__body").get(pk=issue.pk)


def published(town: Body, editor: Person, approver: Person, *notices: Notice) -> Issue:
    issue = put_together(town, editor, *notices)
    services.approve(issue.pk, body=town, version=issue.version, by=approver, at=LATER)
    outbox.work(LATER)
    outbox.work(MUCH_LATER)
    return Issue.objects.for_body(town).select_related("record__body").get(pk=issue.pk)


def test_an_issue_is_sealed_whole_and_read_on_its_page(
    publish: Publish, make_public: Publish, town: Body, editor: Person, approver: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = publish(title="Winterdienst auf Gehwegen")
    served = make_public(7, title="Öffentliche Zustellung", kind="service", details=DETAILS["service"])

    issue = published(town, editor, approver, notice, served)

    assert (issue.state, issue.label, issue.record.path) == ("public", "1/2026", "amtsblatt/2026/1/")
    assert list(problems(town)) == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: MUCH_LATER)
    page = Client().get("/amtsblatt/2026/1/").content.decode()
    for words in ("Amtsblatt Nr.", "Winterdienst auf Gehwegen", "http://localhost:8000/bekanntmachungen/2026/1/", "Die Gehwege sind"):
        assert words in page, words
    said = pdf_text(Client().get("/amtsblatt/2026/1.pdf").content)
    assert "1.AllgemeineBekanntmachungNr.1/2026:WinterdienstaufGehwegen" in said
    assert "DieGehwegesindwerktags" in said
    assert "BereitgestelltamMontag,2.März2026" in said
    assert f"DerSchlüsseldesöffentlichenProtokolls:{log_of(town).vkey}" in said
    # Who is served will be forgotten; an issue is not.
    assert "ÖffentlicheZustellungNr.7/2026" in said
    for name in ("addressee", "last_address", "file_number"):
        assert re.sub(r"\s", "", DETAILS["service"][name]) not in said
    assert Client().get("/amtsblatt/2026/1.zip").content.startswith(b"PK")
    assert "Amtsblatt Nr." in Client().get("/amtsblatt/").content.decode()
    assert selectors.issued_at(notice.pk, town) == issue.provided_at
    assert {link.target_id for link in Link.objects.for_body(town).filter(source=issue.record)} == {notice.pk, served.pk}


def test_nothing_answers_before_its_moment(publish: Publish, town: Body, editor: Person, approver: Person) -> None:
    published(town, editor, approver, publish())  # provided a moment after LATER, which is now

    assert Client().get("/amtsblatt/2026/1/").status_code == 404
    assert Client().get("/amtsblatt/2026/1.pdf").status_code == 404


def test_who_put_it_together_does_not_approve_it(publish: Publish, town: Body, approver: Person, second_approver: Person) -> None:
    issue = put_together(town, approver, publish())

    with pytest.raises(IssueFourEyes):
        services.approve(issue.pk, body=town, version=issue.version, by=approver, at=LATER)
    services.approve(issue.pk, body=town, version=issue.version, by=second_approver, at=LATER)

    assert Publication.objects.for_body(town).get(pk=issue.pk).approved_by == second_approver


def test_what_was_seen_is_what_is_approved_and_then_stays(
    publish: Publish, town: Body, editor: Person, approver: Person, auditor: Person
) -> None:
    notice = publish()
    issue = put_together(town, editor, notice)
    with pytest.raises(ChangedMeanwhile):
        services.arrange(issue.pk, [], body=town, version=1, by=editor, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        services.approve(issue.pk, body=town, version=1, by=approver, at=LATER)
    for nobody in (auditor, editor):
        with pytest.raises(NotAllowed):
            services.approve(issue.pk, body=town, version=issue.version, by=nobody, at=LATER)
    services.approve(issue.pk, body=town, version=issue.version, by=approver, at=LATER)

    with pytest.raises(IssueClosed):
        services.approve(issue.pk, body=town, version=issue.version, by=approver, at=LATER)
    with pytest.raises(IssueClosed):
        services.arrange(issue.pk, [], body=town, version=issue.version, by=editor, at=LATER)
    items = IssueItem.objects.for_body(town)
    for act in (items.delete, lambda: items.update(position=9)):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueItem.objects.create(issue=issue, notice=notice, position=2)


def test_an_empty_issue_is_not_approved(town: Body, editor: Person, approver: Person) -> None:
    issue = put_together(town, editor)

    with pytest.raises(IssueEmpty):
        services.approve(issue.pk, body=town, version=issue.version, by=approver, at=LATER)


def test_only_public_notices_of_bodies_that_are_administered_and_each_once(
    make_public: Publish, make_draft: Publish, town: Body, association: Body, neighbour: Body
) -> None:
    clerk = person("Carla", (association, Role.EDITOR))
    here, draft = make_public(1), make_draft()
    issue = services.begin(body=association, by=clerk, at=LATER)
    assert services.begin(body=association, by=clerk, at=LATER) == issue

    with pytest.raises(NoticeNotForIssue):
        services.arrange(issue.pk, [draft.pk], body=association, version=1, by=clerk, at=LATER)
    services.arrange(issue.pk, [here.pk], body=association, version=1, by=clerk, at=LATER)

    assert selectors.candidates(association, at=LATER) == []
    assert [notice.pk for notice in selectors.candidates(town, at=LATER)] == [here.pk]  # the town may have a gazette of its own
    assert selectors.candidates(neighbour, at=LATER) == []


def test_numbers_follow_each_other_in_a_year(publish: Publish, make_draft: Publish, town: Body, editor: Person, approver: Person) -> None:
    first = published(town, editor, approver, publish())
    from allmende.notices.tests.test_approve import approved, submitted

    notice = approved(submitted(make_draft(title="Zweite"), editor), approver)
    outbox.work(LATER)
    outbox.work(MUCH_LATER)
    issue = services.begin(body=town, by=editor, at=MUCH_LATER)
    services.arrange(issue.pk, [notice.pk], body=town, version=1, by=editor, at=MUCH_LATER)
    services.approve(issue.pk, body=town, version=2, by=approver, at=MUCH_LATER)

    assert first.label == "1/2026"
    assert Issue.objects.for_body(town).get(pk=issue.pk).label == "2/2026"


def test_the_sealed_text_is_the_one_of_the_notices(publish: Publish, town: Body, editor: Person) -> None:
    plain = "Erster Absatz.\n\n## Überschrift\n\n### Darunter\n\n- Punkt\n\n| Straße | Tag |\n| Am Markt | Montag |"
    issue = put_together(town, editor, publish(plain=plain))
    made, images = artefact.page(issue, selectors.notices_of(issue), acting=None, address="https://x.example/amtsblatt/2026/1/")

    again = from_payload(made.to_payload(), images)
    assert again == made
    from allmende.notices.artefact import _fonts

    assert "ErsterAbsatz.ÜberschriftDarunter" in pdf_text(document_pdf(made.with_day(NOW.date()), fonts=_fonts(sealed=True)))


def test_readers_and_printer_get_contents_and_link_once(publish: Publish, town: Body, editor: Person, approver: Person) -> None:
    for name, confirmed in (("kim", LATER), ("lea", None)):
        Subscription.objects.create(body=town, email=f"{name}@example.org", asked_at=NOW, confirmed_at=confirmed)
    GazetteSettings.objects.create(body=town, printer="druck@example.org")

    issue = published(town, editor, approver, publish())
    with transaction.atomic():
        services.public(issue.record, LATER)  # once more
    outbox.work(MUCH_LATER)

    sent = {message.to[0]: message for message in mail.outbox if "Amtsblatt" in str(message.subject)}
    assert set(sent) == {"kim@example.org", "druck@example.org"}
    assert len([message for message in mail.outbox if message.to == ["kim@example.org"]]) == 1
    text = str(sent["kim@example.org"].body)
    assert "1. Stadt Musterstedt: Allgemeine Bekanntmachung Nr. 1/2026: Winterdienst auf Gehwegen" in text
    assert "http://localhost:8000/amtsblatt/2026/1/" in text
    assert "http://localhost:8000/amtsblatt/2026/1.pdf" in str(sent["druck@example.org"].body)
    headers = sent["kim@example.org"].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert link in text
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(link).status_code == 200
    assert Subscription.objects.for_body(town).filter(email="kim@example.org").exists()
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.for_body(town).filter(email="kim@example.org").exists()
    assert strict.post(link).status_code == 200  # gone already


def test_nobody_gets_mail_who_has_not_confirmed(town: Body, client: Client) -> None:
    address = "/amtsblatt/abo/"
    assert client.post(address, {"email": "kein"}).status_code == 422
    assert client.post(address, {"email": "kim@example.org", "trap": "x"}).status_code == 422
    assert client.post(address, {"email": "Kim@example.org"}).status_code == 200
    outbox.work(MUCH_LATER)
    link = re.search(r"/amtsblatt/abo/\d+/\w+/", str(mail.outbox[0].body))
    assert link

    assert client.get(link[0]).status_code == 200
    assert Subscription.objects.for_body(town).get().confirmed_at is None  # a program that looks into mails orders nothing
    assert client.post(link[0]).status_code == 200
    reader = Subscription.objects.for_body(town).get()
    assert (reader.email, reader.confirmed_at) == ("kim@example.org", LATER)
    known = client.post(address, {"email": "kim@example.org"})
    assert "Sehen Sie in Ihre E-Mail" in known.content.decode()
    outbox.work(MUCH_LATER)
    assert len(mail.outbox) == 1
    wrong = reverse("gazette:confirm", args=[reader.pk, "0" * 64])
    assert client.get(wrong).status_code == 404
    assert client.post(reverse("gazette:leave", args=[reader.pk, "0" * 64])).status_code == 200
    assert Subscription.objects.for_body(town).exists()


def test_an_address_is_not_flooded_and_forgotten_if_nobody_confirms(town: Body, client: Client) -> None:
    answers = [client.post("/amtsblatt/abo/", {"email": "lea@example.org"}).status_code for _n in range(4)]
    assert answers == [200, 200, 200, 429]
    soon, late = LATER + timedelta(days=6), LATER + timedelta(days=8)
    assert list(readers.never_confirmed(soon)) == []

    readers.forget(list(readers.never_confirmed(late)), late)

    assert not Subscription.objects.for_body(town).exists()


def test_the_office_puts_an_issue_together_without_javascript(
    make_public: Publish, town: Body, editor: Person, approver: Person, log_in: LogIn
) -> None:
    first, second = make_public(1, title="Erste"), make_public(2, title="Zweite")
    client = log_in(editor)
    address = client.post("/schreibtisch/amtsblatt/")["Location"]
    assert client.get(address).content.decode().count('name="add"') == 2
    client.post(address, {"version": "1", "add": [str(first.pk), str(second.pk)]})
    client.post(address, {"version": "2", "down": str(first.pk)})
    issue = Issue.objects.for_body(town).select_related("record__body").get()
    assert [notice.record.title for notice in selectors.notices_of(issue)] == ["Zweite", "Erste"]
    late = client.post(address, {"version": "2", "remove": str(first.pk)})
    assert (late.status_code, "inzwischen geändert" in late.content.decode()) == (409, True)
    client.post(address, {"version": "3", "remove": str(second.pk)})
    assert [notice.record.title for notice in selectors.notices_of(issue)] == ["Erste"]
    assert client.post(address, {"version": "quatsch"}).status_code == 409

    approving = reverse("gazette_staff:approve", args=[issue.pk, 4])
    assert client.get(approving).status_code == 403
    assert "Erste" in log_in(approver).get(approving).content.decode()


def test_lists_cost_the_same_for_one_row_and_for_nine(
    make_public: Publish, town: Body, editor: Person, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notices = [make_public(n) for n in range(1, 10)]
    issue = put_together(town, editor, notices[0])
    client, address = log_in(editor), reverse("gazette_staff:arrange", args=[issue.pk])
    client.get(address)
    with django_assert_num_queries(15) as one:
        client.get(address)
    services.arrange(issue.pk, [notice.pk for notice in notices], body=town, version=2, by=editor, at=LATER)
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_who_prints_is_set_by_the_administration(town: Body, administrator: Person, editor: Person, log_in: LogIn) -> None:
    address = reverse("gazette_staff:settings")
    assert log_in(editor).post(address, {"printer": "druck@example.org"}).status_code == 403
    client = log_in(administrator)
    assert client.post(address, {"printer": "quatsch"}).status_code == 422
    assert client.post(address, {"printer": "druck@example.org"}).status_code == 302
    assert GazetteSettings.objects.for_body(town).get().printer == "druck@example.org"


def test_the_page_of_a_notice_says_in_which_issue_it_stands(
    publish: Publish, town: Body, editor: Person, approver: Person, log_in: LogIn
) -> None:
    notice = publish()
    issue = published(town, editor, approver, notice)
    client, address = log_in(editor), reverse("notices_staff:show", args=[notice.pk])

    assert selectors.issues_with(notice) == [issue]
    assert "Steht auch im Amtsblatt" in client.get(address).content.decode()
    Record.objects.for_body(town).filter(pk=notice.pk).update(visibility="removed")  # as if it were taken down
    page = client.get(address).content.decode()
    assert "deshalb mit vom Netz genommen" in page
    assert "Aushang drucken" not in page
    for name in ("poster_a4", "qr_svg", "put_up", "printout"):
        assert client.get(reverse(f"notices_staff:{name}", args=[notice.pk])).status_code == 404, name
