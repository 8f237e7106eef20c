"""Which kind of file it is, by its content: whatever its name says."""

from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from allmende.lib.extraction.findings import Refused

_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
_CFB: Final = bytes.fromhex("d0cf11e0a1b11ae1")  # compound file: Word before 2007, and every encrypted Office file
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_PICTURES: Final = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"II+\0", "tiff"))


class Media(StrEnum):
    """The kinds that are taken."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"


@dataclass(frozen=True, slots=True)
class About:
    """`mime`: IANA media type; `suffix`: of file names; `name`: what people call it."""

    mime: str
    suffix: str
    name: str


ABOUT: Final[dict[Media, About]] = {
    Media.PDF: About("application/pdf", "pdf", "PDF"),
    Media.DOCX: About("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "Word"),
    Media.XLSX: About("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel"),
    Media.ODT: About("application/vnd.oasis.opendocument.text", "odt", "OpenDocument"),
    Media.ODS: About("application/vnd.oasis.opendocument.spreadsheet", "ods", "OpenDocument"),
    Media.PNG: About("image/png", "png", "PNG"),
    Media.JPEG: About("image/jpeg", "jpg", "JPEG"),
    Media.TIFF: About("image/tiff", "tif", "TIFF"),
}
READABLE: Final = frozenset({Media.PDF, Media.DOCX})  # text is taken from these


def is_container(head: bytes) -> bool:
    return head.startswith(_ZIP)


def by_head(file: BinaryIO) -> Media | None:
    """The kind by the first bytes. None: a container, in which one has to look (see `container`). Leaves `file` at its begin.

    Raises:
        Refused: empty, encrypted, an old Office format, or nothing we take.
    """
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if not head:
        raise Refused("empty")
    if head.startswith(_PDF):
        return Media.PDF
    for sign, kind in _PICTURES:
        if head.startswith(sign):
            return Media(kind)
    if head.startswith(_CFB):
        raise Refused("encrypted" if _holds(file, _ENCRYPTED) else "old_office")
    if not is_container(head):
        raise Refused("unknown_type")
    return None


def _holds(file: BinaryIO, sign: bytes) -> bool:
    """Whether `sign` is in the first megabytes: the directory of a compound file lies near its begin or its end."""
    size = file.seek(0, 2)
    for begin in (0, max(size - 4_000_000, 0)):
        file.seek(begin)
        if sign in file.read(4_000_000):
            return True
    return False
