"""What the operator finds on standard error when something has failed: time, what, under which address, where in the code.

Never what people typed: no query, no form, no address of a mail, no secret of a link. The text of an exception may hold any of
it, so it is told only where it speaks of the machine or of the program.
"""

import logging
import re
import traceback
from datetime import datetime
from types import TracebackType
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

# What these say is the name of a file, a host, a table, an attribute.
ABOUT_THE_MACHINE: Final = (
    *(OSError, ImportError, AttributeError, NameError, TypeError, MemoryError, RecursionError),
    *(DatabaseError, ImproperlyConfigured, TemplateDoesNotExist, TemplateSyntaxError),
)
LONGEST: Final = 300  # characters of the text of an exception
_MAIL: Final = re.compile(r"[^\s<>\"'(]+@[^\s<>\"')]+")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONG: Final = 20  # characters; a longer part of a path may be the secret of a link

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def address(path: str) -> str:
    """The path of an address without query, secrets and mail addresses."""
    parts = urlsplit(path).path.split("/")
    return "/".join("…" if (len(part) >= _LONG and not _UUID.fullmatch(part)) or _MAIL.search(part) else part for part in parts)


def said(error: BaseException) -> str:
    """Class of an exception, its code if it has one, and what it says if that is about the machine: the first line."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if code := getattr(error, "code", None):
        return f"{name} {code}"
    if not isinstance(error, ABOUT_THE_MACHINE):
        return name
    first = (str(error).splitlines() or [""])[0]
    return f"{name}: {_MAIL.sub('…', first)[:LONGEST]}"


class Trace(logging.Formatter):
    """`2026-11-25 09:04:12+0100 ERROR django.request 500 GET /bekanntmachungen/`, then the traceback."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Never with the traceback that another handler has formatted, and keeps its own to itself."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        return f"{datetime.fromtimestamp(record.created).astimezone():%Y-%m-%d %H:%M:%S%z}"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "path"):
            record.message = f"{getattr(record, 'status_code', '')} {request.method} {address(request.path)}".strip()
        record.message = _MAIL.sub("…", record.message)
        return super().formatMessage(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802
        """The calls that led there, from the first cause on, without values."""
        parts: list[str] = []
        error, known = ei[1], set[int]()
        while error is not None and id(error) not in known:
            known.add(id(error))
            parts.append("".join(traceback.format_tb(error.__traceback__)) + said(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nwhich led to:\n".join(reversed(parts))
