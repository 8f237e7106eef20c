"""A court, two years later: certificate and bundle on a machine that has the library and the small list of packages, and no network."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from allmende.core import outbox
from allmende.core.models import Person, Record
from allmende.evidence.archive import stamping
from allmende.evidence.archive.selectors import file_of
from allmende.evidence.certificates import services
from allmende.evidence.certificates.selectors import document_of
from allmende.publication import keys, store
from allmende.publication.models import SealKey
from conftest import NOW

pytestmark = pytest.mark.django_db
TWO_YEARS_LATER = NOW + timedelta(days=730)
ROOT = Path(__file__).parents[3]
CUT_OFF = """
import socket

def refused(*_arguments, **_values):
    raise AssertionError("the network was asked for")

socket.socket.connect = socket.getaddrinfo = refused
"""


class Court:
    """A folder with nothing of the platform but its library, and what was handed in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "allmende" / "lib", folder / "source" / "allmende" / "lib", ignore=shutil.ignore_patterns("tests"))
        (folder / "source" / "sitecustomize.py").write_text(CUT_OFF)

    def receives(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def checks(self, *words: str | Path) -> tuple[int, dict[str, Any]]:
        """Exit status and answer of the command that the guide for courts names."""
        command = [sys.executable, "-m", "allmende.lib.proof", *map(str, words), "--json"]
        env = {"PYTHONPATH": str(self.folder / "source"), "PATH": os.defpath}
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)


def reasons(answer: dict[str, Any]) -> dict[str, str]:
    return {check["code"]: check["reason"] for check in answer["checks"]}


@pytest.fixture
def court(tmp_path: Path) -> Court:
    return Court(tmp_path)


@pytest.fixture
def handed_in(public: Record, editor: Person, court: Court) -> dict[str, Path]:
    """What a town hands in about a notice of two years ago."""
    SealKey.objects.for_body(public.body).update(unlocked_until=TWO_YEARS_LATER + timedelta(days=1))
    stamping.stamp(public.body, TWO_YEARS_LATER)
    services.ask(public, by=editor, at=TWO_YEARS_LATER)
    outbox.work(TWO_YEARS_LATER)
    return {
        "bundle": court.receives("nachweis.zip", store.file_of(public, "zip").read_bytes()),
        "certificate": court.receives("bekanntmachungsnachweis.pdf", document_of(public, 1) or b""),
        "archive": court.receives("archivzeitstempel.zip", file_of(public.body, 1) or b""),
    }


def test_everything_fits_and_the_key_of_the_town_says_whose_it_is(public: Record, court: Court, handed_in: dict[str, Path]) -> None:
    beside = ("--certificate", handed_in["certificate"], "--archive", handed_in["archive"])
    status, answer = court.checks(handed_in["bundle"], "--vkey", keys.log_of(public.body).vkey, *beside)

    assert (status, answer["ok"], answer["trusted"]) == (0, True, True)
    assert (reasons(answer)["certificate"], reasons(answer)["archive"]) == ("demo", "demo")
    assert {one["what"] for one in answer["lasting"]} == {"seal", "time", "archive", "log", "certificate"}


def test_the_certificate_alone_names_the_notice_and_sends_to_the_bundle(court: Court, handed_in: dict[str, Path]) -> None:
    status, answer = court.checks(handed_in["certificate"])

    assert (status, answer["subject"]) == (0, "document")
    assert answer["facts"]["certifies"]["label"] == "17/2026-1"
    assert answer["facts"]["title"] == "Nachweis der Bekanntmachung „Straßensperrung 1“"
    assert reasons(answer)["certificate"] == "alone"


def test_without_a_key_nobody_vouches_and_a_wrong_key_is_named(neighbour: object, court: Court, handed_in: dict[str, Path]) -> None:
    other = "quellstedt.example/log+392b1079+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    (without, first), (wrong, second) = court.checks(handed_in["bundle"]), court.checks(handed_in["bundle"], "--vkey", other)

    assert (without, first["trusted"], reasons(first)["trust"]) == (0, False, "none")
    assert (wrong, second["ok"], reasons(second)["trust"]) == (1, False, "other_key")


@pytest.mark.parametrize("what", ["bundle", "certificate", "archive"])
def test_a_changed_byte_is_refused(what: str, court: Court, handed_in: dict[str, Path]) -> None:
    data = bytearray(handed_in[what].read_bytes())
    data[len(data) * 2 // 5] ^= 1
    handed_in[what].write_bytes(bytes(data))
    beside = ("--certificate", handed_in["certificate"], "--archive", handed_in["archive"])
    status, answer = court.checks(handed_in["bundle"], *beside)

    assert status == 1
    assert not answer["ok"]
