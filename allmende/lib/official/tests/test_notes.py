"""What follows from the day of provision stands on page and paper alike, and is no part of what was approved."""

from dataclasses import replace
from pathlib import Path

from allmende.lib.official import Fact, document_pdf, page_html, to_payload
from allmende.lib.official.reading import first_difference, html_text
from allmende.lib.official.tests.pages import DAY, FONTS, make_page
from allmende.lib.official.tests.test_pdf import findings

FOLLOWS = (Fact("Inkrafttreten", "Dienstag, 1. Dezember 2026. Die Satzung nennt keinen anderen Tag (§ 4 Abs. 3 SächsGemO)."),)
NOTES = (
    Fact("Rügefrist", "Hinweis nach § 4 Abs. 4 SächsGemO: " + "Satzungen gelten ein Jahr nach ihrer Bekanntmachung als gültig. " * 30),
)


def test_page_and_document_say_what_follows_from_the_day(tmp_path: Path) -> None:
    page = replace(make_page().with_day(DAY), follows=FOLLOWS, notes=NOTES)
    pdf = document_pdf(page, fonts=FONTS)

    assert findings(pdf, tmp_path) == []
    assert first_difference(page_html(page), pdf) is None
    text = html_text(page_html(page))
    assert text.index("InkrafttretenDienstag,1.Dezember2026") < text.index("RechtlicheHinweise")
    assert [fact.label for fact in page.all_facts][-1] == "Inkrafttreten"


def test_it_is_no_part_of_the_payload_and_not_shown_without_a_day() -> None:
    page = make_page()

    assert to_payload(replace(page, follows=FOLLOWS, notes=NOTES)) == to_payload(page)
    assert replace(page, follows=FOLLOWS).all_facts == page.facts
