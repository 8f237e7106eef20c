"""Whatever a file says is shown as text: it can neither move the cursor nor hide nor turn what is read."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.proof import verify, write
from allmende.lib.proof.command import main
from allmende.lib.proof.tests.bundles import HTML, Notice
from allmende.lib.proof.visible import visible
from allmende.lib.tlog import Cosigner, Signer

HOSTILE = "X\x1b[31m\u202e\u200b\u2028[ok] Bestanden.\x9b2J\u2066\U000e0041\ufeff\xad"
HARMLESS = {"Z", "L", "M", "N", "P", "S"}


@given(st.text())
def test_nothing_hidden_is_left_and_twice_changes_nothing(text: str) -> None:
    shown = visible(text)

    assert all(unicodedata.category(char)[0] in HARMLESS and unicodedata.category(char) not in ("Zl", "Zp") for char in shown)
    assert visible(shown) == shown


def test_plain_german_stays_as_it_is_and_controls_are_written_out() -> None:
    for plain in ("Straßensperrung – „Am Anger“, 9.30\N{NO-BREAK SPACE}Uhr", "Đorđe Łukasz Ölçü", "17/2026"):
        assert visible(plain) == plain
    assert visible("a\x1bb\nc\u202ed\U000e0041") == "a\\x1bb\\x0ac\\u202ed\\U000e0041"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Title, origin and witness are made to be printed."""
    path = tmp_path_factory.mktemp("hostile") / "17.zip"
    page = HTML.replace(b"<title>", f"<title>{HOSTILE}".encode())
    name = "quellstedt\u202e\x1b\u200b.example/log".replace("\x1b", "\x9b")
    witness = Cosigner("zeuge\u2067\u200d.example", bytes(range(32)))
    path.write_bytes(write(Notice(page=page).bundle(witness, signer=Signer(name, bytes(32)))))
    return path


@pytest.mark.parametrize("options", [[], ["--json"], ["--language", "en"]])
def test_the_command_line_shows_what_is_in_the_file_as_text(file: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), *options]) == 0

    out = capsys.readouterr().out
    hidden = {char for char in out if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")} - {"\n"}
    assert hidden == set()
    assert "\\u202e" in out
    assert not any(line.startswith("[ok] Bestanden.[") for line in out.splitlines())


def test_the_facts_are_clean_for_pages_too(file: Path) -> None:
    report = verify(file.read_bytes())

    assert all(value == visible(value) for value in json.loads(json.dumps(report.as_dict()))["facts"].values() if isinstance(value, str))
    assert report.facts.title.startswith("X\\x1b[31m\\u202e")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_knows_few_letters_still_gets_the_answer(file: Path, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "allmende.config.command", "verify", str(file), "--language", "de"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )

    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert b"In sich stimmig" in done.stdout
