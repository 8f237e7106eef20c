"""Files of any size, sent a part at a time, and from the middle where a download goes on (RFC 9110, 14)."""

import re
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK: Final = 256 * 1024  # bytes
# What is not larger is handed to the web server at once, which then needs no thread of ours for it, however slowly it is fetched.
AT_ONCE: Final = 20_000_000
# Larger ones take a thread until the last byte is fetched. There are four (config/serve.py): two are left for pages.
_streams: Final = BoundedSemaphore(2)
_RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)


def send(
    request: HttpRequest, path: Path, headers: dict[str, str], *, content_type: str, most: int | None = None
) -> HttpResponseBase | None:
    """The file, or the one part of it that is asked for; None: too many fetch large files at the moment.

    `headers` holds its ETag, which changes with its content. Several parts at once, and what is no range, are answered with the whole
    file, as RFC 9110 allows. `most`: bytes of a part at most, where a player asks for the rest of a film and takes it bit by bit
    (RFC 9110, 15.3.7).

    Raises:
        Http404: there is no such file.
    """
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    try:
        size = path.stat().st_size
    except OSError:
        raise Http404 from None
    headers = headers | {"Accept-Ranges": "bytes"}
    asked = request.headers.get("Range", "") if request.method == "GET" else ""
    if request.headers.get("If-Range", headers["ETag"]) != headers["ETag"]:
        asked = ""  # the download has begun with another file
    part = _asked(asked, size)
    if part is None:
        return _answer(request, path, 0, size, headers, content_type, status=200)
    first, end = part
    if first >= end:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    end = min(end, first + most) if most else end
    headers |= {"Content-Range": f"bytes {first}-{end - 1}/{size}"}
    return _answer(request, path, first, end, headers, content_type, status=206)


def _asked(asked: str, size: int) -> tuple[int, int] | None:
    """First byte and the one behind the last; None: the whole file. Empty where nothing of it exists."""
    found = _RANGE.fullmatch(asked.strip())
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size
    first = int(found[1])
    if found[2] and int(found[2]) < first:
        return None
    return first, min(size, int(found[2]) + 1) if found[2] else size


def _answer(
    request: HttpRequest, path: Path, first: int, end: int, headers: dict[str, str], content_type: str, *, status: int
) -> HttpResponseBase | None:
    headers = headers | {"Content-Length": str(end - first)}
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type=content_type, headers=headers)
    if end - first <= AT_ONCE:
        with path.open("rb") as file:
            file.seek(first)
            return HttpResponse(file.read(end - first), status=status, content_type=content_type, headers=headers)
    if not _streams.acquire(blocking=False):
        return None
    try:
        part = _Part(path, first, end)
    except OSError:
        _streams.release()
        raise Http404 from None
    return StreamingHttpResponse(part, status=status, content_type=content_type, headers=headers)


class _Part:
    """An iterator that gives its place back when it ends, when the visitor goes away, and when nobody ever begins."""

    def __init__(self, path: Path, first: int, end: int) -> None:
        self.file, self.left = path.open("rb"), end - first
        self.file.seek(first)

    def __iter__(self) -> "_Part":
        return self

    def __next__(self) -> bytes:
        data = b"" if self.file.closed else self.file.read(min(CHUNK, self.left))
        if not data:
            self.close()
            raise StopIteration
        self.left -= len(data)
        return data

    def close(self) -> None:
        if not self.file.closed:
            self.file.close()
            _streams.release()

    def __del__(self) -> None:
        self.close()
