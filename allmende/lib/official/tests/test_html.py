"""page.html: readable anywhere, the same bytes every time."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings

from allmende.lib.official import Image, page_html, wording_html
from allmende.lib.official.html import content_html
from allmende.lib.official.reading import html_text
from allmende.lib.official.tests.pages import ARMS, DAY, PHOTO, PLAN, make_page, png
from allmende.lib.richtext import Document, from_plain
from allmende.lib.richtext.tests.documents import documents

VOID = {"meta", "br", "img"}


class Outline(HTMLParser):
    """Every tag with its attributes; fails on a tag that is not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_has_title_language_and_one_first_heading() -> None:
    page = Outline(page_html(make_page().with_day(DAY)).decode())

    assert page.all("html") == [{"lang": "de"}]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1


def test_the_page_needs_no_other_file_and_no_script() -> None:
    html = page_html(make_page().with_day(DAY)).decode()
    page = Outline(html)

    assert all((image["src"] or "").startswith("data:image/") for image in page.all("img"))
    assert not {"script", "link", "iframe", "base"} & {tag for tag, _ in page.tags}
    assert not re.search(r"url\(|@import", html)
    assert not any("style" in attributes for _, attributes in page.tags)


def test_the_public_page_shows_the_same_words() -> None:
    page = make_page().with_day(DAY)

    assert html_text(page_html(page)) == html_text(content_html(page))
    assert wording_html(page) in content_html(page)
    assert "Mittwoch, 25.\xa0November\xa02026" in content_html(page)


def test_whom_to_ask_stands_below_the_wording_under_its_own_heading() -> None:
    page = make_page()
    html = content_html(page)

    assert html.index("</div>\n<section>\n<h2>Auskunft</h2>") > html.index(wording_html(page))
    assert "<dt>Telefon</dt><dd>03999 000-10</dd>" in html
    assert "Auskunft" not in content_html(make_page("Nur ein Satz.", contact=()))


def test_text_is_never_markup() -> None:
    attack = '</title></style><script>alert(1)</script><img src=x onerror="y">'
    page = make_page(from_plain(f"\\{attack}"), title=attack, kind=attack, issuer=attack, seal=attack, check=(attack,), facts=())
    html = page_html(page).decode()

    assert "<script" not in html
    assert not any(name.startswith("on") for _, attributes in Outline(html).tags for name in attributes)


def test_images_say_what_they_show_and_decoration_is_silent() -> None:
    images = Outline(page_html(make_page()).decode()).all("img")

    assert [image["alt"] for image in images] == ["", "Lageplan: gesperrt ist zwischen Rathaus und Schützenhaus", ""]


def test_a_table_names_its_header_cells_and_sets_figures_right() -> None:
    html = wording_html(make_page())

    assert '<th scope="col" class="n">Kosten in Euro</th>' in html
    assert '<th scope="row">Łódźer Straße</th>' in html
    assert '<td class="n">12.400,00</td>' in html
    assert 'aria-label="Sperrungen nach Straßen"' in html


def test_an_english_page_has_english_words() -> None:
    html = page_html(make_page(language="en").with_day(DAY)).decode()

    assert "Provided on" in html
    assert "Wednesday, 25\xa0November\xa02026" in html
    assert "No.\u00a017/2026" in html


@given(documents())
@settings(max_examples=60, deadline=None)
def test_every_text_makes_a_well_formed_page(document: Document) -> None:
    page = make_page(document, images={name: Image("image/png", png()) for name in document.images})
    html = page_html(page).decode()

    Outline(html)
    assert html == page_html(page).decode()


def test_a_page_without_the_optional_parts_has_no_empty_ones() -> None:
    page = make_page(
        "Nur Text.", number="", acting="", facts=(), contact=(), signature=None, coat_of_arms=None, check=(), seal="", images={}
    )

    html = content_html(page)
    assert html_text(html) == "StadtQuellstedtamErlenbachBekanntmachungSperrungvonStraßenwegenderErneuerungderTrinkwasserleitungNurText."
    assert "<dl" not in html
    assert "<footer" not in html


def test_arms_and_pictures_may_be_drawings_or_photographs() -> None:
    page = make_page(coat_of_arms=Image("image/svg+xml", ARMS))

    assert "data:image/svg+xml;base64," in content_html(page)
    assert "data:image/jpeg;base64," in content_html(page)
    assert PLAN not in content_html(page)
    assert PHOTO not in content_html(page)
