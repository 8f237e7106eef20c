"""The private PostgreSQL of the tests goes with whatever it was made for."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tools.cluster import cluster


@pytest.mark.postgresql
def test_a_cluster_answers_and_leaves_nothing_behind() -> None:
    with cluster() as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_setting('data_directory'), pg_backend_pid(), current_setting('fsync')").fetchone()
        assert row is not None
        folder, fsync = Path(row[0]).parent, row[2]
        assert folder.exists()
        assert fsync == "off"
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=5)


@pytest.mark.postgresql
def test_a_cluster_goes_when_its_command_is_ended() -> None:
    """The command asks to be ended by SIGTERM, as a session that closes would do."""
    script = 'printf "%s" "$DATABASE_URL"; kill -TERM $PPID'
    ended = subprocess.run(
        [sys.executable, "-m", "tools.cluster", "sh", "-c", script],
        cwd=Path(__file__).resolve().parents[1],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 128 + 15
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(ended.stdout, connect_timeout=5)
