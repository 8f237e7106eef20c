"""Where the cells of a table lie, as a browser would lay them out."""

from dataclasses import dataclass

from allmende.lib.richtext.model import Cell, Table


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its first column and row (from 0) and the columns and rows it really covers."""

    cell: Cell
    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Grid:
    """`regular` is False if a place is empty, covered twice or outside: the table is broken."""

    cells: tuple[Placed, ...]
    columns: int
    rows: int
    regular: bool


def grid_of(table: Table) -> Grid:
    """Lay out the cells of a table in normal form.

    Cells never overlap, and none reaches from the header rows into the body: what would is cut and makes the grid irregular.
    """
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    regular = True
    total, heads = len(table.rows), table.header_rows
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            width = 1
            while width < cell.colspan and (x + width, y) not in taken:
                width += 1
            height = min(cell.rowspan, (heads if y < heads else total) - y)
            regular = regular and width == cell.colspan and height == cell.rowspan
            taken.update((x + dx, y + dy) for dx in range(width) for dy in range(height))
            placed.append(Placed(cell, x, y, width, height))
            x += width
    columns = max((item.column + item.width for item in placed), default=0)
    regular = regular and len(taken) == columns * total
    return Grid(tuple(placed), columns, total, regular)
