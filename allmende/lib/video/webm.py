"""WebM: elements of EBML (RFC 8794), each with an id, a size and its content."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack
from typing import BinaryIO, Final, NamedTuple

from allmende.lib.video.model import Media, Span, Video, VideoRefused

EBML: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT: Final = 0x18538067
_INFO, _TRACKS, _TRACK, _PICTURE = 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
_TAGS, _ATTACHMENTS, _TITLE = 0x1254C367, 0x1941A469, 0x7BA9
# SeekHead, Cluster, Cues, Chapters, Void, CRC-32
_OTHERS: Final = frozenset((0x114D9B74, 0x1F43B675, 0x1C53BB6B, 0x1043A770, 0xEC, 0xBF))
_CODECS: Final = frozenset(("V_VP8", "V_VP9", "V_AV1"))
_VIDEO, _AUDIO = 1, 2
_MOST: Final = 200_000  # elements of one file that are looked at
_LARGEST: Final = 64 * 1024  # bytes of one value


class Element(NamedTuple):
    """`start`: of its header; `body`: of its content."""

    id: int
    start: int
    body: int
    end: int


@dataclass(slots=True)
class _Found:
    scale: int = 1_000_000  # nanoseconds a tick
    ticks: float = 0.0
    codec: str = ""
    width: int = 0
    height: int = 0
    frame: int = 0  # nanoseconds
    kinds: list[int] = field(default_factory=list)
    blanks: list[Span] = field(default_factory=list)
    elements: int = 0


def examine(file: BinaryIO, size: int) -> Video:
    """Raises VideoRefused."""
    found = _Found()
    try:
        outer = list(_elements(file, 0, size, found))
        if [one.id for one in outer] != [int.from_bytes(EBML), _SEGMENT]:
            raise VideoRefused("broken")
        _header(file, outer[0], found)
        for element in _elements(file, outer[1].body, outer[1].end, found):
            _of_segment(file, element, found)
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise VideoRefused("broken") from error
    if found.kinds.count(_VIDEO) != 1 or set(found.kinds) - {_VIDEO, _AUDIO}:
        raise VideoRefused("tracks")
    if found.codec not in _CODECS:
        raise VideoRefused("codec")
    if not found.width or not found.height:
        raise VideoRefused("broken")
    seconds = found.ticks * found.scale / 1e9
    if not 0 < seconds < 1e6:  # neither nothing nor not a number
        raise VideoRefused("duration")
    rate = 1e9 / found.frame if found.frame else 0.0
    return Video(Media.WEBM, found.width, found.height, seconds, rate, _AUDIO in found.kinds, tuple(found.blanks))


def _header(file: BinaryIO, header: Element, found: _Found) -> None:
    kind = [_bytes(file, one) for one in _elements(file, header.body, header.end, found) if one.id == 0x4282]
    if [one.rstrip(b"\0") for one in kind] != [b"webm"]:
        raise VideoRefused("unknown")


def _of_segment(file: BinaryIO, element: Element, found: _Found) -> None:
    if element.id == _ATTACHMENTS:
        raise VideoRefused("attachments")
    if element.id == _TAGS:
        found.blanks.append(Span(element.start, element.end - element.start))
    elif element.id == _INFO:
        for one in _elements(file, element.body, element.end, found):
            if one.id == 0x2AD7B1:
                found.scale = _number(file, one)
            elif one.id == 0x4489:
                content = _bytes(file, one)
                (found.ticks,) = unpack(">f" if len(content) == 4 else ">d", content)
            elif one.id == _TITLE:
                found.blanks.append(Span(one.start, one.end - one.start))
    elif element.id == _TRACKS:
        for one in _elements(file, element.body, element.end, found):
            if one.id == _TRACK:
                _of_track(file, one, found)
    elif element.id not in _OTHERS:
        raise VideoRefused("broken")


def _of_track(file: BinaryIO, track: Element, found: _Found) -> None:
    parts = {one.id: one for one in _elements(file, track.body, track.end, found)}
    kind = _number(file, parts[0x83]) if 0x83 in parts else 0
    found.kinds.append(kind)
    if kind != _VIDEO:
        return
    if 0x86 in parts:
        found.codec = _bytes(file, parts[0x86]).rstrip(b"\0").decode("ascii")
    if 0x23E383 in parts:
        found.frame = _number(file, parts[0x23E383])
    if _PICTURE in parts:
        sizes = {one.id: one for one in _elements(file, parts[_PICTURE].body, parts[_PICTURE].end, found)}
        found.width, found.height = (_number(file, sizes[name]) if name in sizes else 0 for name in (0xB0, 0xBA))


def _elements(file: BinaryIO, at: int, end: int, found: _Found) -> Iterator[Element]:
    """The elements that fill [at, end) to the last byte. One of unknown size is what a recorder leaves that was not stopped."""
    while at < end:
        found.elements += 1
        file.seek(at)
        head = file.read(12)
        length = 9 - head[0].bit_length()
        if length > 4 or found.elements > _MOST:
            raise VideoRefused("broken")
        ident = int.from_bytes(head[:length])
        size_length = 9 - head[length].bit_length()
        if size_length > 8:
            raise VideoRefused("broken")
        raw = head[length : length + size_length]
        if len(raw) < size_length:
            raise VideoRefused("broken")
        size = int.from_bytes(raw) & ((1 << 7 * size_length) - 1)
        if size == (1 << 7 * size_length) - 1:
            raise VideoRefused("duration")
        body = at + length + size_length
        if body + size > end:
            raise VideoRefused("broken")
        yield Element(ident, at, body, body + size)
        at = body + size


def _bytes(file: BinaryIO, element: Element) -> bytes:
    if element.end - element.body > _LARGEST:
        raise VideoRefused("broken")
    file.seek(element.body)
    return file.read(element.end - element.body)


def _number(file: BinaryIO, element: Element) -> int:
    if element.end - element.body > 8:
        raise VideoRefused("broken")
    return int.from_bytes(_bytes(file, element))


def blank(file: BinaryIO, span: Span) -> None:
    """Make a Void element of an element: players pass it by."""
    short = span.size - 2
    head = bytes([0xEC, 0x80 | short]) if short <= 126 else b"\xec\x01" + (span.size - 9).to_bytes(7)
    file.seek(span.start)
    file.write(head + bytes(span.size - len(head)))
