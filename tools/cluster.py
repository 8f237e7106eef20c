"""A private PostgreSQL for tests: made in a temporary folder from the installed programs, gone afterwards.

    .venv/bin/python -m tools.cluster COMMAND…     runs a command with DATABASE_URL set

Listens on 127.0.0.1 and a socket in its own folder, with a password of its own. Started by root it runs as an
unprivileged user, since PostgreSQL refuses to run as root.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

START_LIMIT = 60.0  # seconds; a cluster answers within two
# Nothing here outlives the tests: no need to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "shared_buffers=64MB")


class NoPostgreSQL(Exception):
    """The programs are not installed."""


class ClusterFailed(Exception):
    """The programs are there, but no cluster came up; the text holds their last words."""


def find_programs() -> Path:
    """The folder with initdb and postgres, of the newest version installed.

    Raises:
        NoPostgreSQL
    """
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = [*debian]
    if asked := shutil.which("pg_config"):
        found.append(Path(subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=True).stdout.strip()))
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    for folder in found:
        if all((folder / program).is_file() for program in ("initdb", "postgres")):
            return folder
    raise NoPostgreSQL("PostgreSQL is not installed")


def _unprivileged() -> str | None:
    """Whom to run as: None means as we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(programs: Path, folder: Path, user: str | None, port: int) -> subprocess.Popen[bytes]:
    """Start the server and wait until it has written that it is ready.

    Raises:
        ClusterFailed
    """
    data, log = folder / "data", folder / "log"
    options = [part for setting in (*FAST, "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}") for part in ("-c", setting)]
    with log.open("ab") as output:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), *options],
            cwd=folder,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    status = data / "postmaster.pid"  # its eighth line says "ready" once connections are taken
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end and server.poll() is None:
        lines = status.read_text(encoding="utf-8").splitlines() if status.is_file() else []
        if len(lines) > 7 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
            return server
        time.sleep(0.02)
    _stop(server)
    raise ClusterFailed(log.read_text(encoding="utf-8", errors="replace")[-2000:])


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # 'fast': ends sessions, rolls back
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields the address of an empty database on it. Stopped and removed on every way out.

    Raises:
        NoPostgreSQL, ClusterFailed
    """
    programs, user, password = find_programs(), _unprivileged(), secrets.token_hex(16)
    # Not below a long TMPDIR: the path of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="allmende-pg-", dir=None if len(tempfile.gettempdir()) < 70 else "/tmp"))  # noqa: S108
    try:
        secret = folder / "password"
        secret.write_text(password, encoding="ascii")
        group = pwd.getpwnam(user).pw_gid if user else None
        if user:
            for path in (folder, secret):
                shutil.chown(path, user)
        initdb: list[str | Path] = [programs / "initdb", "-D", folder / "data", "-U", "allmende"]
        made = subprocess.run(
            [*initdb, "--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--no-locale", "--no-sync"],
            cwd=folder,
            user=user,
            group=group,
            extra_groups=[] if user else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if made.returncode:
            raise ClusterFailed(made.stdout)
        port = _free_port()
        server = _start(programs, folder, user, port)
        try:
            yield f"postgresql://allmende:{password}@127.0.0.1:{port}/postgres"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def leave_on_signals() -> None:
    """Turn SIGTERM and SIGHUP into an ordinary exit, so that `cluster` cleans up."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)


def main(command: Sequence[str]) -> int:
    if not command:
        print("usage: python -m tools.cluster COMMAND…", file=sys.stderr)
        return 2
    leave_on_signals()
    with cluster() as url:
        return subprocess.run(list(command), env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
