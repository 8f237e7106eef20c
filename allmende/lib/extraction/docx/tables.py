"""Tables of DOCX: merged cells, rows that are marked as head, tables in cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from allmende.lib.extraction.docx.names import child, is_on, number, tag, value
from allmende.lib.richtext import Break, Cell, Inline, Run, Table

_MOST: Final = 60  # columns that one cell may cover


@dataclass(slots=True)
class _Drawn:
    content: list[Inline]
    column: int
    width: int
    height: int = 1
    header: bool = False


@dataclass(slots=True)
class _Row:
    cells: list[_Drawn] = field(default_factory=list)
    header: bool = False


def table_of(element: Any, content_of: Callable[[Any], list[Inline]], deleted: Callable[[], None]) -> Table:
    """`content_of(tc)`: the text of a cell; `deleted()` is told of each row that tracking has struck out."""
    rows: list[_Row] = []
    above: dict[int, _Drawn] = {}  # first column of a cell -> what can be continued below it
    for one in _rows(element):
        properties = child(one, "trPr")
        if child(properties, "del") is not None:
            deleted()
            continue
        row = _Row(header=is_on(child(properties, "tblHeader")))
        column = number(value(child(properties, "gridBefore")))
        if 0 < column <= _MOST:
            row.cells.append(_Drawn([], 0, column))
        for cell in _cells(one):
            about = child(cell, "tcPr")
            width = min(max(number(value(child(about, "gridSpan")), 1), 1), _MOST)
            merge = child(about, "vMerge")
            continued = above.get(column) if merge is not None and value(merge) in (None, "continue") else None
            if continued is not None and continued.width == width:
                continued.height += 1
            else:
                drawn = _Drawn(content_of(cell), column, width)
                above[column] = drawn
                row.cells.append(drawn)
            if merge is None:
                above.pop(column, None)
            column += width
        rows.append(row)
    _mark_heads(rows)
    return Table(tuple(tuple(Cell(tuple(c.content), c.header, c.width, c.height) for c in row.cells) for row in rows))


def _mark_heads(rows: Sequence[_Row]) -> None:
    """Rows at the top that are marked as head; else the first, if all its words are bold and those below are not."""
    heads = next((index for index, row in enumerate(rows) if not row.header), len(rows))
    if not heads and len(rows) > 1 and _bold(rows[0]) and not all(_bold(row) for row in rows[1:]):
        heads = 1
    for row in rows[:heads]:
        for cell in row.cells:
            cell.header = True


def _bold(row: _Row) -> bool:
    runs = [run for cell in row.cells for run in cell.content if isinstance(run, Run) and run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _rows(element: Any) -> list[Any]:
    return _through(element, "w:tr")


def _cells(row: Any) -> list[Any]:
    return _through(row, "w:tc")


def _through(element: Any, wanted: str) -> list[Any]:
    """Children of that name, also where a content control or a tracked insertion stands around them."""
    found: list[Any] = []
    for one in element:
        if tag(one) == wanted:
            found.append(one)
        elif tag(one) in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"):
            found.extend(_through(one, wanted))
    return found


def joined(parts: Sequence[Sequence[Inline]], between: Inline) -> list[Inline]:
    """Several texts as one, with a sign between them."""
    result: list[Inline] = []
    for part in parts:
        if part:
            result.extend([between, *part] if result else part)
    return result


def as_lines(table: Table) -> list[Inline]:
    """The rows of a table that stands in a cell, as lines of text."""
    rows = [joined([list(cell.content) for cell in row], Run("; ")) for row in table.rows]
    return joined([[Run(" ") if isinstance(one, Break) else replace(one) for one in row] for row in rows], Break())
