"""Reading typed text. The signs are described in `notation`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allmende.lib.richtext.inlines import Break, Inline, Run, clean_url
from allmende.lib.richtext.limits import MAX_LIST_DEPTH, MAX_TYPED, RichTextTooLarge
from allmende.lib.richtext.model import Block, Cell, Document, Figure, Heading, Item, List, Paragraph, Table
from allmende.lib.richtext.notation import CAPTION, CELL, ESCAPED, FIGURE, HEADING, LINK, SEPARATOR, SPAN, TAG, guard, marker, unescape


def from_plain(text: str) -> Document:
    """Read typed text. Any text is a document; signs that form nothing are text. Raises RichTextTooLarge only.

    What a word processor writes where text alone is asked for is understood: see `_from_word`.
    """
    if len(text) > MAX_TYPED:
        raise RichTextTooLarge("source", MAX_TYPED)
    lines = _from_word(re.split(r"\r\n|\r|\n", text.replace(NO_PICTURE, LOST_PICTURE)))
    return Document(tuple(_blocks([line.rstrip().replace("\t", "    ") for line in lines], 0)))


NO_PICTURE = "\ufffc"  # object replacement character: here was something that is no text
LOST_PICTURE = "[Hier fehlt ein Bild]"  # checks.py finds it
_BULLET = re.compile(r"(\s*)[·•o§▪‣◦\uf0b7]\t\s*(?=\S)")
_NUMBERED = re.compile(r"\s*(?:[-–*]|\d{1,5}[.)]|[a-z]{1,3}[.)])\t", re.IGNORECASE)


def _from_word(lines: Sequence[str]) -> list[str]:
    """Rows of cells parted by tabs, two or more one after another, are a table without header; a sign and a tab begin an item."""
    result: list[str] = []
    rows: list[str] = []
    for line in (*lines, ""):
        line = _BULLET.sub(r"\1- ", line)
        if "\t" in (line if rows else line.strip()) and not line.lstrip().startswith("|") and not _NUMBERED.match(line):
            rows.append(line)
            continue
        if len(rows) > 1:
            cells = [row.replace("|", "\\|").rstrip("\r\n").split("\t") for row in rows]
            result.extend(["", "|---|", *("| " + " | ".join(cell.strip() for cell in row) + " |" for row in cells), ""])
        else:
            result.extend(rows)
        rows = []
        result.append(line)
    return result[:-1]


def _blocks(lines: Sequence[str], depth: int) -> Iterator[Block]:
    """`depth`: how many lists the lines are in. Inside a list there are paragraphs and lists only."""
    if depth > MAX_LIST_DEPTH:
        raise RichTextTooLarge("list_depth", MAX_LIST_DEPTH)
    at = 0
    block: Block
    while at < len(lines):
        line = lines[at].strip()
        if not line:
            at += 1
        elif marker(line):
            block, at = _list(lines, at, depth)
            yield block
        elif not depth and (heading := HEADING.fullmatch(line)):
            yield Heading(len(heading[1]), tuple(inlines_of(heading[2] or "")))
            at += 1
        elif not depth and (figure := FIGURE.fullmatch(line)):
            caption = tuple(inlines_of(figure[3] or ""))
            yield Figure(figure[2], unescape(figure[1] or ""), caption, decorative=figure[1] is None)
            at += 1
        elif not depth and _is_table(lines, at):
            block, at = _table(lines, at)
            yield block
        else:
            end = at + 1
            while end < len(lines) and lines[end].strip() and not _interrupts(lines, end, depth):
                end += 1
            yield Paragraph(tuple(inlines_of("\n".join(line.strip() for line in lines[at:end]))))
            at = end


def _interrupts(lines: Sequence[str], at: int, depth: int) -> bool:
    """True if the line ends a paragraph. A number ends it only if a list can begin with it."""
    line = lines[at].strip()
    if found := marker(line):
        return found[1] == 1
    return not depth and bool(HEADING.fullmatch(line) or FIGURE.fullmatch(line) or _is_table(lines, at))


def _is_table(lines: Sequence[str], at: int) -> bool:
    if CAPTION.fullmatch(lines[at].strip()) and at + 1 < len(lines):
        at += 1
    return lines[at].strip().startswith("|")


# Lists


def _list(lines: Sequence[str], at: int, depth: int) -> tuple[List, int]:
    first = marker(lines[at].strip())
    assert first
    kind, start, _ = first
    items: list[Item] = []
    after_blank = False
    while at < len(lines):
        found = marker(lines[at].strip())
        if not found or found[0] != kind:
            break
        if kind != "bullet" and items and found[1] != start + len(items) and after_blank:
            break  # a new numbering after an empty line is a new list; right below, "1. 1. 1." is a lazy one
        content, end = _item(lines, at, found[2])
        items.append(Item(tuple(part for part in _blocks(content, depth + 1) if isinstance(part, Paragraph | List))))
        at = end
        while at < len(lines) and not lines[at].strip():
            at += 1
        after_blank = at > end
    return List(tuple(items), kind != "bullet", start, kind == "letters"), at


def _item(lines: Sequence[str], at: int, rest: str) -> tuple[list[str], int]:
    """The lines of an item: its own and all below it that stand further right."""
    margin = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if line.strip():
            if len(line) - len(line.lstrip()) < margin + 2:
                break
            end = index + 1
    inner = lines[at + 1 : end]
    indent = min((len(line) - len(line.lstrip()) for line in inner if line.strip()), default=0)
    return [guard(rest), *(line[indent:] for line in inner)], end


# Tables


def _table(lines: Sequence[str], at: int) -> tuple[Table, int]:
    caption: tuple[Inline, ...] = ()
    if not lines[at].strip().startswith("|") and (found := CAPTION.fullmatch(lines[at].strip())):
        caption = tuple(inlines_of(found[1]))
        at += 1
    rows: list[list[Cell]] = []
    heads: int | None = None
    while at < len(lines) and (line := lines[at].strip()).startswith("|"):
        at += 1
        if SEPARATOR.fullmatch(line):
            heads = len(rows) if heads is None else heads
            continue
        cells = [_cell(text) for text in _split(line)]
        rows.append(cells)
    if heads is None:
        heads = 0 if rows and len({cell.header for cell in rows[0]}) > 1 else 1
    head = [tuple(Cell(cell.content, True, cell.colspan, cell.rowspan) for cell in row) for row in rows[:heads]]
    return Table((*head, *map(tuple, rows[heads:])), caption), at


def _split(line: str) -> list[str]:
    cells: list[str] = []
    at = 1
    while at < len(line):
        found = CELL.match(line, at)
        assert found
        cells.append(found[0])
        at = found.end() + 1
    return cells or [""]


def _cell(text: str) -> Cell:
    header = text.startswith("=")
    text = text.removeprefix("=").strip()
    span = SPAN.match(text)
    width, height = (int(span[1]), int(span[2])) if span else (1, 1)
    return Cell(tuple(inlines_of(text[span.end() :] if span else text)), header, width, height)


# Text with marks


_NO_SIGN = re.compile(r"[^\\\n<\[*]+")


@dataclass(frozen=True, slots=True)
class _Stars:
    count: int
    opens: bool
    closes: bool


_Token = str | Break | _Stars | tuple[str, bool] | list[Inline]  # text, break, stars, explicit mark, link


def inlines_of(text: str, link: str | None = None) -> list[Inline]:
    """Read text with marks; a line feed is a break. What is no sign is text. Not in normal form."""
    tokens = list(_tokens(text, link))
    marks = _paired(tokens)
    result: list[Inline] = []
    bold = italic = False
    for index, token in enumerate(tokens):
        if isinstance(token, str):
            result.append(Run(token, bold, italic, link))
        elif isinstance(token, Break):
            result.append(token)
        elif isinstance(token, list):
            result.extend(
                Run(part.text, part.bold or bold, part.italic or italic, part.link) if isinstance(part, Run) else part for part in token
            )
        elif isinstance(token, tuple):
            name, on = token
            bold, italic = (on, italic) if name == "b" else (bold, on)
        else:
            used = marks.get(index, set())
            rest = token.count - 2 * ("b" in used) - ("i" in used)
            if rest:
                result.append(Run("*" * rest, bold, italic, link))
            bold, italic = bold ^ ("b" in used), italic ^ ("i" in used)
    return result


def _tokens(text: str, link: str | None) -> Iterator[_Token]:
    at = 0
    plain: list[str] = []
    while at < len(text):
        if found := _NO_SIGN.match(text, at):
            plain.append(found[0])
            at = found.end()
            continue
        if escaped := ESCAPED.match(text, at):
            plain.append(escaped[1])
            at = escaped.end()
            continue
        token, end = _sign(text, at, link)
        if isinstance(token, str):
            plain.append(token)
        else:
            if plain:
                yield "".join(plain)
                plain = []
            yield token
        at = end
    if plain:
        yield "".join(plain)


def _sign(text: str, at: int, link: str | None) -> tuple[_Token, int]:
    """What begins at `at`, and where it ends: a sign, or the character itself."""
    character = text[at]
    if character == "\n":
        return Break(), at + 1
    if character == "<" and (tag := TAG.match(text, at)):
        name = tag[1].lower()
        return Break() if name.startswith("br") else (name[-1], name[0] != "/"), tag.end()
    if character == "[" and link is None and (found := LINK.match(text, at)) and (url := clean_url(unescape(found[2]))):
        return inlines_of(found[1], url), found.end()
    if character == "*":
        end = at + 1
        while text[end : end + 1] == "*":
            end += 1
        return _stars(text, at, end), end
    return character, at + 1


def _stars(text: str, at: int, end: int) -> _Token:
    before, after = text[at - 1 : at] or " ", text[end : end + 1] or " "
    opens = not after.isspace() and not before.isalnum()
    closes = not before.isspace() and not after.isalnum()
    return _Stars(end - at, opens, closes) if end - at <= 3 and (opens or closes) else text[at:end]


def _paired(tokens: Sequence[_Token]) -> dict[int, set[str]]:
    """Which stars set or end which mark: index of the token -> marks. What finds no partner is text."""
    pairs: dict[int, set[str]] = {}
    opened: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if not isinstance(token, _Stars):
            continue
        for name in {1: "i", 2: "b", 3: "bi"}[token.count]:
            if name in opened and token.closes:
                pairs.setdefault(opened.pop(name), set()).add(name)
                pairs.setdefault(index, set()).add(name)
            elif name not in opened and token.opens:
                opened[name] = index
    return pairs
