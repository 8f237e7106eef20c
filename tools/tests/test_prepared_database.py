"""The kept test database is the one that the migrations of today would make."""

import sqlite3
from pathlib import Path

import pytest

from tools import prepared_database as prepared


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        file = root / f"{name.replace('__', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(
        tmp_path,
        allmende__app__migrations__first="from allmende.core.sql import VendorSQL\n",
        allmende__core__sql="import allmende.lib.words\n",
        allmende__lib__words="WORD = 1\n",
        allmende__core__other="OTHER = 1\n",
    )
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").write_text("django==5.2\n")
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        {"allmende__app__migrations__first": "from allmende.core.sql import VendorSQL\n# another column\n"},
        {"allmende__app__migrations__second": "operations = []\n"},
        {"allmende__core__sql": "import allmende.lib.words\nX = 1\n"},
        {"allmende__lib__words": "WORD = 2\n"},
    ],
)
def test_what_migrations_say_or_import_makes_another_one(root: Path, change: dict[str, str]) -> None:
    before = prepared.name(root)
    write(root, **change)

    assert prepared.name(root) != before


def test_another_package_makes_another_one_and_other_code_does_not(root: Path) -> None:
    before = prepared.name(root)
    write(root, allmende__core__other="OTHER = 2\n")
    assert prepared.name(root) == before

    (root / "requirements" / "base.txt").write_text("django==5.3\n")
    assert prepared.name(root) != before


def test_what_is_kept_is_put_where_a_run_begins(root: Path, tmp_path: Path) -> None:
    folder, source, target = tmp_path / "kept", tmp_path / "source.sqlite3", tmp_path / "test.sqlite3"
    with sqlite3.connect(source) as database:
        database.execute("CREATE TABLE town (name TEXT)")
        database.execute("INSERT INTO town VALUES ('Musterstedt')")
    database.close()
    (tmp_path / "test.sqlite3-wal").write_bytes(b"of another database")

    with prepared.turn(folder):
        assert not prepared.put(target, root=root, folder=folder)
        prepared.keep(source, root=root, folder=folder)
        assert prepared.put(target, root=root, folder=folder)

    copied = sqlite3.connect(target)
    assert copied.execute("SELECT name FROM town").fetchall() == [("Musterstedt",)]
    copied.close()


def test_only_the_newest_is_kept(root: Path, tmp_path: Path) -> None:
    folder, source = tmp_path / "kept", tmp_path / "source.sqlite3"
    sqlite3.connect(source).close()
    for text in ("A = 1\n", "A = 2\n"):
        write(root, allmende__app__migrations__first=text)
        with prepared.turn(folder):
            prepared.keep(source, root=root, folder=folder)

    assert [file.name for file in folder.glob("*.sqlite3*")] == [prepared.name(root)]
