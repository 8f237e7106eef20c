"""`allmende serve`: web processes and one worker as children of this one, all stopped by one signal."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

GRACE = 20  # seconds that children get to finish what they have in hand
RESTARTS = 5  # of the worker within a minute; then something is broken that a restart does not mend
THREADS = "4"  # in each web process


class PortTaken(Exception):
    """Somebody else answers on the port already."""


def free_or_raise(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} cannot be used ({error.strerror}). Stop what is there, or choose another: PORT={port + 1}"
            ) from error


def web(host: str, port: int, workers: int) -> list[str]:
    """The web server's command.

    More threads than one fight for the interpreter (docs/performance.md), but a single one would keep everybody
    waiting for whoever sends a form slowly, or for a file that is being examined.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", THREADS, "--log-level", "warning"),
        *("--workers", str(workers), "--host", host, "--port", str(port), "allmende.config.wsgi:application"),
    ]


def worker() -> list[str]:
    return [sys.executable, "-m", "allmende.config.command", "work"]


def _group_lives(child: subprocess.Popen[bytes]) -> bool:
    try:
        os.killpg(child.pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """End the children and all that they have started: each leads a group of its own (`start_new_session`).

    The leader is told first and ends its own in order. A web server that is told while it is still starting leaves its
    processes behind, on the port: they are told after it.
    """
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        _signal_group(child, signal.SIGTERM)
    while any(map(_group_lives, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        _signal_group(child, signal.SIGKILL)


def answers(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
    try:
        with socket.create_connection((here, port), timeout=1):
            return True
    except OSError:
        return False


def run(host: str, port: int, workers: int, say: Callable[[str], object], ready: Callable[[], object]) -> int:
    """Serve until a signal comes; `ready` is called once, when the port takes connections.

    Whatever fails here, nothing that was started stays behind. Returns the exit status: 0 after SIGTERM or SIGINT, 1 if the web
    server ended by itself.
    """
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: asked.append(got))
    # Own sessions: Ctrl-C in the terminal reaches this process, which then stops the children in order.
    start = {"start_new_session": True, "env": os.environ | {"PYTHONUNBUFFERED": "1"}}
    children: list[subprocess.Popen[bytes]] = []
    deaths: list[float] = []
    announced = False
    try:
        for command in (web(host, port, workers), worker()):
            children.append(subprocess.Popen(command, **start))  # type: ignore[call-overload]  # noqa: S603
        web_process, work_process = children
        while not asked:
            if not announced and answers(host, port):
                announced = True
                ready()
            if web_process.poll() is not None:
                say(f"The web server ended with status {web_process.returncode}. Its last lines above say why.")
                return 1
            if work_process.poll() is not None:
                deaths = [death for death in deaths if death > time.monotonic() - 60] + [time.monotonic()]
                if len(deaths) > RESTARTS:
                    say("The worker keeps ending. Nothing is lost, but nothing is published: see the lines above, then start again.")
                    return 1
                work_process = subprocess.Popen(worker(), **start)  # type: ignore[call-overload]  # noqa: S603
                children[1] = work_process
            signal.sigtimedwait([], 0.5 if announced else 0.05)
    finally:
        _stop(children)
    return 0
