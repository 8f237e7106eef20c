"""Two towns on two installations witness each other: every process, file, signature and request is real."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from allmende.lib import tlog
from allmende.lib.proof import read
from allmende.publication.clock import midnight_after, system

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
TIMEOUT = 60  # seconds for any one process


@dataclass
class Installation:
    """A data folder, and the processes that work on it."""

    name: str
    folder: Path
    handed: dict[str, str] = field(default_factory=dict)
    port: int = 0

    def _env(self) -> dict[str, str]:
        base = {name: value for name, value in os.environ.items() if not name.startswith(("ALLMENDE_", "DATABASE_", "PORT"))}
        address = {"ALLMENDE_URL": f"http://127.0.0.1:{self.port}"} if self.port else {}
        own = {"ALLMENDE_DATA": str(self.folder), "ALLMENDE_OPERATOR": f"Stadt {self.name.title()}", "ALLMENDE_DEMO": "0"}
        return base | address | own | {"ALLMENDE_WITNESS_LOOPBACK": "1", "LC_ALL": "C.UTF-8"}

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self._env(), capture_output=True, text=True, timeout=TIMEOUT, check=False)

    def act(self, *arguments: str) -> str:
        done = self._run("-m", "tests.installation", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def allmende(self, *arguments: str) -> str:
        """What the command says."""
        done = self._run("-m", "allmende.config.command", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def info(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.allmende("log", "info", "--json"))
        return found

    def witnesses(self) -> list[str]:
        shown = self.info()["witnesses"]
        assert isinstance(shown, list)
        return [witness["operator"] for witness in shown]

    def bundle(self, number: int) -> Path:
        (found,) = (self.folder / "public" / self.name / "bekanntmachungen").glob(f"*/{number}.zip")
        return found

    def checkpoint_seen_by(self, other: "Installation") -> tlog.Opened:
        """The head of this log as the witness of the other installation shows it."""
        log, witness = (tlog.parse_vkey(key) for key in (self.handed["log"], other.handed["witness"]))
        path = hashlib.sha256(log.name.encode()).hexdigest()
        with urlopen(f"http://127.0.0.1:{other.port}/witness/{other.name}/{path}/checkpoint", timeout=TIMEOUT) as answer:
            return tlog.open_checkpoint(answer.read(), [log], [witness])

    def cosigners_served(self, other: "Installation") -> list[str]:
        """Who has cosigned the checkpoint that this installation serves to everybody, among the witnesses of the other one."""
        log, witness = (tlog.parse_vkey(key) for key in (self.handed["log"], other.handed["witness"]))
        with urlopen(f"http://127.0.0.1:{self.port}/log/{self.name}/checkpoint", timeout=TIMEOUT) as answer:
            return [str(seen.key) for seen in tlog.open_checkpoint(answer.read(), [log], [witness]).cosigned]

    @contextmanager
    def served(self) -> Iterator[None]:
        """Its web server, always on the same port."""
        command = [sys.executable, "-m", "tests.installation", "serve", str(self.port)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(command, cwd=ROOT, env=self._env(), text=True, **pipes) as process:  # type: ignore[call-overload]
            try:
                self.port = int(process.stdout.readline())
                yield
            finally:
                process.stdin.close()
                process.wait(TIMEOUT)


@pytest.fixture
def towns(tmp_path: Path) -> tuple[Installation, Installation]:
    """Amberg and Brehna, each set up and alone."""
    if midnight_after(system()) - system() < timedelta(minutes=3):
        pytest.skip("just before midnight nothing is sealed: what the worker should do is tested with its own clock")
    both = Installation("amberg", tmp_path / "a"), Installation("brehna", tmp_path / "b")
    for town in both:
        town.handed = json.loads(town.act("set_up", town.name))
    return both


def submit(witness: Installation, request: tlog.AddCheckpoint) -> int:
    """Ask the witness by hand."""
    url = f"http://127.0.0.1:{witness.port}/witness/add-checkpoint"
    try:
        with urlopen(Request(url, data=request.format(), method="POST"), timeout=TIMEOUT) as answer:
            return int(answer.status)
    except HTTPError as refused:
        with refused:
            return refused.code


def test_two_towns_witness_each_other(towns: tuple[Installation, Installation], tmp_path: Path) -> None:
    amberg, brehna = towns
    with amberg.served(), ExitStack() as brehna_up:
        brehna_up.enter_context(brehna.served())
        address = f"http://127.0.0.1:{brehna.port}/witness/brehna"

        # They enter each other. Before Brehna knows the log, it says so; after that the next request is cosigned.
        say = amberg.allmende("log", "witness", "add", "--url", address, "--vkey", brehna.handed["witness"], "--operator", "Stadt Brehna")
        assert "kennt dieses Protokoll noch nicht" in say
        brehna.allmende("log", "witness", "know", "--vkey", amberg.handed["log"], "--operator", "Stadt Amberg")
        assert "Stadt Brehna: cosigned" in amberg.allmende("log", "witness", "ask")

        # A notice is published, cosigned, and its bundle says so to somebody who trusts Brehna.
        amberg.act("publish", "Winterdienst auf Gehwegen")
        assert amberg.witnesses() == ["Stadt Brehna"]
        assert amberg.cosigners_served(brehna) == [brehna.handed["witness"]]
        assert read(amberg.bundle(1).read_bytes()).witnesses == (brehna.handed["witness"],)
        policy = tmp_path / "policy"
        policy.write_text(f"log {amberg.handed['log']}\nwitness brehna {brehna.handed['witness']}\nquorum brehna\n")
        report = json.loads(amberg.allmende("verify", str(amberg.bundle(1)), "--policy", str(policy), "--json"))
        states = {check["code"]: check["state"] for check in report["checks"]}
        assert (states["witness"], states["trust"]) == ("ok", "ok")

        # From here on there are two histories, both signed by the key of Amberg.
        forked = Installation("amberg", tmp_path / "fork", amberg.handed)
        shutil.copytree(amberg.folder, forked.folder)
        amberg.act("publish", "Hundesteuer")
        head = amberg.checkpoint_seen_by(brehna)
        assert (head.checkpoint.size, len(head.cosigned)) == (2, 1)

        # The other one is refused, however it is presented, and Brehna keeps the head it has cosigned.
        forked.act("publish", "Etwas anderes")
        forked.act("publish", "Noch etwas")
        assert "widerspr" in forked.allmende("log", "witness", "ask") + _bad(forked)
        assert forked.witnesses() == []
        files = forked.folder / "public" / "log" / "amberg"
        note = (files / "checkpoint").read_bytes()
        proofs = {old: tuple(tlog.prove_consistency(lambda path: _bytes(files / path), old, 3)) for old in (0, 1, 2, 3)}
        assert {old: submit(brehna, tlog.AddCheckpoint(old, proofs[old], note)) for old in proofs} == {0: 409, 1: 409, 2: 422, 3: 409}
        assert amberg.checkpoint_seen_by(brehna).checkpoint == head.checkpoint

        # Brehna is down: Amberg publishes all the same, and says what is not witnessed yet.
        brehna_up.close()
        amberg.act("publish", "Gewässerschau")
        assert amberg.info()["size"] == 3
        assert amberg.witnesses() == []
        assert read(amberg.bundle(3).read_bytes()).witnesses == ()
        assert amberg.bundle(3).with_suffix(".pdf").exists()

        # Brehna is back: Amberg catches up.
        with brehna.served():
            assert "Stadt Brehna: cosigned" in amberg.allmende("log", "witness", "ask")
            amberg.act("work")
            assert amberg.witnesses() == ["Stadt Brehna"]
            assert amberg.checkpoint_seen_by(brehna).checkpoint.size == 3
            assert read(amberg.bundle(3).read_bytes()).witnesses == (brehna.handed["witness"],)
            assert "intact" in amberg.allmende("log", "check")


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _bad(town: Installation) -> str:
    """What `allmende check` finds wrong."""
    return town._run("-m", "allmende.config.command", "check").stdout
