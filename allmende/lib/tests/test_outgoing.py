"""Addresses that people have typed in: no way into the own network, no redirect, no answer without end.

What drips, hangs or is too long is tested where it is used: lib/seal/tests/test_http.py.
"""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from allmende.lib import outgoing
from allmende.lib.outgoing import Reason, Refused, Reply, exchange, is_public


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing to say in tests."""


@contextmanager
def served(status: str, headers: list[tuple[str, str]], body: bytes) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server with one answer, and what it was asked."""
    asked: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        asked.append({"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], "type": environ["CONTENT_TYPE"], "body": sent})
        start_response(status, headers)
        return [body]

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def test_every_status_comes_back_with_its_body() -> None:
    with served("409 Conflict", [("Content-Type", "Text/X.tlog.size; charset=utf-8")], b"5\n") as (url, asked):
        reply = exchange(f"{url}/a", body=b"old 3", content_type="text/plain", allow_private=True, timeout=5)

    assert reply == Reply(409, "text/x.tlog.size", b"5\n")
    assert asked == [{"method": "POST", "path": "/a", "type": "text/plain", "body": b"old 3"}]


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with served("302 Found", [("Location", "/elsewhere")], b"") as (url, asked):
        assert exchange(f"{url}/a", allow_private=True, timeout=5).status == 302

    assert [question["path"] for question in asked] == ["/a"]


def test_a_long_refusal_is_cut_off_too() -> None:
    with served("500 Error", [], b"x" * 2000) as (url, _), pytest.raises(Refused) as refused:
        exchange(url, allow_private=True, timeout=5, largest=1000)

    assert refused.value.reason is Reason.OVERSIZED


def test_what_connects_when_the_time_is_over_is_asked_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch has run out by then: an answer that drips would have nobody to stop it."""
    connect = outgoing._connect

    def late(address: tuple[str, int], timeout: float, allow_private: bool) -> socket.socket:
        connection = connect(address, timeout, allow_private)
        next(timer for timer in threading.enumerate() if isinstance(timer, threading.Timer)).join()
        return connection

    monkeypatch.setattr(outgoing, "_connect", late)
    with served("200 OK", [], b"") as (url, asked), pytest.raises(Refused) as refused:
        exchange(url, allow_private=True, timeout=0.2)

    assert (refused.value.reason, asked) == (Reason.SLOW, [])


def test_a_name_with_many_silent_addresses_takes_no_longer_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    tried: list[float] = []

    class Silent:
        def __init__(self, *_: int) -> None:
            self.timeout = 0.0

        def settimeout(self, timeout: float) -> None:
            self.timeout = timeout

        def connect(self, where: object) -> None:
            tried.append(self.timeout)
            now[0] += min(self.timeout, 2.0)
            raise OSError

        def close(self) -> None:
            """Nothing is open."""

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.113.1", 443))] * 100
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "socket", Silent)
    monkeypatch.setattr(outgoing, "monotonic", lambda: now[0])
    with pytest.raises(TimeoutError):
        outgoing._connect(("viele.example", 443), 5.0, allow_private=True)

    assert tried == [5.0, 3.0, 1.0]


def test_this_machine_is_asked_only_if_allowed() -> None:
    with served("200 OK", [], b"") as (url, asked), pytest.raises(Refused) as refused:
        exchange(url, timeout=5)

    assert (refused.value.reason, asked) == (Reason.ADDRESS, [])


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("127.0.0.2", False),
        ("0.0.0.0", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("fec0::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_an_address_is_public_or_not(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_resolver_that_says_nothing_does_not_hold_up_the_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def silent(*args: Any, **kwargs: Any) -> list[Any]:
        release.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    begin = monotonic()
    try:
        with pytest.raises(Refused) as refused:
            exchange("https://still.example/", timeout=0.3)
    finally:
        release.set()

    assert refused.value.reason is Reason.SLOW
    assert monotonic() - begin < 5
