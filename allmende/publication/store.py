"""Files that outlive a power cut. A reader sees the whole file or none, and nothing unfinished lies where a web server looks.

PUBLIC_DIR/log/<slug>/…            the log: may be served as it is
PUBLIC_DIR/<slug>/<path>.pdf .zip  artefact and proof bundle: served by views, from *provided at* on
DATA_DIR/attachments/<slug>/… files that belong to a page: served by views, as long as they have not been taken down
DATA_DIR/unfinished/<slug>/…       what is being written; what a killed writer leaves there goes (chores.py)
KEY_DIR/<slug>/…                   keys
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from allmende.core.models import Body, Record


def log_dir(body: Body) -> Path:
    return Path(settings.PUBLIC_DIR) / "log" / body.slug


def key_dir(body: Body) -> Path:
    return Path(settings.KEY_DIR) / body.slug


def file_of(record: Record, suffix: str) -> Path:
    """Where the public file of a record lies. `suffix` is 'pdf' or 'zip'."""
    return Path(settings.PUBLIC_DIR) / record.body.slug / f"{record.path.strip('/')}.{suffix}"


def attachment_dir(record: Record) -> Path:
    return Path(settings.DATA_DIR) / "attachments" / record.body.slug / record.pk.hex


def attachment_file(record: Record, number: int) -> Path:
    """Where the bytes of an attachment lie, under nobody's name."""
    return attachment_dir(record) / str(number)


def _unfinished(slug: str) -> Path:
    return Path(settings.DATA_DIR) / "unfinished" / slug


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path, mode: int = 0o755) -> None:
    """Make the folder and those above it; they are in the directory for good when this returns."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True, mode=mode)
        sync_folder(new.parent)


def write(path: Path, data: bytes, *, body: Body, mode: int = 0o644) -> None:
    """Write a file, or replace it. When this returns it is there in full and stays. Idempotent."""
    make_folder(path.parent, 0o755 if mode & 0o044 else 0o700)
    part = _write_part(data, body, mode)
    os.replace(part, path)
    sync_folder(path.parent)


def create(path: Path, data: bytes, *, body: Body, mode: int = 0o600) -> bool:
    """Write a file that must not be there yet. False, and nothing changed, if it is. Of several writers one wins."""
    make_folder(path.parent, 0o700)
    part = _write_part(data, body, mode)
    try:
        os.link(part, path)
        made = True
    except FileExistsError:
        made = False
    os.unlink(part)
    sync_folder(path.parent)
    return made


def _write_part(data: bytes, body: Body, mode: int) -> Path:
    folder = _unfinished(body.slug)
    make_folder(folder, 0o700)
    part = folder / uuid4().hex  # each writer its own: the last one wins, none is half
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return part


def adopt(source: Path, path: Path, *, body: Body) -> None:
    """Put the file `source` at `path` as well, whatever its size at once: by a second name where that is possible, else by a copy.

    When this returns it is there in full and stays, whatever becomes of the first name. Idempotent. Nobody may write to `source` any
    more.

    Raises:
        FileNotFoundError: there is no such file.
    """
    make_folder(path.parent, 0o700)
    folder = _unfinished(body.slug)
    make_folder(folder, 0o700)
    part = folder / uuid4().hex
    try:
        os.link(source, part)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK):
            raise
        shutil.copyfile(source, part)
    handle = os.open(part, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(part, path)
    part.unlink(missing_ok=True)  # where both names were the same file already, the system leaves them as they are
    sync_folder(path.parent)


def sha256_of(path: Path) -> tuple[str, int]:
    """SHA-256 in hex and size of a file of any size, read a part at a time. Raises FileNotFoundError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()


def remove(path: Path) -> None:
    """Take a file away for good. Idempotent."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    sync_folder(path.parent)


def read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


@contextmanager
def alone(body: Body, what: str) -> Iterator[None]:
    """One holder at a time, across threads and processes of this machine; a killed holder lets go. Never inside a transaction."""
    folder = _unfinished(body.slug)
    make_folder(folder, 0o700)
    handle = os.open(folder / f"{what}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
