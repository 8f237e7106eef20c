"""Runs of text with their marks, and the one normal form of a sequence of them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from allmende.lib.richtext.limits import MAX_URL


@dataclass(frozen=True, slots=True)
class Run:
    """Text with the same marks throughout. `link` is an address that `clean_url` has let pass."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph, a heading or a cell."""


Inline = Run | Break
Marks = tuple[bool, bool, str | None]

# Not text: controls, soft hyphens (hyphenation is done by the machine), zero-width and direction marks (they can make a
# text look different from what it says), private use, surrogates, non-characters, tags and variation selectors.
_NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_SPACES = re.compile(r"([\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)")
_NO_BREAK = {"\u00a0", "\u202f", "\u2009"}  # kept where they stand alone between two words: § 5, 10 %, 1 000
_PLANE_END = re.compile("[" + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(1, 15)) + "]")

# Raised and lowered figures are characters of their own: the model knows no such mark.
RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")

_IN_PATH = "!$%&'()*+,;=:@-._~/"
_IN_QUERY = _IN_PATH + "?"


def _only_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _PLANE_END.sub("", _NOT_TEXT.sub("", unicodedata.normalize("NFC", text))))


_END = "\0"  # no text holds it


def _space(text: str) -> str:
    return text if text in _NO_BREAK else " "


def clean_text(text: str) -> str:
    """Return `text` as one line: NFC, no invisible characters, single spaces, none at the ends."""
    before = None
    while before != text:  # taking away a character can bring two together that compose
        before, text = text, _SPACES.sub(lambda match: _space(match[0]), _only_text(text)).strip()
    return text


def clean_url(url: str) -> str | None:
    """Return the address in canonical ASCII form, or None if it is not a plain http, https, mailto or tel address.

    An address with a user name in it is refused: it is a way to show one host and lead to another.
    """
    url = re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+", lambda match: "%20" if " " in match[0] else "", url.strip())
    url = unicodedata.normalize("NFC", re.sub("[\ud800-\udfff]", "", url))
    if url[:4].lower() == "www.":
        url = "https://" + url
    scheme, colon, rest = url.partition(":")
    scheme = scheme.lower()
    if not colon or len(url) > MAX_URL:
        return None
    if scheme in ("http", "https"):
        return _web_address(scheme, rest)
    if scheme == "mailto":
        rest = quote(rest, safe=_IN_QUERY)
        return f"mailto:{rest}" if re.fullmatch(r"[^@?\s]+@[^@?\s]+(\?.*)?", rest) else None
    if scheme == "tel":
        rest = rest.replace("%20", "")
        return f"tel:{rest}" if re.fullmatch(r"\+?[0-9][0-9().\-/]{1,30}", rest) else None
    return None


def _web_address(scheme: str, rest: str) -> str | None:
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:  # UnicodeError is one
        return None
    if "@" in parts.netloc or not re.fullmatch(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|\[?[0-9a-f:.]+\]?", host):
        return None
    host = f"[{host.strip('[]')}]" if ":" in host else host
    path = quote(parts.path, safe=_IN_PATH)
    query = f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe=_IN_QUERY)}" if parts.fragment else ""
    address = f"{scheme}://{host}{f':{port}' if port is not None else ''}{path}{query}{fragment}"
    return address if len(address) <= MAX_URL else None


def clean_inlines(inlines: Iterable[Inline], *, bold: bool = True, breaks: bool = True) -> tuple[Inline, ...]:
    """Return the normal form: marks on words only, single spaces, no break at an end or after another, equal neighbours joined.

    bold=False takes the mark away (headings and header cells are bold by themselves), breaks=False turns breaks into spaces.
    """
    current = tuple(inlines)
    while True:
        cleaned = _cleaned(current, bold=bold, breaks=breaks)
        if cleaned == current:
            return cleaned
        current = cleaned


def _common(left: Marks, right: Marks) -> Marks:
    return left[0] and right[0], left[1] and right[1], left[2] if left[2] == right[2] else None


def _cleaned(inlines: tuple[Inline, ...], *, bold: bool, breaks: bool) -> tuple[Inline, ...]:
    words: list[tuple[str, Marks]] = []
    gaps: dict[int, str] = {}  # index in words -> the spaces before it, or _END for a break
    gap = ""
    for inline in inlines:
        if isinstance(inline, Break):
            gap = _END if breaks or gap == _END else gap + " "
            continue
        marks = (inline.bold and bold, inline.italic, clean_url(inline.link) if inline.link else None)
        for index, piece in enumerate(_SPACES.split(_only_text(inline.text))):
            if index % 2:
                gap = gap if gap == _END else gap + piece
            elif piece:
                gaps[len(words)] = gap
                words.append((piece, marks))
                gap = ""
    result: list[Inline] = []
    text = ""
    marks_now: Marks = (False, False, None)
    last = marks_now

    def close() -> None:
        if text:
            result.append(Run(_only_text(text), *marks_now))

    for index, (word, marks) in enumerate(words):
        before = gaps[index] if index else ""
        if before == _END:
            close()
            result.append(Break())
            text, marks_now = "", marks
        elif before:
            between = _common(last, marks)
            if between != marks_now:
                close()
                text, marks_now = "", between
            text += _space(before)
        if marks != marks_now:
            close()
            text, marks_now = "", marks
        text += word
        last = marks
    close()
    return tuple(result)


def text_of(inlines: Iterable[Inline]) -> str:
    """The text without marks; a break is a line feed."""
    return "".join(inline.text if isinstance(inline, Run) else "\n" for inline in inlines)
