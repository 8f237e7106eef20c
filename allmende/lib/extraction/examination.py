"""What is known of a file that was handed in, and the text of those that have some. Runs in the child (see `limited`)."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from allmende.lib.extraction.container import Container
from allmende.lib.extraction.docx import read_docx
from allmende.lib.extraction.findings import Finding, Refused
from allmende.lib.extraction.limits import MAX_DECODED, MAX_OBJECTS, MAX_READ, MOST_PIXELS_A_BYTE
from allmende.lib.extraction.media import Media, by_head, is_container
from allmende.lib.extraction.shaping import shape
from allmende.lib.richtext import Document, RichTextTooLarge

# What is true of a file whatever becomes of its text.
_OF_THE_FILE = frozenset(
    {
        *("scan", "pages_without_text", "recognised_text", "unreadable_characters", "not_read_in_full"),
        *("inserted", "deleted", "comments", "hidden", "embedded_files"),
        *("people", "form_fields", "signed", "untagged", "without_language", "pictures_undescribed"),
    }
)


@dataclass(frozen=True, slots=True)
class Examination:
    """`accessible`: True, False, or None where nobody knows; `pages` is 0 where there are none."""

    media: Media
    findings: tuple[Finding, ...] = ()
    accessible: bool | None = None
    pages: int = 0

    def __post_init__(self) -> None:
        """Raises ValueError: a number of pages that no file has."""
        if not 0 <= self.pages <= MAX_OBJECTS:
            raise ValueError(self.pages)


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file. `title`: what stands above it, no part of `document`; empty where nothing does."""

    title: str
    document: Document
    findings: tuple[Finding, ...] = field(default=())


def examine(file: BinaryIO) -> Examination:
    """Raises Refused."""
    media = by_head(file)
    if media is Media.PDF:
        return _pdf(file)
    if media is not None:
        _picture(file, media)
        return Examination(media, accessible=False)
    if not is_container(file):
        return _data(file)
    container = Container(file)
    if container.media is Media.ZIP:
        from allmende.lib.extraction.archive import look_at_archive

        return Examination(Media.ZIP, tuple(look_at_archive(container)), accessible=False)
    findings = container.look()
    accessible: bool | None = None
    if container.media is Media.DOCX:
        _parts, told = read_docx(container)
        findings = [*told, *findings]
        accessible = False if any(finding.code == "pictures_undescribed" for finding in told) else None
    else:
        from allmende.lib.extraction.sheets import look_inside

        findings = [*look_inside(container), *findings]
    return Examination(container.media, _of_the_file(findings), accessible)


def _data(file: BinaryIO) -> Examination:
    from allmende.lib.extraction.data import by_text, look_at_csv, look_at_gml

    media = by_text(file)
    look_at_gml(file) if media is Media.GML else look_at_csv(file)
    return Examination(media, accessible=False)


def _pdf(file: BinaryIO) -> Examination:
    from allmende.lib.extraction.pdf import look_at

    about = look_at(file)
    return Examination(Media.PDF, _of_the_file(about.findings), about.accessible, about.pages)


def text_findings(file: BinaryIO) -> list[Finding]:
    """Of a PDF: which of its pages have no text that can be read. Raises Refused."""
    from allmende.lib.extraction.pdf import look_at_text

    return look_at_text(file)


def extract(file: BinaryIO) -> Extract:
    """Raises Refused."""
    media = by_head(file)
    if file.seek(0, 2) > MAX_READ:
        raise Refused("too_large")
    file.seek(0)
    if media is Media.PDF:
        from allmende.lib.extraction.pdf import look_at, read_pdf

        about = look_at(file)
        parts, findings = read_pdf(file, tagged=about.tagged)
        findings = [*about.findings, *findings]
    elif media is None and is_container(file) and (container := Container(file)).media is Media.DOCX:
        findings = container.look()
        parts, told = read_docx(container)
        findings = [*told, *findings]
    else:
        raise Refused("no_text_in_kind")
    try:
        shaped = shape(parts)
    except RichTextTooLarge as error:
        raise Refused("too_large", detail=str(error)) from error
    guessed = [Finding("headings_guessed", shaped.guessed)] if shaped.guessed else []
    return Extract(shaped.title, shaped.document, (*findings, *guessed))


def _of_the_file(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.code in _OF_THE_FILE)


def _picture(file: BinaryIO, media: Media) -> None:
    """Opens a picture as whoever downloads it will: to its last line where its size allows.

    A larger one, a plan, is not decoded; but it is asked whether it can hold what it claims.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            Image.MAX_IMAGE_PIXELS = None
            with Image.open(file, formats=[media.value.upper()]) as picture:
                pixels = picture.width * picture.height
                picture.verify()
            bytes_there = file.seek(0, 2)
            if media is not Media.TIFF and pixels > MOST_PIXELS_A_BYTE * bytes_there:
                raise ValueError(f"{pixels} pixels in {bytes_there} bytes")
            if pixels <= MAX_DECODED:
                file.seek(0)
                with Image.open(file, formats=[media.value.upper()]) as picture:
                    picture.load()
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        raise Refused("broken", detail=f"{type(error).__name__}: {error}") from error
