"""What is published together with a page: files that keep their bytes. The page lists them, so that page and files belong together."""

from dataclasses import dataclass
from typing import Final

from allmende.lib.german import file_size
from allmende.lib.richtext import clean_text

MOST: Final = 20  # of one page
LONGEST_TITLE: Final = 300  # characters
LARGEST: Final = 300 * 1024 * 1024  # bytes of one
# Media type: ending of the file name, and what it is called on the page. Nothing that a browser would run.
KINDS: Final = {
    "application/pdf": ("pdf", "PDF"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", "Word"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", "Excel"),
    "application/vnd.oasis.opendocument.text": ("odt", "OpenDocument-Text"),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods", "OpenDocument-Tabelle"),
    "application/geo+json": ("geojson", "GeoJSON"),
    "application/gml+xml": ("gml", "GML"),
    "application/zip": ("zip", "ZIP"),
    "image/jpeg": ("jpg", "JPEG"),
    "image/png": ("png", "PNG"),
    "image/tiff": ("tif", "TIFF"),
    "text/csv": ("csv", "CSV"),
    "text/plain": ("txt", "Text"),
}


class AttachmentInvalid(ValueError):
    """The values do not make an attachment; the message says which."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One line of the list. `size` in bytes.

    Raises AttachmentInvalid: no title or too long a one, a type that is not taken, an impossible size.
    """

    title: str
    media_type: str
    size: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean_text(self.title))
        if not 0 < len(self.title) <= LONGEST_TITLE:
            raise AttachmentInvalid(f"title of {len(self.title)} characters: expected 1 to {LONGEST_TITLE}")
        if self.media_type not in KINDS:
            raise AttachmentInvalid(f"media type {self.media_type!r}: expected one of {', '.join(KINDS)}")
        if not 0 < self.size <= LARGEST:
            raise AttachmentInvalid(f"size {self.size}: expected 1 to {LARGEST}")

    @property
    def suffix(self) -> str:
        """The ending of its file name, without the dot."""
        return KINDS[self.media_type][0]

    def line(self, language: str = "de") -> str:
        """'Lageplan (PDF, 2,3 MB)', as it stands on page and document."""
        return f"{self.title} ({KINDS[self.media_type][1]}, {file_size(self.size, language)})"
