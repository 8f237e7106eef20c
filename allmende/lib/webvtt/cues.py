"""One caption, and how captions are written."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """`start`, `end`: milliseconds from the beginning of the video; `lines`: what is read, without tags."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def write(cues: Iterable[Cue]) -> str:
    """WebVTT with times and text alone; the same cues give the same text."""
    parts = ["WEBVTT"]
    for cue in cues:
        lines = "\n".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in cue.lines)
        parts.append(f"{_time(cue.start)} --> {_time(cue.end)}\n{lines}")
    return "\n\n".join(parts) + "\n"


def _time(milliseconds: int) -> str:
    seconds, thousandth = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{thousandth:03}"
