"""The PDF: archive and accessibility standards, the same words as the page, the same bytes every time."""

from io import BytesIO
from pathlib import Path
from typing import Literal

import page as validation
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allmende.lib.official import DocumentRefused, Fonts, FontsMissing, Image, OfficialPage, document_pdf, page_html
from allmende.lib.official.reading import first_difference, pdf_text, same_words
from allmende.lib.official.stream_ends import with_clear_ends
from allmende.lib.official.tests.pages import DAY, FONTS, LONG_WORDS, ROADWORKS, make_page, png
from allmende.lib.richtext import Cell, Document, Heading, Paragraph, Run, Table, from_plain
from allmende.lib.richtext.tests.documents import PRINTABLE, documents


def findings(pdf: bytes, folder: Path) -> list[str]:
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    profiles: list[Literal["2a", "ua1"]] = ["2a", "ua1"]
    return [str(failure.rule_id) for profile in profiles for failure in validation.validate_pdf(str(file), profile=profile).failures]


def assert_good(page: OfficialPage, folder: Path) -> bytes:
    pdf = document_pdf(page, fonts=FONTS)
    assert findings(pdf, folder) == []
    assert first_difference(page_html(page), pdf) is None
    return pdf


def test_a_rich_notice_meets_both_standards_and_says_the_same(tmp_path: Path) -> None:
    assert_good(make_page().with_day(DAY), tmp_path)


def test_a_notice_of_many_pages_repeats_its_table_header_and_says_everything_once(tmp_path: Path) -> None:
    table = "\n".join(f"| {n} | {LONG_WORDS} | {n},50 |" for n in range(30))
    text = f"{ROADWORKS}\n\n{LONG_WORDS * 20}\n\n| Nummer | Gegenstand | Betrag |\n{table}\n\n## Ende\n\n{LONG_WORDS * 40}"
    pdf = assert_good(make_page(text, title=LONG_WORDS).with_day(DAY), tmp_path)

    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > 3
    assert sum("Gegenstand" in text for text in pages) > 1
    assert all(f"Seite {number} von {len(pages)}" in text for number, text in enumerate(pages, 1))
    document.close()


def test_a_bare_notice_needs_no_ornament(tmp_path: Path) -> None:
    page = make_page("Nur Text.", number="", acting="", facts=(), signature=None, coat_of_arms=None, check=(), seal="", images={})

    assert_good(page.with_day(DAY), tmp_path)


def test_an_english_notice_counts_its_pages_in_english(tmp_path: Path) -> None:
    pdf = assert_good(make_page(language="en").with_day(DAY), tmp_path)

    document = pypdfium2.PdfDocument(pdf)
    assert "Page 1 of" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_cells_may_cover_several_columns_and_rows(tmp_path: Path) -> None:
    spans = "Tabelle: Zeiten\n| {2x1} Vormittag | Bemerkung |\n| 8 | 9 | {1x2} beide Tage |\n| 8 | 10 |"
    text = f"{spans}\n\n|---|\n| ohne | Kopf |\n\n| nur | Kopf |"

    assert_good(make_page(text).with_day(DAY), tmp_path)


def test_a_broken_table_is_still_printed(tmp_path: Path) -> None:
    assert_good(make_page("| a | b |\n| {9x9} x |\n| 1 | 2 | 3 |\n| {1x3} y |").with_day(DAY), tmp_path)


def test_the_same_page_gives_the_same_bytes() -> None:
    page = make_page().with_day(DAY)

    assert document_pdf(page, fonts=FONTS) == document_pdf(page, fonts=FONTS)


def test_the_document_names_title_author_language_and_day() -> None:
    document = pypdfium2.PdfDocument(document_pdf(make_page().with_day(DAY), fonts=FONTS))

    metadata = document.get_metadata_dict()
    assert metadata["Title"] == make_page().title
    assert metadata["Author"] == make_page().issuer
    assert metadata["CreationDate"].startswith("D:20261125")
    document.close()


def test_a_changed_word_is_found() -> None:
    page = make_page().with_day(DAY)
    pdf = document_pdf(page, fonts=FONTS)

    assert same_words(page_html(page), pdf)
    assert not same_words(page_html(page).replace("fünf Werktagen".encode(), b"vier Werktagen"), pdf)
    assert not same_words(page_html(page).replace(b"</main>", b"<p>mehr</p></main>"), pdf)
    with pytest.raises(ValueError, match="PDF"):
        pdf_text(b"%PDF-1.7 kaputt")


def test_text_is_never_markup() -> None:
    attack = '#panic("x") #image("/etc/passwd") $x$ = Kopf *fett* `code` // weg /* weg */ <label> @ref \\ ] [ } {'
    page = make_page(Document((Paragraph(from_plain("x").blocks[0].content),)), title=attack, kind=attack, issuer=attack, check=(attack,))  # type: ignore[union-attr]
    page = page.with_day(DAY)

    assert first_difference(page_html(page), document_pdf(page, fonts=FONTS)) is None


def test_a_character_without_a_letter_form_is_refused_by_name() -> None:
    with pytest.raises(DocumentRefused) as refusal:
        document_pdf(make_page("Ein Zeichen \U00012000 aus Sumer").with_day(DAY), fonts=FONTS)

    assert refusal.value.reason == "characters"
    assert "\U00012000" in refusal.value.detail


def test_a_picture_without_description_is_refused() -> None:
    text = ROADWORKS.replace("[Lageplan: gesperrt ist zwischen Rathaus und Schützenhaus]", "[]")

    with pytest.raises(DocumentRefused) as refusal:
        document_pdf(make_page(text).with_day(DAY), fonts=FONTS)

    assert refusal.value.reason == "alternative_text"


def test_a_skipped_heading_is_refused() -> None:
    document = Document((Heading(4, from_plain("## zu tief").blocks[0].content), Paragraph(from_plain("x").blocks[0].content)))  # type: ignore[union-attr]

    with pytest.raises(DocumentRefused) as refusal:
        document_pdf(make_page(document).with_day(DAY), fonts=FONTS)

    assert refusal.value.reason == "headings"


def test_a_damaged_picture_is_refused() -> None:
    page = make_page(images={name: Image("image/png", png()[:40]) for name in make_page().images})

    with pytest.raises(DocumentRefused) as refusal:
        document_pdf(page.with_day(DAY), fonts=FONTS)

    assert refusal.value.reason == "image"


@pytest.mark.parametrize("address", ["{folder}/secret.png", "file://{folder}/secret.png", "../secret.png", "https://a.example/x.png"])
def test_a_drawing_cannot_read_other_files(address: str, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    href = address.format(folder=tmp_path)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><image href="{href}" width="4" height="4"/></svg>'

    with pytest.raises(DocumentRefused) as refusal:
        document_pdf(make_page(coat_of_arms=Image("image/svg+xml", svg.encode())).with_day(DAY), fonts=FONTS)

    assert refusal.value.reason == "image"


def test_a_preview_shows_what_is_still_missing() -> None:
    pdf = document_pdf(
        make_page(ROADWORKS.replace("[Lageplan: gesperrt ist zwischen Rathaus und Schützenhaus]", "[]")), fonts=FONTS, draft=True
    )

    document = pypdfium2.PdfDocument(pdf)
    assert "Entwurf" in document[0].get_textpage().get_text_bounded()
    document.close()


def test_without_a_day_there_is_no_document() -> None:
    with pytest.raises(ValueError, match="day of provision"):
        document_pdf(make_page(), fonts=FONTS)


def test_sealing_needs_the_fonts_of_the_design(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing):
        Fonts.bundled(tmp_path)

    assert Fonts.found(tmp_path) == Fonts()


def test_without_the_fonts_of_the_design_a_document_still_meets_the_standards(tmp_path: Path) -> None:
    assert findings(document_pdf(make_page().with_day(DAY), fonts=Fonts()), tmp_path) == []


def test_a_row_of_hyphens_is_on_paper_too() -> None:
    cells = tuple(Cell((Run(text),), header=True) for text in ("* * ** &amp;* Donaudampfschifffahrtskapitän |---|", "* * Ende"))
    page = make_page(Document((Table((cells,)),))).with_day(DAY)

    assert first_difference(page_html(page), document_pdf(page, fonts=FONTS)) is None


@given(documents(PRINTABLE, st.just("5c6d8a3e-0f63-4b5e-9d0b-3f0b6a1c9f11")))
@settings(max_examples=12, deadline=None, derandomize=True)
def test_any_text_says_the_same_on_page_and_paper(document: Document) -> None:
    page = make_page(document).with_day(DAY)
    try:
        pdf = document_pdf(page, fonts=FONTS)
    except DocumentRefused as refusal:
        if refusal.reason not in ("headings", "alternative_text"):
            raise
        return

    assert first_difference(page_html(page), pdf) is None


def test_a_stream_that_ends_in_a_carriage_return_has_a_clear_end() -> None:
    """Compressed data end in that byte once in 256 streams."""
    data = [b"q Q\r", b"plain", b"\r\n\r\r"]
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    bodies += [b"<</Length %d>>\nstream\n%b\nendstream" % (len(stream), stream) for stream in data]
    pdf, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(pdf))
        pdf += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    pdf += b"xref\n0 6\n0000000000 65535 f\r\n%btrailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(pdf))

    clear = with_clear_ends(pdf)

    assert clear.count(b"\r\r\nendstream") == 2
    with pikepdf.open(BytesIO(clear), attempt_recovery=False) as document:
        assert [document.get_object(number, 0).read_raw_bytes() for number in (3, 4, 5)] == data


def test_a_file_without_the_table_of_typst_is_not_touched_blindly() -> None:
    assert with_clear_ends(b"%PDF-1.7\nendstream\n") == b"%PDF-1.7\nendstream\n"
    with pytest.raises(ValueError, match="table"):
        with_clear_ends(b"x\r\nendstream\nstartxref\n0\n%%EOF")


def structure(element: pikepdf.Object) -> list[str]:
    """The kinds of the elements of a structure tree, in reading order."""
    if isinstance(element, pikepdf.Array):
        return [kind for child in element for kind in structure(child)]
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return []
    return [str(element.S), *(structure(element["/K"]) if "/K" in element else [])]


def test_facts_and_contact_are_lists_of_names_and_values() -> None:
    page = make_page("Nur Text.").with_day(DAY)

    with pikepdf.open(BytesIO(document_pdf(page, fonts=FONTS))) as document:
        kinds = structure(document.Root.StructTreeRoot.K)

    assert (kinds.count("/L"), kinds.count("/LI")) == (2, len(page.all_facts) + len(page.contact))
    assert kinds.count("/Lbl") == kinds.count("/LBody") == kinds.count("/LI")


@pytest.mark.parametrize("lines", [12, 14, 16, 18, 20, 22, 24])
def test_the_way_to_check_never_stands_alone_on_a_sheet(lines: int) -> None:
    page = make_page("\n\n".join(["Ein Absatz von einer Zeile."] * lines), signature=None).with_day(DAY)

    document = pypdfium2.PdfDocument(document_pdf(page, fonts=FONTS))
    sheets = [sheet.get_textpage().get_text_bounded() for sheet in document]
    document.close()
    assert ("So prüfen Sie" in sheets[-1], "Auskunft" in sheets[-1]) == (True, True)
    assert lines > 16 or len(sheets) == 1
