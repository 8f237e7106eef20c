"""Tables of the sealed wording as the public page shows them: readable on a telephone, with the same words.

A table whose columns each have one heading turns into rows with labels where there is little room; any other scrolls sideways,
says so, and has a name. The style sheet decides by the room there is, so nothing here knows the screen.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# As lib.official.html writes a table. Cells hold no tables, and text no "<".
_TABLE = re.compile(r'<div class="a-scroll"[^>]*><table class="a-table">(.*?)</table></div>', re.DOTALL)
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(th|td)([^>]*)>(.*?)</\1>", re.DOTALL)
_ROLES = {"thead": "rowgroup", "tbody": "rowgroup"}
MOST_COLUMNS = 9  # with more, rows of labels would be longer than anybody reads


@dataclass(frozen=True)
class _Cell:
    tag: str
    attributes: str
    content: str

    @property
    def plain(self) -> str:
        return " ".join(unescape(strip_tags(self.content.replace("<br>", " "))).split())


def readable(html: str) -> str:
    """The wording with its tables made ready for any width. Text and order of what is sealed stay as they are."""
    number = 0

    def shown(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return _shown(found[1], number)

    return _TABLE.sub(shown, html)


def _shown(inner: str, number: int) -> str:
    head, begin, body = inner.partition("<tbody>")
    heads, rows = ([_cells(row) for row in _ROW.findall(part)] for part in (head, begin + body))
    if _can_be_labelled(heads, rows):
        return _labelled(inner, heads[0], rows)
    caption = _CAPTION.search(inner)
    name = escape(unescape(strip_tags(caption[1])) if caption else f"Tabelle {number}")  # German, as the wording is
    hint = _("Die Tabelle ist breiter als der Bildschirm. Sie lässt sich seitlich verschieben.")
    return (
        f'<div class="n-wide"><p class="n-swipe" lang="{get_language() or "de"}">{escape(hint)}</p>'
        f'<div class="a-scroll" role="region" tabindex="0" aria-label="{name}">'
        f'<table class="a-table">{inner}</table></div></div>'
    )


def _cells(row: str) -> list[_Cell]:
    return [_Cell(*found) for found in _CELL.findall(row)]


def _can_be_labelled(heads: list[list[_Cell]], rows: list[list[_Cell]]) -> bool:
    """One row of headings, each over one column, and no cell that covers two."""
    if len(heads) != 1 or not rows or not 2 <= len(heads[0]) <= MOST_COLUMNS:
        return False
    cells = [*heads[0], *(cell for row in rows for cell in row)]
    return all(len(row) == len(heads[0]) for row in rows) and not any("span=" in cell.attributes for cell in cells)


def _labelled(inner: str, head: list[_Cell], rows: list[list[_Cell]]) -> str:
    """Roles say what CSS takes from a table whose parts it shows as blocks; `data-label` is what stands before each value then."""
    names = _first_names_the_row(rows)
    labels = [escape(cell.plain) for cell in head]

    def row(found: re.Match[str]) -> str:
        cells = _cells(found[1])
        if all('scope="col"' in cell.attributes for cell in cells):
            written = [f'<th{cell.attributes} role="columnheader">{cell.content}</th>' for cell in cells]
        else:
            written = [_labelled_cell(cell, label, names and not at) for at, (cell, label) in enumerate(zip(cells, labels, strict=True))]
        return f'<tr role="row">{"".join(written)}</tr>'

    table = _ROW.sub(row, inner)
    for tag, role in _ROLES.items():
        table = table.replace(f"<{tag}>", f'<{tag} role="{role}">')
    return f'<div class="n-labelled"><table class="a-table" role="table">{table}</table></div>'


def _labelled_cell(cell: _Cell, label: str, names_row: bool) -> str:
    mark = f' data-label="{label}"' if label and cell.plain else ""
    if cell.tag == "th" or names_row:
        scope = "" if "scope=" in cell.attributes else ' scope="row"'
        attributes = cell.attributes if cell.tag == "th" else _taken_for_head(cell.attributes)
        return f'<th{scope}{attributes} role="rowheader"{mark}>{cell.content}</th>'
    return f'<td{cell.attributes} role="cell"{mark}>{cell.content}</td>'


def _taken_for_head(attributes: str) -> str:
    """Not bold, as in the document: the author has not made it a head."""
    return attributes.replace('class="', 'class="n-first ') if "class=" in attributes else f'{attributes} class="n-first"'


def _first_names_the_row(rows: list[list[_Cell]]) -> bool:
    """Authors mark the row of headings, seldom the column. The first cells name their rows if each says something of its own."""
    first = [row[0].plain.casefold() for row in rows]
    return all(first) and len(set(first)) == len(first)
