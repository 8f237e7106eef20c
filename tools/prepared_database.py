"""A migrated test database on SQLite, kept from one run of tests to the next: migrating takes as long as hundreds of tests.

It is called after what the migrations say and need: their files, the modules of the platform that these import, the locked packages,
Python and SQLite. Whatever of it changes, another one is made. The migrations still run over the copy, and find nothing to do.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "test-database"


def _imported(module: Path, root: Path) -> Iterator[Path]:
    """Files of the platform that `module` names in its imports, wherever in it they stand."""
    for node in ast.walk(ast.parse(module.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
        for name in names:
            place = root.joinpath(*name.split("."))
            yield from (file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file())


def sources(root: Path = ROOT) -> list[Path]:
    """All migrations and, over any number of steps, what they import."""
    waiting, found = sorted(root.glob("allmende/**/migrations/*.py")), set[Path]()
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += _imported(module, root)
    return sorted(found)


def name(root: Path = ROOT) -> str:
    """Of the database that fits what is there now."""
    said = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for file in [*sources(root), *sorted(root.glob("requirements/*.txt"))]:
        said.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{said.hexdigest()[:32]}.sqlite3"


@contextmanager
def turn(folder: Path = FOLDER) -> Iterator[None]:
    """One process after the other: the first makes the database, the others copy it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "turn.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def put(target: Path, *, root: Path = ROOT, folder: Path = FOLDER) -> bool:
    """Copy the one that fits to `target`. False: there is none yet."""
    kept = folder / name(root)
    if not kept.is_file():
        return False
    for rest in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + rest).unlink(missing_ok=True)
    shutil.copyfile(kept, target)
    return True


def keep(source: Path, *, root: Path = ROOT, folder: Path = FOLDER) -> None:
    """Keep a copy of the database `source`, in which nothing is being written; older ones go."""
    wanted = folder / name(root)
    fresh = wanted.with_name(f"{wanted.name}.{os.getpid()}")
    with sqlite3.connect(source) as database:
        database.execute("VACUUM INTO ?", [str(fresh)])
    database.close()
    for old in folder.glob("*.sqlite3"):
        old.unlink()
    fresh.replace(wanted)
