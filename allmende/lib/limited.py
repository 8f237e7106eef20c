"""Work on data from strangers, done by a child process that gets so much memory and time and no more.

A hostile file can make a reader of PDF or of keys eat memory, run for hours or crash. So it is read by a process of its own, started
anew (never forked off a server with threads), without the environment of its parent, and what becomes of it is an answer or a cause.

The child is `python -m allmende.lib.limited MODULE`; MODULE has `answer(request: dict, data: bytes) -> dict`, or, for files that
are not read whole, `answer_file(request: dict, file: BinaryIO) -> dict`. The dicts are JSON: nothing that comes back is ever executed.
A file that takes its reader over can make it say what it likes, but not more than `answer` bytes of it, and not for longer than
`wall` seconds. What is not the answer that was asked for is none: who asks says how it is read.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Any, Final, NamedTuple, TypeVar

_OUT_OF_MEMORY: Final = 3  # exit status of the child
_AT_ONCE: Final = 64 * 1024  # bytes: what a pipe holds
_ROOT: Final = Path(__file__).resolve().parents[2]
T = TypeVar("T")
Read = Callable[[dict[str, Any]], T]  # raises ValueError, TypeError, KeyError or AttributeError for any other answer


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one child. `memory`: bytes of address space; `cpu`: seconds of processor time; `wall`: seconds until it is stopped;
    `answer`: bytes that are read of what it says.
    """

    memory: int = 1024 * 1024 * 1024
    cpu: int = 10
    wall: float = 15.0
    answer: int = 4 * 1024 * 1024


class Turn(NamedTuple):
    """One child at a time on this machine: who waits longer than `patience` seconds for the lock on `file` is told BUSY.

    For web pages: otherwise a few uploads that use up their limits would keep all processes from serving anybody else.
    """

    file: Path
    patience: float = 3.0


class Cause(StrEnum):
    """Why there is no answer. Codes are stable."""

    MEMORY = "memory"
    TIME = "time"
    BUSY = "busy"
    FAILED = "failed"  # crashed, said something else or too much, was stopped by somebody else, or could not be started


class NotDone(Exception):
    """The child gave no answer. `detail` is for logs."""

    code = "could_not_be_examined"

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{cause.value}: {detail}" if detail else cause.value)
        self.cause = cause


def run(module: str, request: Mapping[str, object], data: bytes, *, read: Read[T], limits: Limits, turn: Turn | None = None) -> T:
    """Let `module.answer(request, data)` be answered by a child. Raises NotDone."""
    with _taken(turn):
        return understood(_run(module, request, data, None, limits), read)


def run_on_file(
    module: str, request: Mapping[str, object], file: IO[bytes], *, read: Read[T], limits: Limits, turn: Turn | None = None
) -> T:
    """Let `module.answer_file(request, file)` be answered by a child that is handed the open file, which has a descriptor.

    Nothing of the file passes through this process. Raises NotDone.
    """
    with _taken(turn):
        return understood(_run(module, request, b"", file.fileno(), limits), read)


def understood(said: bytes, read: Read[T]) -> T:
    """What the child has said. Raises NotDone: FAILED, where it is not the answer that was asked for."""
    try:
        plain = json.loads(said)
        if not isinstance(plain, dict):
            raise TypeError(type(plain).__name__)
        return read(plain)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotDone(Cause.FAILED, f"no answer: {type(error).__name__}") from error


def _run(module: str, request: Mapping[str, object], data: bytes, file: int | None, limits: Limits) -> bytes:
    header = json.dumps({"limits": [limits.memory, limits.cpu, limits.wall], "request": request, "file": file}).encode() + b"\n"
    command = [sys.executable, "-B", "-P", "-s", "-m", __name__, module]
    # No secrets, no database address, no proxy: the child needs none of them.
    environment = {"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "PATH": os.defpath}
    try:
        child = subprocess.Popen(  # noqa: S603
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd="/",
            start_new_session=True,
            pass_fds=() if file is None else (file,),
        )
    except OSError as error:
        raise NotDone(Cause.FAILED, str(error)) from error
    with child:
        try:
            out = _exchange(child, header + data, limits)
        finally:
            child.kill()  # does nothing to one that has ended
    if child.returncode:
        raise NotDone(_cause(child.returncode), f"status {child.returncode}")
    return out


def _exchange(child: subprocess.Popen[bytes], sent: bytes, limits: Limits) -> bytes:
    """All that the child says until it has ended, while it is told `sent`. Raises NotDone: TIME, or FAILED for a longer answer.

    `communicate` would keep whatever comes: a child that was taken over could fill the memory of who asked.
    """
    until, rest, out = monotonic() + limits.wall, memoryview(sent), bytearray()
    assert child.stdin
    assert child.stdout
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdin, selectors.EVENT_WRITE)
        ready.register(child.stdout, selectors.EVENT_READ)
        while ready.get_map():
            if (left := until - monotonic()) <= 0:
                raise NotDone(Cause.TIME, f"more than {limits.wall:g} s")
            for key, _events in ready.select(left):
                if key.fileobj is child.stdout:
                    if not (said := os.read(key.fd, _AT_ONCE)):
                        ready.unregister(child.stdout)
                    out += said
                    if len(out) > limits.answer:
                        raise NotDone(Cause.FAILED, f"says more than {limits.answer} bytes")
                else:
                    try:
                        rest = rest[os.write(key.fd, rest[:_AT_ONCE]) :]
                    except BrokenPipeError:  # it listens no more; what it has said counts
                        rest = rest[:0]
                    if not rest:
                        ready.unregister(child.stdin)
                        child.stdin.close()
    try:
        child.wait(max(0.0, until - monotonic()))
    except subprocess.TimeoutExpired:
        raise NotDone(Cause.TIME, f"more than {limits.wall:g} s") from None
    return bytes(out)


def _cause(status: int) -> Cause:
    if status == _OUT_OF_MEMORY:
        return Cause.MEMORY
    return Cause.TIME if -status in (signal.SIGXCPU, signal.SIGALRM) else Cause.FAILED


@contextmanager
def _taken(turn: Turn | None) -> Iterator[None]:
    if turn is None:
        yield
        return
    import fcntl

    until = monotonic() + turn.patience
    handle = os.open(turn.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() >= until:
                    raise NotDone(Cause.BUSY) from None
                sleep(0.05)
        yield
    finally:
        os.close(handle)  # lets go of the lock too; so does the end of this process, however it ends


def _limit(memory: int, cpu: int, wall: float) -> None:
    import resource

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, wall + 1)  # also when the parent was killed and nobody waits
    for kind, limit in (
        (resource.RLIMIT_CORE, (0, 0)),
        (resource.RLIMIT_FSIZE, (0, 0)),  # writes no file
        (resource.RLIMIT_CPU, (cpu, cpu + 1)),
        (resource.RLIMIT_AS, (memory, memory)),
    ):
        # An administrator may have set a lower one already, which then stands.
        ceiling = resource.getrlimit(kind)[1]
        if ceiling != resource.RLIM_INFINITY:
            limit = (min(limit[0], ceiling), min(limit[1], ceiling))
        resource.setrlimit(kind, limit)


def _main() -> None:
    task = import_module(sys.argv[1])
    source, out = sys.stdin.buffer, sys.stdout.buffer
    header = json.loads(source.readline())
    _limit(*header["limits"])
    try:
        if header["file"] is None:
            answer = task.answer(header["request"], source.read())
        else:
            with os.fdopen(header["file"], "rb") as file:
                answer = task.answer_file(header["request"], file)
        said = json.dumps(answer).encode()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    out.write(said)
    out.flush()
    os._exit(0)  # nothing is left to be put away, and large trees of objects take long to be taken apart


if __name__ == "__main__":
    _main()
