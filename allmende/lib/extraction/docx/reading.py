"""From the parts of a DOCX to paragraphs and tables, in the order in which one reads them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import basename
from typing import Any, Final

from allmende.lib.extraction.container import Container
from allmende.lib.extraction.docx.names import child, number, tag, value
from allmende.lib.extraction.docx.runs import Runs
from allmende.lib.extraction.docx.styles import Numbering, Styles
from allmende.lib.extraction.docx.tables import as_lines, joined, table_of
from allmende.lib.extraction.findings import Finding, Refused
from allmende.lib.extraction.shaping import Para, Part
from allmende.lib.richtext import Break, Inline, Run, Table
from allmende.lib.richtext.inlines import RAISED

_TITLE: Final = re.compile(r"title|titel", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"(?:toc|verzeichnis)\s*\d|toc heading|table of figures", re.IGNORECASE)
_CAPTION: Final = re.compile(r"caption|beschriftung", re.IGNORECASE)
_AROUND: Final = ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")
_PARTS: Final = ("styles", "numbering", "footnotes", "endnotes")


def read_docx(container: Container) -> tuple[list[Part], list[Finding]]:
    """Raises Refused: broken, too large."""
    return _Reader(container).read()


class _Reader:
    def __init__(self, container: Container) -> None:
        self.container = container
        self.counts: Counter[str] = Counter()
        relations = dict(container.relations_by_id(container.main))
        parts = {one.kind: container.xml(one.target) for one in relations.values() if one.kind in _PARTS and not one.outside}
        self.margins = [one.target for one in relations.values() if one.kind in ("header", "footer") and not one.outside]
        self.styles, self.numbering = Styles(parts.get("styles")), Numbering(parts.get("numbering"))
        links = {key: one.target for key, one in relations.items() if one.outside and one.kind == "hyperlink"}
        self.runs = Runs(self.styles, links, self.counts, self._note)
        self.notes: list[tuple[str, Any]] = []  # number and element of each foot- or endnote, in the order of the text
        self._notes = {f"w:{kind[:-1]}Reference": parts.get(kind) for kind in ("footnotes", "endnotes")}

    def read(self) -> tuple[list[Part], list[Finding]]:
        root = self.container.xml(self.container.main)
        body = child(root, "body")
        if body is None:
            raise Refused("broken", detail="no body")
        parts = self._captions(list(self._blocks(body)))
        for mark, note in self.notes:  # a note may refer to a further one: the list grows while it is read
            content = joined([part.content for part in self._blocks(note) if isinstance(part, Para)], Break())
            parts.append(Para([Run(f"{mark.translate(RAISED)} "), *content]))
        self.counts["footnotes"] = len(self.notes)
        self.counts["repeated_lines"] = sum(map(self._says_something, self.margins))
        self.counts["comments"] = max(self.counts["comments"], self._comments())
        return parts, [Finding(code, n) for code, n in self.counts.items() if n]

    def _says_something(self, name: str) -> bool:
        root = self.container.xml(name)
        return root is not None and any(tag(one) == "w:t" and (one.text or "").strip() for one in root.iter())

    def _comments(self) -> int:
        """Also those whose place in the text is gone."""
        names = [name for name in self.container.names if basename(name) == "comments.xml"]
        return sum(1 for name in names for one in self.container.xml(name) if tag(one) == "w:comment")

    def _note(self, kind: str, note_id: str) -> str:
        """The number of a note that is referred to."""
        root = self._notes.get(kind)
        element = next((one for one in (root if root is not None else ()) if value(one, "id") == note_id), None)
        if element is None or len(self.notes) > 2_000:
            return ""
        mark = str(len(self.notes) + 1)
        self.notes.append((mark, element))
        return mark

    # Blocks

    def _blocks(self, element: Any) -> Iterator[Part]:
        held: list[Inline] = []  # a paragraph whose end tracking has struck out goes on in the next one
        for one in self._children(element):
            if tag(one) == "w:tbl":
                yield self._table(one)
                continue
            para, others, goes_on = self._paragraph(one)
            if para is None:
                continue
            if held:
                para, held = replace(para, content=[*held, *para.content]), []
            if goes_on:
                held = para.content
            else:
                yield para
            yield from others
        if held:
            yield Para(held)

    def _children(self, element: Any) -> Iterator[Any]:
        for one in element:
            if tag(one) in ("w:p", "w:tbl"):
                yield one
            elif tag(one) in _AROUND:
                if tag(one) == "w:sdt" and self._is_contents(one):
                    self.counts["contents"] = 1
                    continue
                yield from self._children(one)

    def _is_contents(self, element: Any) -> bool:
        gallery = value(child(element, "sdtPr", "docPartObj", "docPartGallery"))
        return gallery is not None and "table of contents" in gallery.lower()

    def _paragraph(self, element: Any) -> tuple[Para | None, list[Part], bool]:
        """(the paragraph, what is anchored in it, whether the next one goes on with it). None: of a table of contents."""
        properties = child(element, "pPr")
        style = self.styles.of(value(child(properties, "pStyle")) or self.styles.default)
        if _CONTENTS.match(style.name):
            self.counts["contents"] = 1
            return None, [], False
        level = style.level
        if (outline := value(child(properties, "outlineLvl"))) is not None:
            level = 0 if number(outline, 9) >= 9 else number(outline) + 1
        alignment = child(properties, "jc")
        centred = style.centred if alignment is None else value(alignment) == "center"
        mark, depth = self._mark(properties, style.numbering)
        found = self.runs.read(element, style)
        title, caption = bool(_TITLE.fullmatch(style.name)), bool(_CAPTION.search(style.name))
        para = Para(found.content, level, title, centred, mark=mark if found.content else "", depth=depth, caption=caption)
        others: list[Part] = [Para([Run(note)]) for note in found.pictures]
        for box in found.beside:
            others.extend(self._blocks(box))
        goes_on = child(properties, "rPr", "del") is not None
        return para, others, goes_on

    def _mark(self, properties: Any, by_style: tuple[str, int] | None) -> tuple[str, int]:
        """(number or bullet, depth from 1) of the paragraph; ("", 0) where it has none. Moves the count on."""
        own = child(properties, "numPr")
        series, level = by_style or ("", 0)
        if own is not None:
            series = value(child(own, "numId")) or series
            stated = child(own, "ilvl")
            level = level if stated is None else number(value(stated))
        if not series or series == "0" or not 0 <= level <= 8:
            return "", 0
        mark = self.numbering.next(series, level)
        return (mark, level + 1) if mark else ("", 0)

    # Tables

    def _table(self, element: Any) -> Table:
        return table_of(element, self._cell, self._deleted_row)

    def _deleted_row(self) -> None:
        self.counts["deleted"] += 1

    def _cell(self, element: Any) -> list[Inline]:
        lines: list[list[Inline]] = []
        for part in self._blocks(element):
            if isinstance(part, Table):
                self.counts["nested"] += 1
                lines.append(as_lines(part))
            elif isinstance(part, Para) and part.text:
                lines.append([Run(f"{part.mark} "), *part.content] if part.mark else part.content)
        return joined(lines, Break())

    def _captions(self, parts: Iterable[Part]) -> list[Part]:
        """A line that Word calls a caption, right above a table, belongs to it."""
        kept: list[Part] = []
        for part in parts:
            last = kept[-1] if kept else None
            if isinstance(part, Table) and isinstance(last, Para) and last.caption:
                kept[-1] = replace(part, caption=tuple(last.content))
            else:
                kept.append(part)
        return kept
