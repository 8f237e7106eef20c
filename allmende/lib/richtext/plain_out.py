"""Writing a document as typed notation, without loss, and as bare text."""

import re
from collections.abc import Callable, Iterator, Sequence

from allmende.lib.richtext.inlines import Break, Inline, Run, clean_inlines, text_of
from allmende.lib.richtext.model import Block, Cell, Document, Figure, Heading, Item, List, Paragraph, Table
from allmende.lib.richtext.notation import SEPARATOR, guard, letters_of, marker
from allmende.lib.richtext.plain_in import inlines_of


def to_plain(document: Document) -> str:
    """Return the typed notation. `from_plain` reads it back to an equal document."""
    return "\n\n".join("\n".join(_lines(block)) for block in document.blocks)


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [f"{'#' * block.level} {_line(block.content)}".rstrip()]
        case Paragraph():
            return _paragraph(block)
        case List():
            return list(_list(block))
        case Table():
            return list(_table(block))
        case Figure():
            alt = "" if block.decorative else "[" + re.sub(r"([\\\[\]])", r"\\\1", block.alt) + "]"
            return [f"!{alt}({block.image}) {_line(block.caption)}".rstrip()]


def _paragraph(paragraph: Paragraph) -> list[str]:
    return [guard(line) for line in _text(paragraph.content).split("\n")]


def _list(block: List) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        first, *rest = item.blocks
        assert isinstance(first, Paragraph)
        lines = _paragraph(first)
        sign = f"{letters_of(number)})" if block.letters else f"{number}." if block.ordered else "-"
        if block.ordered and not block.letters and not marker(f"{sign} {lines[0]}"):
            sign = f"{number})"  # "1. Mai" would be a date
        yield f"{sign} {lines[0]}"
        yield from (f"  {line}" for line in lines[1:])
        before: Paragraph | List = first
        for part in rest:
            if isinstance(part, Paragraph) or isinstance(before, List) or part.start != 1:
                yield ""
            inner = _paragraph(part) if isinstance(part, Paragraph) else _list(part)
            yield from (f"  {line}".rstrip() for line in inner)
            before = part


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"Tabelle: {_line(table.caption)}"
    heads = table.header_rows
    separator = f"|{'---|' * len(table.rows[0])}"
    if heads == 0:
        yield separator
    for index, row in enumerate(table.rows):
        line = "|" + "|".join(_cell(cell, mark=cell.header and index >= heads) for cell in row) + "|"
        yield line.replace("-", "\\-", 1) if SEPARATOR.fullmatch(line) else line
        if index + 1 == heads and heads > 1:
            yield separator


def _cell(cell: Cell, *, mark: bool) -> str:
    text = _line(cell.content, pipes=True)
    if cell.colspan > 1 or cell.rowspan > 1:
        text = f"{{{cell.colspan}x{cell.rowspan}}} {text}"
    elif text.startswith("{"):
        text = f"\\{text}"
    return f"{'=' if mark else ''} {text} "


def _line(content: Sequence[Inline], *, pipes: bool = False) -> str:
    return _text(content, line_feed="<br>", pipes=pipes)


# Text with marks: the plainest way that is read back as the same


def _text(content: Sequence[Inline], *, line_feed: str = "\n", pipes: bool = False) -> str:
    for escape, write in ((_as_it_is, _with_stars), (_escaped, _with_stars)):
        text = write(content, line_feed, _for_cell(escape) if pipes else escape)
        if clean_inlines(inlines_of(text)) == clean_inlines(content):
            return text
    return _with_tags(content, line_feed, _for_cell(_escaped) if pipes else _escaped)


def _as_it_is(text: str) -> str:
    return text


def _escaped(text: str) -> str:
    return re.sub(r"([\\*<\[\]])", r"\\\1", text)


def _for_cell(escape: Callable[[str], str]) -> Callable[[str], str]:
    def inner(text: str) -> str:
        text = escape(text) if escape is _escaped else text.replace("\\", "\\\\")
        return text.replace("|", "\\|")

    return inner


def _with_stars(content: Sequence[Inline], line_feed: str, escape: Callable[[str], str]) -> str:
    return _written(content, line_feed, escape, lambda bold, italic, _: "**" * bold + "*" * italic)


def _with_tags(content: Sequence[Inline], line_feed: str, escape: Callable[[str], str]) -> str:
    def tags(bold: bool, italic: bool, run: Run) -> str:
        return (f"<{'' if run.bold else '/'}b>" if bold else "") + (f"<{'' if run.italic else '/'}i>" if italic else "")

    return _written(content, line_feed, escape, tags)


def _written(content: Sequence[Inline], line_feed: str, escape: Callable[[str], str], change: Callable[[bool, bool, Run], str]) -> str:
    """Write the runs; `change` gives the signs where bold or italic changes, for the run that comes."""
    result = ""
    none = Run("")
    before = none
    for inline in (*content, none):
        if isinstance(inline, Break):
            result += change(before.bold, before.italic, none) + line_feed
            before = none
            continue
        if inline.link:
            result += change(before.bold, before.italic, none)
            inner = change(inline.bold, inline.italic, inline) + escape(inline.text) + change(inline.bold, inline.italic, none)
            address = re.sub(r"([()])", r"\\\1", inline.link)
            result += f"[{inner}]({address})"
            before = none
            continue
        result += change(before.bold != inline.bold, before.italic != inline.italic, inline) + escape(inline.text)
        before = inline
    return result


# Bare text


def plain_text(document: Document) -> str:
    """The bare words, for search, mail and lists: one block a paragraph, cells parted by " | ", items with "-" or number."""
    return "\n\n".join(filter(None, map(_bare, document.blocks)))


def _bare(block: Block) -> str:
    match block:
        case Heading() | Paragraph():
            return text_of(block.content)
        case List():
            return "\n".join(_bare_item(block, number, item) for number, item in enumerate(block.items, block.start))
        case Table():
            rows = [" | ".join(text_of(cell.content).replace("\n", " ") for cell in row) for row in block.rows]
            return "\n".join(filter(None, [text_of(block.caption), *rows]))
        case Figure():
            return "\n".join(filter(None, [block.alt, text_of(block.caption)]))


def _bare_item(block: List, number: int, item: Item) -> str:
    sign = f"{letters_of(number)})" if block.letters else f"{number}." if block.ordered else "-"
    lines = "\n".join(_bare(part) for part in item.blocks).split("\n")
    return "\n".join([f"{sign} {lines[0]}", *(f"  {line}" for line in lines[1:])])
