"""From paragraphs with what is known of them to a document: title, headings, lists.

Office files and PDF state headings and lists in their structure, or only by their look: bold lines, "§ 1" in the middle of a
line of its own, "a)" typed by hand. What is recognised by its look alone is counted, so that somebody looks at it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from allmende.lib.richtext import Block, Break, Document, Heading, Inline, Run, clean_text, text_of
from allmende.lib.richtext.word import WordItem, gather, marker_of

MAX_TITLE: Final = 300  # characters
_TITLE_LINES: Final = 6
_LONGEST_HEADING: Final = 140  # characters
_SECTION: Final = re.compile(r"(?:§|Art\.|Artikel)\s*\d+\s?[a-z]?\b")
_SECTION_ALONE: Final = re.compile(r"(?:§|Art\.|Artikel)\s*\d+\s?[a-z]?")
_PART: Final = re.compile(
    r"(?:(?:[IVX]{1,5}|[A-Z]|\d{1,2})\.\s+)?(?:\w+er\s)?(?:Teil|Abschnitt|Kapitel|Unterabschnitt|Anlage|Anhang|Artikel)\b|[IVX]{1,5}\.\s"
)
_DAY: Final = re.compile(r"vom \d{1,2}\. ?\w+ \d{4}$|vom \d{1,2}\.\d{1,2}\.\d{4}$")
_TYPED: Final = re.compile(r"(?:([•·▪‣◦●○■])|([-–])|(\d{1,3})[.)]|([a-z])[.)])\s+(?=\S)")


@dataclass(slots=True)
class Para:
    """A paragraph. `level`: of a heading that is marked as one, from 1. `mark`: its number or bullet, counted by the program that
    wrote it; `depth`: of the list it is in, from 1. `large`: set in a size well above that of the text.
    """

    content: list[Inline]
    level: int = 0
    title: bool = False
    centred: bool = False
    large: bool = False
    mark: str = ""
    depth: int = 0
    caption: bool = False  # of a table or picture
    text: str = field(init=False)
    bold: bool = field(init=False)

    def __post_init__(self) -> None:
        self.text = clean_text(text_of(self.content).replace("\n", " "))
        told = [run for run in self.content if isinstance(run, Run) and any(map(str.isalnum, run.text))]
        self.bold = bool(told) and all(run.bold for run in told)

    @property
    def stands_out(self) -> bool:
        return bool(self.text) and (self.bold or self.centred or self.large) and not self.depth

    @property
    def could_be_heading(self) -> bool:
        ends = self.text.endswith((".", ":", ";", ",")) and not _SECTION_ALONE.fullmatch(self.text)
        return 0 < len(self.text) <= _LONGEST_HEADING and not ends and any(map(str.isalpha, self.text.replace("§", "a")))


Part = Para | Block


@dataclass(frozen=True, slots=True)
class Shaped:
    """`guessed`: how many headings were recognised by their look."""

    title: str
    document: Document
    guessed: int


def shape(parts: Sequence[Part]) -> Shaped:
    """Raises RichTextTooLarge."""
    kept = [part for part in parts if not isinstance(part, Para) or part.text]
    title, kept = _title(kept)
    kept = _sections(_numbered(kept))
    marked = sorted({part.level for part in kept if isinstance(part, Para) and part.level})
    below = len(marked)
    ranks = {id(part): rank for part in kept if isinstance(part, Para) and (rank := _rank(part, marked=bool(marked)))}
    used = sorted(set(ranks.values()))
    level_of = {rank: below + place + 2 for place, rank in enumerate(used)} if used else {}
    blocks: list[Block | WordItem] = []
    for part in _typed_lists(kept, ranks):
        if not isinstance(part, Para):
            blocks.append(part)
        elif part.level:
            blocks.append(Heading(marked.index(part.level) + 2, _one_line(part.content)))
        elif id(part) in ranks:
            blocks.append(Heading(level_of[ranks[id(part)]], _one_line(part.content)))
        else:
            blocks.append(_item(part))
    return Shaped(title, Document(tuple(gather(blocks))), len(ranks))


def _item(part: Para) -> Block | WordItem:
    from allmende.lib.richtext import Paragraph

    if not part.mark:
        return Paragraph(tuple(part.content))
    marker, content = marker_of(part.mark, part.content)
    return WordItem(max(part.depth, 1), marker, tuple(content))


def _one_line(content: Sequence[Inline]) -> tuple[Inline, ...]:
    return tuple(Run(" ") if isinstance(inline, Break) else inline for inline in content)


# The title


def _title(parts: Sequence[Part]) -> tuple[str, list[Part]]:
    """The lines at the top that say what it is, joined; and what is left."""
    rest = list(parts)
    top = [part for part in rest if isinstance(part, Para) and part.level]
    lines: list[Para] = []
    for part in rest[: _TITLE_LINES + 1]:
        if not isinstance(part, Para) or part.mark or _SECTION.match(part.text):
            break
        if not _of_title(part, lines, top):
            break
        lines.append(part)
    words = " ".join(line.text for line in lines)
    if not lines or len(lines) > _TITLE_LINES or len(words) > MAX_TITLE or len(lines) == len(rest):
        return "", rest
    return words, rest[len(lines) :]


def _of_title(part: Para, before: Sequence[Para], headings: Sequence[Para]) -> bool:
    if part.title:
        return True
    if part.level:  # the only heading of the highest level, before all others
        highest = min(heading.level for heading in headings)
        alone = sum(heading.level == highest for heading in headings) == 1
        return alone and part.level == highest and all(not line.level for line in before)
    if before and _DAY.match(part.text):
        return True
    if any(line.title for line in before):
        return False
    return part.stands_out and part.could_be_heading and not _PART.match(part.text) and not _TYPED.match(part.text)


# Headings


def _numbered(parts: Sequence[Part]) -> list[Part]:
    """Headings with the number that a program has counted for them."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Para) and part.mark and (part.level or _SECTION_ALONE.fullmatch(part.mark)):
            bold = not part.level and part.bold
            content: list[Inline] = [Run(f"{part.mark} ", bold), *part.content]
            found.append(replace(part, content=content, mark="", depth=0))
        else:
            found.append(part)
    return found


def _sections(parts: Sequence[Part]) -> list[Part]:
    """ "§ 1" and, in the line below, what it is about: one heading."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if (
            isinstance(part, Para)
            and isinstance(last, Para)
            and _SECTION_ALONE.fullmatch(last.text)
            and (last.level or last.stands_out)
            and not part.mark
            and (part.level == last.level if last.level else part.stands_out)
            and part.could_be_heading
            and not _SECTION.match(part.text)
        ):
            found[-1] = replace(last, content=[*last.content, Run(" ", last.bold), *part.content])
        else:
            found.append(part)
    return found


def _rank(part: Para, *, marked: bool) -> int:
    """1: part of a text, 2: section; 0: no heading. Where headings are marked, only sections are recognised by their look."""
    if part.level or part.mark or not part.could_be_heading:
        return 0
    if _SECTION.match(part.text):
        return 2 if part.stands_out or _SECTION_ALONE.fullmatch(part.text) else 0
    if marked or not (part.bold or part.large) or _TYPED.match(part.text):
        return 0
    return 1 if _PART.match(part.text) else 2


# Lists typed by hand


def _typed_lists(parts: Sequence[Part], headings: object) -> list[Part]:
    """Paragraphs one after another that begin with "1.", "a)" or a bullet, as items. A single "1. Januar" is none."""
    found: list[Part] = []
    group: list[tuple[Para, str, str, int]] = []  # paragraph, kind, mark, number
    for part in (*parts, None):
        typed = _typed(part) if isinstance(part, Para) and id(part) not in headings else None  # type: ignore[operator]
        if isinstance(part, Para) and typed:
            group.append((part, *typed))
            continue
        found.extend(_as_list(group))
        group = []
        if part is not None:
            found.append(part)
    return found


def _typed(part: Para) -> tuple[str, str, int] | None:
    begins = _TYPED.match(text_of(part.content))
    if part.level or part.mark or not begins:
        return None
    if begins[1] or begins[2]:
        return begins[1] or "-", "•", 0
    if begins[3]:
        return "1", f"{begins[3]}.", int(begins[3])
    return "a", f"{begins[4]})", ord(begins[4]) - ord("a") + 1


def _as_list(group: Sequence[tuple[Para, str, str, int]]) -> list[Part]:
    depths: dict[str, int] = {}
    last: dict[str, int] = {}
    made: list[Part] = []
    for para, kind, mark, number in group:
        if kind in depths:
            for deeper in [other for other, depth in depths.items() if depth > depths[kind]]:
                del depths[deeper], last[deeper]
            if number and number != last[kind] + 1:
                return [para for para, *_typed in group]
        else:
            depths[kind] = max(depths.values(), default=0) + 1
            if number > 1 and made:
                return [para for para, *_typed in group]
        last[kind] = number
        made.append(replace(para, content=_without_mark(para.content), mark=mark, depth=depths[kind]))
    alone = len(group) == 1 and group[0][1] in ("1", "a", "-")
    return [para for para, *_typed in group] if alone else made


def _without_mark(content: Sequence[Inline]) -> list[Inline]:
    begins = _TYPED.match(text_of(content))
    left = begins.end() if begins else 0
    result: list[Inline] = []
    for inline in content:
        if left and isinstance(inline, Run):
            cut = min(left, len(inline.text))
            inline, left = replace(inline, text=inline.text[cut:]), left - cut
        result.append(inline)
    return result
