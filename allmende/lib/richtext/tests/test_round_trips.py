"""Every form of a text leads back to the same document."""

from hypothesis import given, settings
from hypothesis import strategies as st

from allmende.lib.richtext import (
    Document,
    RichTextTooLarge,
    from_html,
    from_json,
    from_plain,
    plain_text,
    problems,
    to_html,
    to_json,
    to_plain,
)
from allmende.lib.richtext.tests.documents import AWKWARD, documents

PIECES = [*AWKWARD, "\n", "\n\n", "\n  ", "- ", "| "]
ANY = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25).map("".join)
TAGS = [
    *("p", "div", "b", "i", "span", "a href=https://a.example", "ul", "ol", "li", "table", "tr", "td", "th", "caption", "h1", "h3"),
    *("figure", "pre", "br", "sup", "p style='mso-list:l0 level2'", "td colspan=9", "p hidden", "script"),
    "img src=/b/5c6d8a3e-0f63-4b5e-9d0b-3f0b6a1c9f11 alt=x",
]
MARKUP = [f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]
SOUP = st.lists(st.one_of(st.sampled_from(MARKUP), st.sampled_from(AWKWARD), st.text(max_size=4)), max_size=30).map("".join)


@given(documents())
@settings(max_examples=80, deadline=None)
def test_a_text_comes_back_from_html(document: Document) -> None:
    assert from_html(to_html(document)) == document


@given(documents())
@settings(max_examples=120, deadline=None)
def test_a_text_comes_back_from_typed_notation(document: Document) -> None:
    assert from_plain(to_plain(document)) == document


@given(documents())
@settings(max_examples=50, deadline=None)
def test_a_text_comes_back_from_its_stored_form(document: Document) -> None:
    assert from_json(to_json(document)) == document
    assert to_json(from_json(to_json(document))) == to_json(document)


@given(documents())
@settings(max_examples=100, deadline=None)
def test_a_document_is_its_own_normal_form(document: Document) -> None:
    assert Document(document.blocks) == document


@given(documents())
@settings(max_examples=50, deadline=None)
def test_pasted_and_typed_text_get_the_same_findings(document: Document) -> None:
    assert problems(from_html(to_html(document))) == problems(from_plain(to_plain(document))) == problems(document)
    plain_text(document)


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_any_typed_text_is_a_document(text: str) -> None:
    document = from_plain(text)

    assert from_plain(to_plain(document)) == document


@given(st.one_of(SOUP, ANY))
@settings(max_examples=120, deadline=None)
def test_any_html_is_a_document(html: str) -> None:
    try:
        document = from_html(html)
    except RichTextTooLarge:
        return

    assert from_html(to_html(document)) == document
    assert from_plain(to_plain(document)) == document
