"""What stands in the way of reading a text well: the same findings for pasted and for typed text.

Sources: WCAG 2.2 success criteria 1.1.1 (alternative text), 1.3.1 (tables, lists, headings), 2.4.4 (link text), 2.4.6 (headings).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from allmende.lib.richtext.grid import grid_of
from allmende.lib.richtext.inlines import Break, Inline, Run, text_of
from allmende.lib.richtext.model import Block, Cell, Document, Figure, Heading, List, Paragraph, Table

Severity = Literal["error", "hint"]

LONG_SENTENCE = 40  # words
LONG_PARAGRAPH = 160  # words
EXCERPT = 80  # characters

# code: (severity, German, English). One sentence says what is wrong and what to do.
MESSAGES: dict[str, tuple[Severity, str, str]] = {
    "empty": ("error", "Der Text ist leer. Schreiben Sie den Wortlaut.", "The text is empty. Write the wording."),
    "alt_missing": (
        "error",
        "Dem Bild fehlt die Beschreibung. Beschreiben Sie, was es zeigt, oder kennzeichnen Sie es als schmückend.",
        "The image has no description. Describe what it shows or mark it as decorative.",
    ),
    "alt_is_file_name": (
        "error",
        "Die Bildbeschreibung ist ein Dateiname. Beschreiben Sie, was das Bild zeigt.",
        "The description of the image is a file name. Describe what the image shows.",
    ),
    "table_without_header": (
        "error",
        "Der Tabelle fehlen Kopfzellen. Kennzeichnen Sie die erste Zeile oder die erste Spalte als Kopf.",
        "The table has no header cells. Mark the first row or the first column as header.",
    ),
    "table_broken": (
        "error",
        "Die Zeilen der Tabelle sind verschieden lang. Ergänzen oder entfernen Sie Zellen, bis jede Zeile gleich viele hat.",
        "The rows of the table differ in length. Add or remove cells until every row has the same number.",
    ),
    "table_empty_header": (
        "hint",
        "Eine Kopfzelle der Tabelle ist leer. Nennen Sie, was in der Spalte oder Zeile steht.",
        "A header cell of the table is empty. Say what the column or row holds.",
    ),
    "table_without_caption": (
        "hint",
        "Die Tabelle hat keine Überschrift. Eine Überschrift sagt vorab, worum es geht.",
        "The table has no caption. A caption says beforehand what it is about.",
    ),
    "heading_skipped": (
        "error",
        "Die Überschrift überspringt eine Ebene. Wählen Sie die nächste Ebene unter der vorigen Überschrift.",
        "The heading skips a level. Choose the level right below the heading before.",
    ),
    "heading_empty": (
        "error",
        "Die Überschrift ist leer. Schreiben Sie einen Text oder entfernen Sie sie.",
        "The heading is empty. Write a text or remove it.",
    ),
    "heading_without_text": (
        "hint",
        "Nach der Überschrift folgt kein Text. Ergänzen Sie ihn oder entfernen Sie die Überschrift.",
        "No text follows the heading. Add some or remove the heading.",
    ),
    "link_says_nothing": (
        "error",
        "Der Linktext sagt nicht, wohin er führt. Nennen Sie das Ziel, zum Beispiel „Antrag auf Wohngeld“.",
        "The link text does not say where it leads. Name the target, for example 'application for housing benefit'.",
    ),
    "link_is_address": (
        "error",
        "Der Linktext ist eine Internetadresse. Nennen Sie stattdessen das Ziel in Worten.",
        "The link text is an internet address. Name the target in words instead.",
    ),
    "all_capitals": (
        "error",
        "Der Absatz steht in Großbuchstaben. Schreiben Sie ihn in üblicher Groß- und Kleinschreibung.",
        "The paragraph is in capital letters. Write it in sentence case.",
    ),
    "bold_as_heading": (
        "error",
        "Der fette Absatz wirkt wie eine Überschrift, ist aber keine. Wählen Sie eine Überschrift oder nehmen Sie die Fettung weg.",
        "The bold paragraph looks like a heading but is none. Choose a heading or take the bold away.",
    ),
    "fake_list": (
        "error",
        "Die Zeilen sehen wie eine Liste aus, sind aber keine. Machen Sie eine Aufzählung daraus.",
        "The lines look like a list but are none. Make them a list.",
    ),
    "long_sentence": (
        "hint",
        f"Der Satz hat mehr als {LONG_SENTENCE} Wörter. Zwei kürzere Sätze sind leichter zu verstehen.",
        f"The sentence has more than {LONG_SENTENCE} words. Two shorter sentences are easier to understand.",
    ),
    "long_paragraph": (
        "hint",
        f"Der Absatz hat mehr als {LONG_PARAGRAPH} Wörter. Absätze oder eine Liste gliedern ihn.",
        f"The paragraph has more than {LONG_PARAGRAPH} words. Paragraphs or a list give it structure.",
    ),
}

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


@dataclass(frozen=True, slots=True)
class Problem:
    """`block` is the number of the block in the document, from 0; None means the whole text. `excerpt` helps to find it."""

    code: str
    severity: Severity
    block: int | None
    excerpt: str

    def message(self, language: str = "de") -> str:
        return message(self.code, language)


def message(code: str, language: str = "de") -> str:
    """The sentence for a code in German or English."""
    return MESSAGES[code][1 if language == "de" else 2]


def problems(document: Document) -> list[Problem]:
    """Return what is wrong ("error") or could be better ("hint"), in the order of the text."""
    if not any(_says_something(block) for block in document.blocks):
        return [Problem("empty", "error", None, "")]
    found: list[Problem] = []
    level = 1
    for index, block in enumerate(document.blocks):
        seen: list[tuple[str, str]] = []
        if isinstance(block, Heading):
            following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
            seen.extend(_heading(block, level, following))
            level = block.level
        elif isinstance(block, Paragraph):
            seen.extend(_paragraph(block, top=True))
        elif isinstance(block, List):
            seen.extend(_list(block))
        elif isinstance(block, Table):
            seen.extend(_table(block))
        else:
            seen.extend(_figure(block))
        found.extend(Problem(code, MESSAGES[code][0], index, _excerpt(text)) for code, text in seen)
    return sorted(found + _series(document.blocks), key=lambda problem: problem.block or 0)


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"


def _says_something(block: Block) -> bool:
    return not isinstance(block, Heading) and not (isinstance(block, Figure) and block.decorative)


def _heading(heading: Heading, before: int, following: Block | None) -> Iterator[tuple[str, str]]:
    text = text_of(heading.content)
    if not text:
        yield "heading_empty", ""
        return
    if heading.level > before + 1:
        yield "heading_skipped", text
    if following is None or (isinstance(following, Heading) and following.level <= heading.level):
        yield "heading_without_text", text
    if _capitals(text):
        yield "all_capitals", text
    yield from _links(heading.content)


def _paragraph(paragraph: Paragraph, *, top: bool) -> Iterator[tuple[str, str]]:
    content = paragraph.content
    text = text_of(content)
    lines = text.split("\n")
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


def _table(table: Table) -> Iterator[tuple[str, str]]:
    cells: list[Cell] = [cell for row in table.rows for cell in row]
    label = text_of(table.caption) or " | ".join(text_of(cell.content) for cell in table.rows[0])
    if not any(cell.header for cell in cells):
        yield "table_without_header", label
    if not grid_of(table).regular:
        yield "table_broken", label
    if any(cell.header and not cell.content for cell in cells):
        yield "table_empty_header", label
    if not table.caption:
        yield "table_without_caption", label
    for cell in cells:
        yield from _links(cell.content)
    yield from _links(table.caption)


def _figure(figure: Figure) -> Iterator[tuple[str, str]]:
    if not figure.decorative and not figure.alt:
        yield "alt_missing", text_of(figure.caption)
    elif re.fullmatch(r"\S+\.(?:jpe?g|png|gif|webp|svg|tiff?|bmp|heic)|(?:img|dsc|image|bild|foto)[\s_-]?\d*", figure.alt, re.IGNORECASE):
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
