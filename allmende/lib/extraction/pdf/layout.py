"""PDFs without structure: paragraphs, headings and tables inferred from where lines stand and how large they are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from allmende.lib.extraction.pdf.characters import HYPHENS, Character, inlines
from allmende.lib.extraction.pdf.lines import Line, aligned
from allmende.lib.extraction.shaping import Para, Part
from allmende.lib.richtext import Cell, Table

_LARGE: Final = 1.14  # times the size of the text
_WIDE: Final = 1.35  # times the usual distance of lines: a new paragraph
_SHORT: Final = 0.8  # of the width of the text: a line that ends here and ends a sentence ends a paragraph
_BEGINS: Final = re.compile(r"(?:\(\d{1,3}[a-z]?\)|\d{1,3}(?:\.\d{1,3})*[.)]|[a-z]\)|[•·▪‣◦●○■–-]|§\s*\d|Art(?:ikel|\.)\s*\d)\s*\S?")
_LEADERS: Final = re.compile(r"(?:\. ?){5,}\s*\d{1,4}$")  # a line of a table of contents
_END: Final = (".", ":", "!", "?", ";")


def parts_of(pages: Sequence[Sequence[Line]], counts: Counter[str]) -> Iterator[Part]:
    """Paragraphs and tables in the order of the text. `counts`: how many tables were guessed."""
    lines = [line for page in pages for line in page if not _LEADERS.search(line.text)]
    counts["contents"] = int(len(lines) < sum(map(len, pages)))
    if not lines:
        return
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    setting = _Setting(lines, sizes.most_common(1)[0][0])
    group: list[Line] = []
    at = 0
    while at < len(lines):
        rows = _rows(lines, at)
        if rows:
            yield from setting.paragraph(group)
            group = []
            counts["tables_guessed"] += 1
            yield _table(lines[at : at + rows])
            at += rows
            continue
        line = lines[at]
        if group and setting.begins(group, line):
            yield from setting.paragraph(group)
            group = []
        group.append(line)
        at += 1
    yield from setting.paragraph(group)


class _Setting:
    """How the text is set: its size, its margins, the distance of its lines."""

    def __init__(self, lines: Sequence[Line], size: float) -> None:
        self.size = size
        body = [line for line in lines if abs(line.size - size) < 0.6] or list(lines)
        self.left = min(line.x0 for line in body)
        self.right = max(line.x1 for line in body)
        steps = [above.y - below.y for above, below in pairwise(body) if above.page == below.page and 0 < above.y - below.y < 4 * size]
        # The most lines follow one another closely; what is wider stands between paragraphs.
        self.step = median(sorted(steps)[: max(len(steps) * 2 // 3, 1)]) if steps else 1.3 * size

    def paragraph(self, group: Sequence[Line]) -> Iterator[Part]:
        if not group:
            return
        characters: list[Character] = []
        for line in group:
            if characters and not (characters[-1].text and characters[-1].text in HYPHENS):
                characters.append(Character(" ", characters[-1].look, 0, 0, 0, True))
            characters.extend(line.characters)
        yield Para(inlines(characters), centred=all(map(self._centred, group)), large=group[0].size > _LARGE * self.size)

    def _centred(self, line: Line) -> bool:
        indented = line.x0 - self.left
        return indented > 2 * self.size and abs(indented - (self.right - line.x1)) < 1.5 * self.size

    def begins(self, group: Sequence[Line], line: Line) -> bool:
        """Whether `line` begins a paragraph after those of `group`."""
        last = group[-1]
        if abs(last.size - line.size) > 0.6 or last.bold != line.bold or self._centred(last) != self._centred(line):
            return not (last.bold != line.bold and self._goes_on(last, line))
        if last.text and last.characters[-1].text and last.characters[-1].text in HYPHENS:
            return False
        if _BEGINS.match(line.text) and not self._goes_on(last, line):
            return True
        if last.page != line.page or line.y >= last.y:
            return last.text.endswith(_END) or not line.text[:1].islower()
        if last.y - line.y > _WIDE * max(self.step * line.size / self.size, line.size):
            return True
        if self._centred(line):
            return False
        width = max(self.right - self.left, 1.0)
        ended = last.text.endswith(_END) and last.x1 < self.left + _SHORT * width
        outdented = len(group) > 1 and line.x0 > last.x0 + 1.2 * self.size and last.text.endswith(_END)
        return ended or outdented

    def _goes_on(self, last: Line, line: Line) -> bool:
        """A line in the middle of a sentence: "§ 5" at its begin opens nothing."""
        return (
            last.page == line.page
            and 0 < last.y - line.y <= _WIDE * self.step
            and not last.text.endswith(_END)
            and last.x1 > self.left + _SHORT * (self.right - self.left)
            and not re.match(r"\(\d|[a-z]\)|[•▪‣◦●○■]", line.text)
        )


# Tables


def _rows(lines: Sequence[Line], at: int) -> int:
    """How many lines from `at` on are rows of one table; 0: none."""
    if not _is_row(lines[at]):
        return 0
    end = at + 1
    while end < len(lines) and lines[end].page == lines[at].page and aligned(lines[end - 1], lines[end]):
        end += 1
    return end - at if end - at > 1 else 0


def _is_row(line: Line) -> bool:
    """A number or bullet and its text are two parts as well, and no row."""
    first = "".join(one.text for one in line.segments[0]).strip() if line.segments else ""
    return len(line.segments) > 1 and not _BEGINS.fullmatch(first)


def _table(lines: Sequence[Line]) -> Table:
    heads = lines[0].bold and not all(line.bold for line in lines)
    rows = [tuple(Cell(tuple(inlines(part)), header=heads and not index) for part in line.segments) for index, line in enumerate(lines)]
    return Table(tuple(rows))
