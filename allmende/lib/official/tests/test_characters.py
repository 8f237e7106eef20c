"""What the document cannot show is found before it is made; what everybody writes is never asked."""

from pathlib import Path

import pytest

from allmende.lib.official import Fonts, without_form
from allmende.lib.official.characters import MOST, PLAIN, _first_without_form

FONTS = Path(__file__).resolve().parents[4] / "build" / "fonts"


@pytest.fixture(params=["bundled", "own"])
def fonts(request: pytest.FixtureRequest) -> Fonts:
    return Fonts.bundled(FONTS) if request.param == "bundled" else Fonts()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Grüße – „gut“, 5 ≥ 3 → ☐", ()),
        ("Sommerfest 😀 am See 😀👍", ("😀", "👍")),
        ('\\ " # $ {x} 漢', ("漢",)),
        ("e\u0301", ()),
    ],
)
def test_what_has_no_form_is_named_once_in_its_order(text: str, found: tuple[str, ...], fonts: Fonts) -> None:
    assert without_form(text, fonts) == found


def test_typst_shows_all_that_is_never_asked(fonts: Fonts) -> None:
    assert _first_without_form("".join(sorted(character for character in PLAIN if character.isprintable())), fonts) == ""


def test_a_page_in_another_script_is_not_listed_whole() -> None:
    assert len(without_form("".join(map(chr, range(0x4E00, 0x4E80))), Fonts())) == MOST
