"""In front of Django: public pages as finished bytes (docs/adr/0011-finished-bytes.md).

Answers GET and HEAD without a session from a bounded store in this process, everything else is passed on. What is kept:
answers that a view has marked (`core.http.keepable`), with status 200, without cookie, to a request without any cookie. A kept
answer is found by host, path and query alone, exactly as they were sent, so an unknown host never has one. The language is
in the path.

How long it is shown:
- never after a change: the generation (core/generation.py) is read for every request, before the answer is looked up, and
  before it is made. A change is seen with the first request that comes after its commit, in every process. There is no delay.
- never past a moment at which time alone changes a page: a notice that is provided later (its transaction is committed
  before that), midnight in Germany. A page provided at T is in every list that is asked for at T or later.
- never longer than `LONGEST`, whatever happens.
"""

import re
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import Any, Final, cast

import brotli
from django.conf import settings
from django.db import Error, connection
from django.http import HttpResponse
from django.utils.http import http_date, parse_http_date_safe

from allmende.core import generation
from allmende.publication import installation
from allmende.publication.clock import midnight_after

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

LONGEST: Final = timedelta(minutes=5)
MOST_BYTES: Final = 32 * 1024 * 1024  # of one process, all entries with all their encodings
LARGEST: Final = 1024 * 1024  # bytes of one body; nothing larger is kept
OVERHEAD: Final = 2048  # bytes of an entry beside its bodies: key, headers, tags
LEAST_TO_COMPRESS: Final = 400  # bytes
COMPRESSED: Final = ("text/", "application/xml", "application/json", "image/svg+xml")
OF_THE_BODY: Final = frozenset({"content-type", "content-length", "content-encoding", "content-language"})  # not in a 304
NUMBER: Final = re.compile(r"[0-9]{1,6}")
TAGS: Final = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(slots=True)
class Entry:
    """One answer: headers and body, encodings when they are first asked for."""

    headers: Headers
    body: bytes
    until: float  # seconds since 1970
    made: int  # the second in which it was made
    tag: str = ""
    encoded: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tag = sha256(self.body).hexdigest()[:24]
        kind = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        if len(self.body) < LEAST_TO_COMPRESS or not kind.startswith(COMPRESSED):
            self.encoded = {"gzip": b"", "br": b""}  # there is none

    @property
    def size(self) -> int:
        return OVERHEAD + len(self.body) + sum(len(data) for data in self.encoded.values())

    def in_(self, encoding: str) -> bytes:
        """The body in that encoding; empty if it is not worth it."""
        if encoding not in self.encoded:
            self.encoded[encoding] = brotli.compress(self.body, quality=5) if encoding == "br" else _gzip(self.body)
        return self.encoded[encoding]


def _gzip(data: bytes) -> bytes:
    """RFC 1952 without a time, so that every process makes the same bytes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


class Store:
    """Entries of one generation, the longest unused go first. Safe with threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most, self.bytes = most, 0
        self._lock, self._generation = Lock(), 0
        self._entries: OrderedDict[tuple[str, str, str], Entry] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: tuple[str, str, str], number: int, now: float) -> Entry | None:
        with self._lock:
            if number != self._generation:
                self._generation, self.bytes = number, 0
                self._entries.clear()
                return None
            entry = self._entries.get(key)
            if entry is None:
                return None
            if now >= entry.until:
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry

    def put(self, key: tuple[str, str, str], number: int, entry: Entry) -> None:
        """Keep it, if `number` is still the one that was asked about last."""
        with self._lock:
            if number == self._generation:
                self._drop(key)
                self._entries[key] = entry
                self.bytes += entry.size
                self._make_room()

    def encoded(self, key: tuple[str, str, str], entry: Entry, encoding: str) -> bytes:
        if encoding in entry.encoded:
            return entry.encoded[encoding]
        with self._lock:
            before = entry.size
            data = entry.in_(encoding)
            if self._entries.get(key) is entry:
                self.bytes += entry.size - before
                self._make_room()
            return data

    def _drop(self, key: tuple[str, str, str]) -> None:
        old = self._entries.pop(key, None)
        if old is not None:
            self.bytes -= old.size

    def _make_room(self) -> None:
        while self.bytes > self.most and self._entries:
            self._drop(next(iter(self._entries)))


class Front:
    """The WSGI application around Django's."""

    def __init__(self, application: Application, store: Store | None = None, clock: Callable[[], float] = time.time) -> None:
        self.application, self.clock = application, clock
        self.store = Store() if store is None else store

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        number = None if self._is_personal(environ) else _generation()
        if number is None:
            return self._pass_on(environ, start_response)
        key = (environ["HTTP_HOST"], environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        now = self.clock()
        entry = self.store.get(key, number, now)
        if entry is None:
            return self._make(environ, start_response, key, number, now)
        return self._answer(environ, start_response, key, entry)

    def _is_personal(self, environ: Environ) -> bool:
        """Who is logged in, who carries a message of a page before, who asks in a way that is not known here: Django decides."""
        cookies = environ.get("HTTP_COOKIE", "")
        return (
            (bool(cookies) and (settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies))
            or "HTTP_AUTHORIZATION" in environ
            or "HTTP_IF_MATCH" in environ
            or "HTTP_IF_UNMODIFIED_SINCE" in environ
            or "HTTP_HOST" not in environ
            or bool(environ.get("SCRIPT_NAME"))
        )

    def _pass_on(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Not from the store and not into it. A public page is marked for caches on the way all the same."""
        said: list[tuple[str, Headers]] = []
        response = self.application(environ, lambda status, headers, exc_info=None: said.append((status, headers)))
        status, headers = said[0]
        start_response(status, _for_caches(headers) if hasattr(response, "keepable") else headers)
        return response

    def _make(self, environ: Environ, start_response: Start, key: tuple[str, str, str], number: int, now: float) -> Iterable[bytes]:
        said: list[tuple[str, Headers]] = []
        response = self.application(environ, lambda status, headers, exc_info=None: said.append((status, headers)))
        status, headers = said[0]
        if not self._may_be_kept(environ, response, status, headers):
            start_response(status, _for_caches(headers) if hasattr(response, "keepable") else headers)
            return response
        page = cast(HttpResponse, response)
        body = page.content
        page.close()
        kept = [pair for pair in _for_caches(headers) if pair[0].lower() != "content-length"]
        entry = Entry(kept, body, _until(now), int(now))
        self.store.put(key, number, entry)
        return self._answer(environ, start_response, key, entry)

    @staticmethod
    def _may_be_kept(environ: Environ, response: Iterable[bytes], status: str, headers: Headers) -> bool:
        parameters: frozenset[str] | None = getattr(response, "keepable", None)
        if parameters is None or not status.startswith("200") or environ.get("HTTP_COOKIE"):
            return False
        if not isinstance(response, HttpResponse) or response.cookies or len(response.content) > LARGEST:
            return False
        said = {name.lower(): value.lower() for name, value in headers}
        if "set-cookie" in said or "content-encoding" in said or any(w in said.get("cache-control", "") for w in ("no-store", "private")):
            return False
        if said.get("vary", "").replace("cookie", "").replace("accept-encoding", "").strip(" ,"):
            return False
        query, path = environ.get("QUERY_STRING", ""), environ.get("PATH_INFO", "")
        if len(path) > 200 or len(environ["HTTP_HOST"]) > 260:
            return False
        pairs = [pair.partition("=") for pair in query.split("&")] if query else []
        names = [name for name, _is, _value in pairs]
        return len(set(names)) == len(names) and all(name in parameters and NUMBER.fullmatch(value) for name, _is, value in pairs)

    def _answer(self, environ: Environ, start_response: Start, key: tuple[str, str, str], entry: Entry) -> list[bytes]:
        """200 or 304 (RFC 9110, 13.2.2): If-None-Match decides alone where it is sent."""
        encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:200])
        body = self.store.encoded(key, entry, encoding) if encoding else entry.body
        if not body and entry.body:
            encoding, body = "", entry.body
        tag = f'"{entry.tag}-{encoding}"' if encoding else f'"{entry.tag}"'
        headers = [*entry.headers, ("ETag", tag)]
        # Only once its second is over: what is sent with this date is then never the same second as another version.
        dated = int(self.clock()) > entry.made
        if dated:
            headers.append(("Last-Modified", http_date(entry.made)))
        if self._is_unchanged(environ, tag, entry.made if dated else None):
            start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() not in OF_THE_BODY])
            return []
        if encoding:
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Length", str(len(body))))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    @staticmethod
    def _is_unchanged(environ: Environ, tag: str, made: int | None) -> bool:
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if wanted is not None:
            return wanted.strip() == "*" or tag in TAGS.findall(wanted[:2000])
        since = parse_http_date_safe(environ["HTTP_IF_MODIFIED_SINCE"]) if "HTTP_IF_MODIFIED_SINCE" in environ else None
        return since is not None and made is not None and since >= made


def _generation() -> int | None:
    """None: the database does not answer. Django then says so, on a new connection."""
    try:
        with connection.wrap_database_errors:
            return generation.current()
    except Error:
        connection.close()
        return None


def _until(now: float) -> float:
    """Until when an answer that was begun at `now` is right if nothing is changed."""
    at = datetime.fromtimestamp(now, UTC)
    moments = [at + LONGEST, midnight_after(at)]
    if (provided := installation.next_provided_at(at)) is not None:
        moments.append(provided)
    return min(moments).timestamp()


def _for_caches(headers: Headers) -> Headers:
    """For caches on the way, shared ones too: they may keep it, and ask each time whether it is still right (RFC 9111, 5.2.2.4)."""
    said = {name.lower(): value for name, value in headers}
    varies = {word.strip().title() for word in said.get("vary", "").split(",") if word.strip()} | {"Accept-Encoding", "Cookie"}
    marked = [pair for pair in headers if pair[0].lower() != "vary"]
    if "cache-control" not in said:
        marked.append(("Cache-Control", "no-cache"))
    return [*marked, ("Vary", ", ".join(sorted(varies)))]


@lru_cache(maxsize=256)
def _encoding(accepted: str) -> str:
    """'br', 'gzip' or '' for what a browser takes (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        try:
            weights[name.strip()] = float(parameter.strip().removeprefix("q=")) if parameter.strip() else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    offered = {name: weights.get(name, weights.get("*", 0.0)) for name in ("br", "gzip")}
    best = max(offered, key=lambda name: offered[name])
    return best if offered[best] > 0 and offered[best] >= weights.get("identity", 0.0) else ""
