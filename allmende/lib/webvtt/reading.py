"""Reading of captions. Anything that is not understood is refused with its line, so that nothing is lost unseen."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, Literal, TypeAlias

from allmende.lib.webvtt.cues import Cue

LONGEST: Final = 500_000  # characters
Reason: TypeAlias = Literal["long", "signature", "empty", "time", "order", "late", "text", "style"]

_TIME: Final = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING: Final = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?", re.ASCII)
_TAG: Final = re.compile(r"<(/?)(c|i|b|u|ruby|rt|v|lang)?((?:\.[\w-]+)*)(?:[ \t]+([^<>\n]*))?>|<\d[\d:.]*>")
_SIGNATURE: Final = re.compile(r"WEBVTT(?:[ \t].*)?")


class CaptionsInvalid(ValueError):
    """`line`: from 1, where it is; 0 where it is all of it. `reason`: see messages."""

    def __init__(self, reason: Reason, line: int = 0) -> None:
        super().__init__(f"{reason}, line {line}")
        self.reason: Reason = reason
        self.line = line


def read(text: str, *, longest: float | None = None) -> tuple[Cue, ...]:
    """The captions in their order. `longest`: seconds of the video; nothing begins after its end.

    Raises:
        CaptionsInvalid
    """
    if len(text) > LONGEST:
        raise CaptionsInvalid("long")
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff").replace("\0", "\ufffd"))
    if not _SIGNATURE.fullmatch(lines[0]):
        raise CaptionsInvalid("signature", 1)
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        cue = _cue(number, block)
        if cue is None:
            continue
        if cues and cue.start < cues[-1].start:
            raise CaptionsInvalid("order", number)
        if longest is not None and cue.start >= longest * 1000:
            raise CaptionsInvalid("late", number)
        cues.append(cue)
    if not cues:
        raise CaptionsInvalid("empty")
    return tuple(cues)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, lines) of what empty lines part. What stands right below the signature is its header and says nothing."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line:
            block.append(line)
        elif block:
            first = number - len(block)
            if first > 1:
                yield first, block
            block = []


def _cue(number: int, block: list[str]) -> Cue | None:
    """None: a note. Raises CaptionsInvalid."""
    if re.match(r"NOTE(?:[ \t]|$)", block[0]):
        return None
    if re.fullmatch(r"(?:STYLE|REGION)[ \t]*", block[0]):
        raise CaptionsInvalid("style", number)
    named = "-->" not in block[0] and len(block) > 1
    at = number + named
    timing = _TIMING.fullmatch(block[named].strip())
    if timing is None:
        raise CaptionsInvalid("time", at)
    start, end = _milliseconds(timing.groups()[:4]), _milliseconds(timing.groups()[4:])
    if start >= end:
        raise CaptionsInvalid("time", at)
    said = [_said(line, at + offset) for offset, line in enumerate(block[named + 1 :], start=1)]
    if not any(said):
        raise CaptionsInvalid("text", at)
    return Cue(start, end, tuple(filter(None, said)))


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _said(line: str, number: int) -> str:
    """The words of a line, without tags. Raises CaptionsInvalid for a sign that begins a tag and forms none."""

    def words(tag: re.Match[str]) -> str:
        closes, name, _classes, annotation = tag.groups()
        return f"{annotation.strip()}: " if name == "v" and not closes and annotation else ""

    plain = _TAG.sub(words, line)
    if "<" in plain or "-->" in plain:
        raise CaptionsInvalid("text", number)
    return re.sub(r"\s+", " ", unescape(plain)).strip()
