"""What a page and a document say, read back from the finished bytes, to compare them with each other.

Both readers give the words in reading order, markers of lists included, without anything that is only paper: page numbers,
running feet, repeated table headers and other artifacts of the PDF (ISO 32000-1, 14.8.2.2). White space and soft hyphens
are left out, because a line break on paper says nothing.
"""

import ctypes
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from allmende.lib.richtext.notation import letters_of

_NO_WORDS = re.compile(r"[\s\u00ad\u200b\u2060]+")
_HYPHENS = re.compile("--+")
LINE_END = "\x02"  # pdfium's sign for a hyphen at the end of a line: its own, or one that parts a word
_MAX_NESTING = 16  # forms inside forms
_MAX_DEPTH = 100  # elements inside elements


def html_text(html: bytes | str) -> str:
    """The words of the body of page.html or of a fragment."""
    reader = _Reader()
    reader.feed(html if isinstance(html, str) else html.decode())
    reader.close()
    return _NO_WORDS.sub("", reader.text)


def pdf_text(pdf: bytes) -> str:
    """The words of a tagged PDF, with LINE_END where a word is parted. Raises ValueError if the bytes are no PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    try:
        return _NO_WORDS.sub("", "".join(_page_text(pypdfium2.raw, page) for page in document))
    finally:
        document.close()


def same_words(html: bytes | str, pdf: bytes) -> bool:
    """True if page and document say the same."""
    return first_difference(html, pdf) is None


def first_difference(html: bytes | str, pdf: bytes) -> tuple[str, str] | None:
    """None if page and document say the same; else what each says from the first difference on, 60 characters."""
    # pdfium takes hyphens that touch each other for one drawn twice; other readers find each of them.
    left, right = (_HYPHENS.sub("-", text) for text in (html_text(html), pdf_text(pdf)))
    at = 0
    for position, character in enumerate(right):
        if character == LINE_END:
            at += left[at : at + 1] == "-"
        elif left[at : at + 1] != character:
            return left[at : at + 60], right[position : position + 60]
        else:
            at += 1
    return (left[at : at + 60], "") if at < len(left) else None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.lists: list[tuple[str, int]] = []  # sign of the list, number of the next item
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "head":
            self.hidden += 1
        elif tag == "ul":
            self.lists.append(("-", 1))
        elif tag == "ol":
            self.lists.append(("a" if values.get("type") == "a" else "1", int(values.get("start") or 1)))
        elif tag == "li" and self.lists:
            sign, number = self.lists[-1]
            self.lists[-1] = (sign, number + 1)
            points = "•" if sum(kind == "-" for kind, _ in self.lists) % 2 else "–"
            self.text += {"-": points, "1": f"{number}.", "a": f"{letters_of(number)})"}[sign]

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self.hidden -= 1
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text += data


def _page_text(raw: Any, page: Any) -> str:
    """The text of a page in the order of its structure; painted text that is not in the structure comes last."""
    texts: dict[int, str] = {}
    textpage = raw.FPDFText_LoadPage(page)
    try:
        for index in range(raw.FPDFPage_CountObjects(page)):
            for key, text in _object_text(raw, textpage, raw.FPDFPage_GetObject(page, index), 0):
                texts[key] = texts.get(key, "") + text
    finally:
        raw.FPDFText_ClosePage(textpage)
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        roots = [raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(raw.FPDF_StructTree_CountChildren(tree))]
        order = [key for root in roots for key in _content_ids(raw, root, 0)]
    finally:
        raw.FPDF_StructTree_Close(tree)
    return "".join(texts.pop(key, "") for key in order) + "".join(texts.values())


def _object_text(raw: Any, textpage: Any, item: Any, depth: int) -> Iterator[tuple[int, str]]:
    """Text of a page object with the id of the marked content it belongs to (-1: none)."""
    if depth > _MAX_NESTING or "Artifact" in _marks(raw, item):
        return
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        size = raw.FPDFTextObj_GetText(item, textpage, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFTextObj_GetText(item, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        yield raw.FPDFPageObj_GetMarkedContentID(item), buffer.raw.decode("utf-16-le").rstrip("\0")
    elif kind == raw.FPDF_PAGEOBJ_FORM:
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _object_text(raw, textpage, raw.FPDFFormObj_GetObject(item, index), depth + 1)


def _content_ids(raw: Any, element: Any, depth: int) -> Iterator[int]:
    if depth > _MAX_DEPTH:
        return
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, index):
            yield from _content_ids(raw, child, depth + 1)
        elif (key := raw.FPDF_StructElement_GetChildMarkedContentID(element, index)) >= 0:
            yield key


def _marks(raw: Any, item: Any) -> Iterator[str]:
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        buffer = ctypes.create_string_buffer(256)
        length = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 256, ctypes.byref(length))
        yield buffer.raw[: length.value].decode("utf-16-le").rstrip("\0")
