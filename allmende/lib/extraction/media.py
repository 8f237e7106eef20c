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
    GML = "gml"
    CSV = "csv"
    ZIP = "zip"


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
    Media.GML: About("application/gml+xml", "gml", "GML"),
    Media.CSV: About("text/csv", "csv", "CSV"),
    Media.ZIP: About("application/zip", "zip", "ZIP"),
}
READABLE: Final = frozenset({Media.PDF, Media.DOCX})  # text is taken from these
DATA: Final = frozenset({Media.GML, Media.CSV, Media.ZIP})  # read by programs alone: attachments, and nothing else


def is_container(file: BinaryIO) -> bool:
    """Leaves `file` at its begin."""
    file.seek(0)
    head = file.read(len(_ZIP))
    file.seek(0)
    return head == _ZIP


def by_sign(head: bytes) -> Media | None:
    """PDF or picture, by its first bytes."""
    if head.startswith(_PDF):
        return Media.PDF
    return next((Media(kind) for sign, kind in _PICTURES if head.startswith(sign)), None)


def by_head(file: BinaryIO) -> Media | None:
    """The kind by the first bytes. None: a container, or text, in which one has to look (see `container`, `data`).

    Leaves `file` at its begin.

    Raises:
        Refused: empty, encrypted, or an old Office format.
    """
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if not head:
        raise Refused("empty")
    if head.startswith(_CFB):
        raise Refused("encrypted" if _holds(file, _ENCRYPTED) else "old_office")
    return by_sign(head)


def _holds(file: BinaryIO, sign: bytes) -> bool:
    """Whether `sign` is in the first megabytes: the directory of a compound file lies near its begin or its end."""
    size = file.seek(0, 2)
    for begin in (0, max(size - 4_000_000, 0)):
        file.seek(begin)
        if sign in file.read(4_000_000):
            return True
    return False
