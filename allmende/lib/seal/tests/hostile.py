"""Files made to hurt their reader. Each is small."""

import zlib


def _stream_pdf(dictionary: bytes, data: bytes) -> bytes:
    """A PDF whose cross-reference stream is `data`, which every reader unpacks first of all."""
    head = b"%PDF-1.7\n"
    entries = b"<</Type/XRef/Root 2 0 R/W[1 2 1]" + dictionary + b"/Length %d>>" % len(data)
    body = b"1 0 obj\n" + entries + b"\nstream\n" + data + b"\nendstream\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)


def lzw_bomb(rounds: int) -> bytes:
    """LZW that unpacks to 7 MB of zeros in each round of 6 kB."""
    bits = ""
    for _ in range(rounds):
        bits += f"{256:09b}{0:09b}"
        for code in range(258, 4094):
            width = 9 if code < 511 else 10 if code < 1023 else 11 if code < 2047 else 12
            bits += f"{code:0{width}b}"
    bits += f"{257:012b}"
    data = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
    return _stream_pdf(b"/Size 9/Filter/LZWDecode", data)


def flate_bomb(megabytes: int) -> bytes:
    """One packed megabyte again and again; the check sum that would stand at the end is never reached."""
    packer = zlib.compressobj(9, wbits=-15)
    chunk = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    return _stream_pdf(b"/Size 9/Filter/FlateDecode", b"\x78\x9c" + chunk * megabytes)


def layered_bomb(layers: int) -> bytes:
    """Packed again and again: each layer grows a thousandfold."""
    data = bytes(30 * 1024 * 1024)
    for _ in range(layers):
        data = zlib.compress(data, 9)
    return _stream_pdf(b"/Size 9/Filter[" + b"/FlateDecode" * layers + b"]", data)


def deep_nesting(depth: int) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n"
        + b"[" * depth
        + b"]" * depth
        + b"\nendobj\n2 0 obj\n<</A "
        + b"<</B " * depth
        + b"1"
        + b">>" * depth
        + b">>\nendobj\ntrailer\n<</Root 2 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
    )


def huge_xref() -> bytes:
    """A table that claims two thousand million entries, and has 300,000."""
    table = b"xref\n0 2000000000\n" + b"0000000009 00000 n \n" * 300_000
    head = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
    return head + table + b"trailer\n<</Root 1 0 R/Size 2000000000>>\nstartxref\n%d\n%%%%EOF\n" % len(head)
