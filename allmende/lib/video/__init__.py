"""Video files for the web, looked into before they are shown: MP4 (ISO/IEC 14496-12) and WebM (a profile of Matroska, RFC 9559).

Told by content alone, whatever the name says. The boxes must fill the file to its last byte, so that no second file hides behind
the first; what tells of place, camera or maker is named, to be blanked in place (`clean`), so that nothing else moves.

Pure functions on an open file: no Django, no decoder. Whether the pictures themselves are whole is seen by who looks at them.
"""

from typing import BinaryIO

from allmende.lib.video import mp4, webm
from allmende.lib.video.model import Media, Span, Video, VideoRefused

__all__ = ["Media", "Span", "Video", "VideoRefused", "clean", "examine"]


def examine(file: BinaryIO) -> Video:
    """What the file is. Reads headers only, however large it is.

    Raises:
        VideoRefused: neither MP4 nor WebM, not whole, or nothing that browsers show.
    """
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(12)
    if head[4:8] == b"ftyp":
        return mp4.examine(file, size)
    if head[:4] == webm.EBML:
        return webm.examine(file, size)
    raise VideoRefused("unknown")


def clean(file: BinaryIO, video: Video) -> None:
    """Overwrite in place what `examine` has named as telling of people or places. `file` is open for reading and writing."""
    blank = mp4.blank if video.media is Media.MP4 else webm.blank
    for span in video.blanks:
        blank(file, span)
    file.flush()
