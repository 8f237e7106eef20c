"""What the public pages owe to ears, to paper and to those who read little German."""

import itertools
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

NOTICE = "/bekanntmachungen/2026/1/"
PAGES = ("/", "/bekanntmachungen/", NOTICE, "/bekanntmachungen/archiv/", "/bekanntmachungen/2026/", "/ortsrecht/", "/impressum/")
OUTLINE = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(e => [Number(e.tagName[1]), e.textContent.trim()])"""


@pytest.mark.parametrize("address", PAGES)
def test_the_outline_has_no_gaps(visit: Visit, address: str) -> None:
    outline = visit().go(address).evaluate(OUTLINE)

    levels = [level for level, _text in outline]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), outline


def test_the_wording_stands_below_its_section(visit: Visit) -> None:
    page = visit().go(NOTICE)

    assert page.locator(".a-sheet h1, .a-sheet h2").count() == 0
    expect(page.get_by_role("heading", level=2, name="Wortlaut")).to_be_visible()
    expect(page.get_by_role("heading", level=3, name="Rechte von Empfangsberechtigten")).to_be_visible()


@pytest.mark.parametrize("address", PAGES)
def test_there_are_few_landmarks_and_each_has_its_name(visit: Visit, address: str) -> None:
    visitor = visit()
    page = visitor.go(address)
    nodes = visitor.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    found = [
        (node["role"]["value"], str(node.get("name", {}).get("value", "")))
        for node in nodes
        if not node.get("ignored")
        and node["role"]["value"] in ("banner", "navigation", "main", "complementary", "contentinfo", "region", "form", "search")
    ]

    roles = [role for role, _name in found]
    for once in ("banner", "main", "contentinfo"):
        assert roles.count(once) == 1, found
    assert roles.count("complementary") <= 1, found
    named = [name for role, name in found if role == "navigation"]
    assert len(set(named)) == len(named), found
    assert all(named), found
    # What scrolls sideways is a region of its own, so that the keyboard reaches it; nothing else is.
    assert roles.count("region") == page.locator(".a-scroll[role=region]").count(), found
    assert len(found) - roles.count("region") <= 8, found


@pytest.mark.parametrize(("width", "text"), [(390, "100%"), (390, "200%"), (1280, "100%")])
def test_every_cell_of_a_table_can_be_read_and_is_still_heard_as_one(visit: Visit, width: int, text: str) -> None:
    visitor = visit()
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 844})
    visitor.go(NOTICE).evaluate("size => document.documentElement.style.fontSize = size", text)

    table = page.get_by_role("table").first
    rows = table.get_by_role("row").count()
    assert table.get_by_role("columnheader").count() == 2
    assert (table.get_by_role("rowheader").count(), table.get_by_role("cell").count()) == (rows - 1, rows - 1)
    reach = "table => Math.max(...[...table.querySelectorAll('tbody :is(th, td)')].map(e => e.getBoundingClientRect().right))"
    right = table.evaluate(reach)
    assert right <= width
    labels = table.evaluate("table => getComputedStyle(table.querySelector('td'), '::before').content")
    assert ("attr" in labels or ":" in labels) == (width == 390), "columns become labels where there is no room for them"
    assert page.locator("[tabindex='0']").count() == 0


def test_the_last_crumb_is_this_page_and_no_link(visit: Visit) -> None:
    visitor = visit()
    for address, name in ((NOTICE, "Nr. 1/2026"), ("/bekanntmachungen/", "Bekanntmachungen"), ("/bekanntmachungen/2026/", "2026")):
        crumbs = visitor.go(address).get_by_role("navigation", name="Sie sind hier")
        assert crumbs.locator("[aria-current=page]").inner_text() == name
        assert crumbs.get_by_role("link", name=name, exact=True).count() == 0


def test_whoever_searches_lands_on_what_was_found(visit: Visit) -> None:
    page = visit(scripts=False).go("/")
    page.get_by_label("Welche Bekanntmachung suchen Sie?").fill("FUNDSACHEN buergersaal")
    page.get_by_role("button", name="Suchen").click()

    expect(page).to_have_title(re.compile("^Bekanntmachungen: 1 Treffer für „FUNDSACHEN buergersaal“ – "))
    heading = page.locator("#erg")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    assert heading.inner_text() == "1 Treffer für „FUNDSACHEN buergersaal“"
    page.get_by_role("link", name="Versteigerung von Fundsachen").click()
    assert page.url.endswith(NOTICE)


def test_the_contact_is_near_the_top_on_a_telephone(visit: Visit) -> None:
    page = visit(width=390).go(NOTICE)

    box = page.locator("main a[href^='tel:']").first.bounding_box()
    assert box is not None
    assert box["y"] < 844, "on the first screen"
    assert page.locator("main").inner_text().index("Fragen?") < page.locator("main").inner_text().index("Wortlaut")


GERMAN_WORDS = re.compile(r"\b(Stadt|Ordnungsamt|Bauamt|Uhr|Fundsachen|und|der|die|das|Bekanntmachung(?:en)?|Sie|Hauptamt)\b")
ENGLISH_TEXTS = """() => {
    const found = [], walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement
        if (holder.closest("[lang]").lang === "en" && !holder.closest("script, style, title")) found.push(node.data.trim())
    }
    for (const holder of document.querySelectorAll("[aria-label], [alt], [title]"))
        if (holder.closest("[lang]").lang === "en") found.push(holder.ariaLabel || holder.alt || holder.title)
    return found.filter(Boolean)
}"""


@pytest.mark.parametrize("address", [*PAGES[:-1], "/bekanntmachungen/?q=Einhorn&year=2026", "/bekanntmachungen/?office=1"])
def test_an_english_page_marks_every_german_word(visit: Visit, address: str) -> None:
    texts = visit().go(f"/en{address}").evaluate(ENGLISH_TEXTS)

    # The name of the town in an English sentence needs no mark (WCAG 3.1.2: proper names).
    assert [text for text in texts if GERMAN_WORDS.search(text.replace("Stadt Quellstedt am Erlenbach", ""))] == []


def test_english_readers_are_told_what_it_is_and_who_helps(visit: Visit) -> None:
    page = visit().go(f"/en{NOTICE}")
    told = page.locator("main").inner_text()
    start = told[: told.index("Wording")]

    for words in (
        "This is an official notice (General notice).",
        "12 January 2026",
        "Only the German text is legally binding",
        "03999 000-20",
    ):
        assert words in start.replace("\xa0", " "), words
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".a-sheet").get_attribute("lang") == "de"


SMALLEST = """() => Math.min(...[...document.querySelectorAll("main *, .a-footer *")]
    .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => parseFloat(getComputedStyle(e).fontSize)))"""


def printed(page: Page, tmp_path: Path) -> list[str]:
    file = tmp_path / "notice.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(file)
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    document.close()
    return texts


def test_a_notice_on_paper_is_legible_and_says_where_it_stands(visit: Visit, tmp_path: Path) -> None:
    visitor = visit(scripts=True)
    page = visitor.go(NOTICE)
    page.emulate_media(media="print")

    assert page.evaluate(SMALLEST) >= 14.66  # 11 pt
    sheets = printed(page, tmp_path)
    assert len(sheets) <= 2
    text = " ".join(" ".join(sheets).replace("\xa0", " ").split())
    for words in (
        "Versteigerung von Fundsachen am 7. Februar 2026",
        "Stadt Quellstedt am Erlenbach",
        "Nr. 1/2026",
        "Bereitgestellt seit Montag, 12. Januar 2026, 10.25 Uhr",
        f"{visitor.root}{NOTICE}",
        "Demo",  # the level of the seal
        "03999 000-20",
    ):
        assert words in text, words
    for dead in ("Menü", "English", "Impressum", "herunterladen", "Zum Protokoll", "Was heißt das?", "(PDF)"):
        assert dead not in text, dead


def test_every_notice_fits_few_sheets(visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.go("/bekanntmachungen/")
    addresses: list[Any] = page.locator(".a-rows a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for address in addresses:
        assert len(printed(visitor.go(address), tmp_path)) <= 5, address  # a whole by-law with its table


@pytest.mark.parametrize("address", ["/", "/bekanntmachungen/"])
def test_a_printed_list_begins_on_the_first_sheet_and_says_nothing_to_click(visit: Visit, tmp_path: Path, address: str) -> None:
    file = tmp_path / "list.pdf"
    visit().go(address).pdf(path=str(file), prefer_css_page_size=True)

    document = pypdfium2.PdfDocument(file)
    sheets = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    rows = len(re.findall(r"Nr\.\s\d+/\d{4}", "".join(sheets)))
    assert len(sheets) <= 2 + rows / 10
    assert len(re.findall(r"Nr\.\s\d+/\d{4}", sheets[0])) >= 5, "entries stand on the first sheet"
    for dead in ("Alle Bekanntmachungen", "Archiv nach Jahren", "Zum Ortsrecht", "Dokument prüfen", "Suchen"):
        assert dead not in "".join(sheets), dead
