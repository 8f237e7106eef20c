"""What is sealed of each kind, and what the public sees of it."""

import re
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from allmende.core.models import Body, Office, Person
from allmende.lib.official import document_pdf, page_html
from allmende.lib.official.reading import first_difference
from allmende.lib.official.tests.pages import DAY, FONTS
from allmende.lib.official.tests.test_pdf import findings
from allmende.notices import artefact, kinds, selectors
from allmende.notices.models import Notice
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import LogIn, MakeDraft, Publish, wording
from allmende.notices.tests.lawful import make_lawful, stated
from allmende.notices.tests.samples import DETAILS

CODES = list(DETAILS)
LIST, PAGE = "/bekanntmachungen/", "/bekanntmachungen/2026/1/"


@pytest.fixture
def publish_lawful(publish: Publish, town: Body, administrator: Person) -> Publish:
    """In a town that has its rules, with everything stated that is asked."""
    make_lawful(town, administrator)

    def run(kind: str, **values: Any) -> Notice:
        return publish(kind=kind, details=DETAILS[kind], said=stated(kind, DETAILS[kind], body=town), **values)

    return run


def words_of(html: str) -> str:
    return " ".join(unescape(strip_tags(re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.DOTALL))).split())


def printed_words(code: str, language: str = "de") -> list[str]:
    kind = kinds.get(code)
    return [
        word
        for field in kind.fields
        if field.printed and field.name in DETAILS[code]
        for word in (str(field.label), *field.shown(DETAILS[code][field.name], language))
    ]


@pytest.mark.parametrize("code", CODES)
def test_page_and_paper_of_each_kind_meet_both_standards_and_say_the_same(
    code: str, make_draft: MakeDraft, town: Body, office: Office, tmp_path: Path
) -> None:
    notice = make_draft(kind=code)
    values = Draft(title="Amtliches", kind=code, office=office.pk, content=wording(), details=DETAILS[code])
    page, _images = artefact.official_page(notice.pk, values, body=town, acting=None, number="1/2026", address="")
    page = page.with_day(DAY)

    pdf = document_pdf(page, fonts=FONTS)

    assert findings(pdf, tmp_path) == []
    assert first_difference(page_html(page), pdf) is None
    said = words_of(page_html(page).decode())
    for word in printed_words(code):
        assert " ".join(word.split()) in said
    for field in kinds.get(code).fields:
        if not field.printed and isinstance(field, kinds.Line):
            assert DETAILS[code].get(field.name, "\0") not in said


@pytest.mark.parametrize("code", ["meeting", "service"])
def test_a_notice_without_a_text_of_its_own_is_a_whole_document(
    code: str, make_draft: MakeDraft, town: Body, office: Office, tmp_path: Path
) -> None:
    notice = make_draft(kind=code)
    values = Draft(title="Amtliches", kind=code, office=office.pk, details=DETAILS[code])
    page, _images = artefact.official_page(notice.pk, values, body=town, acting=None, number="1/2026", address="")

    pdf = document_pdf(page.with_day(DAY), fonts=FONTS)

    assert findings(pdf, tmp_path) == []
    assert first_difference(page_html(page.with_day(DAY)), pdf) is None


def test_the_agenda_is_a_numbered_list_below_the_text(make_draft: MakeDraft, town: Body, office: Office) -> None:
    values = Draft(title="Sitzung", kind="meeting", office=office.pk, content=wording("Ich lade ein."), details=DETAILS["meeting"])
    page, _images = artefact.official_page(make_draft().pk, values, body=town, acting=None, number="", address="")

    html = artefact.wording(page)

    assert html.index("Ich lade ein.") < html.index("<h2>Tagesordnung, öffentlicher Teil</h2>")
    assert "<ol>" in html
    assert re.search(r"<li>(<p>)?Haushaltssatzung 2027", html)


def test_what_the_law_wants_said_is_said(make_draft: MakeDraft, town: Body, office: Office) -> None:
    def sealed(code: str, **changes: object) -> str:
        details = {name: value for name, value in (DETAILS[code] | changes).items() if value is not None}
        values = Draft(title="Titel", kind=code, office=office.pk, content=wording(), details=details)
        page, _images = artefact.official_page(make_draft().pk, values, body=town, acting=None, number="", address="")
        return page_html(page).decode()

    assert "öffentlich zugestellt" in sealed("service")
    assert "Ladung zu einem Termin" in sealed("service")
    assert "Ladung zu einem Termin" not in sealed("service", summons=None)
    assert "nicht fristgerecht abgegeben" in sealed("plan")
    assert "Umwelt-Rechtsbehelfsgesetz" in sealed("plan")
    assert "Umwelt-Rechtsbehelfsgesetz" not in sealed("plan", plan_type="binding")


@pytest.mark.parametrize("code", ["meeting", "service"])
def test_the_public_page_shows_what_is_sealed(code: str, publish_lawful: Publish, client: Client) -> None:
    publish_lawful(code)

    german, english = (client.get(f"{root}{PAGE}").content.decode() for root in ("", "/en"))

    for word in printed_words(code):
        assert " ".join(word.split()) in words_of(german)
    assert str(kinds.get(code).meaning) in german
    assert "Was bedeutet das für mich?" in german
    assert "Committee" in english if code == "meeting" else "File number" in english


def test_the_list_is_filtered_by_kind(make_public: Publish, client: Client, at: datetime) -> None:
    make_public(1, kind="bylaw", title="Hundesteuersatzung", details=DETAILS["bylaw"])
    make_public(2, kind="meeting", title="Sitzung des Stadtrats", details=DETAILS["meeting"])

    page = client.get(f"{LIST}?kind=meeting").content.decode()

    assert "Sitzung des Stadtrats" in page
    assert "Hundesteuersatzung" not in page
    assert "1 Treffer für Sitzung" in page
    assert client.get(f"{LIST}?kind=tender").status_code == 200, "an old link leads somewhere"
    form = client.get(f"{LIST}?kind=tender").context["filter"]
    assert [code for code, _name in form.fields["kind"].choices] == ["", "bylaw", "meeting"]


def test_details_are_found_by_their_words(make_public: Publish, client: Client, at: datetime) -> None:
    make_public(1, kind="meeting", title="Sitzung", details=DETAILS["meeting"])

    for words in ("Ratssaal", "Haushaltssatzung+2027"):
        assert "Sitzung" in client.get(f"{LIST}?q={words}").content.decode()
        assert client.get(f"{LIST}?q={words}").context["total"] == 1


def test_a_notice_with_names_stays_out_of_everything_that_is_kept_or_searched(
    publish_lawful: Publish, client: Client, town: Body, at: datetime
) -> None:
    notice = publish_lawful("service", title="Zustellung eines Bescheids", summary="Ein Bescheid liegt bereit.")

    answer = client.get(PAGE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in re.sub(r"\s+", " ", answer.content.decode())
    pdf = client.get(f"{PAGE[:-1]}.pdf")
    assert (pdf.status_code, pdf.headers["Cache-Control"], "noindex" in pdf.headers["X-Robots-Tag"]) == (200, "no-store", True)
    assert client.get(f"{PAGE[:-1]}.zip").status_code == 404
    assert f"{PAGE[:-1]}.zip" not in answer.content.decode()
    assert notice.record.path not in client.get("/sitemap.xml").content.decode()
    assert list(selectors.indexable(town, at=at)) == []
    for shown in (LIST, "/", f"{LIST}2026/", "/en/bekanntmachungen/"):
        page = client.get(shown).content.decode()
        assert notice.record.path in page
        for hidden in ("Quandt", "Mühlgraben", "32-17", "eines Bescheids", "liegt bereit"):
            assert hidden not in page, (shown, hidden)
    for words in ("Quandt", "32-17/2026", "Winterdienst", "Gehwege"):
        assert client.get(f"{LIST}?q={words}").context["total"] == 0
    found = client.get(f"{LIST}?q=Zustellung").content.decode()
    assert notice.record.path in found
    assert "<mark>" not in found


def test_the_office_hands_out_the_proof_of_a_notice_with_names(
    publish_lawful: Publish, log_in: LogIn, auditor: Person, citizen: Person
) -> None:
    notice = publish_lawful("service", title="Zustellung")
    address = reverse("notices_staff:bundle", args=[notice.pk])

    answer = log_in(auditor).get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/zip", "no-store")
    assert address in log_in(auditor).get(reverse("notices_staff:show", args=[notice.pk])).content.decode()
    assert log_in(citizen).get(address).status_code == 403


def test_an_election_notice_without_names_is_listed(make_public: Publish, town: Body, at: datetime) -> None:
    details = {name: value for name, value in DETAILS["election"].items() if name not in ("names", "erase_on", "necessity")}
    make_public(1, kind="election", details=details)
    make_public(2, kind="election", details=DETAILS["election"])

    assert [path for path, _day in selectors.indexable(town, at=at)] == ["bekanntmachungen/2026/1/"]
