"""Lists that Word writes as paragraphs: <p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.</span>Text</p>."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from allmende.lib.richtext.inlines import Inline, Run
from allmende.lib.richtext.model import Block, Item, List, Paragraph, continues

_NUMBER = re.compile(r"(\d{1,4})[.)]?")
_LETTER = re.compile(r"([a-z])[.)]", re.IGNORECASE)
_UNMARKED = re.compile(r"\s*(\S{1,5})(?:[ \u00a0\t\r\n]{2,}|\t)")


@dataclass(frozen=True, slots=True)
class Marker:
    ordered: bool
    letters: bool = False
    number: int = 1


@dataclass(frozen=True, slots=True)
class WordItem:
    """A paragraph that is an item at `level` (from 1). Without marker its numbering is one the model does not know."""

    level: int
    marker: Marker | None
    content: tuple[Inline, ...]


def marker_of(mark: str, inlines: Sequence[Inline]) -> tuple[Marker | None, list[Inline]]:
    """Return the kind of marker and the text after it. A numbering that a list cannot show, "1.1" or "(2)", stays in the text."""
    content = list(inlines)
    mark = mark.replace("\u00a0", " ").strip()
    if not mark and content and isinstance(first := content[0], Run) and (found := _UNMARKED.match(first.text)):
        mark = found[1]
        content[0] = Run(first.text[found.end() :], first.bold, first.italic, first.link)
    if number := _NUMBER.fullmatch(mark):
        return Marker(True, number=int(number[1])), content
    if letter := _LETTER.fullmatch(mark):
        return Marker(True, letters=True, number=ord(letter[1].lower()) - ord("a") + 1), content
    if len(mark) > 1 and any(character.isalnum() for character in mark):
        return None, [Run(f"{mark} "), *content]
    return Marker(False), content


def gather(blocks: Sequence[Block | WordItem]) -> list[Block]:
    """Return the blocks with each series of faked items as real lists."""
    result: list[Block] = []
    series: list[WordItem] = []
    for block in blocks:
        if isinstance(block, WordItem) and block.marker:
            series.append(block)
            continue
        result.extend(_lists(series))
        series = []
        result.append(Paragraph(block.content) if isinstance(block, WordItem) else block)
    return result + _lists(series)


def _lists(series: Sequence[WordItem]) -> list[List]:
    result: list[List] = []
    index = 0
    while index < len(series):
        first = series[index]
        end = index + 1
        while end < len(series) and series[end].level > series[0].level:
            end += 1
        marker = first.marker or Marker(False)
        item = Item((Paragraph(first.content), *_lists(series[index + 1 : end])))
        one = List((item,), marker.ordered, marker.number if marker.ordered else 1, marker.letters)
        if result and continues(result[-1], one):
            result[-1] = List(result[-1].items + one.items, one.ordered, result[-1].start, one.letters)
        else:
            result.append(one)
        index = end
    return result
