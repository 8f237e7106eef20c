"""The characters of a page with where they stand and how they look. PDFium knows them; it is used by one thread of a child alone."""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from allmende.lib.richtext import Break, Inline, Run

_BOLD: Final = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_SLANTED: Final = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
_HEAVY: Final = 600  # weight from which a typeface is bold
_INVISIBLE: Final = 3  # text render mode of recognised text behind the picture of a page
HYPHENS: Final = "\u0002\u00ad\ufffe"  # a word goes on in the next line: as PDFium and typesetters mark it
_KEEPS: Final = re.compile(r"(?:und|oder|bzw\.?|sowie|als|bis|noch|u\.)\b")  # "Abwasser- und Regenwasser" keeps its hyphen


@dataclass(frozen=True, slots=True)
class Look:
    """Of a piece of text that was drawn at once. `mark`: its number in the structure of the page, -1 for none."""

    bold: bool = False
    italic: bool = False
    size: float = 0.0
    mark: int = -1
    invisible: bool = False


@dataclass(slots=True)
class Character:
    """`x0` to `x1`, and the base line `y`, in points from the lower left. `made`: PDFium has put it in, between words or lines."""

    text: str
    look: Look
    x0: float
    x1: float
    y: float
    made: bool
    link: str | None = None


_NOWHERE: Final = Look()


def characters(page: Any) -> Iterator[Character]:
    """Those of a pypdfium2 page, in the order of its text."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    raw = text_page.raw
    looks: dict[int, Look] = {}
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    last = _NOWHERE
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        made = pdfium.FPDFText_IsGenerated(raw, index) == 1
        if not made:
            pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            drawn = pdfium.FPDFText_GetTextObject(raw, index)
            key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
            if key not in looks:
                looks[key] = _look(drawn, pdfium.FPDFText_GetFontSize(raw, index), pdfium) if key else _NOWHERE
            last = looks[key]
        text = chr(code) if code and not 0xD800 <= code < 0xE000 and code < 0x110000 else "\ufffd"
        yield Character(text, last, left.value, right.value, y.value, made)
    text_page.close()


def _look(drawn: Any, size: float, pdfium: Any) -> Look:
    font = pdfium.FPDFTextObj_GetFont(drawn)
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, name, 200)
    said = name.value.decode("utf-8", "replace")
    angle = ctypes.c_int()
    slanted = bool(pdfium.FPDFFont_GetItalicAngle(font, angle)) and angle.value != 0
    return Look(
        bold=bool(_BOLD.search(said)) or pdfium.FPDFFont_GetWeight(font) >= _HEAVY,
        italic=bool(_SLANTED.search(said)) or slanted,
        size=round(float(size), 1),
        mark=int(pdfium.FPDFPageObj_GetMarkedContentID(drawn)),
        invisible=pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE,
    )


def inlines(found: Iterable[Character]) -> list[Inline]:
    """Characters as text with marks: lines joined, words that were divided at their end made whole."""
    line = list(found)
    pieces: list[tuple[str, Look, str | None]] = []
    for index, one in enumerate(line):
        if one.text in HYPHENS and one.text:
            pieces.append((_joint([before for before, *_rest in pieces[-30:]], line[index + 1 : index + 40]), one.look, one.link))
        else:
            pieces.append((" " if one.text in "\r\n\t" else one.text, one.look, one.link))
    result: list[Inline] = []
    for text, look, link in pieces:
        last = result[-1] if result else None
        if isinstance(last, Run) and (last.bold, last.italic, last.link) == (look.bold, look.italic, link):
            result[-1] = Run(last.text + text, last.bold, last.italic, last.link)
        else:
            result.append(Run(text, look.bold, look.italic, link))
    return result


def _joint(before: Sequence[str], after: Sequence[Character]) -> str:
    """What stands between the halves of a word that was divided: nothing, or the hyphen it has of its own."""
    first = "".join(before).rpartition(" ")[2]
    second = "".join(one.text for one in after).lstrip()
    if _KEEPS.match(second):
        return "- "
    own = second[:1].isupper() or second[:1].isdigit() or (len(first) > 1 and first.isupper()) or first[-1:].isdigit()
    return "-" if own else ""


def with_breaks(lines: Sequence[Sequence[Character]]) -> list[Inline]:
    """Lines that stay lines."""
    result: list[Inline] = []
    for line in lines:
        result.extend([Break(), *inlines(line)] if result else inlines(line))
    return result
