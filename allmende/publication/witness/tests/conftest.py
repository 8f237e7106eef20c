"""A town with its log, and a neighbour's witness that answers over HTTP on this machine."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from pytest_django import Settings

from allmende.core.models import Body
from allmende.lib import tlog
from allmende.publication import kinds
from allmende.publication.models import Log, Witness
from allmende.publication.tests.conftest import clock, make_approved, one_seal, ready  # noqa: F401 (fixtures)
from allmende.publication.witness import services
from conftest import NOW

OPERATOR = "Stadt Wiesenmark"
HOUR = timedelta(hours=1)
REASONS = {
    200: "OK",
    302: "Found",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    422: "Unprocessable",
    500: "Error",
}


@pytest.fixture(autouse=True)
def _two_on_one_machine(settings: Settings) -> None:
    settings.OPERATOR = "Stadt Musterstedt"
    settings.WITNESS_LOOPBACK = True


@pytest.fixture(autouse=True)
def _records_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The notices of these tests are records without a draft behind them: no module is told."""
    monkeypatch.setattr(kinds, "_KINDS", {})


@dataclass
class Neighbour:
    """A witness by the rules of the standard, with its state in memory. `instead` answers in its place."""

    key: tlog.Cosigner = field(default_factory=lambda: tlog.Cosigner("wiesenmark.example/witness", b"w" * 32))
    trusted: list[tlog.VerifierKey] = field(default_factory=list)
    head: tlog.Head = field(default_factory=tlog.Head)
    at: datetime = NOW
    instead: Callable[[tlog.AddCheckpoint], tlog.Answer] | None = None
    requests: list[tlog.AddCheckpoint] = field(default_factory=list)
    url: str = ""

    def answer(self, data: bytes) -> tlog.Answer:
        request = tlog.read_request(data)
        self.requests.append(request)
        if self.instead:
            return self.instead(request)
        answer = tlog.decide(request, trusted=self.trusted, last=self.head, cosigners=[self.key], time=int(self.at.timestamp()))
        self.head = answer.head or self.head
        return answer

    def application(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        assert environ["REQUEST_METHOD"] == "POST"
        assert environ["PATH_INFO"] == "/witness/wiesenmark/add-checkpoint"
        answer = self.answer(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start_response(f"{answer.status} {REASONS[answer.status]}", [("Content-Type", answer.content_type)])
        return [answer.body]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing to say in tests."""


@contextmanager
def served(neighbour: Neighbour) -> Iterator[Neighbour]:
    with make_server("127.0.0.1", 0, neighbour.application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        neighbour.url = f"http://127.0.0.1:{server.server_port}/witness/wiesenmark"
        try:
            yield neighbour
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def wiesenmark(ready: Body) -> Iterator[Neighbour]:  # noqa: F811
    """The witness of the town of Wiesenmark. It knows the log of Musterstedt."""
    with served(Neighbour(trusted=[tlog.parse_vkey(Log.objects.for_body(ready).get().vkey)])) as neighbour:
        yield neighbour


@pytest.fixture
def witness(ready: Body, wiesenmark: Neighbour) -> Witness:  # noqa: F811
    """Musterstedt asks Wiesenmark."""
    return services.add_witness(ready, url=wiesenmark.url, vkey=str(wiesenmark.key.key), operator=OPERATOR, by=None, at=NOW)


def in_a_minute(at: datetime = NOW) -> datetime:
    return at + timedelta(minutes=1)


def codes(body: Body) -> str:
    return Witness.objects.for_body(body).get().last_error
