"""Files that belong to a page stand in its list, on page and paper alike."""

import json
from pathlib import Path

import pytest

from allmende.lib.official import Attachment, AttachmentInvalid, PageInvalid, document_pdf, from_payload, page_html, to_payload
from allmende.lib.official.attachment import LARGEST, MOST
from allmende.lib.official.reading import first_difference, html_text
from allmende.lib.official.tests.pages import DAY, FONTS, make_page
from allmende.lib.official.tests.test_page import images_of
from allmende.lib.official.tests.test_pdf import findings

PLAN = Attachment("Lageplan  der Sperrung", "application/pdf", 2_345_678)
LIST = Attachment("Verzeichnis der Flurstücke", "text/csv", 812)


def test_page_and_document_list_the_attachments_by_number_title_type_and_size(tmp_path: Path) -> None:
    page = make_page(attachments=(PLAN, LIST)).with_day(DAY)
    pdf = document_pdf(page, fonts=FONTS)

    assert findings(pdf, tmp_path) == []
    assert first_difference(page_html(page), pdf) is None
    assert [(fact.label, fact.value) for fact in page.attachment_facts] == [
        ("Anlage 1", "Lageplan der Sperrung (PDF, 2,3\xa0MB)"),
        ("Anlage 2", "Verzeichnis der Flurstücke (CSV, 812\xa0Byte)"),
    ]
    assert "Anlage1LageplanderSperrung(PDF,2,3MB)" in html_text(page_html(page))


def test_as_many_as_there_can_be_fill_several_sheets(tmp_path: Path) -> None:
    many = tuple(
        Attachment(f"Blatt {number} mit einem Namen, der über die Zeile hinaus geht, " * 3, "image/tiff", LARGEST) for number in range(MOST)
    )
    page = make_page("Nur Text.", attachments=many).with_day(DAY)
    pdf = document_pdf(page, fonts=FONTS)

    assert findings(pdf, tmp_path) == []
    assert first_difference(page_html(page), pdf) is None
    with pytest.raises(PageInvalid, match="at most"):
        make_page(attachments=(*many, PLAN))


def test_the_payload_leads_back_to_the_list_and_without_any_stays_what_it_was() -> None:
    page = make_page(attachments=(PLAN, LIST))
    payload = to_payload(page)

    assert from_payload(payload, images_of(page)) == page
    assert json.loads(payload)["attachments"][1] == {"size": 812, "title": "Verzeichnis der Flurstücke", "type": "text/csv"}
    assert "attachments" not in json.loads(to_payload(make_page()))


@pytest.mark.parametrize(
    "values",
    [
        (" ", "application/pdf", 1),
        ("Plan", "image/svg+xml", 1),
        ("Plan", "text/html", 1),
        ("Plan", "image/png", 0),
        ("Plan", "image/png", LARGEST + 1),
    ],
)
def test_what_is_no_attachment_is_refused(values: tuple[str, str, int]) -> None:
    with pytest.raises(AttachmentInvalid):
        Attachment(*values)
