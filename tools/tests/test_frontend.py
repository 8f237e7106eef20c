"""What script/setup has built, looked at as a browser and a typesetter would."""

from pathlib import Path

import pytest
from fontTools.subset import parse_unicodes
from fontTools.ttLib import TTFont

from tools.frontend import CHARACTERS, DOCUMENTS, PAGES

WEB = sorted((PAGES / "fonts").glob("*.woff2"))
WHOLE = sorted(DOCUMENTS.glob("*.ttf"))


def letters(path: Path) -> set[int]:
    with TTFont(path) as font:
        return set(font.getBestCmap())


def test_the_fonts_of_pages_are_there() -> None:
    assert [path.name for path in WEB] == [
        "fira-sans-400.woff2",
        "fira-sans-600.woff2",
        "source-serif-400.woff2",
        "source-serif-600.woff2",
        "source-serif-text-600.woff2",
    ]


def width(name: str, word: str) -> float:
    """In parts of the size of the letters."""
    with TTFont(PAGES / "fonts" / f"{name}.woff2") as font:
        letters, widths = font.getBestCmap(), font["hmtx"]
        return float(sum(widths[letters[ord(letter)]][0] for letter in word) / font["head"].unitsPerEm)


def test_a_bold_word_is_no_narrower_than_the_text_around_it() -> None:
    assert width("source-serif-text-600", "Gartenstraße") >= width("source-serif-400", "Gartenstraße")


@pytest.mark.parametrize("path", WEB, ids=lambda path: path.stem)
def test_a_font_of_pages_writes_german_and_stays_small(path: Path) -> None:
    assert set(parse_unicodes(CHARACTERS)) - letters(path) <= {0x2009, 0x202F}, "only narrow blanks may come from elsewhere"
    assert path.stat().st_size < 17_000
    with TTFont(path) as font:
        assert font["OS/2"].usWeightClass == int(path.stem[-3:])
        assert "fvar" not in font


@pytest.mark.parametrize("path", WEB, ids=lambda path: path.stem)
def test_a_changed_font_does_not_bear_a_reserved_name(path: Path) -> None:
    with TTFont(path) as font:
        assert not any("Source" in str(font["name"].getDebugName(number)) for number in (1, 3, 4, 6, 16, 17, 25))


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_a_font_of_documents_knows_names_formulas_and_hyphens(path: Path) -> None:
    known = letters(path)
    assert {ord(letter) for letter in "äöüßẞŁódźŠČřőñçÆØÅΔµЖ₂³≥≤≠→−‐–—„“‚‘…€§°"} - known == set()  # U+2011 is drawn as U+2010


@pytest.mark.parametrize("folder", [PAGES / "fonts", DOCUMENTS], ids=["pages", "documents"])
def test_the_licences_lie_beside_the_fonts(folder: Path) -> None:
    for name in ("OFL-FiraSans.txt", "OFL-SourceSerif.txt"):
        assert "SIL OPEN FONT LICENSE" in (folder / name).read_text(encoding="utf-8")


def test_the_style_sheet_loads_nothing_from_elsewhere() -> None:
    text = (PAGES / "kern.min.css").read_text(encoding="utf-8")
    assert "@import" not in text
    assert "url(http" not in text
    assert "url(//" not in text
    assert "EUPL" in (PAGES / "kern.LICENSE.md").read_text(encoding="utf-8")
