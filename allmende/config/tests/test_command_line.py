"""`allmende` as it is typed: what stops it is one sentence, and reading makes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def typed(*arguments: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ALLMENDE_URL")}
    return subprocess.run(
        [sys.executable, "-m", "allmende.config.command", *arguments],
        env=inherited | {"ALLMENDE_DATA": str(data)} | more,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("command", ["check", "work", "keys"])
def test_a_mistyped_data_folder_is_named_and_not_made(tmp_path: Path, command: str) -> None:
    said = typed(command, data=tmp_path / "dta")

    assert said.returncode == 1
    assert said.stderr == f"There is no data folder {tmp_path / 'dta'}. Check ALLMENDE_DATA; `allmende serve` makes a new one.\n"
    assert not list(tmp_path.iterdir())


def test_what_stops_a_command_is_a_sentence_without_the_name_of_an_exception(tmp_path: Path) -> None:
    said = typed("serve", "--host", "203.0.113.7", data=tmp_path)  # an address that this machine does not have

    assert said.returncode == 1
    assert said.stderr.startswith("Port ")
    assert typed("serve", data=tmp_path, PORT="99999").stderr == "PORT='99999': write a number from 1 to 65535, e.g. 8000\n"


def test_a_reader_who_has_seen_enough_gets_no_traceback(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [sys.executable, "-m", "allmende.config.command", "check"],
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"ALLMENDE_DATA": str(tmp_path)},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        os.close(writing)
        assert running.stderr
        assert "Traceback" not in running.stderr.read()
