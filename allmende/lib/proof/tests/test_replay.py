"""A log is computed again from files that anybody can fetch."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from allmende.lib.proof import erased, published, removed, void, write
from allmende.lib.proof.command import main
from allmende.lib.proof.replay import replay
from allmende.lib.proof.tests.bundles import Notice
from allmende.lib.tlog import Checkpoint, Signer, extend, sign_checkpoint

SIGNER = Signer("quellstedt.example/log", bytes(range(32)))
KEY = str(SIGNER.key)


def entry(number: int) -> bytes:
    return published(kind="notice", artefacts={"page.html": number.to_bytes(32, "big")})


def grow(folder: Path, entries: list[bytes], *, size: int = 0) -> int:
    """Append entries to the log in the folder, as it is published."""

    def read(path: str) -> bytes | None:
        return (folder / path).read_bytes() if (folder / path).is_file() else None

    grown = extend(read, size, entries)
    for name, data in grown.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "checkpoint").write_bytes(sign_checkpoint(Checkpoint(SIGNER.name, grown.size, grown.root), SIGNER))
    return grown.size


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Three hundred entries, and 280 before that."""
    folder = tmp_path / "log"
    grow(folder, [entry(number) for number in range(279)] + [void(index=3, reason="day_passed")])
    (tmp_path / "earlier").write_bytes((folder / "checkpoint").read_bytes())
    more = [entry(number) for number in range(280, 298)]
    grow(folder, [*more, removed(index=5, artefacts=["page.html"], reason="mistake"), erased(index=5, artefacts=["page.html"])], size=280)
    return folder


def asked(capsys: pytest.CaptureFixture[str], *arguments: object, language: str = "de") -> tuple[int, str]:
    status = main(["replay", *map(str, arguments), "--vkey", KEY, "--language", language])
    output = capsys.readouterr()
    return status, output.out + output.err


def test_a_whole_log_is_computed_again(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = asked(capsys, log, "--since", log.parent / "earlier")

    assert (status, out.splitlines()[0]) == (0, "Dieses Protokoll stimmt")
    assert "mit 300 Zeilen ist mit diesem Schlüssel unterschrieben" in out
    assert "Der ältere Stand mit 280 Zeilen ist darin unverändert enthalten" in out
    assert "veröffentlicht 297, für ungültig erklärt 1, nicht mehr gezeigt 1, gelöscht 1." in out
    assert asked(capsys, log, language="en")[1].startswith("This log is right\n")


def test_each_changed_file_is_found(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [file for file in log.rglob("*") if file.is_file()]
    assert len(files) > 6
    for file in files:
        data = file.read_bytes()
        file.write_bytes(data[:-5] + bytes([data[-5] ^ 1]) + data[-4:])
        status, out = asked(capsys, log)
        assert (status, out.splitlines()[0]) == (1, "Dieses Protokoll stimmt nicht"), file
        assert "Kommunalaufsicht" in out
        file.write_bytes(data)
    assert asked(capsys, log)[0] == 0


def test_a_file_that_is_missing_or_too_many_is_named(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (log / "tile/0/009").write_bytes(b"")
    (log / "tile/spare").write_bytes(b"")
    status, out = asked(capsys, log)
    assert (status, "tile/0/009 gehört nicht" in out, "tile/spare gehört nicht" in out) == (1, True, True)
    (log / "tile/0/001.p/44").unlink()
    assert "Es fehlt: tile/0/001.p/44" in asked(capsys, log)[1]


def test_a_log_that_was_written_anew_does_not_continue_the_older(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, short = tmp_path / "other", tmp_path / "short"
    grow(other, [entry(number + 1) for number in range(300)])
    grow(short, [entry(0)])

    assert asked(capsys, other)[0] == 0
    assert "setzt den älteren mit 280 Zeilen nicht fort" in asked(capsys, other, "--since", log.parent / "earlier")[1]
    assert "Es fehlen Zeilen" in asked(capsys, short, "--since", log.parent / "earlier")[1]


def test_a_proof_is_an_older_state_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = Notice()
    (tmp_path / "17.zip").write_bytes(write(notice.bundle()))
    grow(tmp_path / "log", [entry(1)])

    assert "nicht mit diesem Schlüssel" not in asked(capsys, tmp_path / "log", "--since", tmp_path / "17.zip")[1]


def test_another_key_and_entries_that_do_not_fit_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grow(tmp_path / "log", [entry(1), void(index=0, reason="day_passed"), void(index=0, reason="day_passed"), b"{}"])
    status, out = asked(capsys, tmp_path / "log")
    assert status == 1
    assert "Zeile 3 (index 2) nennt einen Eintrag, zu dem das nicht passt" in out
    assert "Zeile 4 (index 3) ist kein Eintrag" in out

    other = Signer("quellstedt.example/log", bytes(32)).key
    assert main(["replay", str(tmp_path / "log"), "--vkey", str(other), "--language", "de"]) == 1
    assert "nicht mit diesem Schlüssel unterschrieben" in capsys.readouterr().out


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *values: Any) -> None:
        pass


@pytest.fixture
def address(log: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(log.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/log"
        server.shutdown()


def test_a_log_is_fetched_from_its_address_and_kept(address: str, log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "kept"

    assert asked(capsys, address, "--save", kept)[0] == 0
    assert (kept / "checkpoint").read_bytes() == (log / "checkpoint").read_bytes()
    assert asked(capsys, kept, "--since", kept / "checkpoint")[0] == 0


def test_what_cannot_be_read_is_one_sentence(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (tmp_path / "nowhere", "http://127.0.0.1:1/log"):
        status, out = asked(capsys, place)
        assert (status, out.count("\n")) == (2, 1)
        assert out.startswith("Das lässt sich nicht lesen: ")
    assert asked(capsys, address.replace("/log", "/nothing"))[1].count("checkpoint gibt es dort nicht") == 1


def test_who_answers_in_two_ways_is_found_out(log: Path, tmp_path: Path) -> None:
    """A log whose first line was written anew shows the honest files where the older state is compared."""
    honest = {str(path.relative_to(log)): path.read_bytes() for path in log.rglob("*") if path.is_file()}
    forged = tmp_path / "forged"
    grow(forged, [entry(1000), *[entry(number) for number in range(1, 300)]])
    asked_for: set[str] = set()

    def read(path: str) -> bytes | None:
        if path in asked_for and path.startswith("tile/"):
            return honest.get(path)
        asked_for.add(path)
        return (forged / path).read_bytes() if (forged / path).is_file() else None

    found = replay(read, key=SIGNER.key, older=(tmp_path / "earlier").read_bytes())

    assert found.older is None
    assert found.faults
