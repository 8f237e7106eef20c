"""The blocks of a document. A Document is always in normal form, however it was made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from allmende.lib.richtext.inlines import Break, Inline, Run, clean_inlines, clean_text, text_of
from allmende.lib.richtext.limits import MAX_BLOCKS, MAX_CELLS, MAX_COLUMNS, MAX_LIST_DEPTH, MAX_TEXT, RichTextTooLarge

FIRST_HEADING, LAST_HEADING = 2, 4  # level 1 is the title of the page
MAX_START = 9_999
MAX_LETTERS = 26 + 26 * 26  # a to zz
MAX_SPAN = 100


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its first paragraph, then more paragraphs and lists."""

    blocks: "tuple[Paragraph | List, ...]"


@dataclass(frozen=True, slots=True)
class List:
    """Bullets, or numbers from `start` ("1."), or letters from `start` (1 is "a)")."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1
    letters: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    content: tuple[Inline, ...]
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...] = ()

    @property
    def header_rows(self) -> int:
        """How many rows at the top consist of header cells only."""
        for index, row in enumerate(self.rows):
            if not all(cell.header for cell in row):
                return index
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """An image by its id. `decorative`: it says nothing that the text does not say; then `alt` is empty.

    Raises ValueError if `image` is not a UUID.
    """

    image: str
    alt: str = ""
    caption: tuple[Inline, ...] = ()
    decorative: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "image", str(UUID(self.image)))


Block = Heading | Paragraph | List | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """A text. Blocks are brought into normal form; RichTextTooLarge if there is too much of anything."""

    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", _normal_blocks(self.blocks))
        _measure(self.blocks)

    @property
    def images(self) -> tuple[str, ...]:
        """Ids of the images, each once, in order of appearance."""
        return tuple(dict.fromkeys(block.image for block in self.blocks if isinstance(block, Figure)))


def _normal_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    result: list[Block] = []
    for block in blocks:
        _append(result, _normal_block(block, 1))
    return tuple(result)


def _normal_block(block: Block, depth: int) -> Block | None:
    match block:
        case Heading():
            level = min(max(block.level, FIRST_HEADING), LAST_HEADING)
            title = clean_inlines(block.content, bold=False)
            return Heading(level, title) if title else None
        case Paragraph():
            content = clean_inlines(block.content)
            return Paragraph(content) if content else None
        case List():
            return _normal_list(block, depth)
        case Table():
            return _normal_table(block)
        case Figure():
            alt = "" if block.decorative else clean_text(block.alt)
            return replace(block, alt=alt, caption=clean_inlines(block.caption, breaks=False))


_B = TypeVar("_B", Block, Paragraph | List)


def _append(blocks: list[_B], block: _B | None) -> None:
    """Append, joining two lists of which nobody could see where one ends and the next begins."""
    last = blocks[-1] if blocks else None
    if isinstance(last, List) and isinstance(block, List) and continues(last, block):
        blocks[-1] = replace(last, items=last.items + block.items)
    elif block is not None:
        blocks.append(block)


def continues(first: List, second: List) -> bool:
    """True if `second`, right after `first`, looks like more items of `first`."""
    if first.ordered != second.ordered or first.letters != second.letters:
        return False
    return not first.ordered or second.start == first.start + len(first.items)


def _normal_list(block: List, depth: int) -> List | None:
    if depth > MAX_LIST_DEPTH:
        raise RichTextTooLarge("list_depth", MAX_LIST_DEPTH)
    items: list[Item] = []
    for item in block.items:
        blocks: list[Paragraph | List] = []
        for part in item.blocks:
            normal = _normal_block(part, depth + 1)
            if isinstance(normal, Paragraph | List):
                _append(blocks, normal)
        if blocks and isinstance(blocks[0], List):  # a list without a line of its own belongs to the item above, or is this list
            if items:
                above = list(items[-1].blocks)
                for part in blocks:
                    _append(above, part)
                items[-1] = Item(tuple(above))
            else:
                items.extend(blocks[0].items)
                if len(blocks) > 1:
                    above = list(items[-1].blocks)
                    for part in blocks[1:]:
                        _append(above, part)
                    items[-1] = Item(tuple(above))
        elif blocks:
            items.append(Item(tuple(blocks)))
    if not items:
        return None
    if not block.ordered:
        return List(tuple(items))
    highest = MAX_LETTERS if block.letters else MAX_START
    return List(tuple(items), ordered=True, start=min(max(block.start, 1), highest), letters=block.letters)


def _span(value: int) -> int:
    return min(max(value, 1), MAX_SPAN)


def _normal_table(table: Table) -> Table | Paragraph | None:
    rows = []
    for row in table.rows:
        cells = tuple(
            Cell(clean_inlines(cell.content, bold=not cell.header), cell.header, _span(cell.colspan), _span(cell.rowspan)) for cell in row
        )
        if cells:
            rows.append(cells)
    if not any(cell.content for row in rows for cell in row):
        return None
    if len(rows) == 1 and len(rows[0]) == 1 and not rows[0][0].header:  # one cell is a frame around text, not a table
        return Paragraph(clean_inlines((*table.caption, Break(), *rows[0][0].content)))
    return Table(tuple(rows), clean_inlines(table.caption, breaks=False))


def _measure(blocks: Sequence[Block]) -> None:
    count = length = cells = 0
    waiting: list[Block] = list(blocks)
    while waiting:
        block = waiting.pop()
        count += 1
        match block:
            case Heading() | Paragraph():
                length += _length(block.content)
            case List():
                count += len(block.items)
                waiting.extend(part for item in block.items for part in item.blocks)
            case Table():
                count += len(block.rows)
                length += _length(block.caption) + sum(_length(cell.content) for row in block.rows for cell in row)
                cells += sum(len(row) for row in block.rows)
                if max(sum(cell.colspan for cell in row) for row in block.rows) > MAX_COLUMNS:
                    raise RichTextTooLarge("table_columns", MAX_COLUMNS)
            case Figure():
                length += len(block.alt) + _length(block.caption)
    for limit, value, allowed in (("blocks", count, MAX_BLOCKS), ("text", length, MAX_TEXT), ("table_cells", cells, MAX_CELLS)):
        if value > allowed:
            raise RichTextTooLarge(limit, allowed)


def _length(content: tuple[Inline, ...]) -> int:
    return len(text_of(content)) + sum(len(inline.link or "") for inline in content if isinstance(inline, Run))
