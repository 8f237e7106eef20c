"""Who fetches a large file slowly keeps nobody else from reading a page."""

import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from allmende.config.serve import web
from allmende.publication.views import parts

pytestmark = pytest.mark.slow
SLOW = 6  # more than the one web process has threads


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    file = tmp_path / "plan.pdf"
    with file.open("wb") as plan:
        plan.truncate(5 * parts.AT_ONCE)
    command = [*web("127.0.0.1", free, 1)[:-1], "allmende.publication.tests.downloading:application"]
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    with subprocess.Popen(command, env=inherited | {"ALLMENDE_TEST_FILE": str(file)}) as server:
        while server.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{free}/", timeout=5):
                break
        yield free
        server.terminate()


def test_slow_readers_stop_no_page_and_their_places_come_back(port: int) -> None:
    with ExitStack() as readers:
        for _ in range(SLOW):
            reader = readers.enter_context(socket.create_connection(("127.0.0.1", port)))
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert reader.recv(12) in (b"HTTP/1.1 200", b"HTTP/1.1 503")
        for _ in range(10):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                assert page.read() == b"a page"
        with pytest.raises(urllib.error.HTTPError, match="503"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/large", timeout=10)
    for _ in range(50):  # they have gone; the server notices when it sends the next part
        with suppress(urllib.error.HTTPError), urllib.request.urlopen(f"http://127.0.0.1:{port}/large", timeout=30) as plan:
            assert len(plan.read()) == 5 * parts.AT_ONCE
            return
    raise AssertionError("no place came back")
