"""From the clerk's by-law to the local law."""

from datetime import date, datetime

import pytest
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body, Link, OutboxRow, Person
from allmende.core.thread import thread_of
from allmende.flows.enact_bylaw import enact
from allmende.law.models import ByLaw, Version
from allmende.notices.models import Notice
from allmende.notices.tests.conftest import LATER, Publish
from allmende.notices.tests.lawful import APPROVED, make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from allmende.publication.models import Publication, Relation


@pytest.fixture
def promulgate(publish: Publish, town: Body, administrator: Person) -> Publish:
    make_lawful(town, administrator)

    def run(kind: str = "bylaw", **values: object) -> Notice:
        notice = publish(kind=kind, details=DETAILS[kind], said=stated(kind, DETAILS[kind], body=town).also(APPROVED), **values)
        outbox.work(LATER)
        return notice

    return run


def test_a_public_by_law_is_in_the_local_law_with_its_entry_into_force(promulgate: Publish, town: Body, client: Client) -> None:
    notice = promulgate(title="Hundesteuersatzung")

    version = Version.objects.for_body(town).select_related("bylaw__record").get()
    assert (version.number, version.promulgated_by_id, version.promulgated_at) == (1, notice.pk, notice.provided_at)
    assert (version.adopted_on, version.signed_on, version.in_force_on) == (date(2026, 11, 3), date(2026, 11, 5), date(2027, 1, 1))
    assert (version.approval_authority, version.approval_on) == ("Landkreis Erlenland", date(2026, 11, 17))
    record = version.bylaw.record
    assert record.path == "ortsrecht/hundesteuersatzung/"
    assert thread_of(notice.record, inside=None).records == [notice.record], "the public sees no record that has no page"
    assert record in thread_of(notice.record, inside=town).records
    assert client.get(f"/{record.path}").status_code == 404
    listed = client.get("/ortsrecht/").content.decode()
    assert "Hundesteuersatzung" in listed
    assert "in Kraft ab 1.\N{NO-BREAK SPACE}Januar\N{NO-BREAK SPACE}2027" in listed
    assert "in force from 1" in client.get("/en/ortsrecht/").content.decode()


@pytest.mark.parametrize(("kind", "expected"), [("replacement", 1), ("meeting", 0), ("general", 0)])
def test_only_local_law_is_enacted(kind: str, expected: int, promulgate: Publish, publish: Publish, town: Body) -> None:
    publish(kind="general") if kind == "general" else promulgate(kind)

    assert ByLaw.objects.for_body(town).count() == expected
    assert OutboxRow.objects.for_body(town).filter(topic="notices.promulgated").count() == expected


def test_the_same_row_worked_twice_enacts_once(promulgate: Publish, town: Body) -> None:
    promulgate()
    row = OutboxRow.objects.for_body(town).get(topic="notices.promulgated")

    enact(row, LATER)

    assert Version.objects.for_body(town).count() == 1


@pytest.mark.parametrize(("word", "versions"), [("renews", 2), ("heals", 2), ("corrects", 1)])
def test_what_concerns_an_earlier_one_belongs_to_its_by_law(
    word: str, versions: int, promulgate: Publish, town: Body, at: datetime
) -> None:
    first = promulgate(title="Hundesteuersatzung")
    second = promulgate(title="Hundesteuersatzung")
    for later in Version.objects.for_body(town).filter(promulgated_by=second.pk).select_related("bylaw"):
        bylaw = later.bylaw  # as if it had not been entered yet
        Link.objects.for_body(town).filter(target=bylaw.record_id).delete()
        later.delete()
        bylaw.delete()
    publications = {record: Publication.objects.for_body(town).get(pk=record) for record in (first.pk, second.pk)}
    Relation.objects.create(later=publications[second.pk], earlier=publications[first.pk], word=word)

    enact(OutboxRow.objects.for_body(town).get(topic="notices.promulgated", record=second.pk), LATER)

    bylaw = ByLaw.objects.for_body(town).get()
    assert Version.objects.for_body(town).filter(bylaw=bylaw).count() == versions
    links = Link.objects.for_body(town).filter(relation="promulgates", target=bylaw.record)
    assert {link.source_id for link in links} == {first.pk, second.pk}
