"""What a real issuer runs beside its certificates: a responder (RFC 6960) and a revocation list (RFC 5280), for the demo's issuer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIEnvironment

from .authority import utc_now
from .demo import DemoCa

QUESTION_TYPE: Final = "application/ocsp-request"
ANSWER_TYPE: Final = "application/ocsp-response"
LIST_TYPE: Final = "application/pkix-crl"
_LIFE = timedelta(days=1)  # of an answer and of a list
_LARGEST_QUESTION = 16 * 1024


class DemoIssuer:
    """A demo issuer that can be asked over HTTP. What is in `revoked` (serial number to moment) is revoked.

    `asked` notes the paths that were asked for. `clock` gives its time.
    """

    def __init__(self, ca: DemoCa, *, clock: Callable[[], datetime] = utc_now) -> None:
        self.ca = ca
        self.revoked: dict[int, datetime] = {}
        self.asked: list[str] = []
        self.works = True
        self._clock = clock

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        self.asked.append(path)
        now = self._clock().replace(microsecond=0)

        def answer(status: str, kind: str, body: bytes) -> list[bytes]:
            start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
            return [body]

        if not self.works:
            return answer("503 Service Unavailable", "text/plain", b"")
        if path == "/list.crl" and method == "GET":
            return answer("200 OK", LIST_TYPE, self.ca.crl(self.revoked, at=now, until=now + _LIFE))
        if path == "/ocsp" and method == "POST" and environ.get("CONTENT_TYPE") == QUESTION_TYPE:
            length = int(environ.get("CONTENT_LENGTH") or 0)
            if length <= _LARGEST_QUESTION:
                said = self.ca.answer(environ["wsgi.input"].read(length), self.revoked, at=now, until=now + _LIFE)
                return answer("200 OK", ANSWER_TYPE, said)
        return answer("404 Not Found", "text/plain", b"")


@contextmanager
def serve_issuer(
    *, name: str, at: datetime, clock: Callable[[], datetime] = utc_now, responder: bool = True, lists: bool = True
) -> Iterator[DemoIssuer]:
    """A demo issuer on 127.0.0.1 while the block runs; its certificates name the address.

    `at` is the begin of validity. `responder`, `lists`: which of the two its certificates name.
    """
    from threading import Thread
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nobody reads it."""

    def nothing(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Until the issuer is there: its certificates name the port, which is known only now."""
        start_response("503 Service Unavailable", [("Content-Length", "0")])
        return []

    with make_server("127.0.0.1", 0, nothing, handler_class=Quiet) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        ca = DemoCa(name=name, at=at, responder=f"{address}/ocsp" if responder else "", lists=f"{address}/list.crl" if lists else "")
        issuer = DemoIssuer(ca, clock=clock)
        server.set_app(issuer)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            thread.join()
