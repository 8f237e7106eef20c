"""The verifier can be taken from the site, and from there on nobody is needed: it runs by what stands in it and on the page."""

import ast
import hashlib
import subprocess
import sys
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from allmende.core.models import Body
from allmende.lib.proof.way import FILE, PROGRAM, steps
from allmende.portal import program

EXAMPLES = settings.BASE_DIR / "allmende/lib/proof/tests/examples"
ADDRESS = f"/pruefung/{FILE}"

# Only what was unpacked and the packages; whoever asks for a network fails.
ALONE = """
import runpy, socket, sys
sys.path[:] = [{folder!r}, *(path for path in sys.path if path.startswith((sys.base_prefix, sys.prefix))), *{packages!r}]
def refuse(*asked, **more):
    raise OSError("no network here")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
sys.argv = ["proof", *{arguments!r}]
try:
    runpy.run_module("allmende.lib.proof", run_name="__main__")
finally:
    homes = [module.__file__ for name, module in sys.modules.items() if name.startswith("allmende") and module.__file__]
    assert homes and all(home.startswith({folder!r}) for home in homes), homes
"""


@pytest.fixture
def folder(town: Body, client: Client, tmp_path: Path) -> Path:
    """What was downloaded, unpacked as the page says."""
    (tmp_path / FILE).write_bytes(client.get(ADDRESS).content)
    subprocess.run([sys.executable, *steps("de")[0].split()[1:]], cwd=tmp_path, check=True)
    return tmp_path / PROGRAM


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    packages = [path for path in sys.path if path.endswith("site-packages")]
    code = ALONE.format(folder=str(folder), packages=packages, arguments=list(arguments))
    return subprocess.run([sys.executable, "-S", "-I", "-c", code], cwd=folder, capture_output=True, text=True, check=False)


def test_the_page_offers_it_with_its_check_sum(ready: Body, client: Client) -> None:
    response = client.get(ADDRESS)

    assert response["Content-Disposition"] == f'attachment; filename="{FILE}"'
    assert response.content == client.get(ADDRESS).content == program.packed(settings.BASE_DIR)
    assert client.get(ADDRESS, headers={"If-None-Match": response["ETag"]}).status_code == 304
    sha256 = hashlib.sha256(response.content).hexdigest()
    for address in ("/pruefung/", "/protokoll/", "/en/pruefung/", "/en/protokoll/"):
        page = unescape(client.get(address).content.decode())
        assert sha256 in page
        assert f'{ADDRESS}"' in page
        assert all(f"<code>{step}</code>" in page for step in steps("en" if "/en/" in address else "de"))


def test_it_holds_what_is_needed_and_nothing_else(folder: Path) -> None:
    held = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}

    beside = {"readme.txt", "LICENSE", "docs/log.md", "requirements/verify.txt", "allmende/__init__.py"}
    assert {name for name in held if not name.startswith("allmende/lib/")} == beside
    assert not any("tests" in name or "pycache" in name for name in held)
    for name in sorted(held):
        if not name.endswith(".py"):
            continue
        for node in ast.walk(ast.parse((folder / name).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("allmende"):
                home = node.module.replace(".", "/")
                assert {f"{home}.py", f"{home}/__init__.py"} & held, f"{name}: {node.module}"


def test_the_read_me_names_the_same_commands_as_page_and_guide(folder: Path) -> None:
    readme = (folder / "readme.txt").read_text("utf-8")

    for language, guide in (("de", "README.de.md"), ("en", "README.md")):
        told = (settings.BASE_DIR / guide).read_text("utf-8")
        assert all(step in readme for step in steps(language))
        assert all(step in told for step in steps(language)), guide


def test_it_checks_a_proof_from_an_empty_folder_without_network(folder: Path) -> None:
    good = run(folder, str(EXAMPLES / "void.zip"), "--language", "de")
    bad = folder / "bad.zip"
    bad.write_bytes((EXAMPLES / "void.zip").read_bytes().replace(b"<title>", b"<Title>", 1))

    assert (good.returncode, good.stdout.splitlines()[:1]) == (0, ["In sich stimmig, aber niemand bürgt für den Schlüssel"]), good.stderr
    assert "erlenland.example/log" in good.stdout or "quellstedt.example/log" in good.stdout
    assert run(folder, str(bad), "--language", "de").stdout.startswith("Diese Datei wurde verändert\n")
    assert run(folder, "--help", "--language", "de").stdout.startswith("Aufruf: ")
    replayed = run(folder, "replay", str(folder), "--vkey", "x", "--language", "de")
    assert (replayed.returncode, replayed.stderr.splitlines()[:1]) == (
        2,
        ["Dieser Schlüssel ist nicht lesbar. Kopieren Sie ihn noch einmal vollständig."],
    )


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    for name in program.names(settings.BASE_DIR):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((settings.BASE_DIR / name).read_bytes())
    (tmp_path / "allmende/lib/proof/tests").mkdir()
    (tmp_path / "allmende/lib/proof/tests/test_x.py").touch()

    assert program.packed(tmp_path) == program.packed(settings.BASE_DIR)
    assert len(zipfile.ZipFile(BytesIO(program.packed(tmp_path))).namelist()) > 60
