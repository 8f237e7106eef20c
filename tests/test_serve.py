"""`allmende serve` as people start it: it says that it answers when it does, and ends whole."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from allmende.config.serve import answers

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_says_that_it_answers_when_it_does_and_a_signal_ends_all_of_it(tmp_path: Path) -> None:
    port = free_port()
    own = {"ALLMENDE_DATA": str(tmp_path), "ALLMENDE_DEMO": "0", "PORT": str(port)}
    inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ALLMENDE_URL")}
    command = [sys.executable, "-m", "allmende.config.command", "serve", "--workers", "1"]
    with subprocess.Popen(command, env=inherited | own, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout
            assert any(f"answers at http://localhost:{port}" in line for line in running.stdout)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/einrichten/", timeout=30) as page:
                assert page.status == 200
            running.send_signal(signal.SIGTERM)
            assert running.wait(30) == 0
        finally:
            running.kill()
    assert not answers("127.0.0.1", port)
