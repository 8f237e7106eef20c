import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from allmende.lib.proof import write
from allmende.lib.proof.command import main
from allmende.lib.proof.tests.bundles import HTML, LOG, OTHER_LOG, WITNESS, Notice, sealed

ROOT = Path(__file__).parents[4]
# The packages can be found, but nothing is loaded before it is asked for.
SITE = f"import sys; sys.path[:0] = {[str(ROOT), *(path for path in sys.path if path.endswith('site-packages'))]!r}\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proof") / "17.zip"
    path.write_bytes(write(Notice().bundle(WITNESS)))
    return path


def test_the_answer_comes_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--vkey", str(LOG.key), "--language", "de"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Dieses Dokument ist unverändert"
    assert "[ok] Bestanden. Der Inhalt ist unverändert" in lines
    assert "[~~] Demo, nicht vertrauenswürdig. Das PDF trägt ein Siegel zur Vorführung" in lines
    assert any(line.startswith("Zeile im Protokoll") and line.endswith("301 von 301 (index 300)") for line in lines)
    assert any(line.startswith("Titel") and line.endswith("Bekanntmachung Nr. 17/2026") for line in lines)


def test_english_is_spoken(file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    assert main([str(file)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Consistent in itself, but nobody vouches for the key\n")
    assert "[!!] Remark. Whose log this is, you have to compare yourself" in out


def test_programs_are_answered_in_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--json", "--vkey", str(OTHER_LOG.key)]) == 1

    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["trusted"]) == (False, False)
    assert [check["reason"] for check in answer["checks"] if check["state"] == "bad"] == ["other_key"]
    assert answer["facts"]["index"] == 300
    assert answer["facts"]["stamped_at"].endswith("Z")


def test_a_changed_file_has_another_status(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = tmp_path / "17.zip"
    changed.write_bytes(file.read_bytes().replace(b"24. November", b"25. November", 1))

    assert main([str(changed), "--language", "de"]) == 1
    assert capsys.readouterr().out.startswith("Diese Datei wurde verändert\n")


def test_a_sealed_pdf_alone_is_examined_and_the_way_to_the_proof_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "document.pdf").write_bytes(sealed().pdf)

    assert main([str(tmp_path / "document.pdf"), "--language", "de"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Dieses PDF trägt ein Siegel zur Vorführung\n")
    assert "Nachweis herunterladen" in out


@pytest.mark.parametrize(
    ("content", "answer"), [(b"Guten Tag", "Diese Datei ist kein Nachweis"), (HTML, "Eine gespeicherte Webseite ist kein")]
)
def test_any_other_file_gets_a_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, answer: str) -> None:
    (tmp_path / "datei").write_bytes(content)

    assert main([str(tmp_path / "datei"), "--language", "de"]) == 2
    out = capsys.readouterr().out
    assert out.startswith(answer)
    assert "Fehlgeschlagen" not in out
    assert "verändert worden" not in out


def test_a_policy_is_read_from_a_file(file: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text(f"# Zeugen\nlog {LOG.key}\nwitness W {WITNESS.key}\nquorum W\n")

    assert main([str(file), "--policy", str(policy)]) == 0


@pytest.mark.parametrize("options", [["missing.zip"], ["FILE", "--vkey", "x"], ["FILE", "--policy", "missing.txt"]])
def test_what_cannot_be_checked_is_one_sentence(file: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file) if option == "FILE" else option for option in options]) == 2

    output = capsys.readouterr()
    assert output.out == ""
    assert len(output.err.splitlines()) == 1


def test_a_file_that_is_not_there_or_is_none_is_named_in_the_language_of_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "18.zip"), "--language", "de"]) == main([str(tmp_path), "--language", "de"]) == 2

    missing, folder = capsys.readouterr().err.splitlines()
    assert missing == f"{tmp_path / '18.zip'} gibt es nicht. Prüfen Sie Name und Ordner."
    assert folder == f"{tmp_path} ist ein Ordner. Nennen Sie die Datei darin."


def test_the_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["--help"])
    assert done.value.code == 0
    assert "allmende verify 17.zip --vkey" in capsys.readouterr().out


def test_help_and_mistakes_are_german_unless_english_is_asked_for(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    said = []
    for arguments in (["--help"], ["--help", "--language", "en"], [], ["a", "--spur"], ["--language=en", "a", "b"], ["a", "--vkey"]):
        with pytest.raises(SystemExit):
            main(arguments)
        output = capsys.readouterr()
        said.append(output.out + output.err)

    assert said[0].startswith("Aufruf: allmende verify")
    assert not re.search("usage|options:|show this|Exit status", said[0])
    assert said[1].startswith("usage: allmende verify")
    assert not re.search("Aufruf|Zusätze|Rückgabe", said[1])
    firsts = [text.splitlines()[0] for text in said[2:]]
    assert firsts[0].startswith("Es fehlt: ")
    assert firsts[1:] == ["Unbekannte Angabe: --spur.", "Unknown: b.", "Hinter --vkey fehlt die Angabe dazu."]


def test_no_codes_are_shown_and_an_empty_file_is_called_empty(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leer.zip").touch()

    assert main([str(file), "--vkey", "x", "--language", "de"]) == main([str(tmp_path / "leer.zip"), "--language", "de"]) == 2
    key, empty = capsys.readouterr().err.splitlines()
    assert key == "Der Schlüssel oder die Vertrauensregel ist nicht lesbar: Kopieren Sie sie noch einmal vollständig."
    assert empty == "Diese Datei ist leer. Laden Sie sie neu herunter."


def test_the_check_runs_with_the_packages_of_the_small_list_alone() -> None:
    """`python -m allmende.lib.proof` and what its child loads; neither Django nor anything else of the platform."""
    listed = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements/verify.txt").read_text("utf-8"), re.MULTILINE))
    example = Path(__file__).with_name("examples") / "witnessed.zip"
    program = f"""
import importlib.metadata, json, pathlib, runpy, sys
sys.argv = ["proof", "--help"]
try:
    runpy.run_module("allmende.lib.proof", run_name="__main__", alter_sys=False)
except SystemExit as done:
    assert not done.code
from allmende.lib.proof.limited import answer
asked = {{"vkey": None, "policy": None, "issuers": [], "hosted": {{}}, "files": [], "archive": None, "certificate": None}}
assert answer(asked, pathlib.Path({str(example)!r}).read_bytes())["checks"]
homes = importlib.metadata.packages_distributions()
loaded = {{name.partition(".")[0] for name in sys.modules}} & set(homes)
print("", json.dumps(sorted({{home.lower().replace("_", "-") for name in loaded for home in homes[name]}})), sep="\\n")
"""
    done = subprocess.run([sys.executable, "-S", "-c", SITE + program], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1])) - {"allmende"}

    assert "cryptography" in loaded
    assert loaded <= listed
