"""What stands in the way of reading a text well: the same findings for pasted and for typed text.

Sources: WCAG 2.2 success criteria 1.1.1 (alternative text), 1.3.1 (tables, lists, headings), 2.4.4 (link text), 2.4.6 (headings).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from allmende.lib.richtext.findings import EXCERPT, LONG_PARAGRAPH, LONG_SENTENCE, MESSAGES, Place, Problem
from allmende.lib.richtext.grid import Grid, grid_of
from allmende.lib.richtext.inlines import Break, Inline, Run, text_of
from allmende.lib.richtext.model import Block, Cell, Document, Figure, Heading, List, Paragraph, Table

MISSING_CELL = "[Hier fehlt eine Zelle]"  # written where a pasted row had none: nobody but the clerk knows which value belongs where
AT_ONCE = 5  # places that are named for one finding in one table; mending them brings the next
# The browser reads this expression too, before anything is sent.
FILE_NAME = r"\S+\.(?:jpe?g|png|gif|webp|svg|tiff?|bmp|heic)|(?:img|dsc|image|bild|foto)[\s_-]?\d*"
_LEFT_OUT = re.compile(r"\[Hier fehlt [^\[\]]{1,200}\]")  # what the editor writes where something did not come along
_PICTURE_LEFT_OUT = re.compile(r"\[Hier fehlt (?:ein )?Bild\b[^\[\]]{0,200}\]")

_NOTHING = {
    *("hier", "hier klicken", "klicken sie hier", "siehe hier", "klick", "klicken", "mehr", "mehr dazu", "mehr erfahren", "mehr infos"),
    *("mehr informationen", "weitere informationen", "weiter", "weiterlesen", "link", "dieser link", "download", "herunterladen"),
    *("pdf", "datei", "details", "webseite", "website", "internetseite", "seite"),
    *("here", "click here", "more", "read more", "learn more", "this link", "this"),
}
_DASH = re.compile(r"(?:[-–—•·*o▪‣◦]|->|=>)\s*(?=\S)")
_ABBREVIATION = re.compile(
    r"(?:\b\w|\d|\b(?:Abs|Nr|Art|Str|bzw|ca|vgl|gez|usw|Dr|Prof|St|Tel|inkl|ggf|geb|evtl|Ziff|Buchst|max|min))$", re.IGNORECASE
)


def problems(document: Document) -> list[Problem]:
    """Return what is wrong ("error") or could be better ("hint"), in the order of the text."""
    if not any(_says_something(block) for block in document.blocks):
        return [Problem("empty", "error", None, "")]
    found: list[Problem] = []
    level, tables, figures = 1, 0, 0
    for index, block in enumerate(document.blocks):
        seen: list[tuple[str, str]] = []
        place: Place | None = None
        if isinstance(block, Heading):
            following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
            seen.extend(_heading(block, level, following))
            level = block.level
        elif isinstance(block, Paragraph):
            seen.extend(_paragraph(block, top=True))
        elif isinstance(block, List):
            seen.extend(_list(block))
        elif isinstance(block, Table):
            tables += 1
            place = Place("table", tables)
            label = _excerpt(_label(block))
            found.extend(
                Problem(code, MESSAGES[code][0], index, label, Place("table", tables, row, column)) for code, row, column in _cells(block)
            )
            seen.extend(_table(block))
        else:
            figures += 1
            place = Place("figure", figures)
            seen.extend(_figure(block))
        found.extend(Problem(code, MESSAGES[code][0], index, _excerpt(text), place) for code, text in seen)
    return sorted(found + _series(document.blocks), key=lambda problem: problem.block or 0)


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"


def _says_something(block: Block) -> bool:
    return not isinstance(block, Heading) and not (isinstance(block, Figure) and block.decorative)


def _heading(heading: Heading, before: int, following: Block | None) -> Iterator[tuple[str, str]]:
    text = text_of(heading.content)
    if heading.level > before + 1:
        yield "heading_first" if before == 1 else "heading_skipped", text
    if following is None or (isinstance(following, Heading) and following.level <= heading.level):
        yield "heading_without_text", text
    if _capitals(text):
        yield "all_capitals", text
    yield from _links(heading.content)


def _paragraph(paragraph: Paragraph, *, top: bool) -> Iterator[tuple[str, str]]:
    content = paragraph.content
    text = text_of(content)
    lines = text.split("\n")
    yield from _left_out(text)
    if _capitals(text):
        yield "all_capitals", text
    if top and _bold_heading(content, text):
        yield "bold_as_heading", text
    if sum(bool(_DASH.match(line)) for line in lines) >= 2:
        yield "fake_list", text
    yield from _links(content)
    for sentence in _sentences(text):
        if len(sentence.split()) > LONG_SENTENCE:
            yield "long_sentence", sentence
    if len(text.split()) > LONG_PARAGRAPH:
        yield "long_paragraph", text


def _left_out(text: str) -> Iterator[tuple[str, str]]:
    if _PICTURE_LEFT_OUT.search(text):
        yield "picture_left_out", text
    if _LEFT_OUT.search(_PICTURE_LEFT_OUT.sub("", text.replace(MISSING_CELL, ""))):
        yield "left_out", text


def _capitals(text: str) -> bool:
    """Two words and 12 letters or more, all of them capitals: an abbreviation or a file number is none."""
    letters = "".join(character for character in text if character.isalpha())
    return len(letters) >= 12 and letters.isupper() and sum(len(word) > 3 for word in text.split()) >= 2


def _bold_heading(content: Sequence[Inline], text: str) -> bool:
    bold = all(run.bold for run in content if isinstance(run, Run) and any(map(str.isalnum, run.text)))
    return bold and len(text) <= 120 and not text.rstrip().endswith((".", ":", ";", ",")) and any(map(str.isalpha, text))


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?:;])\s+|\n", text)
    sentences: list[str] = []
    for part in parts:
        if sentences and sentences[-1].endswith(".") and _ABBREVIATION.search(sentences[-1][:-1]):
            sentences[-1] += f" {part}"
        else:
            sentences.append(part)
    return sentences


def _links(content: Sequence[Inline]) -> Iterator[tuple[str, str]]:
    text, link = "", None
    for inline in (*content, Run("")):
        now = inline.link if isinstance(inline, Run) else link
        if now != link:
            if link:
                yield from _link(text, link)
            text, link = "", now
        text += " " if isinstance(inline, Break) else inline.text


def _link(text: str, link: str) -> Iterator[tuple[str, str]]:
    words = re.sub(r"[^\w\s]+", " ", text.lower()).split()
    if not words or " ".join(words) in _NOTHING:
        yield "link_says_nothing", text
    elif link.startswith("http") and re.fullmatch(r"\s*(?:https?://|www\.)\S+\s*", text, re.IGNORECASE):
        yield "link_is_address", text


def _list(block: List) -> Iterator[tuple[str, str]]:
    for item in block.items:
        for part in item.blocks:
            yield from _list(part) if isinstance(part, List) else _paragraph(part, top=False)


def _label(table: Table) -> str:
    return text_of(table.caption) or ", ".join(filter(None, (text_of(cell.content) for cell in table.rows[0])))


def _table(table: Table) -> Iterator[tuple[str, str]]:
    cells: list[Cell] = [cell for row in table.rows for cell in row]
    label = _label(table)
    if not any(cell.header for cell in cells):
        yield "table_without_header", label
    if not table.caption:
        yield "table_without_caption", label
    for cell in cells:
        text = text_of(cell.content)
        yield from _left_out(text)
        yield from _links(cell.content)
    yield from _links(table.caption)


def _cells(table: Table) -> Iterator[tuple[str, int, int]]:
    """(code, row, column) of what is wrong with single rows and cells, from 1; 0 means the whole row. A few of each at once."""
    grid = grid_of(table)
    named: Counter[str] = Counter()
    for code, row, column in (*_rows(grid), *_single_cells(grid, table.header_rows)):
        named[code] += 1
        if named[code] <= AT_ONCE:
            yield code, row, column


def _rows(grid: Grid) -> Iterator[tuple[str, int, int]]:
    if grid.regular:
        return
    widths = [0] * grid.rows
    for placed in grid.cells:
        for row in range(placed.row, placed.row + placed.height):
            widths[row] += placed.width
    often = Counter(widths)
    usual = max(often, key=lambda width: (often[width], width))
    for row, width in enumerate(widths, 1):
        if width != usual:
            yield "table_row_short" if width < usual else "table_row_long", row, 0
    if len(often) == 1:
        yield "table_broken", 0, 0


def _single_cells(grid: Grid, header_rows: int) -> Iterator[tuple[str, int, int]]:
    gaps: set[int] = set()  # rows that have been named
    header_column = any(placed.cell.header and placed.column == 0 and placed.row >= header_rows for placed in grid.cells)
    for placed in grid.cells:
        cell, row, column = placed.cell, placed.row + 1, placed.column + 1
        corner = header_rows and header_column and row == column == 1  # both heads meet there: nothing to say
        if MISSING_CELL in text_of(cell.content) and row not in gaps:
            gaps.add(row)
            yield "table_cell_missing", row, column
        if cell.colspan > 1 or cell.rowspan > 1:
            yield "table_merged", row, column
        if not cell.content and not corner:
            yield "table_empty_header" if cell.header else "table_empty_cell", row, column


def _figure(figure: Figure) -> Iterator[tuple[str, str]]:
    if not figure.decorative and not figure.alt:
        yield "alt_missing", text_of(figure.caption)
    elif re.fullmatch(FILE_NAME, figure.alt, re.IGNORECASE):
        yield "alt_is_file_name", figure.alt
    yield from _links(figure.caption)


def _series(blocks: Sequence[Block]) -> list[Problem]:
    """Paragraphs one after another that each begin with a dash."""
    found: list[Problem] = []
    run = 0
    for index, block in enumerate((*blocks, None)):
        text = text_of(block.content) if isinstance(block, Paragraph) else ""
        if text and "\n" not in text and _DASH.match(text):
            run += 1
            continue
        if run >= 2:
            first = blocks[index - run]
            assert isinstance(first, Paragraph)
            found.append(Problem("fake_list", "error", index - run, _excerpt(text_of(first.content))))
        run = 0
    return found
