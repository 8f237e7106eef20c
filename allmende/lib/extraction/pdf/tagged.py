"""PDFs that carry their structure (ISO 32000-1, 14.7 and 14.8): its elements in order, with the text that belongs to each."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from allmende.lib.extraction.limits import MAX_DEPTH, MAX_ELEMENTS
from allmende.lib.extraction.pdf.characters import Character, inlines
from allmende.lib.extraction.shaping import Para, Part
from allmende.lib.richtext import Break, Cell, Inline, Run, Table, clean_text, clean_url, text_of

_HEADING: Final = re.compile(r"H([1-6])?")
_SKIPPED: Final = {"Artifact", "Form", "Private", "TOCI"}
_NO_TEXT: Final = {"Figure": ("pictures", "ein Bild"), "Formula": ("formulas", "eine Formel")}
_BLOCKS: Final = {
    *("Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "NonStruct", "BlockQuote", "Aside", "Index", "TOC", "P", "Title"),
    *("L", "LI", "LBody", "Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "Caption", "Figure", "Formula", "Note", "FENote", "H"),
    *("H1", "H2", "H3", "H4", "H5", "H6"),
}

Marks = Mapping[tuple[int, int], Sequence[Character]]  # (page from 0, number of marked content) -> its characters


@dataclass(slots=True)
class _Text:
    """Inline content of an element, and the blocks that were found inside it."""

    content: list[Character] = field(default_factory=list)
    blocks: list[Any] = field(default_factory=list)


class Tree:
    """The structure of a PDF that pikepdf has opened. `used`: the marks whose text has been given out."""

    def __init__(self, pdf: Any, marks: Marks) -> None:
        self.marks, self.counts = marks, Counter[str]()
        self.used: set[tuple[int, int]] = set()
        self._pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._root = pdf.Root.get("/StructTreeRoot")
        self._roles = self._root.get("/RoleMap") if self._root is not None else None
        self._seen: set[tuple[int, int]] = set()  # an element stands in one place only: what comes again runs in circles

    def parts(self) -> Iterator[Part]:
        yield from self._children(self._root, None, 0)

    # Elements

    def _kind(self, element: Any) -> str:
        name = str(element.get("/S", ""))
        for _ in range(8):
            mapped = self._roles.get(name) if self._roles is not None and name.startswith("/") else None
            if name.lstrip("/") in _BLOCKS or mapped is None or str(mapped) == name:
                break
            name = str(mapped)
        return name.lstrip("/")

    def _kids(self, element: Any, page: int | None) -> Iterator[tuple[Any, int | None]]:
        """Children with the page that their numbers belong to."""
        import pikepdf

        if element.is_indirect:
            if element.objgen in self._seen or len(self._seen) > MAX_ELEMENTS:
                return
            self._seen.add(element.objgen)
        own = element.get("/Pg")
        page = self._pages.get(own.objgen, page) if own is not None else page
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if kid is not None:
                yield kid, page

    def _children(self, element: Any, page: int | None, depth: int) -> Iterator[Part]:
        """Blocks; text that stands between them is a paragraph of its own."""
        loose = _Text()
        for kid, kid_page in self._kids(element, page):
            if self._is_element(kid) and self._kind(kid) in _BLOCKS:
                yield from self._flush(loose)
                if depth < MAX_DEPTH:
                    yield from self._block(kid, kid_page, depth + 1)
            else:
                self._inline(kid, kid_page, None, loose, depth + 1)
        yield from self._flush(loose)

    def _flush(self, loose: _Text) -> Iterator[Part]:
        if loose.content:
            yield Para(inlines(loose.content))
            loose.content = []

    def _is_element(self, kid: Any) -> bool:
        import pikepdf

        return isinstance(kid, pikepdf.Dictionary) and "/S" in kid

    def _block(self, element: Any, page: int | None, depth: int) -> Iterator[Part]:
        kind = self._kind(element)
        if kind in _SKIPPED:
            return
        if kind == "TOC":
            self.counts["contents"] = 1
            self._forget(element, page, depth)
        elif kind in _NO_TEXT:
            yield from self._left_out(element, page, depth, *_NO_TEXT[kind])
        elif kind == "L":
            yield from self._list(element, page, depth, 1)
        elif kind == "Table":
            yield self._table(element, page, depth)
        elif kind in ("P", "Title", "Caption", "Note", "FENote") or _HEADING.fullmatch(kind):
            found = self._text(element, page, depth)
            heading = _HEADING.fullmatch(kind)
            level = int(heading[1] or 1) if heading else 0
            self.counts["footnotes"] += kind in ("Note", "FENote")
            yield Para(inlines(found.content), level, title=kind == "Title", caption=kind == "Caption")
            for inner, inner_page in found.blocks:
                yield from self._block(inner, inner_page, depth + 1)
        else:
            yield from self._children(element, page, depth)

    def _left_out(self, element: Any, page: int | None, depth: int, code: str, what: str) -> Iterator[Part]:
        """A note where a picture stands. A table that a typesetter calls a figure is read as what it is."""
        inner = [(kid, kid_page) for kid, kid_page in self._kids(element, page) if self._is_element(kid)]
        if any(self._kind(kid) in ("Table", "L", "P") for kid, _page in inner):
            yield from self._children(element, page, depth)
            return
        self.counts[code] += 1
        self._forget(element, page, depth)
        said = clean_text(re.sub(r"[\[\]]", " ", str(element.get("/Alt", ""))))[:150]
        yield Para([Run(f"[Hier fehlt {what}: {said}]" if said else f"[Hier fehlt {what}]")])
        for kid, kid_page in inner:
            if self._kind(kid) == "Caption":
                yield from self._block(kid, kid_page, depth + 1)

    def _forget(self, element: Any, page: int | None, depth: int) -> None:
        """Its text counts as read."""
        found = self._text(element, page, depth)
        for inner, inner_page in found.blocks:
            if depth < MAX_DEPTH:
                self._forget(inner, inner_page, depth + 1)

    # Text

    def _text(self, element: Any, page: int | None, depth: int) -> _Text:
        found = _Text()
        for kid, kid_page in self._kids(element, page):
            self._inline(kid, kid_page, None, found, depth + 1)
        return found

    def _inline(self, kid: Any, page: int | None, link: str | None, found: _Text, depth: int) -> None:
        if isinstance(kid, int):
            self._mark(page, kid, link, found)
        elif not hasattr(kid, "get") or depth > MAX_DEPTH:
            return
        elif "/MCID" in kid:
            own = kid.get("/Pg")
            self._mark(self._pages.get(own.objgen, page) if own is not None else page, int(kid.get("/MCID")), link, found)
        elif self._is_element(kid):
            kind = self._kind(kid)
            if kind in _SKIPPED:
                return
            if kind in _BLOCKS and kind not in ("NonStruct", "BlockQuote", "Div"):
                found.blocks.append((kid, page))
                return
            link = _address(kid) or link if kind == "Link" else link
            for inner, inner_page in self._kids(kid, page):
                self._inline(inner, inner_page, link, found, depth + 1)

    def _mark(self, page: int | None, number: int, link: str | None, found: _Text) -> None:
        if page is None:
            return
        self.used.add((page, number))
        for one in self.marks.get((page, number), ()):
            one.link = link
            found.content.append(one)

    # Lists

    def _list(self, element: Any, page: int | None, depth: int, level: int) -> Iterator[Part]:
        for kid, kid_page in self._kids(element, page):
            if not self._is_element(kid) or depth > MAX_DEPTH:
                continue
            kind = self._kind(kid)
            if kind == "L":
                yield from self._list(kid, kid_page, depth + 1, level + 1)
            elif kind == "LI":
                yield from self._item(kid, kid_page, depth + 1, level)
            else:
                yield from self._block(kid, kid_page, depth + 1)

    def _item(self, element: Any, page: int | None, depth: int, level: int) -> Iterator[Part]:
        mark, content = "", list[Inline]()
        inner: list[Part] = []
        for kid, kid_page in self._kids(element, page):
            if self._is_element(kid) and self._kind(kid) == "Lbl":
                mark = clean_text(text_of(inlines(self._text(kid, kid_page, depth).content)))
                continue
            if self._is_element(kid) and self._kind(kid) == "L":
                inner.extend(self._list(kid, kid_page, depth + 1, level + 1))
                continue
            body = self._text(kid, kid_page, depth) if self._is_element(kid) else _Text()
            if not self._is_element(kid):
                self._inline(kid, kid_page, None, body, depth)
            content += inlines(body.content)
            for block, block_page in body.blocks:
                kind = self._kind(block)
                if kind == "L":
                    inner.extend(self._list(block, block_page, depth + 1, level + 1))
                elif kind == "P" and not inner:
                    more = inlines(self._text(block, block_page, depth).content)
                    content += [Break(), *more] if content else more
                else:
                    inner.extend(self._block(block, block_page, depth + 1))
        yield Para(content, mark=mark or "•", depth=level)
        yield from inner

    # Tables

    def _table(self, element: Any, page: int | None, depth: int) -> Table:
        rows: list[tuple[Cell, ...]] = []
        caption: list[Inline] = []
        for row, row_page, kind in self._rows(element, page, depth):
            if kind == "Caption":
                caption = self._all_text(row, row_page, depth)
                continue
            cells = []
            for cell, cell_page in self._kids(row, row_page):
                if self._is_element(cell) and (name := self._kind(cell)) in ("TH", "TD"):
                    width, height = _spans(cell)
                    cells.append(Cell(tuple(self._all_text(cell, cell_page, depth)), name == "TH", width, height))
            rows.append(tuple(cells))
        return Table(tuple(rows), tuple(caption))

    def _rows(self, element: Any, page: int | None, depth: int) -> Iterator[tuple[Any, int | None, str]]:
        for kid, kid_page in self._kids(element, page):
            if self._is_element(kid) and depth < MAX_DEPTH:
                kind = self._kind(kid)
                if kind in ("TR", "Caption"):
                    yield kid, kid_page, kind
                elif kind in ("THead", "TBody", "TFoot"):
                    yield from self._rows(kid, kid_page, depth + 1)

    def _all_text(self, element: Any, page: int | None, depth: int) -> list[Inline]:
        """Of a cell: its text and that of the blocks in it, as lines."""
        found = self._text(element, page, depth)
        result = inlines(found.content)
        for block, block_page in found.blocks:
            if depth >= MAX_DEPTH:
                continue
            for part in self._block(block, block_page, depth + 1):
                if isinstance(part, Para) and part.text:
                    line = [Run(f"{part.mark} "), *part.content] if part.mark else part.content
                    result += [Break(), *line] if result else line
                elif isinstance(part, Table):
                    self.counts["nested"] += 1
                    for row in part.rows:
                        result += [Break(), Run("; ".join(text_of(cell.content) for cell in row))]
        return result


def _address(element: Any) -> str | None:
    """Where a link leads, by its annotation."""
    import pikepdf

    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        annotation = kid.get("/Obj") if isinstance(kid, pikepdf.Dictionary) else None
        action = annotation.get("/A") if isinstance(annotation, pikepdf.Dictionary) else None
        if isinstance(action, pikepdf.Dictionary) and "/URI" in action:
            return clean_url(str(action.URI))
    return None


def _spans(cell: Any) -> tuple[int, int]:
    import pikepdf

    stated = cell.get("/A")
    width = height = 1
    for one in stated if isinstance(stated, pikepdf.Array) else [stated]:
        if isinstance(one, pikepdf.Dictionary):
            width, height = (int(one.get(name, value)) for name, value in (("/ColSpan", width), ("/RowSpan", height)))
    return min(max(width, 1), 60), min(max(height, 1), 1000)
