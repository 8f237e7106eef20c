"""What HTML and PDF both show, in words and order: written once, so that both say the same."""

import re
from collections.abc import Sequence

from allmende.lib.german import date_with_year
from allmende.lib.official.page import Image, OfficialPage
from allmende.lib.official.words import words
from allmende.lib.richtext import Cell, Grid, Inline, Table, grid_of, text_of

_NUMBER = re.compile(r"[+−-]?\s?\d[\d.,\s\u00a0\u202f]*\s?(?:%|€|EUR|Euro|ha|km|m|m²|Prozent)?|[–—-]", re.IGNORECASE)


def arms_of(page: OfficialPage) -> Image | None:
    """The coat of arms; a drawing in the colour of its surroundings gets the colour of the body."""
    arms = page.coat_of_arms
    if arms is None or arms.media_type != "image/svg+xml":
        return arms
    return Image(arms.media_type, arms.data.replace(b"currentColor", page.colour.encode()))


def number_line(page: OfficialPage) -> str:
    """'Nr. 17/2026', or empty."""
    return f"{words(page.language).number}\u00a0{page.number}" if page.number else ""


def acting_line(page: OfficialPage) -> str:
    return f"{words(page.language).acting}: {page.acting}" if page.acting else ""


def signature_lines(page: OfficialPage) -> list[list[str]]:
    """Paragraphs of lines: place and date, then name and function."""
    signature = page.signature
    if not signature:
        return []
    text = words(page.language)
    dated = f"{page.place}{text.on}{date_with_year(signature.day, page.language)}" if signature.day and page.place else ""
    name = [f"{text.signed} {signature.name}"] if signature.name else []
    return [paragraph for paragraph in ([dated] if dated else [], [*name, *filter(None, [signature.function])]) if paragraph]


def numeric_columns(table: Table) -> set[int]:
    """Columns that hold numbers only, below the header: their figures stand right. The first column names the row: never it."""
    grid = grid_of(table)
    heads = table.header_rows
    bodies: dict[int, list[Cell]] = {}
    for placed in grid.cells:
        if placed.row >= heads and placed.column > 0 and placed.width == 1 and not placed.cell.header:
            bodies.setdefault(placed.column, []).append(placed.cell)
    return {
        column
        for column, cells in bodies.items()
        if any(cell.content for cell in cells) and all(not cell.content or _NUMBER.fullmatch(text_of(cell.content)) for cell in cells)
    }


def records_of(table: Table, grid: Grid) -> list[list[tuple[Sequence[Inline], Sequence[Inline]]]]:
    """Each row as pairs of heading and value, for where there is no room for columns. Empty if headings and cells do not pair up."""
    cells = {(placed.row, placed.column): placed.cell for placed in grid.cells}
    if table.header_rows != 1 or len(cells) != len(table.rows) * grid.columns or any(p.width > 1 or p.height > 1 for p in grid.cells):
        return []
    heads = [cells[0, column].content for column in range(grid.columns)]
    return [[(heads[column], cells[row, column].content) for column in range(grid.columns)] for row in range(1, len(table.rows))]
