"""`allmende serve` in an installation of its own towns, and what stays behind when it fails: nothing."""

import signal
import socket
import sys
import time
from collections.abc import Iterator

import pytest

from allmende.config import serve
from allmende.config.management.commands.serve import Command
from allmende.core.models import Body

# A web server that was told to stop before it could tell its own process, which has the port.
HEADLESS = """
import os, socket, sys, time
listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
if os.fork() == 0:
    while True:
        listening.accept()
listening.close()
time.sleep(60)
"""


@pytest.fixture
def handlers() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.django_db
def test_towns_that_are_no_demo_are_served_without_log_ins(town: Body, capsys: pytest.CaptureFixture[str], settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    Command().announce()

    said = capsys.readouterr().out
    assert "Allmende answers at" in said
    assert "Log-ins" not in said


@pytest.mark.usefixtures("handlers")
def test_whatever_fails_while_serving_nothing_keeps_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    monkeypatch.setattr(serve, "web", lambda *_: [sys.executable, "-c", HEADLESS, str(port)])
    monkeypatch.setattr(serve, "worker", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])

    def fail() -> None:
        raise RuntimeError

    began = time.monotonic()
    with pytest.raises(RuntimeError):
        serve.run("127.0.0.1", port, 1, print, fail)

    assert not serve.answers("127.0.0.1", port)
    assert time.monotonic() - began < serve.GRACE
    serve.free_or_raise("127.0.0.1", port)


@pytest.mark.usefixtures("handlers")
def test_a_web_server_that_ends_by_itself_takes_its_processes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    monkeypatch.setattr(serve, "web", lambda *_: [sys.executable, "-c", HEADLESS.replace("time.sleep(60)", ""), str(port)])
    monkeypatch.setattr(serve, "worker", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])

    assert serve.run("127.0.0.1", port, 1, print, lambda: None) == 1
    assert not serve.answers("127.0.0.1", port)
