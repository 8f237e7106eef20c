"""New notices by mail and as feeds: whoever wants to know gets kind, day and address, and leaves with one click."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.notices.models import Subscription
from allmende.notices.subscriptions import readers
from allmende.notices.subscriptions.topics import NOTICES
from allmende.notices.tests.conftest import LATER, Publish
from allmende.notices.tests.lawful import APPROVED, make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from allmende.publication.models import Removal
from allmende.publication.services import take_down
from conftest import NOW

pytestmark = pytest.mark.usefixtures("at")
ASK = "/bekanntmachungen/abo/"
MUCH_LATER = LATER + timedelta(minutes=5)
ATOM = "{http://www.w3.org/2005/Atom}"
NAME = "Adelheid Wunderlich-Sonnenfeld"


@pytest.fixture
def client() -> Client:
    """Somebody whose address on the net nobody else has asked from."""
    return Client(REMOTE_ADDR="198.51.100.7")


def reader(body: Body, name: str = "kim", kinds: tuple[str, ...] = (), *, confirmed: bool = True) -> Subscription:
    row = {"email": f"{name}@example.org", "kinds": list(kinds), "asked_at": NOW, "confirmed_at": NOW if confirmed else None}
    return Subscription.objects.create(body=body, topic=NOTICES.code, **row)


def served(publish: Publish, town: Body, administrator: Person) -> None:
    """A service of a document, which names somebody in its fields."""
    make_lawful(town, administrator)
    details = DETAILS["service"] | {"addressee": NAME}
    publish(kind="service", title="Bescheid vom 12. November", details=details, said=stated("service", details, body=town).also(APPROVED))
    outbox.work(MUCH_LATER)


def test_who_has_confirmed_gets_kind_day_and_address_and_nothing_more(publish: Publish, town: Body) -> None:
    reader(town)
    reader(town, "lea", confirmed=False)
    reader(town, "noa", ("bylaw",))
    publish(title="Winterdienst auf Gehwegen")

    outbox.work(MUCH_LATER)
    outbox.work(MUCH_LATER)

    [sent] = [message for message in mail.outbox if "Neue Bekanntmachung" in str(message.subject)]
    assert sent.to == ["kim@example.org"]
    assert sent.subject == "Musterstedt: Neue Bekanntmachung: Allgemeine Bekanntmachung"
    text = str(sent.body)
    assert "Allgemeine Bekanntmachung Nr. 1/2026" in text
    assert "Bereitgestellt am Montag, 2. März 2026, 9.00 Uhr".replace(" ", "") in re.sub(r"\s", "", text)
    assert "http://localhost:8000/bekanntmachungen/2026/1/" in text
    assert "Winterdienst" not in text + str(sent.subject)
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = sent.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.for_body(town).filter(email="kim@example.org").exists()


def test_another_body_tells_nobody(publish: Publish, neighbour: Body) -> None:
    reader(neighbour)
    publish()
    outbox.work(MUCH_LATER)

    assert [message for message in mail.outbox if message.to == ["kim@example.org"]] == []


def test_no_mail_and_no_feed_names_who_is_served(publish: Publish, town: Body, administrator: Person, client: Client) -> None:
    reader(town)
    served(publish, town, administrator)

    [sent] = [message for message in mail.outbox if message.to == ["kim@example.org"]]
    feed = client.get("/bekanntmachungen/neu.atom").content.decode()
    for text in (str(sent.message()), str(sent.body), feed, client.get("/bekanntmachungen/neu/service.atom").content.decode()):
        assert "Sonnenfeld" not in text
        assert "Bescheid vom" not in text
    assert "Öffentliche Zustellung Nr. 1/2026" in str(sent.body)
    assert "<title>Öffentliche Zustellung Nr. 1/2026</title>" in feed


def test_what_was_taken_down_before_the_mail_went_is_not_told(publish: Publish, town: Body, editor: Person) -> None:
    kim = reader(town)
    notice = publish()
    mail.outbox.clear()
    take_down(notice.record, reason=Removal.Reason.MISTAKE, by=editor, at=LATER)
    with transaction.atomic():
        outbox.put(town, "subscriptions.mail", subject=f"{kim.pk} {notice.pk}", once="again", at=LATER)
    outbox.work(MUCH_LATER)

    assert [message for message in mail.outbox if message.to == ["kim@example.org"]] == []


def test_kinds_are_chosen_confirmed_and_changed_by_link(town: Body, client: Client) -> None:
    assert client.get(ASK).content.decode().count('name="kinds"') == 12
    assert client.post(ASK, {"email": "kim@example.org"}).status_code == 422  # no kind: nothing to send
    assert client.post(ASK, {"email": "Kim@example.org", "kinds": ["bylaw", "meeting"]}).status_code == 200
    outbox.work(MUCH_LATER)
    found = re.search(r"/bekanntmachungen/abo/\d+/\w+/", str(mail.outbox[-1].body))
    assert found
    link = found[0]
    page = client.get(link).content.decode()
    assert page.count("checked") == 2
    assert Subscription.objects.for_body(town).get().confirmed_at is None  # a program that looks into mails orders nothing
    assert client.post(link, {"kinds": ["bylaw"]}).status_code == 200
    row = Subscription.objects.for_body(town).get()
    assert (row.email, row.kinds, row.confirmed_at is not None) == ("kim@example.org", ["bylaw"], True)

    stranger = client.post(ASK, {"email": "kim@example.org", "kinds": ["job"]})  # changes nothing, learns nothing
    unknown = client.post(ASK, {"email": "neu@example.org", "kinds": ["job"]})
    assert strip(stranger.content.decode()) == strip(unknown.content.decode())
    assert Subscription.objects.for_body(town).get(pk=row.pk).kinds == ["bylaw"]
    outbox.work(MUCH_LATER)
    again = [message for message in mail.outbox if message.to == ["kim@example.org"]][-1]
    assert link in str(again.body)
    everything = re.findall(r'name="kinds" value="(\w+)"', client.get(link).content.decode())
    assert client.post(link, {"kinds": everything}).status_code == 200
    assert Subscription.objects.for_body(town).get(pk=row.pk).kinds == []  # all, also those that come later
    assert client.get(link.replace("bekanntmachungen", "amtsblatt")).status_code == 404


def strip(page: str) -> str:
    """Without what is new in every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_an_address_is_not_flooded_and_is_forgotten_if_nobody_confirms(town: Body, client: Client) -> None:
    values = {"email": "lou@example.org", "kinds": ["bylaw"]}
    assert [client.post(ASK, values).status_code for _n in range(4)] == [200, 200, 200, 429]
    assert client.post("/amtsblatt/abo/", {"email": "lou@example.org"}).status_code == 200, "the gazette counts for itself"

    late = LATER + timedelta(days=8)
    readers.forget(list(readers.never_confirmed(late)), late)

    assert not Subscription.objects.for_body(town).exists()


def test_a_feed_is_atom_and_can_be_of_one_kind(make_public: Publish, neighbour: Body, client: Client) -> None:
    make_public(1, title="Erste & <Zweite>")
    make_public(2, kind="bylaw", title="Hundesteuersatzung")

    answer = client.get("/bekanntmachungen/neu.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == [
        "Satzung Nr. 2/2026: Hundesteuersatzung",
        "Allgemeine Bekanntmachung Nr. 1/2026: Erste & <Zweite>",
    ]
    for needed in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{needed}") is not None
    of_kind = ElementTree.fromstring(client.get("/bekanntmachungen/neu/bylaw.atom").content)
    assert [entry.findtext(f"{ATOM}title") for entry in of_kind.iter(f"{ATOM}entry")] == ["Satzung Nr. 2/2026: Hundesteuersatzung"]
    assert client.get("/bekanntmachungen/neu/gibtesnicht.atom").status_code == 404
    assert b"Hundesteuer" not in client.get("/nebenan/bekanntmachungen/neu.atom").content
    assert 'type="application/atom+xml"' in client.get("/bekanntmachungen/").content.decode()


def test_the_database_keeps_one_row_for_each_address_and_topic(town: Body) -> None:
    reader(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        reader(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(body=town, topic="spam", email="x@example.org", asked_at=NOW)


def test_a_feed_costs_the_same_for_one_notice_and_for_nine(
    make_public: Publish, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_public(1)
    client.get("/bekanntmachungen/neu.atom")
    with django_assert_num_queries(2) as one:  # host of the body, notices
        client.get("/bekanntmachungen/neu.atom")
    for number in range(2, 10):
        make_public(number)
    with django_assert_num_queries(len(one)):
        client.get("/bekanntmachungen/neu.atom")
