"""What a killed writer leaves behind goes at the next start of the worker, and nothing else."""

import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings


@pytest.mark.django_db
def test_the_worker_takes_away_what_killed_writers_have_left(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "unfinished" / "quellstedt"
    folder.mkdir(parents=True)
    long_ago = time.time() - 2 * 3600
    for name, age in (("left", long_ago), ("checkpoint.lock", long_ago), ("being-written", time.time())):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (age, age))

    call_command("work", once=True, verbosity=0)

    assert sorted(path.name for path in folder.iterdir()) == ["being-written", "checkpoint.lock"]
