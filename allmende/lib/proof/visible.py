"""Text from a file of somebody else, made safe to show: nothing in it can move the cursor, hide, or turn the order of what is read."""

import unicodedata
from html import unescape
from typing import Final

# Control, format (bidirectional marks, zero-width characters, tags), surrogate, private use, not assigned; separators of lines.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters by category, but drawn as nothing.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}


def visible(text: str) -> str:
    """The text with each such character written out: `\\x1b`, `\\u202e`, `\\U000e0041`. What is plain stays as it is."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(char) if char in _BLANK or unicodedata.category(char) in _HIDDEN else char for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def title_of(page: bytes) -> str:
    """What stands between `<title>` and `</title>` in the first 64 kB of a page, as plain text; empty if nothing does."""
    _, _, rest = page[:65_536].decode("utf-8", "replace").partition("<title>")
    title, _, _ = rest.partition("</title>")
    return visible(" ".join(unescape(title).split())[:500])
