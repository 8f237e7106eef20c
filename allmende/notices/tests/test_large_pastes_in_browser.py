"""What somebody pastes comes from anywhere. However it is made, cleaning it takes time by its length, not by the square of it."""

from typing import Any

import pytest
from playwright.sync_api import Page

from allmende.notices.models import Notice
from allmende.notices.tests.conftest import Desk

pytestmark = pytest.mark.browser

SIZE = 400_000
LONG = 2.0  # seconds; by the square, most of these took 3 to 130


def filled(piece: str, before: str = "", after: str = "") -> str:
    return before + piece * (SIZE // len(piece)) + after


PASTES = {
    "style": filled("<style "),
    "styles and one end of another kind": filled("<style ", after="</title>"),
    "comment": filled("<!-- "),
    "conditional": filled("<![if "),
    "conditional, all but closed": filled("<![if ", after="]"),
    "tag": filled("<a "),
    "text boxes": filled("<!--[if gte vml 1]>"),
    "shapes": filled("<v:shape id=a>", "<!--[if gte vml 1]>", "<![endif]-->"),
    "shape, many names": filled(" id=a", "<!--[if gte vml 1]><v:shape", "<![endif]-->"),
    "shape, tag left open": filled("<v:shape ", "<!--[if gte vml 1]>", "<![endif]-->"),
    "frames of text": filled("<v:textbox>", "<!--[if gte vml 1]><v:shape id=a>", "</v:shape><![endif]-->"),
    "frame, tag left open": filled("<v:textbox ", "<!--[if gte vml 1]><v:shape id=a>", "</v:shape><![endif]-->"),
    "what is not for Word": filled("<![if !mso]>", "<!--[if gte vml 1]><v:shape id=a><v:textbox>", "</v:textbox></v:shape><![endif]-->"),
    "decoration": filled("text-decoration", '<span style="', '">Text</span>'),
    "list in a cell": filled("<li>Parkplatz am Markt", "<table><tr><td><ol>", "</ol></td><td>y</td></tr></table>"),
}


def seconds(page: Page, module: str, act: str, text: str) -> float:
    """How long `act`, an expression about `m` (the module) and `text`, takes in the browser."""
    source = page.locator("#editor-text").get_attribute(f"data-{module}-src")
    took: Any = page.evaluate(
        f"""async ([source, text]) => {{
            const m = await import(source)
            const begin = performance.now()
            {act}
            return performance.now() - begin
        }}""",
        [source, text],
    )
    return float(took) / 1000


def test_cleaning_a_large_paste_takes_time_by_its_length(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    took = {name: seconds(page, "paste", "m.cleanPaste(text, '/bilder/')", paste) for name, paste in PASTES.items()}

    assert {name: time for name, time in took.items() if time > LONG} == {}


def test_reading_a_large_clipboard_takes_time_by_its_length(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    groups = r"{\rtf1 {\pict\pngblip " + "{" * (SIZE // 2) + "}" * (SIZE // 2) + "}}"
    took = {
        "groups in groups": seconds(page, "clipboard", "m.picturesInRtf(text)", groups),
        "blanks before a picture": seconds(page, "clipboard", "m.isPicture(text)", filled(" ", after="x")),
    }

    assert {name: time for name, time in took.items() if time > LONG} == {}
