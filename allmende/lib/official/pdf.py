"""The official page as PDF/A-2a and PDF/UA-1, made by Typst. All text goes in as data, never as markup.

Standards: ISO 19005-2 level A (archive, tagged), ISO 14289-1 (accessible). The seal is added later, by `lib.seal`.
"""

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst

from allmende.lib import qr
from allmende.lib.german import keep_together
from allmende.lib.official.copy import Copy
from allmende.lib.official.page import Image, OfficialPage
from allmende.lib.official.parts import acting_line, arms_of, number_line, numeric_columns, records_of, signature_lines
from allmende.lib.official.stream_ends import with_clear_ends
from allmende.lib.official.words import words
from allmende.lib.richtext import Block, Break, Figure, Grid, Heading, Inline, List, Paragraph, Table, grid_of, text_of

if TYPE_CHECKING:
    from typst import PDFStandard

TEMPLATE = Path(__file__).parent / "page.typ"
SERIF, SANS = "Source Serif 4", "Fira Sans"
STANDARDS: "list[PDFStandard]" = ["a-2a", "ua-1"]
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}

Reason = Literal["characters", "alternative_text", "headings", "image", "other"]


class FontsMissing(RuntimeError):
    """The folder does not hold the fonts that documents are set in."""


class DocumentRefused(RuntimeError):
    """The page cannot become a PDF of the required standard.

    reason: "characters" (the fonts lack one; `detail` names it), "alternative_text", "headings" (a level is skipped),
    "image" (the file cannot be read), "other". `detail` is for the log, in English.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Fonts:
    """Where the fonts of a document come from: a folder, or None for those that Typst brings along."""

    folder: Path | None = None

    @classmethod
    def bundled(cls, folder: Path) -> "Fonts":
        """The fonts of the design kit in `folder`. Raises FontsMissing if one of the two families is not there."""
        fonts = cls(folder)
        if missing := {SERIF, SANS} - set(loaded(folder).families()):
            raise FontsMissing(f"{folder}: {', '.join(sorted(missing))} missing")
        return fonts

    @classmethod
    def found(cls, folder: Path) -> "Fonts":
        """The fonts in `folder`, or Typst's own if they are not all there. For previews and tests; sealing uses `bundled`."""
        try:
            return cls.bundled(folder)
        except FontsMissing:
            return cls()

    @property
    def serif(self) -> list[str]:
        return [*([SERIF, SANS] if self.folder else []), "Libertinus Serif", "DejaVu Sans Mono"]

    @property
    def sans(self) -> list[str]:
        return [*([SANS, SERIF] if self.folder else []), "Libertinus Serif", "DejaVu Sans Mono"]


@lru_cache(maxsize=4)
def loaded(folder: Path | None) -> typst.Fonts:
    """The fonts of the folder with Typst's own."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)] if folder else [])


def document_pdf(page: OfficialPage, *, fonts: Fonts, draft: bool = False, copy: Copy | None = None) -> bytes:
    """Return the PDF. The same page, fonts and Typst give the same bytes.

    draft=True is the preview: marked as draft, without the standards, so that it shows what is still missing.
    copy: not the document itself but a copy of it for paper, with the same text.

    Raises:
        ValueError: no day of provision, and no draft.
        DocumentRefused: Typst cannot make it; see there.
    """
    if page.day is None and not draft:
        raise ValueError("a document has a day of provision: page.with_day(…)")
    with tempfile.TemporaryDirectory(prefix="allmende-pdf-") as root:
        folder = Path(root)
        (folder / "page.typ").write_bytes(TEMPLATE.read_bytes())
        files = {name: _write(folder, f"image-{number}", page.images[name]) for number, name in enumerate(page.document.images)}
        image = arms_of(page)
        arms = _write(folder, "arms", image) if image else None
        data = _data(page, fonts, files, arms, draft=draft, large=copy is not None and copy.large)
        data["copy"] = _copy(copy, folder, page.language) if copy else None
        if copy and page.check:
            text = words(page.language)
            data["check"] = {"title": text.check_copy, "lines": [text.copy, *page.check]}  # not of its seal: it has none
        try:
            pdf = typst.compile(
                folder / "page.typ",
                root=folder,
                font_paths=loaded(fonts.folder),
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=[] if draft else STANDARDS,
                package_path=root,
                package_cache_path=root,
            )
        except RuntimeError as error:  # TypstError is one
            raise _refused(error, page) from error
    assert isinstance(pdf, bytes)
    return with_clear_ends(pdf)


def _write(folder: Path, name: str, image: Image) -> str:
    file = f"{name}.{SUFFIXES[image.media_type]}"
    (folder / file).write_bytes(image.data)
    return file


def _refused(error: RuntimeError, page: OfficialPage) -> DocumentRefused:
    message = str(getattr(error, "message", error))
    hints = " ".join(getattr(error, "hints", None) or [])
    if "could not be displayed" in message or "glyph" in message:
        characters = re.search(r"`?\"?(.+?)\"?`? could not be displayed", message)
        return DocumentRefused("characters", characters[1] if characters else message)
    if "alt" in message and any(isinstance(block, Figure) for block in page.document.blocks):
        return DocumentRefused("alternative_text", message)
    if "heading" in message:
        return DocumentRefused("headings", message)
    if "image" in message or "SVG" in message or "decode" in message:
        return DocumentRefused("image", message)
    return DocumentRefused("other", f"{message} {hints}".strip())


# The page as plain values


def _copy(copy: Copy, folder: Path, language: str) -> dict[str, object]:
    codes = []
    for number, code in enumerate(copy.codes):
        (folder / f"code-{number}.svg").write_bytes(qr.svg(code.address))
        alt = words(language).code.format(address=code.address)
        codes.append({"file": f"code-{number}.svg", "alt": alt, "label": code.label, "address": _breakable(code.address)})
    return {
        "paper": copy.paper,
        "scale": copy.scale,
        "large": copy.large,
        "note": _breakable(copy.note),
        "codes": codes,
        "posting": {"title": words(language).posting, "lines": words(language).posted} if copy.posted else None,
    }


def _data(page: OfficialPage, fonts: Fonts, files: dict[str, str], arms: str | None, *, draft: bool, large: bool) -> dict[str, object]:
    text = words(page.language)
    language, _, region = page.language.partition("-")
    return {
        "language": language,
        "region": region.upper() if re.fullmatch(r"[A-Za-z]{2}", region) else {"de": "DE", "en": "GB"}.get(language),
        "serif": fonts.serif,
        "sans": fonts.sans,
        "colour": page.colour,
        "title": page.title,
        "heading": [[word, len(word) > LONG_TITLE_WORD] for word in _breakable(page.title).split(" ")],
        "issuer": page.issuer,
        "acting": acting_line(page),
        "arms": arms,
        "kind": page.kind,
        "number": number_line(page),
        "facts": [[fact.label, fact.value] for fact in page.all_facts],
        "blocks": [_block(block, files, large) for block in page.document.blocks],
        "signature": signature_lines(page),
        "notes": {"title": text.notes, "facts": [[fact.label, _breakable(fact.value)] for fact in page.notes]},
        "attachments": {"title": text.attachments, "facts": [[fact.label, _breakable(fact.value)] for fact in page.attachment_facts]},
        "contact": {"title": text.contact, "facts": [[fact.label, _breakable(fact.value)] for fact in page.contact]},
        "check": {"title": text.check, "lines": [*page.check, *([page.seal] if page.seal else [])]},
        "day": [page.day.year, page.day.month, page.day.day] if page.day else None,
        "page": list(re.split(r"\{[nm]\}", text.page)),
        "draft": text.draft if draft else None,
    }


def _runs(content: Sequence[Inline]) -> list[object]:
    return [
        "\n" if isinstance(run, Break) else {"t": _breakable(run.text), "b": run.bold, "i": run.italic, "a": run.link} for run in content
    ]


def _breakable(text: str) -> str:
    """Keep together what is read as one (a day with its year, a time, § and number); let an address longer than half a line break."""
    return re.sub(r"\S{40,}", lambda match: re.sub(r"(?<=[/._?&=@%+-])(?=\w)", "\u200b", match[0]), keep_together(text))


def _block(block: Block, files: dict[str, str], large: bool) -> dict[str, object]:
    match block:
        case Heading():
            return {"k": "heading", "level": block.level, "runs": _runs(block.content)}
        case Paragraph():
            return {"k": "paragraph", "runs": _runs(block.content)}
        case List():
            kind = "letters" if block.letters else "numbers" if block.ordered else "points"
            return {
                "k": kind,
                "start": block.start,
                "items": [[_block(part, files, large) for part in item.blocks] for item in block.items],
            }
        case Table():
            return _table(block, large)
        case Figure():
            return {
                "k": "figure",
                "file": files[block.image],
                "alt": block.alt or None,
                "decorative": block.decorative,
                "runs": _runs(block.caption),
            }


def _table(table: Table, large: bool) -> dict[str, object]:
    grid = grid_of(table)
    numeric = numeric_columns(table)
    columns, crowded = _columns(grid, numeric, LARGE_LINE if large else LINE)
    if large and crowded and (records := records_of(table, grid)):
        return {"k": "records", "runs": _runs(table.caption), "records": [[(_runs(n), _runs(v)) for n, v in record] for record in records]}
    return {
        "k": "table",
        "runs": _runs(table.caption),
        "heads": table.header_rows if table.header_rows < len(table.rows) else 0,
        "columns": columns,
        "crowded": crowded,
        "right": sorted(numeric),
        "cells": [
            {
                "x": placed.column,
                "y": placed.row,
                "w": placed.width,
                "h": placed.height,
                "head": placed.cell.header,
                "runs": _runs(placed.cell.content),
            }
            for placed in grid.cells
        ],
    }


LONG_TITLE_WORD = 28  # only such a word may be broken in a title
LINE = 86  # characters of a table line, gaps between columns included
LARGE_LINE = 48  # the same in large print
GAP = 3
LONG_WORD = 24
LONG_LINE = 60


def _columns(grid: Grid, numeric: set[int], line: int) -> tuple[list[float | None], bool]:
    """Shares of the width, and whether words must be broken. Every column gets its longest word; what is left goes to
    those whose lines would break.

    None: as wide as its content, for numbers in a table that fits.
    """
    least, wished = [1] * grid.columns, [1] * grid.columns
    longest = 0
    for placed in grid.cells:
        if placed.width == 1:
            lines = text_of(placed.cell.content).split("\n")
            words = [word for line in lines for word in re.split(r"[ -]", line)]
            bold = 1 if placed.cell.header else 0  # a bold word needs about a letter more
            longest = max(longest, *map(len, words))
            least[placed.column] = max(least[placed.column], min(max(map(len, words)) + bold, LONG_WORD))
            wished[placed.column] = max(wished[placed.column], min(max(map(len, lines)) + bold, LONG_LINE))
    wished = list(map(max, wished, least))
    room = line - GAP * grid.columns
    if sum(wished) <= room:
        fixed = numeric if len(numeric) < grid.columns else set()
        return [None if column in fixed else float(width) for column, width in enumerate(wished)], False
    more = min(max((room - sum(least)) / max(sum(wished) - sum(least), 1), 0), 1)
    shares: list[float | None] = [round(GAP / 2 + low + (high - low) * more, 2) for low, high in zip(least, wished, strict=True)]
    return shares, sum(least) > room or longest > LONG_WORD
