"""What is known of a video."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

Reason: TypeAlias = Literal["unknown", "quicktime", "broken", "codec", "tracks", "duration", "attachments"]


class Media(StrEnum):
    MP4 = "mp4"
    WEBM = "webm"


class Span(NamedTuple):
    """Part of a file, in bytes."""

    start: int
    size: int


class VideoRefused(ValueError):
    """`reason`: unknown (no video of these kinds), quicktime (a MOV file), broken, codec (not every browser shows it), tracks (holds
    more than picture and sound), duration (does not say how long it is), attachments (holds further files).
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Video:
    """`width`, `height`: pixels as shown; `rate`: pictures a second, 0 where the file does not say it; `blanks`: see clean."""

    media: Media
    width: int
    height: int
    seconds: float
    rate: float
    sound: bool
    blanks: tuple[Span, ...] = ()
