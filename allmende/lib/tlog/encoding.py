"""Text that has exactly one form: base64 (RFC 4648, section 4), decimal numbers, lines."""

import base64
import binascii

from allmende.lib.tlog.errors import TlogError

#: Tree sizes, indices and times stay below this, so that every implementation can hold them in a signed 64-bit integer.
LIMIT = 2**63


def to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Decode standard base64 with padding; only the one canonical spelling of the bytes is accepted.

    Raises:
        TlogError: `encoding`.
    """
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raise TlogError("encoding", "not base64") from None
    if to_base64(data) != text:
        raise TlogError("encoding", "base64 in another than its canonical form")
    return data


def from_base64_hash(text: str) -> bytes:
    """Decode base64 of exactly 32 bytes. Raises TlogError: `encoding`."""
    data = from_base64(text)
    if len(data) != 32:
        raise TlogError("encoding", f"a hash of {len(data)} bytes: expected 32")
    return data


def from_decimal(text: str) -> int:
    """Read an ASCII decimal without sign and leading zeros, below 2**63. Raises TlogError: `encoding`."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or (len(text) > 1 and text[0] == "0"):
        raise TlogError("encoding", "not a decimal number in canonical form")
    value = int(text)
    if value >= LIMIT:
        raise TlogError("encoding", "number too large")
    return value


def to_text(data: bytes) -> str:
    """Decode UTF-8 whose only control character (below U+0020) is the newline. Raises TlogError: `encoding`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise TlogError("encoding", "not UTF-8") from None
    if any(byte < 0x20 and byte != 0x0A for byte in data):
        raise TlogError("encoding", "a control character")
    return text
