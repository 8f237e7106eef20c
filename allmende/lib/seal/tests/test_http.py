"""Over HTTP the authority is one address among hostile ones: limits, no redirects, no way into the town's own network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from allmende.lib.seal import HttpAuthority, RevocationUnusable, StampReason, TimeStampFailed, fetch_crl, seal_pdf, serve_authority

from .conftest import LABEL, Office, at_now, examine_sealed

REPLY = ("Content-Type", "application/timestamp-reply")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing to say in tests."""


@contextmanager
def served(status: str, headers: list[tuple[str, str]], body: Iterable[bytes]) -> Iterator[str]:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response(status, headers)
        return body

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def dripping(first: bytes) -> Iterator[str]:
    """A server that sends a byte every 20 ms, for ever."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                connection.sendall(first)
                while not stop.wait(0.02):
                    connection.sendall(b"x")
            except OSError:
                return

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        stop.set()
        thread.join()
        listener.close()


def reason_of(url: str, **more: Any) -> StampReason:
    with pytest.raises(TimeStampFailed) as failed:
        HttpAuthority(url, **{"allow_private": True, "timeout": 3, **more}).stamp(b"\x30\x00")
    return failed.value.reason


def test_a_notice_is_sealed_with_an_authority_over_http(office: Office, notice: bytes) -> None:
    with serve_authority(office.authority) as url:
        sealed = seal_pdf(
            notice,
            seal=office.seal,
            authority=HttpAuthority(url, allow_private=True),
            authority_certificates=office.authority.certificates,
            field_label=LABEL,
            revocation=[office.crl],
            clock=at_now,
        )

    assert examine_sealed(sealed).holds


@pytest.mark.parametrize(
    ("status", "headers", "body", "reason"),
    [
        ("200 OK", [("Content-Type", "text/html")], [b"Wartung"], StampReason.ANSWER),
        ("503 Service Unavailable", [REPLY], [b""], StampReason.ANSWER),
        ("302 Found", [REPLY, ("Location", "https://tsa.example.org/")], [b""], StampReason.ANSWER),
        ("307 Temporary Redirect", [REPLY, ("Location", "/woanders")], [b""], StampReason.ANSWER),
        ("200 OK", [REPLY, ("Content-Length", "70000")], [b"x" * 70000], StampReason.OVERSIZED),
        ("200 OK", [REPLY], (b"x" * 10_000 for _ in range(8)), StampReason.OVERSIZED),
    ],
)
def test_an_answer_that_is_none_is_refused(status: str, headers: list[tuple[str, str]], body: Iterable[bytes], reason: StampReason) -> None:
    with served(status, headers, body) as url:
        assert reason_of(url) is reason


@pytest.mark.parametrize(
    "first",
    [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\n\r\n"],
)
def test_an_answer_that_drips_is_given_up(first: bytes) -> None:
    with dripping(first) as url:
        assert reason_of(url, timeout=0.3) is StampReason.SLOW


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert reason_of(f"http://127.0.0.1:{port}/") is StampReason.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tsa.example.org",
        "ftp://tsa.example.org/",
        "file:///etc/passwd",
        "http://tsa.example.org/",
        "https://",
        "https://name:word@tsa.example.org/",
        "https://tsa.example.org:99999/",
        "https://[::1/",
    ],
)
def test_only_https_or_this_machine_itself_is_an_address(url: str) -> None:
    assert reason_of(url) is StampReason.ADDRESS


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_must_be_allowed_explicitly(host: str) -> None:
    assert reason_of(f"http://{host}:1/", allow_private=False) is StampReason.ADDRESS


def test_a_public_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def leads_inside(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "169.254.169.254")]

    monkeypatch.setattr(socket, "getaddrinfo", leads_inside)

    assert reason_of("https://tsa.example.org/", allow_private=False) is StampReason.ADDRESS


def test_a_revocation_list_is_fetched_and_limited(office: Office) -> None:
    with served("200 OK", [("Content-Type", "application/pkix-crl")], [office.crl]) as url:
        assert fetch_crl(url, allow_private=True) == office.crl
        with pytest.raises(RevocationUnusable):
            fetch_crl(url, allow_private=True, largest=100)
        with pytest.raises(RevocationUnusable):
            fetch_crl(url)


@pytest.mark.parametrize(
    ("method", "kind", "body", "status"),
    [
        ("GET", "application/timestamp-query", b"", 405),
        ("POST", "text/plain", b"x", 415),
        ("POST", "application/timestamp-query", b"x" * 20_000, 413),
        ("POST", "application/timestamp-query", b"x", 200),
    ],
)
def test_the_demo_authority_serves_only_its_own_kind_of_question(office: Office, method: str, kind: str, body: bytes, status: int) -> None:
    from http.client import HTTPConnection
    from urllib.parse import urlsplit

    with serve_authority(office.authority) as url:
        connection = HTTPConnection(urlsplit(url).netloc, timeout=5)
        connection.request(method, "/", body=body, headers={"Content-Type": kind})
        answer = connection.getresponse()
        answer.read()
        connection.close()

    assert answer.status == status
