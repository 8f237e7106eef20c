"""MP4: boxes of a four-letter type, one in another (ISO/IEC 14496-12, 4.2)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack
from typing import BinaryIO, Final, NamedTuple

from allmende.lib.video.model import Media, Span, Video, VideoRefused

BRANDS: Final = frozenset(
    (
        *(b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1"),
        *(b"M4V ", b"M4VH", b"M4VP", b"dash", b"MSNV", b"av01", b"cmfc"),
    )
)
TOP: Final = frozenset(
    (
        *(b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pdin", b"moof", b"mfra", b"sidx", b"styp", b"ssix", b"prft"),
        *(b"uuid", b"udta", b"meta"),
    )
)
TELLING: Final = frozenset((b"uuid", b"udta", b"meta"))  # place, camera, programs, comments
CODECS: Final = frozenset((b"avc1", b"avc3", b"av01", b"vp08", b"vp09"))
KEPT: Final = frozenset((b"vide", b"soun", b"tmcd"))  # other tracks can hold where and how one moved
INTO: Final = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex"))
LONGEST: Final = 1_000_000  # seconds
MOST: Final = 20_000  # boxes of one file
LARGEST_TABLE: Final = 4 * 1024 * 1024  # bytes of one box that is read


class Box(NamedTuple):
    """`start`: of its header; `body`: of its content."""

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(slots=True)
class _Track:
    handler: bytes = b""
    codec: bytes = b""
    width: int = 0
    height: int = 0
    scale: int = 0
    samples: int = 0
    ticks: int = 0

    @property
    def rate(self) -> float:
        return self.samples * self.scale / self.ticks if self.ticks else 0.0


@dataclass(slots=True)
class _Found:
    scale: int = 0
    duration: int = 0
    tracks: list[_Track] = field(default_factory=list)
    blanks: list[Span] = field(default_factory=list)
    boxes: int = 0
    whole: bool = False


def examine(file: BinaryIO, size: int) -> Video:
    """Raises VideoRefused."""
    found = _Found()
    try:
        for box in _boxes(file, 0, size, found):
            if box.kind not in TOP:
                raise VideoRefused("broken")
            if box.kind == b"ftyp" and box.start == 0:
                _brand(_read(file, box))
            elif box.kind in TELLING:
                found.blanks.append(Span(box.start, box.end - box.start))
            elif box.kind == b"moov":
                found.whole = True
                _inside(file, box, found, None)
    except (struct.error, RecursionError) as error:
        raise VideoRefused("broken") from error
    return _video(found)


def _video(found: _Found) -> Video:
    pictures = [track for track in found.tracks if track.handler == b"vide"]
    if not found.whole:
        raise VideoRefused("broken")
    if len(pictures) != 1 or any(track.handler not in KEPT for track in found.tracks):
        raise VideoRefused("tracks")
    picture = pictures[0]
    if picture.codec not in CODECS:
        raise VideoRefused("codec")
    if not picture.width or not picture.height:
        raise VideoRefused("broken")
    if not found.scale or not 0 < found.duration / found.scale < LONGEST:  # all ones: unknown
        raise VideoRefused("duration")
    sound = any(track.handler == b"soun" for track in found.tracks)
    seconds = found.duration / found.scale
    return Video(Media.MP4, picture.width, picture.height, seconds, picture.rate, sound, tuple(found.blanks))


def _brand(content: bytes) -> None:
    brands = {content[:4], *(content[at : at + 4] for at in range(8, len(content), 4))}
    if not brands & BRANDS:
        raise VideoRefused("quicktime" if b"qt  " in brands else "unknown")


def _boxes(file: BinaryIO, at: int, end: int, found: _Found) -> Iterator[Box]:
    """The boxes that fill [at, end) to the last byte. Raises VideoRefused, struct.error."""
    while at < end:
        found.boxes += 1
        file.seek(at)
        size, kind = unpack(">I4s", file.read(8))
        body = at + 8
        if size == 1:
            (size,) = unpack(">Q", file.read(8))
            body += 8
        elif size == 0:  # to the end of the file
            size = end - at
        if size < body - at or at + size > end or found.boxes > MOST:
            raise VideoRefused("broken")
        yield Box(kind, at, body, at + size)
        at += size


def _inside(file: BinaryIO, outer: Box, found: _Found, track: _Track | None) -> None:
    for box in _boxes(file, outer.body, outer.end, found):
        if box.kind in TELLING:
            found.blanks.append(Span(box.start, box.end - box.start))
        elif box.kind in INTO:
            if box.kind == b"trak":
                track = _Track()
                found.tracks.append(track)
            _inside(file, box, found, track)
        elif box.kind in (b"mvhd", b"mehd"):
            _time(box.kind, _read(file, box), found)
        elif track is not None and box.kind in (b"tkhd", b"mdhd", b"hdlr", b"stsd", b"stts"):
            _of_track(box.kind, _read(file, box), track)


def _read(file: BinaryIO, box: Box) -> bytes:
    if box.end - box.body > LARGEST_TABLE:
        raise VideoRefused("broken")
    file.seek(box.body)
    return file.read(box.end - box.body)


def _time(kind: bytes, content: bytes, found: _Found) -> None:
    """8.2.2 and 8.8.2: how long it is, in units of which a second has `scale`."""
    long = content[:1] == b"\1"
    if kind == b"mehd":
        (found.duration,) = unpack(">Q" if long else ">I", content[4 : 12 if long else 8])
    elif long:
        found.scale, duration = unpack(">IQ", content[20:32])
        found.duration = found.duration or duration
    else:
        found.scale, duration = unpack(">II", content[12:20])
        found.duration = found.duration or duration


def _of_track(kind: bytes, content: bytes, track: _Track) -> None:
    if kind == b"tkhd":  # 8.3.2: as shown, in 1/65536 of a pixel
        width, height = unpack(">II", content[-8:])
        track.width, track.height = width >> 16, height >> 16
    elif kind == b"mdhd":
        at = 20 if content[:1] == b"\1" else 12
        (track.scale,) = unpack(">I", content[at : at + 4])
    elif kind == b"hdlr":
        track.handler = track.handler or content[8:12]
    elif kind == b"stsd":
        track.codec = content[12:16]
    else:  # 8.6.1.2: runs of samples of the same length
        (count,) = unpack(">I", content[4:8])
        pairs = unpack(f">{count * 2}I", content[8 : 8 + count * 8])
        track.samples = sum(pairs[::2])
        track.ticks = sum(samples * ticks for samples, ticks in zip(pairs[::2], pairs[1::2], strict=True))


def blank(file: BinaryIO, span: Span) -> None:
    """Make free space of a box: players pass it by."""
    file.seek(span.start)
    (size,) = unpack(">I", file.read(4))
    file.write(b"free")
    header = 16 if size == 1 else 8
    file.seek(span.start + header)
    file.write(bytes(span.size - header))
