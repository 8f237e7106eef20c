"""Data that only programs read: GML (plans as XPlanGML) and CSV. Looked through as a stream, never taken into memory whole.

Nothing of them runs where they are opened: no document type (entities), no style sheet, no cell that a spreadsheet takes for a formula.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO, BinaryIO, Final

from allmende.lib.extraction.findings import Refused
from allmende.lib.extraction.media import Media

_GML: Final = "http://www.opengis.net/gml"  # with and without the number of the version behind it
_HEAD: Final = 64 * 1024  # bytes by which the kind is told
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS: Final = ";\t,|"
_TRIED: Final = 20  # lines by which the delimiter is told
_LONGEST: Final = 1024 * 1024  # characters of a cell
# What a spreadsheet runs when a file is opened (CWE-1236). A sign before a number or a telephone number is none.
_FORMULA: Final = re.compile(r"\s*[=@]|\s*[+-](?![\d\s.,()/-]*(%|€)?\s*$)")


def by_text(file: BinaryIO) -> Media:
    """The kind of a file that is text. Leaves `file` at its begin.

    Raises:
        Refused: bytes that are no text, or text that is neither.
    """
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    text = _readable(head)
    if text.lstrip().startswith("<"):
        return Media.GML
    if _delimiter(text.splitlines()[:_TRIED]) is None:
        raise Refused("unknown_type")
    return Media.CSV


def _encoding(head: bytes) -> str:
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if marked:
        return marked
    try:
        head[: max(len(head) - 3, 1)].decode("utf-8")  # a letter may be cut in two at the end
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _readable(head: bytes) -> str:
    text = head.decode(_encoding(head), "ignore")
    if not text.strip() or any(c < " " and c not in "\t\r\n\f" for c in text):
        raise Refused("unknown_type")
    return text


def _delimiter(lines: list[str]) -> str | None:
    """The one that stands in the first line and in most of them (a cell may go over several); None: this is no table."""
    lines = [line for line in lines if line.strip()]
    if len(lines) < 2:
        return None
    counts = {sign: sum(sign in line for line in lines) for sign in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda sign: (counts[sign], -_DELIMITERS.index(sign)))
    return best if best in lines[0] and counts[best] > len(lines) / 2 else None


def look_at_gml(file: BinaryIO) -> None:
    """Raises Refused: not well-formed, not GML, or something that an XML program would run or fetch."""
    if not any(space.startswith(_GML) for space in look_at_xml(file)):
        raise Refused("unknown_type")


def look_at_xml(file: IO[bytes]) -> set[str]:
    """The namespaces. Raises Refused: not well-formed, or something that an XML program would run or fetch."""
    from lxml import etree

    file.seek(0)
    spaces: set[str] = set()
    try:
        for event, found in etree.iterparse(
            file, events=("start", "end", "pi"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            if event == "pi":
                if found.target == "xml-stylesheet":
                    raise Refused("active", ["xml-stylesheet"])
            elif event == "start":
                if found.getparent() is None and found.getroottree().docinfo.doctype:
                    raise Refused("active", ["DOCTYPE"])
                spaces.update(found.nsmap.values())
            else:
                found.clear()
                while (above := found.getparent()) is not None and found.getprevious() is not None:  # what was read is forgotten
                    del above[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("broken", detail=str(error)) from error
    return spaces


def look_at_csv(file: IO[bytes]) -> None:
    """Raises Refused: no table, or a cell that a spreadsheet would run."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    delimiter = _delimiter(_readable(head).splitlines()[:_TRIED])
    if delimiter is None:
        raise Refused("unknown_type")
    csv.field_size_limit(_LONGEST)
    widths: Counter[int] = Counter()
    text = io.TextIOWrapper(file, _encoding(head), newline="")
    try:
        for number, row in enumerate(_rows(text, delimiter), start=1):
            widths[len(row)] += 1
            if formula := next((cell for cell in row if _FORMULA.match(cell)), None):
                raise Refused("formula", [f"{number}: {formula}"])
    finally:
        text.detach()
    (width, rows) = widths.most_common(1)[0] if widths else (0, 0)
    if width < 2 or rows <= widths.total() / 2:
        raise Refused("unknown_type")


def _rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(text, delimiter=delimiter)
    except (csv.Error, UnicodeError) as error:
        raise Refused("broken", detail=str(error)) from error
