"""A document as lines that anybody can read, to set two versions side by side: no signs of the typed notation, nothing left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from allmende.lib.richtext.inlines import Break, Inline, Run, text_of
from allmende.lib.richtext.model import Block, Document, Figure, Heading, List, Paragraph, Table
from allmende.lib.richtext.notation import letters_of

Part = Literal["heading", "text", "item", "caption", "row", "figure"]


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` is what the line is part of; `text` what it says. Of a figure: its description and its caption."""

    kind: Part
    text: str


def lines_of(document: Document) -> list[Line]:
    """Headings, lines of paragraphs, items with their sign, captions, rows of tables, figures, in the order of the text.

    A link is followed by its address, for that may change alone. What it looks like is not shown: see `marks_of`.
    """
    return [line for block in document.blocks for line in _lines(block)]


def marks_of(document: Document) -> list[str]:
    """What `lines_of` does not show: bold and italic, heads of tables, levels of headings, files of pictures. One entry each."""
    found: list[str] = []
    for block in document.blocks:
        for content in _contents(block):
            found += [f"{run.bold}{run.italic} {run.text}" for run in content if isinstance(run, Run) and (run.bold or run.italic)]
        if isinstance(block, Table):
            found += [f"{cell.header} {cell.colspan} {cell.rowspan} {text_of(cell.content)}" for row in block.rows for cell in row]
        if isinstance(block, Heading):
            found.append(f"{block.level} {text_of(block.content)}")
        if isinstance(block, Figure):
            found.append(f"{block.image} {block.decorative}")
    return found


def _contents(block: Block) -> Iterator[tuple[Inline, ...]]:
    match block:
        case Heading() | Paragraph():
            yield block.content
        case List():
            for item in block.items:
                for part in item.blocks:
                    yield from _contents(part)
        case Table():
            yield block.caption
            for row in block.rows:
                yield from (cell.content for cell in row)
        case Figure():
            yield block.caption


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Heading():
            yield Line("heading", _one(block.content))
        case Paragraph():
            yield from (Line("text", line) for line in _said(block.content).split("\n"))
        case List():
            yield from _items(block)
        case Table():
            if block.caption:
                yield Line("caption", _one(block.caption))
            for row in block.rows:
                yield Line("row", " · ".join(_one(cell.content) or "–" for cell in row))
        case Figure():
            yield Line("figure", ". ".join(filter(None, (block.alt.rstrip("."), _one(block.caption)))))


def _items(block: List) -> Iterator[Line]:
    for number, item in enumerate(block.items, block.start):
        sign = f"{letters_of(number)})" if block.letters else f"{number}." if block.ordered else "–"
        for index, part in enumerate(item.blocks):
            for line in _lines(part):
                yield Line("item", line.text if index else f"{sign} {line.text}")


def _one(content: tuple[Inline, ...]) -> str:
    return _said(content).replace("\n", " ")


def _said(content: tuple[Inline, ...]) -> str:
    said = ""
    for link, group in groupby(content, key=lambda part: part.link if isinstance(part, Run) else None):
        said += "".join("\n" if isinstance(part, Break) else part.text for part in group)
        said += f" ({link.removeprefix('mailto:').removeprefix('tel:')})" if link else ""
    return said
