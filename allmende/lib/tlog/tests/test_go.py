"""The log as another implementation sees it: Go's checksum database (golang.org/x/mod/sumdb) reads our files and proofs."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from allmende.lib.tlog import add_signatures, cosign_checkpoint, open_note, parse_vkey, prove_consistency, prove_inclusion
from allmende.lib.tlog.tests.logs import COSIGNER, SIGNER, Files, checkpoint, grown

SIZES = [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000]
GOPATH = "/usr/share/gocode"


def go() -> str:
    """The Go compiler; without it (or the package it needs) nothing is checked here, which is no success in CI."""
    found = shutil.which("go")
    if found is None or not Path(GOPATH, "src/golang.org/x/mod/sumdb/tlog").is_dir():
        missing = "Go or its module library is missing: apt-get install golang-go golang-golang-x-mod-dev"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


def on_disk(log: Files, folder: Path) -> None:
    for path, data in log.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def encoded(hashes: list[bytes]) -> list[str]:
    return [base64.b64encode(step).decode() for step in hashes]


@pytest.mark.slow
def test_go_accepts_checkpoints_proofs_and_tiles_and_replays_the_log(tmp_path: Path) -> None:
    compiler = go()
    log = grown(*SIZES)
    on_disk(log, tmp_path)
    signed = [checkpoint(size) for size in SIZES]
    indices = {size: sorted({0, size // 3, size // 2, size - 1}) for size in SIZES}
    pairs = [(old, new) for new in SIZES for old in SIZES if old < new]
    task = {
        "Folder": str(tmp_path),
        "Vkey": str(SIGNER.key),
        "Witness": str(COSIGNER.key),
        "Checkpoints": [add_signatures(one, [cosign_checkpoint(one, COSIGNER, time=1_700_000_000)]).decode() for one in signed],
        "Inclusion": [
            {"Index": index, "Size": size, "Hashes": encoded(prove_inclusion(log.get, index, size))}
            for size in SIZES
            for index in indices[size]
        ],
        "Consistency": [{"Old": old, "New": new, "Hashes": encoded(prove_consistency(log.get, old, new))} for old, new in pairs],
    }

    done = subprocess.run(
        [compiler, "run", str(Path(__file__).with_name("crosscheck.go"))],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        env=os.environ | {"GO111MODULE": "off", "GOPATH": GOPATH, "GOCACHE": str(tmp_path / "cache"), "GOFLAGS": ""},
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[: len(SIZES)] == [f"checkpoint {size}" for size in SIZES]
    assert said[len(SIZES) : -1] == ["replay 70000", f"inclusion {len(task['Inclusion'])}", f"consistency {len(pairs)}"]
    note = base64.b64decode(said[-1].removeprefix("note "))
    key = parse_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert open_note(note, [key]).text == "Zeile eins\n\nZeile drei\n"
