"""Copies for paper: the same words, accessible, and what they say of themselves."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from allmende.lib import qr
from allmende.lib.official import Code, Copy, document_pdf
from allmende.lib.official.reading import LINE_END, pdf_text
from allmende.lib.official.tests.pages import DAY, FONTS, LONG_WORDS, ROADWORKS, make_page
from allmende.lib.official.tests.test_pdf import findings

NOTE = "Abdruck. Maßgeblich ist die elektronische Fassung unter https://quellstedt.example/bekanntmachungen/2026/17/"
CODES = (
    Code("Diese Bekanntmachung im Internet", "https://quellstedt.example/bekanntmachungen/2026/17/"),
    Code("Prüfen, ob sie echt ist", "https://quellstedt.example/pruefung/"),
)
LARGE = Copy(NOTE, large=True)
COPIES = {"large": LARGE, "a4": Copy(NOTE, CODES, posted=True), "a3": Copy(NOTE, CODES, posted=True, paper="a3")}


def squeezed(text: str) -> str:
    """Without white space, and without hyphens, which may be those at the end of a line."""
    return re.sub(r"[\s-]", "", text)


def words(pdf: bytes) -> str:
    return squeezed(pdf_text(pdf).replace(LINE_END, ""))


def sizes(pdf: bytes) -> set[float]:
    """Sizes of all letters in points."""
    document = pypdfium2.PdfDocument(pdf)
    found = set()
    for sheet in document:
        text = sheet.get_textpage()
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                found.add(round(pypdfium2.raw.FPDFText_GetFontSize(text, index), 1))
    document.close()
    return found


@pytest.mark.parametrize("name", COPIES)
def test_every_copy_is_accessible_and_says_what_the_document_says(name: str, tmp_path: Path) -> None:
    page = make_page().with_day(DAY)

    copy = document_pdf(page, fonts=FONTS, copy=COPIES[name])

    assert findings(copy, tmp_path) == []
    said, note = words(copy), squeezed(NOTE)
    assert said.count(note) == 1
    same, _, _ = words(document_pdf(page, fonts=FONTS)).partition(squeezed("So prüfen Sie"))
    assert said.replace(note, "").startswith(same)


def test_no_letter_of_large_print_is_below_18_points() -> None:
    copy = document_pdf(make_page(f"{ROADWORKS}\n\n{LONG_WORDS * 5}").with_day(DAY), fonts=FONTS, copy=LARGE)

    assert min(sizes(copy)) >= 18


WIDE = """| Straße | Reinigung | Winterdienst | Länge in Metern | Bemerkung |
| Am Markt | täglich | zuerst | 240 | Fußgängerzone |"""


def test_a_table_too_wide_for_large_print_becomes_names_and_values(tmp_path: Path) -> None:
    copy = document_pdf(make_page(WIDE).with_day(DAY), fonts=FONTS, copy=LARGE)

    assert findings(copy, tmp_path) == []
    said = words(copy)
    assert [said.count(word) for word in ("Winterdienst", "Reinigung", "Fußgängerzone")] == [1, 1, 1]
    assert "LängeinMetern240" in said


@pytest.mark.parametrize(
    "text",
    [
        "| {2x1} Vormittag | Bemerkung |\n| 8 | 9 | " + LONG_WORDS[:40] + " |",
        f"| {LONG_WORDS} | {LONG_WORDS} |\n| {LONG_WORDS} | 1 |",
        "| nur | Kopf | und | noch | mehr | Kopf | ohne | Zeilen | darunter |",
        LONG_WORDS * 30,
    ],
)
def test_whatever_the_text_large_print_can_be_made(text: str, tmp_path: Path) -> None:
    assert findings(document_pdf(make_page(text, title=LONG_WORDS).with_day(DAY), fonts=FONTS, copy=LARGE), tmp_path) == []


def test_a_poster_has_lines_for_who_puts_it_up_and_takes_it_down() -> None:
    said = words(document_pdf(make_page().with_day(DAY), fonts=FONTS, copy=COPIES["a4"]))

    for word in ("Ausgehängt am", "Abgenommen am", "Ort", "Unterschrift", "Prüfen, ob sie echt ist"):
        assert squeezed(word) in said, word


@pytest.mark.parametrize(("name", "size"), [("a4", (595, 842)), ("a3", (842, 1191))])
def test_paper_has_its_size(name: str, size: tuple[int, int]) -> None:
    document = pypdfium2.PdfDocument(document_pdf(make_page().with_day(DAY), fonts=FONTS, copy=COPIES[name]))

    width, height = document[0].get_size()
    assert (round(width), round(height)) == size
    document.close()


def test_the_same_copy_gives_the_same_bytes() -> None:
    page: Any = make_page().with_day(DAY)
    first, second = (document_pdf(page, fonts=FONTS, copy=COPIES["a4"]) for _ in range(2))

    assert first == second


def test_codes_hold_the_address() -> None:
    drawing = qr.svg("https://quellstedt.example/bekanntmachungen/2026/17/")

    assert drawing.startswith(b"<svg")
    assert b"class" not in drawing
    assert qr.png("https://quellstedt.example/").startswith(b"\x89PNG")


def test_a_copy_sends_to_what_can_be_checked_and_does_not_offer_itself() -> None:
    """Whoever uploads it would be refused: it has no seal."""
    for name in COPIES:
        said = words(document_pdf(make_page(seal="Fortgeschrittenes Siegel").with_day(DAY), fonts=FONTS, copy=COPIES[name]))
        assert squeezed("Dieser Abdruck trägt kein Siegel und lässt sich nicht prüfen.") in said
        assert squeezed("So prüfen Sie das Original") in said
        assert squeezed("So prüfen Sie dieses Dokument") not in said
        assert squeezed("Fortgeschrittenes Siegel") not in said
