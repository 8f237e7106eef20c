"""The text of a PDF: by its structure where it has one, else by its look; and which pages have none."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any, BinaryIO, Final

from allmende.lib.extraction.findings import Finding, Refused
from allmende.lib.extraction.limits import LOOK_SECONDS, MAX_PAGES
from allmende.lib.extraction.pdf.characters import Character, characters
from allmende.lib.extraction.pdf.layout import parts_of
from allmende.lib.extraction.pdf.lines import in_columns, lines_of, with_picture, without_repeated
from allmende.lib.extraction.pdf.tagged import Tree
from allmende.lib.extraction.shaping import Part
from allmende.lib.richtext import clean_url
from allmende.lib.richtext.limits import MAX_TEXT

_UNREADABLE: Final = re.compile("[\ufffd\ue000-\uf8ff]")
_FEW: Final = 12  # letters: a page with a picture and no more than these counts as one without text
_COVERED: Final = 0.4  # of a page: a picture that large is the page
_SMALL: Final = 0.005  # of a page: a picture below that is an ornament
_DRAWING: Final = 200  # shapes: a page with that many and no text is a drawing
_MOSTLY: Final = 0.6  # of the letters must be in the structure, or it is not used


class Pages:
    """Looks at one page after the other."""

    def __init__(self, pages: int) -> None:
        self.without: list[int] = []  # from 1
        self.recognised: list[int] = []
        self.unreadable = 0
        self.letters = 0
        self.pictures: dict[int, list[tuple[float, ...]]] = {}  # page from 0 -> where they stand: left, bottom, right, top
        self.total, self.looked = pages, 0

    def see(self, number: int, page: Any, text: str, invisible: Callable[[], float]) -> None:
        """`text` of the page, whose number counts from 1; `invisible`: the share of it that is drawn invisibly, asked where a
        picture covers the page.
        """
        self.looked += 1
        letters = "".join(text.split())
        self.unreadable += len(_UNREADABLE.findall(letters))
        self.letters += len(letters)
        covered = self._pictures(number - 1, page)
        if len(letters) <= _FEW:
            if covered or _shapes(page) > _DRAWING:
                self.without.append(number)
        elif covered and invisible() > 0.5:
            self.recognised.append(number)

    def _pictures(self, index: int, page: Any) -> bool:
        """Whether a picture covers the page."""
        import pypdfium2.raw as pdfium

        width, height = page.get_size()
        covered = False
        for one in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
            bounds = x0, y0, x1, y1 = one.get_bounds()
            share = (x1 - x0) * (y1 - y0) / max(width * height, 1)
            covered = covered or share > _COVERED
            if _SMALL < share <= _COVERED and len(self.pictures.setdefault(index, [])) < 100:
                self.pictures[index].append(tuple(round(value) for value in bounds))
        return covered

    def findings(self) -> Iterator[Finding]:
        if self.total and len(self.without) == self.looked == self.total:
            yield Finding("scan", self.total)
        elif self.without:
            yield Finding("pages_without_text", len(self.without), tuple(self.without))
        if self.recognised:
            yield Finding("recognised_text", len(self.recognised), tuple(self.recognised))
        if self.unreadable:
            yield Finding("unreadable_characters", self.unreadable)
        if self.looked < self.total:
            yield Finding("not_read_in_full", self.total - self.looked)


def _shapes(page: Any) -> int:
    """Of how many shapes a drawing on the page is made. An empty back page shows nothing."""
    import pypdfium2.raw as pdfium

    return sum(1 for _one in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING), max_depth=3))


def _invisible(found: Sequence[Character]) -> float:
    drawn = [one for one in found if one.text.strip() and not one.made]
    return sum(one.look.invisible for one in drawn) / max(len(drawn), 1)


def _invisible_on(page: Any) -> float:
    return _invisible(list(characters(page)))


def look_at_text(file: BinaryIO) -> list[Finding]:
    """Which pages have no text that can be read. Stops after LOOK_SECONDS. Raises Refused."""
    document = _opened(file)
    pages = Pages(len(document))
    until = monotonic() + LOOK_SECONDS
    for index in range(min(len(document), MAX_PAGES)):
        if monotonic() > until:
            break
        page = document[index]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        text_page.close()
        pages.see(index + 1, page, text, partial(_invisible_on, page))
        page.close()
    return list(pages.findings())


def read_pdf(file: BinaryIO, *, tagged: bool) -> tuple[list[Part], list[Finding]]:
    """Raises Refused: broken, too large."""
    import pikepdf

    document = _opened(file)
    if len(document) > MAX_PAGES:
        raise Refused("too_large", detail=f"{len(document)} pages")
    pages, told = Pages(len(document)), list[list[Character]]()
    with pikepdf.open(file) as pdf:
        for index in range(len(document)):
            page = document[index]
            found = list(characters(page))
            _link(found, pdf.pages[index])
            pages.see(index + 1, page, "".join(one.text for one in found if not one.made), partial(_invisible, found))
            told.append(found)
            page.close()
            if pages.letters > 2 * MAX_TEXT:
                raise Refused("too_large", detail=f"{pages.letters} letters")
        counts: Counter[str] = Counter()
        parts = _by_structure(pdf, told, counts) if tagged else None
    findings = list(pages.findings())
    if parts is None:
        parts = _by_look(told, pages.pictures, counts, findings)
    return parts, findings + [Finding(code, n) for code, n in counts.items() if n]


def _opened(file: BinaryIO) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise Refused("broken", detail=str(error)) from error


def _by_structure(pdf: Any, told: Sequence[Sequence[Character]], counts: Counter[str]) -> list[Part] | None:
    """None: too little of the text is in it."""
    marks: dict[tuple[int, int], list[Character]] = {}
    for index, found in enumerate(told):
        for one in found:
            if one.look.mark >= 0:
                marks.setdefault((index, one.look.mark), []).append(one)
    tree = Tree(pdf, marks)
    parts = list(tree.parts())
    used = sum(len(marks[key]) for key in tree.used & marks.keys())
    if used < _MOSTLY * sum(map(len, told)):
        return None
    counts.update(tree.counts)
    return parts


def _by_look(
    told: Sequence[Sequence[Character]], pictures: Mapping[int, Sequence[tuple[float, ...]]], counts: Counter[str], findings: list[Finding]
) -> list[Part]:
    every = [lines_of(index, found) for index, found in enumerate(told)]
    often = Counter(place for places in pictures.values() for place in set(places))  # what is on every page is a letterhead
    for index, places in pictures.items():
        for place in places:
            if often[place] == 1:
                counts["pictures"] += 1
                every[index] = with_picture(every[index], index, place)
    pages, counts["repeated_lines"] = without_repeated(every)
    columns = tuple(index + 1 for index, lines in enumerate(pages) if in_columns(lines))
    if columns:
        findings.append(Finding("columns", len(columns), columns))
    parts = list(parts_of(pages, counts))
    if parts:
        findings.append(Finding("structure_guessed"))
    return parts


def _link(found: Sequence[Character], page: Any) -> None:
    """Characters that lie in the rectangle of a link lead where it leads."""
    for annotation in page.get("/Annots", ()):
        if str(annotation.get("/Subtype", "")) != "/Link" or "/A" not in annotation or "/URI" not in annotation.A:
            continue
        address = clean_url(str(annotation.A.URI))
        x0, y0, x1, y1 = (float(value) for value in annotation.Rect)
        left, right, bottom, top = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        for one in found:
            if left <= (one.x0 + one.x1) / 2 <= right and bottom - 1 <= one.y <= top:
                one.link = address
