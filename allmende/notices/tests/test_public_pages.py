"""What residents, courts and search engines see, published by the real engine."""

import re
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from allmende.core import outbox
from allmende.core.models import Body, District, Person, Record, Visibility
from allmende.lib import official
from allmende.notices import cards, rendering, selectors, services
from allmende.notices.models import Notice
from allmende.notices.tests.conftest import LATER, LogIn, MakeDraft, Publish
from allmende.notices.tests.test_approve import approved, submitted
from allmende.publication import selectors as publication
from allmende.publication.models import Publication
from allmende.publication.setup import set_up_log
from conftest import NOW


def test_the_page_shows_the_sealed_wording_proof_files_and_contact(publish: Publish, client: Client, town: Body) -> None:
    plain = "## Sperrung\n\n| Tag | Straße |\n|---|---|\n| Montag | Markt |\n\nMehr steht in der [Satzung](https://example.org/s)."
    notice = publish(plain=plain, summary="Die Straße ist gesperrt.")

    page = client.get("/bekanntmachungen/2026/1/").content.decode()

    drawn = official.from_payload(bytes(Publication.objects.for_body(town).get().payload or b""), {}).with_day(NOW.date())
    sealed = official.wording_html(drawn)
    assert "<h2>Sperrung</h2>" in sealed
    shown = rendering.wording_of(publication.fragment_of(notice.record))
    assert "<h3>Sperrung</h3>" in shown  # below the heading of its section
    assert strip_tags(shown) == strip_tags(sealed), "not a word is changed"
    assert shown in page
    for words in (
        "Winterdienst auf Gehwegen",
        "Die Straße ist gesperrt.",
        "Montag, 2. März 2026, 9.00 Uhr",
        "noch nicht bezeugt",
        "fortgeschrittenes Siegel, Demo",
        "log.musterstedt.example/amtlich",
        "Ordnungsamt",
        'href="tel:+493999000',
        'href="/bekanntmachungen/2026/1.pdf"',
        'href="/bekanntmachungen/2026/1.zip"',
        '<link rel="canonical" href="http://localhost:8000/bekanntmachungen/2026/1/">',
        '<link rel="alternate" hreflang="en" href="http://localhost:8000/en/bekanntmachungen/2026/1/">',
    ):
        assert words in " ".join(page.split()), words
    assert page.count("<h1") == 1
    assert notice.provided_at is not None


def test_document_and_bundle_lie_beside_the_page(publish: Publish, client: Client) -> None:
    publish()

    document, bundle = client.get("/bekanntmachungen/2026/1.pdf"), client.get("/bekanntmachungen/2026/1.zip")

    assert (document["Content-Type"], document.content[:5]) == ("application/pdf", b"%PDF-")
    assert (bundle["Content-Type"], bundle.content[:4]) == ("application/zip", b"PK\x03\x04")


def test_nothing_answers_before_it_is_provided(
    publish: Publish, make_draft: MakeDraft, editor: Person, approver: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = publish()
    approved(submitted(make_draft(title="Noch nicht gesiegelt"), editor), approver)
    addresses = [f"/bekanntmachungen/2026/{number}{end}" for number in (1, 2) for end in ("/", ".pdf", ".zip")]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200, 404, 404, 404]

    assert notice.provided_at is not None
    monkeypatch.setattr("django.utils.timezone.now", lambda: notice.provided_at - timedelta(milliseconds=1))
    assert {client.get(address).status_code for address in addresses} == {404}
    assert "Winterdienst" not in client.get("/bekanntmachungen/").content.decode()


def test_english_readers_get_english_words_around_the_german_text(publish: Publish, client: Client) -> None:
    publish(title_en="Winter service on pavements")
    publish(title="Laubabfuhr")

    translated, german = (client.get(f"/en/bekanntmachungen/2026/{number}/").content.decode() for number in (1, 2))
    listed = client.get("/en/bekanntmachungen/").content.decode()

    assert '<html lang="en">' in translated
    assert ">Winter service on pavements</h1>" in translated
    assert '<h1 property="name" lang="de">Laubabfuhr</h1>' in german
    assert re.search(r'<div class="a-sheet[^>]*lang="de"', translated)
    assert 'href="/en/bekanntmachungen/2026/1/"' in listed
    assert '<a class="a-title" lang="de" href="/en/bekanntmachungen/2026/2/">Laubabfuhr</a>' in listed


def test_another_town_shows_nothing_of_it(publish: Publish, neighbour: Body, client: Client) -> None:
    publish()

    assert client.get("/nebenan/bekanntmachungen/2026/1/").status_code == 404
    assert "Winterdienst" not in client.get("/nebenan/bekanntmachungen/").content.decode()


def test_what_was_removed_says_so(make_public: Publish, at: datetime, town: Body, client: Client) -> None:
    notice = make_public()
    Record.objects.for_body(town).filter(pk=notice.pk).update(visibility=Visibility.REMOVED)

    for end in ("/", ".pdf", ".zip"):
        answer = client.get(f"/bekanntmachungen/2026/1{end}")
        assert (answer.status_code, "nicht mehr abrufbar" in answer.content.decode()) == (410, True)
    assert client.get("/bekanntmachungen/2026/2/").status_code == 404


def test_an_empty_list_says_so_in_full(town: Body, client: Client) -> None:
    page = client.get("/bekanntmachungen/").content.decode()

    assert '<span lang="de">Die Stadt Musterstedt</span> hat hier noch nichts bekannt gemacht.' in page
    assert client.get("/bekanntmachungen/archiv/").status_code == 200
    assert client.get("/bekanntmachungen/2026/").status_code == 404


def test_the_list_is_filtered_by_year_office_district_and_words(
    make_public: Publish, at: datetime, district: District, town: Body, client: Client
) -> None:
    make_public(1, title="Öffnung der Turnhalle", districts=(district.pk,))
    make_public(2, title="Straßensperrung", office=None)
    make_public(1, year=2025, minutes=-1, title="Hundesteuer")
    other = District.objects.create(body=town, name="Steinhütte")
    make_public(3, minutes=-2, title="Nur dort", districts=(other.pk,))

    def titles(**query: str | int) -> list[str]:
        return re.findall(r'class="a-title"[^>]*>([^<]+)<', client.get("/bekanntmachungen/", query).content.decode())

    assert titles() == ["Straßensperrung", "Öffnung der Turnhalle", "Hundesteuer", "Nur dort"]
    assert titles(year="2025") == ["Hundesteuer"]
    assert titles(q="ÖFFNUNG turn") == ["Öffnung der Turnhalle"]
    assert titles(district=other.pk) == ["Straßensperrung", "Hundesteuer", "Nur dort"]
    assert titles(q="gibt es nicht") == []
    nothing = client.get("/bekanntmachungen/", {"q": "gibt es nicht"}).content.decode()
    assert '<a href="/bekanntmachungen/">Alle Bekanntmachungen anzeigen</a>' in nothing
    assert titles(year="quatsch", office="1; DROP TABLE", page="999999") == titles()
    page = client.get("/bekanntmachungen/", {"year": "2025", "q": "Hund <b>"}).content.decode()
    assert 'href="/bekanntmachungen/?year=2025#erg"' in page, "each filter can be taken away"
    assert "Hund &lt;b&gt;" in page
    assert 'content="noindex, follow"' in page


def test_the_archive_counts_each_year(make_public: Publish, at: datetime, client: Client) -> None:
    make_public(1)
    make_public(1, year=2025, title="Altes")

    assert client.get("/bekanntmachungen/archiv/").context["years"] == [(2026, 1), (2025, 1)]
    assert "Altes" in client.get("/bekanntmachungen/2025/").content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_public_lists_cost_the_same_for_1_and_for_9_rows(make_public: Publish, at: datetime, client: Client) -> None:
    addresses = ("/bekanntmachungen/", "/bekanntmachungen/2026/", "/bekanntmachungen/archiv/")
    make_public(1)
    one = [queries(client, address) for address in addresses]
    for number in range(2, 10):
        make_public(number)

    assert [queries(client, address) for address in addresses] == one
    assert one[0] <= 9


@pytest.mark.usefixtures("committed")
def test_what_a_page_costs_once_the_frame_of_the_body_is_made(publish: Publish, client: Client) -> None:
    """Asked a second time under the same generation, as all pages but the first after a change are made."""
    publish()
    budget = {"/bekanntmachungen/": 3, "/bekanntmachungen/2026/1/": 11, "/": 2, "/protokoll/": 7, "/ortsrecht/": 4, "/impressum/": 3}
    for address in budget:
        queries(client, address)

    assert {address: queries(client, address) for address in budget} == budget


def test_the_desk_costs_the_same_for_1_and_for_9_rows(
    make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person, town: Body
) -> None:
    client = log_in(approver)

    def fill() -> None:
        make_draft()
        submitted(make_draft(), editor)
        approved(submitted(make_draft(), editor), approver)

    fill()
    one = queries(client, reverse("notices_staff:list"))
    for _ in range(8):
        fill()

    assert queries(client, reverse("notices_staff:list")) == one
    assert len(selectors.waiting_for(approver, town, at=NOW)) == 9
    assert len(selectors.my_drafts(editor, town)) == 18
    assert selectors.waiting_for(editor, town, at=NOW) == []


def test_own_text_does_not_wait_for_its_author(make_draft: MakeDraft, town: Body, approver: Person) -> None:
    submitted(make_draft(by=approver), approver)

    assert selectors.waiting_for(approver, town, at=NOW) == []


def test_a_card_is_made_once_and_harmless(make_public: Publish, at: datetime, client: Client, neighbour: Body) -> None:
    notice = make_public(1, title='"><script>alert(1)</script> & Söhne')

    card = notice.cards["de"]
    assert "<script>" not in card
    assert "&lt;script&gt;" in card
    assert cards.ROOT in card
    assert cards.ROOT not in client.get("/bekanntmachungen/").content.decode()


def test_local_law_lists_only_the_kinds_that_promulgate_it(make_public: Publish, at: datetime, town: Body) -> None:
    make_public(1)
    assert selectors.local_law_cards(town, at=at) == []

    make_public(2, kind="bylaw", title="Hundesteuersatzung")
    make_public(3, kind="replacement", title="Wasserschutzgebiet")
    assert len(selectors.local_law_cards(town, at=at)) == 2


def test_a_void_attempt_is_told_and_the_notice_waits_again(
    publish: Publish, town: Body, editor: Person, approver: Person, settings: Any
) -> None:
    notice = publish()
    services.voided(notice.record, "day_passed", NOW)

    left = Notice.objects.for_body(town).get(pk=notice.pk)
    assert (left.state, left.provided_at, left.cards) == ("approved", None, {})
    outbox.put(notice.record, "publish", at=NOW, once="again", due=LATER)  # the next run waits, the mail does not
    outbox.work(NOW)
    assert [sorted(sent.to) for sent in mail.outbox] == [[approver.email, editor.email]]
    assert "neu gesiegelt" in mail.outbox[0].subject


def test_the_status_page_follows_the_engine(
    make_draft: MakeDraft, editor: Person, approver: Person, auditor: Person, log_in: LogIn, town: Body
) -> None:
    set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    notice = approved(submitted(make_draft(), editor), approver)
    outbox.work(NOW)  # no seal yet: it waits and says so

    page = log_in(auditor).get(reverse("notices_staff:show", args=[notice.pk])).content.decode()

    assert "Es ist kein Siegel eingerichtet." in page
    assert "Freigegeben: Anna" in page


def test_the_preview_is_a_document_with_words_where_the_day_will_be(
    make_draft: MakeDraft, log_in: LogIn, auditor: Person, foreigner: Person
) -> None:
    import pypdfium2

    notice = make_draft()
    address = reverse("notices_staff:preview_pdf", args=[notice.pk, 1])

    answer = log_in(auditor).get(address)

    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    written = document[0].get_textpage().get_text_range()
    document.close()
    assert "wird beim Veröffentlichen eingesetzt" in written
    assert "Winterdienst auf Gehwegen" in written
    assert log_in(foreigner).get(address).status_code == 403


def test_list_and_page_are_quick(make_public: Publish, publish: Publish, client: Client) -> None:
    """Not the benchmark: a guard against a loop per row, with room for a loaded machine."""
    publish()
    for number in range(2, 52):
        make_public(number)
    for address in ("/bekanntmachungen/", "/bekanntmachungen/2026/1/"):
        spent = []
        for _ in range(6):
            before = time.process_time()
            assert client.get(address).status_code == 200
            spent.append(time.process_time() - before)
        assert min(spent) < 0.03, address
