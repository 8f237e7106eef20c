"""A table of the wording can be read on a telephone, and is still a table for those who hear it."""

import re

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from allmende.lib import official, richtext
from allmende.notices import tables
from allmende.notices.rendering import wording_of

CLOSED = "| Bauabschnitt | Beginn | Ende |\n|---|---|---|\n| A | 9. März 2026 | 13. März 2026 |\n| B | 16. März 2026 | 20. März 2026 |"


def sealed(plain: str) -> str:
    return richtext_page(richtext.from_plain(plain))


def richtext_page(document: richtext.Document) -> str:
    page = official.OfficialPage(title="Sperrung", kind="Bekanntmachung", issuer="Stadt", place="Ort", document=document)
    return official.wording_html(page)


def test_each_value_carries_the_heading_of_its_column() -> None:
    shown = tables.readable(sealed(CLOSED))

    assert shown.startswith('<div class="n-labelled"><table class="a-table" role="table">')
    assert '<th scope="row" class="n-first" role="rowheader" data-label="Bauabschnitt">A</th>' in shown
    assert '<td role="cell" data-label="Ende">13. März 2026</td>' in shown
    assert '<th scope="col" role="columnheader">Beginn</th>' in shown
    assert (shown.count('role="rowgroup"'), shown.count('role="row"')) == (2, 3)
    assert "tabindex" not in shown, "what does not scroll is no stop for the keyboard"
    assert "region" not in shown


def test_not_a_word_is_changed() -> None:
    fragment = sealed(f"Vorher & <nachher>\n\n{CLOSED}\n\nEnde")

    assert strip_tags(wording_of(fragment)).replace("\u00a0", " ") == strip_tags(fragment).replace("\u00a0", " ")


def test_first_cells_name_their_rows_only_if_each_says_something_of_its_own() -> None:
    twice = CLOSED.replace("| B |", "| A |")
    empty = CLOSED.replace("| B |", "| |")

    assert 'scope="row"' in tables.readable(sealed(CLOSED))
    assert 'scope="row"' not in tables.readable(sealed(twice))
    assert 'scope="row"' not in tables.readable(sealed(empty))


def test_a_head_that_the_author_made_is_told_from_one_that_we_take_for_one() -> None:
    made = tables.readable(sealed("| | a | b |\n|---|---|---|\n|= 1. | c | d |\n|= 2. | e | f |"))
    taken = tables.readable(sealed("| Nr. | a |\n|---|---|\n| 1 | c |\n| 2 | e |"))

    assert "n-first" not in made
    assert made.count('role="rowheader"') == 2
    assert re.findall(r'class="([^"]*n-first[^"]*)"', taken) == ["n-first", "n-first"]


def test_a_heading_with_marks_and_signs_becomes_a_plain_label() -> None:
    cell = richtext.Cell
    run = richtext.Run
    head = (cell((run("Maß"),), header=True), cell((run('a < "b" & c', italic=True),), header=True))
    table = richtext.Table((head, (cell((run("1"),)), cell((run("2"),)))))

    shown = tables.readable(richtext_page(richtext.Document((table,))))

    assert 'data-label="a &lt; &quot;b&quot; &amp; c"' in shown


@pytest.mark.parametrize("down", [False, True])
def test_a_table_whose_cells_cover_others_scrolls_and_says_so(down: bool) -> None:
    cell, run = richtext.Cell, richtext.Run
    head = tuple(cell((run(name),), header=True) for name in ("Tag", "von", "bis"))
    wide = cell((run("ganz"),), colspan=1 if down else 2, rowspan=2 if down else 1)
    rows: list[tuple[richtext.Cell, ...]] = [(cell((run("Mo"),)), wide)]
    if down:
        rows = [(wide, cell((run("1"),)), cell((run("2"),))), (cell((run("3"),)), cell((run("4"),)))]
    document = richtext.Document((richtext.Table((head, *rows)), richtext.Table((head, *rows), caption=(run('Zeiten „im "Bad"“'),))))

    with translation.override("en"):
        shown = tables.readable(richtext_page(document))

    assert re.findall(r'role="region" tabindex="0" aria-label="([^"]*)"', shown) == ["Tabelle 1", "Zeiten „im &quot;Bad&quot;“"]
    assert '<p class="n-swipe" lang="en">The table is wider than the screen. You can swipe it sideways.</p>' in shown
    assert "data-label" not in shown


def test_the_saved_page_names_its_tables_too() -> None:
    assert 'aria-label="Tabelle 1"' in sealed(CLOSED)
