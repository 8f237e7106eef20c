"""The one ZIP for given members: stored, 1 January 1980, no extra fields, no comments (docs/log.md, "The ZIP").

Only ZIPs of this kind are read; nothing is ever unpacked, so no small file becomes a large one.
"""

import struct
import zlib
from collections.abc import Iterable
from typing import Final

MAX_BUNDLE: Final = 64 * 1024 * 1024
MAX_MEMBERS: Final = 64
MAX_NAME: Final = 100

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION = 10  # 1.0: nothing but stored files is needed
_DATE = 1 << 5 | 1  # 1 January 1980
_STORED = 0


class ContainerError(ValueError):
    """`code`: unreadable (no ZIP), repacked (a ZIP, but not of this kind), too_large (in bytes or members)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """The ZIP of `members` in their order. Raises ContainerError: `too_large`."""
    body, directory = bytearray(), bytearray()
    count = 0
    for name, data in members:
        raw = name.encode("ascii")
        common = (_VERSION, 0, _STORED, 0, _DATE, zlib.crc32(data), len(data), len(data), len(raw), 0)
        directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, len(body)) + raw
        body += _LOCAL.pack(b"PK\x03\x04", *common) + raw + data
        count += 1
        if len(body) + len(directory) + _END.size > MAX_BUNDLE or count > MAX_MEMBERS:
            raise ContainerError("too_large")
    return bytes(body + directory + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0))


def unpack(data: bytes) -> list[tuple[str, bytes]]:
    """Names and members in the order of the file. Whether it is *the* ZIP of them only `pack` can say: compare.

    Check sums and dates are not looked at, so that a verifier can still say what was changed.

    Raises:
        ContainerError: `unreadable`, `repacked`, `too_large`.
    """
    if len(data) > MAX_BUNDLE:
        raise ContainerError("too_large")
    members: list[tuple[str, bytes]] = []
    at = 0
    while data[at : at + 4] == b"PK\x03\x04":
        if len(data) < at + _LOCAL.size:
            raise ContainerError("unreadable", "cut off")
        _, _, flags, method, _, _, _, packed, size, name_size, extra_size = _LOCAL.unpack_from(data, at)
        start = at + _LOCAL.size + name_size + extra_size
        if method != _STORED or flags & 0x9 or packed != size:
            raise ContainerError("repacked", "a compressed, encrypted or streamed member")
        if start + size > len(data):
            raise ContainerError("unreadable", "cut off")
        if name_size > MAX_NAME or len(members) == MAX_MEMBERS:
            raise ContainerError("too_large", "too many members, or a name that is too long")
        name = data[at + _LOCAL.size : at + _LOCAL.size + name_size].decode("ascii", "backslashreplace")
        members.append((name, data[start : start + size]))
        at = start + size
    if not members or data[at : at + 4] != b"PK\x01\x02":
        raise ContainerError("unreadable", "not a ZIP")
    return members
