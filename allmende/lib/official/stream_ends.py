"""Streams whose end every reader finds.

A stream is followed by an end of line and `endstream` (ISO 32000-1, 7.3.8.1). Where its last byte is a carriage return and
Typst writes a line feed, some validators take both for the end of line and find the stream a byte short. A carriage return
before the line feed leaves no doubt and changes nothing else.
"""

import re

_DOUBTFUL = re.compile(rb"\r(?=\nendstream\n)")
_TABLE = re.compile(rb"xref\n0 (\d+)\n")


def with_clear_ends(pdf: bytes) -> bytes:
    """Return the file with such ends made clear and its cross-reference table to match.

    Raises ValueError if the file has not the one plain cross-reference table that Typst writes.
    """
    inserted = [match.end() for match in _DOUBTFUL.finditer(pdf)]
    if not inserted:
        return pdf
    head, _, tail = pdf.rpartition(b"startxref\n")
    start, _, rest = tail.partition(b"\n")
    if not start.isdigit() or not (table := _TABLE.match(pdf, int(start))):
        raise ValueError("no plain cross-reference table")

    def moved(offset: int) -> int:
        return offset + sum(position <= offset for position in inserted)

    entries = bytearray(pdf[table.end() : table.end() + 20 * int(table[1])])
    for at in range(0, len(entries), 20):
        if entries[at + 17 : at + 18] == b"n":
            entries[at : at + 10] = b"%010d" % moved(int(entries[at : at + 10]))
    body = pdf[: table.end()]
    trailer = head[table.end() + len(entries) :]
    pieces = [body[begin:end] for begin, end in zip([0, *inserted], [*inserted, len(body)], strict=True)]
    return b"\r".join(pieces) + bytes(entries) + trailer + b"startxref\n%d\n" % moved(int(start)) + rest
