"""A web process with its front, asked without a network."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from allmende.config.front import Front
from allmende.core.models import Body
from conftest import NOW

REAL_COMMITS = pytest.mark.usefixtures("committed")
LIST, PAGE = "/bekanntmachungen/", "/bekanntmachungen/2026/1/"
# Kept by the front once a notice is published.
KEPT: tuple[str, ...] = (
    "/",
    LIST,
    f"{LIST}?page=1",
    f"{LIST}?year=2026&page=1",
    f"{LIST}archiv/",
    f"{LIST}2026/",
    PAGE,
    "/ortsrecht/",
    "/impressum/",
)
KEPT += ("/datenschutz/", "/barrierefreiheit/", "/protokoll/", "/sitemap.xml", "/robots.txt", "/stadt.css", "/wappen", "/en/", f"/en{PAGE}")


class Clock:
    """The time of the front and of Django, moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock(NOW + timedelta(minutes=5))
    monkeypatch.setattr("django.utils.timezone.now", lambda: found.now)
    return found


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class House:
    """A web process: Django with its front. `made`: how often Django was asked."""

    def __init__(self, clock: Clock, **options: Any) -> None:
        self.django, self.made = WSGIHandler(), 0
        self.front = Front(self._count, clock=clock, **options)

    def _count(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.made += 1
        return self.django(environ, start_response)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        path, _mark, query = path.partition("?")
        environ |= {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        said: list[tuple[str, list[tuple[str, str]]]] = []
        if connection.in_atomic_block:  # of the test: the connection must outlive the request, as with Django's test client
            request_started.disconnect(close_old_connections)
            request_finished.disconnect(close_old_connections)
        response = self.front(environ, lambda status, headers, exc_info=None: said.append((status, headers)))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)
        ((status, found),) = said
        assert len(found) == len({name.lower() for name, _value in found}), "a header twice"
        return Answer(int(status[:3]), dict(found), body)


@pytest.fixture
def house(clock: Clock, town: Body) -> House:
    return House(clock)


def new_phone(town: Body) -> None:
    """A change that every page of the body shows."""
    Body.objects.filter(pk=town.pk).update(phone="03999 4711")
