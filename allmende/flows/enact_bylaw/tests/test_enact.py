"""From the clerk's by-law to the local law."""

import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils.html import strip_tags

from allmende.core import addresses, outbox
from allmende.core.models import Body, Link, OutboxRow, Person, Visibility
from allmende.core.thread import thread_of
from allmende.flows.enact_bylaw import enact
from allmende.law import services as law
from allmende.law.models import ByLaw, Version
from allmende.notices import promulgation
from allmende.notices.models import Notice
from allmende.notices.tests.conftest import LATER, Publish
from allmende.notices.tests.lawful import APPROVED, make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from allmende.publication.models import Publication, Relation, Removal
from allmende.publication.services import erase, take_down


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
    assert record in thread_of(notice.record, inside=None).records
    page = client.get(f"/{record.path}").content.decode()
    assert 'href="/bekanntmachungen/2026/1/"' in page
    assert f'href="/{record.path}"' in client.get("/bekanntmachungen/2026/1/").content.decode()
    assert record.path in client.get("/sitemap.xml").content.decode()
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


def rows_of(page: str) -> list[str]:
    """The table of versions, row by row, as words."""
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(strip_tags(row).replace("\N{NO-BREAK SPACE}", " ").split()) for row in body.split("</tr>")[:-1]]


def test_superseded_versions_stay_online_each_with_its_notice(promulgate: Publish, town: Body, client: Client) -> None:
    """Rules online.permanent and copies.superseded: also by-laws no longer in force can be read."""
    first, second = promulgate(title="Hundesteuersatzung"), promulgate(title="Hundesteuersatzung")
    bylaws = [Version.objects.for_body(town).get(promulgated_by=notice.pk).bylaw for notice in (first, second)]
    Version.objects.for_body(town).filter(bylaw=bylaws[1]).update(bylaw=bylaws[0], number=2, in_force_on=date(2028, 1, 1))

    page = client.get("/ortsrecht/hundesteuersatzung/").content.decode()

    assert rows_of(page) == [
        "Fassung 2 1. Januar 2028 kein Ende bekannt gemacht 3. November 2026 Bekanntmachung Nr. 2/2026, 2. März 2026",
        "Fassung 1 1. Januar 2027 31. Dezember 2027 3. November 2026 Bekanntmachung Nr. 1/2026, 2. März 2026",
    ]
    for number in (1, 2):
        assert client.get(f"/bekanntmachungen/2026/{number}/").status_code == 200
    assert "2 Fassungen" in client.get("/ortsrecht/").content.decode()
    assert client.get("/en/ortsrecht/hundesteuersatzung/").status_code == 200


def test_a_correction_stands_on_the_page_of_its_by_law(promulgate: Publish, town: Body, client: Client) -> None:
    first, second = promulgate(title="Hundesteuersatzung"), promulgate(title="Berichtigung der Hundesteuersatzung")
    there, other = (Version.objects.for_body(town).get(promulgated_by=notice.pk) for notice in (first, second))
    Link.objects.for_body(town).filter(target=other.bylaw_id).update(target=there.bylaw_id)
    other.delete()

    page = client.get("/ortsrecht/hundesteuersatzung/").content.decode()

    assert len(rows_of(page)) == 1
    assert "Berichtigungen" in page
    assert "Berichtigung der Hundesteuersatzung" in page


def test_a_by_law_whose_notice_was_taken_down_is_gone_at_once(promulgate: Publish, town: Body, approver: Person, client: Client) -> None:
    notice = promulgate(title="Satzung mit Namen")
    take_down(notice.record, reason=Removal.Reason.PERSONAL_DATA, by=approver, at=LATER)

    assert client.get("/ortsrecht/satzung-mit-namen/").status_code == 410
    assert "Satzung mit Namen" not in client.get("/ortsrecht/").content.decode()
    outbox.work(LATER)
    assert thread_of(notice.record, inside=None).records == []


def test_what_is_erased_leaves_no_title_and_no_address_in_the_local_law(promulgate: Publish, town: Body, approver: Person) -> None:
    notice = promulgate(title="Satzung mit Namen")
    erase(notice.record, by=approver, at=LATER)
    outbox.work(LATER)

    record = Version.objects.for_body(town).select_related("bylaw__record").get().bylaw.record
    assert (record.title, record.visibility, record.path) == ("Gelöscht", Visibility.REMOVED, f"ortsrecht/{record.pk}/")


def links_of(client: Client, address: str) -> dict[str, str]:
    """Where the links of a page lead: address -> words. Only the page itself is read: what a click without script reaches."""
    page = client.get(address).content.decode()
    return {
        href: " ".join(strip_tags(words).split()) for href, words in re.findall(r'<a\b[^>]*href="([^"#]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    }


def clicks_to(client: Client, start: str, goal: str, *, at_most: int) -> int | None:
    """How many clicks lead from one page to another, by the links that stand there; None: more than `at_most`."""
    seen, edge = {start}, {start}
    for click in range(1, at_most + 1):
        edge = {href for page in edge for href in links_of(client, page) if href.startswith("/")} - seen
        if goal in edge:
            return click
        seen |= edge
    return None


@pytest.mark.parametrize("language", ["", "/en"])
def test_local_law_is_two_clicks_away_at_most(language: str, promulgate: Publish, client: Client) -> None:
    """Rule start_page.clicks: one click to the list, two to a by-law and its versions."""
    promulgate(title="Hundesteuersatzung")

    assert clicks_to(client, f"{language}/", f"{language}/ortsrecht/", at_most=2) == 1
    assert clicks_to(client, f"{language}/", f"{language}/ortsrecht/hundesteuersatzung/", at_most=2) == 2


def test_from_the_page_of_the_office_the_local_law_of_a_member_is_two_clicks_away(town: Body, neighbour: Body, client: Client) -> None:
    """§ 8 Abs. 3 KV-DVO M-V speaks of municipalities on the site of their Amt."""
    Body.objects.filter(pk=neighbour.pk).update(administered_by=town)
    there = f"{addresses.root(neighbour)}/ortsrecht/"

    assert "Ortsrecht" in links_of(client, "/")["/ortsrecht/"]
    assert links_of(client, "/ortsrecht/")[there] == neighbour.name


def test_the_next_version_brings_a_by_law_back_whose_notice_was_taken_down(promulgate: Publish, town: Body, client: Client) -> None:
    first, second = promulgate(title="Hundesteuersatzung"), promulgate(title="Hundesteuersatzung, neu")
    version = Version.objects.for_body(town).get(promulgated_by=second.pk)
    bylaw = Version.objects.for_body(town).get(promulgated_by=first.pk).bylaw
    said = law.Promulgation(adopted_on=version.adopted_on, signed_on=version.signed_on, signed_by=version.signed_by, in_force_on=None)
    Version.objects.for_body(town).filter(pk=version.pk).delete()
    law.withdraw(first.record, erased=True, at=LATER)
    assert client.get(f"/ortsrecht/{bylaw.pk}/").status_code == 410

    law.promulgate(second.record, said, at=LATER, of=bylaw)

    page = client.get(f"/ortsrecht/{bylaw.pk}/")
    assert page.status_code == 200
    assert "Hundesteuersatzung, neu" in page.content.decode()


def test_erasing_a_later_version_leaves_title_and_address(promulgate: Publish, town: Body, client: Client) -> None:
    first, second = promulgate(title="Hundesteuersatzung"), promulgate(title="Zweite Fassung")
    bylaw = Version.objects.for_body(town).get(promulgated_by=first.pk).bylaw
    Version.objects.for_body(town).filter(promulgated_by=second.pk).update(bylaw=bylaw, number=2)

    law.withdraw(second.record, erased=True, at=LATER)

    bylaw.record.refresh_from_db()
    assert (bylaw.record.path, bylaw.record.titles["de"]) == ("ortsrecht/hundesteuersatzung/", "Hundesteuersatzung")


def test_what_was_erased_before_anybody_worked_holds_nothing_up(promulgate: Publish, town: Body) -> None:
    notice = promulgate(title="Hundesteuersatzung")
    Version.objects.for_body(town).all().delete()
    Notice.objects.for_body(town).filter(pk=notice.pk).update(state=Notice.State.ERASED, details={})

    assert promulgation.of(notice.pk, body=town) is None
