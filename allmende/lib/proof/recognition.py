"""What somebody hands in to be checked: the proof itself, or something they took for it. Looks at the bytes, never at a name.

Nothing is unpacked or parsed: whatever a stranger uploads costs one pass over it.
"""

from enum import StrEnum
from typing import Final

# The names of members stand in a ZIP as they are, even in one that was packed anew and compressed. Written out, since `bundle`
# loads much that whoever only asks does not need.
TELLING: Final = ("proof.tlog-proof", "leaf.json", "salts.json", "log.vkey")
_FIRST: Final = 1024  # readers of PDF and of HTML look that far for the beginning
_ARCHIVE: Final = b'"format":"allmende-archive"'  # its manifest is its first member
_END: Final = b"PK\x05\x06"


class Subject(StrEnum):
    """`bundle`: the proof, whole or damaged; `archive`: an archive time stamp of a log; `document`: a PDF; `page`: a web page that was
    saved; `other`: anything else.
    """

    BUNDLE = "bundle"
    ARCHIVE = "archive"
    DOCUMENT = "document"
    PAGE = "page"
    OTHER = "other"


def recognise(data: bytes) -> Subject:
    """A damaged proof is still taken for one, so that the answer can name the damage. Any other ZIP is none."""
    first = data[:_FIRST]
    if first[:4] == b"%PDF":
        return Subject.DOCUMENT
    if (first[:2] == b"PK" or _END in data[-_FIRST:]) and sum(name.encode() in data for name in TELLING) >= 2:
        return Subject.BUNDLE
    if first[:2] == b"PK" and _ARCHIVE in first:
        return Subject.ARCHIVE
    if b"%PDF-" in first:
        return Subject.DOCUMENT
    text = first.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return Subject.PAGE
    return Subject.OTHER
