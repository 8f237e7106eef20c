"""Small videos for tests: every header that a player asks for, and pictures that are nothing but zeros."""

from struct import pack


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return pack(">I4s", 8 + len(body), kind) + body


def _track(handler: bytes, codec: bytes, *, width: int = 0, height: int = 0, samples: int = 50, ticks: int = 20) -> bytes:
    """`samples` pictures of `ticks` thousandths of a second."""
    tkhd = box(b"tkhd", bytes(4 + 72), pack(">II", width << 16, height << 16))
    mdhd = box(b"mdhd", bytes(12), pack(">II", 1000, samples * ticks), bytes(4))
    hdlr = box(b"hdlr", bytes(8), handler, bytes(12), b"Handler\0")
    stsd = box(b"stsd", bytes(4), pack(">I", 1), pack(">I4s", 86, codec), bytes(78))
    stts = box(b"stts", bytes(4), pack(">III", 1, samples, ticks))
    return box(b"trak", tkhd, box(b"mdia", mdhd, hdlr, box(b"minf", box(b"stbl", stsd, stts))))


def mp4(
    *,
    brand: bytes = b"isom",
    codec: bytes = b"avc1",
    width: int = 640,
    height: int = 480,
    seconds: int = 10,
    rate: int = 50,
    extra: bytes = b"",
    more: bytes = b"",
    media: int = 2000,
) -> bytes:
    """`extra`: boxes beside the tracks; `more`: boxes behind everything; `media`: bytes of pictures."""
    ticks = 1000 // rate
    picture = _track(b"vide", codec, width=width, height=height, samples=seconds * rate, ticks=ticks)
    mvhd = box(b"mvhd", bytes(12), pack(">II", 1000, seconds * 1000), bytes(80))
    return box(b"ftyp", brand, bytes(4), brand) + box(b"moov", mvhd, picture, extra) + box(b"mdat", bytes(media)) + more


def sound_track() -> bytes:
    return _track(b"soun", b"mp4a")


def other_track() -> bytes:
    return _track(b"meta", b"gpmd")


def element(ident: int, *content: bytes) -> bytes:
    body = b"".join(content)
    return ident.to_bytes((ident.bit_length() + 7) // 8) + b"\x01" + len(body).to_bytes(7) + body


def number(ident: int, value: int) -> bytes:
    return element(ident, value.to_bytes(max(1, (value.bit_length() + 7) // 8)))


def webm(
    *,
    kind: bytes = b"webm",
    codec: bytes = b"V_VP9",
    width: int = 640,
    height: int = 480,
    seconds: float = 10.0,
    extra: bytes = b"",
    media: int = 2000,
) -> bytes:
    """`extra`: elements of the segment; `media`: bytes of pictures."""
    info = element(0x1549A966, number(0x2AD7B1, 1_000_000), element(0x4489, pack(">d", seconds * 1000)))
    picture = element(0xE0, number(0xB0, width), number(0xBA, height))
    track = element(0xAE, number(0xD7, 1), number(0x83, 1), element(0x86, codec), number(0x23E383, 40_000_000), picture)
    segment = element(0x18538067, info, element(0x1654AE6B, track), element(0x1F43B675, bytes(media)), extra)
    return element(0x1A45DFA3, number(0x4286, 1), element(0x4282, kind)) + segment
