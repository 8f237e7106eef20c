"""Distinguished encoding (Rec. ITU-T X.690, 10 and 11): one way to write a value, so that a changed byte cannot hide in the encoding."""

from __future__ import annotations

INTEGER, OCTETS, NULL, SEQUENCE, SET = 0x02, 0x04, 0x05, 0x30, 0x31
CONTEXT = 0xA0  # constructed, context-specific; plus the number in square brackets

_DEEPEST = 40
_BOOLEAN, _INTEGER, _BIT_STRING, _NULL, _ENUMERATED, _SEQUENCE, _SET = 1, 2, 3, 5, 10, 16, 17


def is_der(data: bytes) -> bool:
    """Whether `data` is exactly one DER value: definite shortest lengths, plain strings, shortest integers, nothing behind it.

    The order of a SET OF is not checked: signers of time stamps are lax about the certificates they enclose, and the sets
    that matter are signed.
    """
    return _end(data, 0, len(data), 0) == len(data)


def _end(data: bytes, start: int, limit: int, depth: int) -> int:
    """Position behind the value at `start`, or -1 when it is not DER."""
    if depth > _DEEPEST or limit - start < 2:
        return -1
    first, length, position = data[start], data[start + 1], start + 2
    number, constructed, universal = first & 0x1F, bool(first & 0x20), not first & 0xC0
    if number == 0x1F:  # tags above 30 occur in none of the formats read here
        return -1
    if length >= 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or position + count > limit or data[position] == 0:
            return -1
        length = int.from_bytes(data[position : position + count], "big")
        if length < 0x80:
            return -1
        position += count
    end = position + length
    if end > limit or (universal and constructed != (number in (_SEQUENCE, _SET))):
        return -1
    if not constructed:
        return end if not universal or _is_shortest(number, data, position, length) else -1
    while position < end:
        position = _end(data, position, end, depth + 1)
        if position < 0:
            return -1
    return end


def _is_shortest(number: int, data: bytes, position: int, length: int) -> bool:
    if number == _BOOLEAN:
        return length == 1 and data[position] in (0x00, 0xFF)
    if number in (_INTEGER, _ENUMERATED):
        padded = length > 1 and (
            (data[position] == 0x00 and data[position + 1] < 0x80) or (data[position] == 0xFF and data[position + 1] >= 0x80)
        )
        return length >= 1 and not padded
    if number == _BIT_STRING:
        return length >= 1 and data[position] < 8 and (length > 1 or data[position] == 0) and _unused_bits_are_zero(data, position, length)
    return number not in (0, _NULL) or (number == _NULL and length == 0)


def _unused_bits_are_zero(data: bytes, position: int, length: int) -> bool:
    return length == 1 or not data[position + length - 1] & ((1 << data[position]) - 1)


def tlv(tag: int, *contents: bytes) -> bytes:
    """One DER element: tag, length in the shortest form, the contents one after the other."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content
