"""The lines of a page, as they stand there; and those that are repeated on every page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from allmende.lib.extraction.pdf.characters import HYPHENS, Character, Look

_GAP: Final = 0.85  # times the size of the letters: from there on it is no space between words
_NEAR: Final = 6.0  # points
_AT_THE_EDGE: Final = 2  # lines at the top and at the bottom that may be header and footer
_NUMBER: Final = re.compile(r"[-–+]?[\d.,\s]{1,20}(?:€|Euro|EUR|%|v\. ?H\.)?")
_PAGE_NUMBER: Final = re.compile(r"(?:[-–]\s*)?(?:Seite|Blatt|S\.)?\s*\d{1,4}(?:\s*(?:von|/|aus)\s*\d{1,4})?(?:\s*[-–])?", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """`page` from 0; `y`: base line. `segments`: its parts, wherever a gap is too wide for a space."""

    page: int
    characters: list[Character]
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    size: float = 0.0
    bold: bool = False
    text: str = ""
    segments: list[list[Character]] = field(default_factory=list)

    def __post_init__(self) -> None:
        drawn = [one for one in self.characters if one.text.strip() and not one.made]
        self.text = "".join(one.text for one in self.characters if one.text not in HYPHENS).strip()
        if not drawn:
            return
        self.x0, self.x1 = min(one.x0 for one in drawn), max(one.x1 for one in drawn)
        self.size = Counter(one.look.size for one in drawn).most_common(1)[0][0]
        self.y = Counter(round(one.y, 1) for one in drawn).most_common(1)[0][0]
        letters = [one for one in drawn if one.text.isalnum()]
        self.bold = bool(letters) and all(one.look.bold for one in letters)
        self._part()

    def _part(self) -> None:
        right: float | None = None
        self.segments = [[]]
        for one in self.characters:
            if one.text.strip() and not one.made:
                if right is not None and one.x0 - right > _GAP * max(self.size, 4.0):
                    self.segments.append([])
                right = one.x1
            self.segments[-1].append(one)


def lines_of(page: int, found: Iterable[Character]) -> list[Line]:
    """The lines of a page, in the order of its text."""
    lines: list[Line] = []
    now: list[Character] = []
    for one in found:
        if one.made and one.text in ("\r", "\n"):
            if now:
                lines.append(Line(page, now))
            now = []
            continue
        now.append(one)
        if one.text and one.text in HYPHENS:
            lines.append(Line(page, now))
            now = []
    if now:
        lines.append(Line(page, now))
    return [line for line in lines if line.text]


def with_picture(lines: Sequence[Line], page: int, place: tuple[float, ...]) -> list[Line]:
    """The lines with a note where a picture stands: after the last line above it."""
    left, _bottom, right, top = place
    look = lines[0].characters[0].look if lines else Look(size=1.0)
    note = Line(page, [Character(sign, look, left, right, top, False) for sign in "[Hier fehlt ein Bild]"])
    at = next((index + 1 for index in range(len(lines) - 1, -1, -1) if lines[index].y >= top - _NEAR), 0)
    return [*lines[:at], note, *lines[at:]]


def without_repeated(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """The lines of each page without headers, footers and page numbers, and how many are left out."""
    told: dict[str, list[Line]] = defaultdict(list)
    for lines in pages:
        for line in _edges(lines):
            told[re.sub(r"\d+", "#", line.text)].append(line)
    often = max(2, (len(pages) + 1) // 2)
    gone: set[int] = set()
    for same in told.values():
        heights = Counter(round(line.y / _NEAR) for line in same)
        for line in same:
            near = sum(heights[round(line.y / _NEAR) + step] for step in (-1, 0, 1))
            if len({other.page for other in same}) >= often and near >= often:
                gone.add(id(line))
    for lines in pages:
        gone |= {id(line) for line in _edges(lines, 1) if _PAGE_NUMBER.fullmatch(line.text) and len(pages) > 1}
    return [[line for line in lines if id(line) not in gone] for lines in pages], len(gone)


def _edges(lines: Sequence[Line], count: int = _AT_THE_EDGE) -> list[Line]:
    by_height = sorted(lines, key=lambda line: line.y)
    return [*by_height[:count], *by_height[max(len(by_height) - count, count) :]]


def in_columns(lines: Sequence[Line]) -> bool:
    """Whether a page seems to be set in two columns."""
    if len(lines) < 12:
        return False
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    middle = (left + right) / 2
    first = [line for line in lines if line.x1 < middle + _NEAR]
    second = [line for line in lines if line.x0 > middle - _NEAR]
    if min(len(first), len(second)) < 6:
        return False
    beside = sum(1 for line in second if any(abs(line.y - other.y) < _NEAR for other in first))
    return beside >= 6


def aligned(first: Line, second: Line) -> bool:
    """Whether the parts of two lines stand below one another: a row of a table, and the next. Numbers may end
    below one another, and where there are three parts and more they may be centred.
    """
    if len(first.segments) != len(second.segments) or len(first.segments) < 2:
        return False
    for above, below in zip(first.segments, second.segments, strict=True):
        one, other = _edge(above), _edge(below)
        left, right, middle = one[0] - other[0], one[1] - other[1], sum(one) / 2 - sum(other) / 2
        if first.bold and not second.bold and one[0] < other[1] and other[0] < one[1]:
            continue  # the head of a column stands somewhere above it
        ends_alike = abs(right) <= _NEAR and _is_number(below)
        if abs(left) > _NEAR and not ends_alike and not (abs(middle) <= _NEAR and len(first.segments) > 2):
            return False
    return True


def _edge(segment: Sequence[Character]) -> tuple[float, float]:
    drawn = [one for one in segment if one.text.strip() and not one.made]
    return min(one.x0 for one in drawn), max(one.x1 for one in drawn)


def _is_number(segment: Sequence[Character]) -> bool:
    return bool(_NUMBER.fullmatch("".join(one.text for one in segment).strip()))
