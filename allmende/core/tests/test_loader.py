"""Templates that are compiled once for each language say the same as those that look every sentence up."""

import pytest
from django.template import Context, Template
from django.template.base import TextNode
from django.template.loader import get_template
from django.utils import translation

SOURCE = (
    '{% load i18n %}{% translate "Impressum" %}|{% trans "Impressum" %}|{% translate "Impressum" as name %}{{ name }}'
    '|{% translate word %}|{% translate "Impressum"|upper %}'
)


@pytest.mark.parametrize(("language", "word"), [("de", "Impressum"), ("en", "Imprint")])
def test_a_page_speaks_the_language_in_which_it_is_asked_for(language: str, word: str) -> None:
    with translation.override(language):
        page = get_template("404.html").render({})
        said = Template(SOURCE).render(Context({"word": "Impressum"}))

    assert ("Diese Seite gibt es nicht" in page, "does not exist" in page) == (language == "de", language == "en")
    assert said.split("|")[:4] == [word] * 4


def test_a_template_from_a_string_is_translated_when_it_is_shown() -> None:
    template = Template(SOURCE)
    told = []
    for language in ("en", "de"):
        with translation.override(language):
            told.append(template.render(Context({"word": ""})).split("|")[0])

    assert told == ["Imprint", "Impressum"]


def test_sentences_of_files_are_looked_up_once() -> None:
    """Else public pages are slower again without anybody seeing why."""
    with translation.override("en"):
        first, again = get_template("core/plain.html"), get_template("core/plain.html")
    with translation.override("de"):
        other = get_template("core/plain.html")

    words = [node.s for node in first.template.nodelist.get_nodes_by_type(TextNode)]  # type: ignore[attr-defined]
    assert "Skip to content" in words
    assert first.template is again.template  # type: ignore[attr-defined]
    assert first.template is not other.template  # type: ignore[attr-defined]
