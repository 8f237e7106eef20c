"""The way of an upload onto the disk: written while it arrives, hashed on the way, never whole in memory, never copied."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from allmende.core.models import Body
from allmende.lib.official.attachment import LARGEST
from allmende.notices.attachments.errors import FileEmpty, FileMissing, FileTooLarge, NoRoom
from allmende.notices.attachments.store import folder

FIELD: Final = "file"
_RESERVE: Final = 200 * 1024 * 1024  # bytes of the disk that an upload leaves free: the database must go on
_CHUNK: Final = 1024 * 1024


class Received(UploadedFile):
    """A file that has arrived whole and lies in the drafts folder under a name that nobody asks for, until it is given its place
    (`keep`) or taken away (`discard`).
    """

    def __init__(self, file: IO[bytes], path: Path, sha256: str, name: str, size: int) -> None:
        super().__init__(file=file, name=name, size=size)
        self.path, self.sha256 = path, sha256

    def keep(self, place: Path) -> None:
        """Durably at `place`, which is in the same folder."""
        os.replace(self.path, place)
        handle = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def discard(self) -> None:
        """Idempotent; does nothing to what was kept."""
        self.close()
        self.path.unlink(missing_ok=True)


class ToDisk(FileUploadHandler):
    """The one file of a form. `error`: why it did not arrive."""

    chunk_size = _CHUNK

    def __init__(self, place: Path, most: int = LARGEST) -> None:
        super().__init__()
        self.place, self.most = place, most
        self.error: FileMissing | FileTooLarge | NoRoom | None = None
        self._out: IO[bytes] | None = None

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 (named by Django)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[Any, Any] | None:
        self.place.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self.place).free < content_length + _RESERVE:
            self.error = NoRoom()
        return None

    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: Mapping[str, bytes] | None = None,
    ) -> None:
        super().new_file(field_name, file_name, content_type, content_length, charset, dict(content_type_extra or {}))
        if field_name != FIELD or self._out is not None or self.error is not None:
            raise SkipFile
        self._path = self.place / f".{uuid4().hex}"
        self._out = open(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")  # noqa: SIM115 (closed by discard)
        self._hash, self._size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        assert self._out is not None
        self._size += len(raw_data)
        if self._size > self.most:
            self._give_up(FileTooLarge())
        try:
            self._out.write(raw_data)
        except OSError:
            self._give_up(NoRoom())
        self._hash.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self._out is None or self.error is not None:
            return None
        try:
            self._out.flush()
            os.fsync(self._out.fileno())
        except OSError:
            self.error = NoRoom()
            return None
        assert self.file_name is not None
        return Received(self._out, self._path, self._hash.hexdigest(), self.file_name, self._size)

    def _give_up(self, error: FileTooLarge | NoRoom) -> None:
        """What still comes is read and thrown away, so that the browser gets its answer."""
        self.error = error
        self.discard()
        raise SkipFile

    def discard(self) -> None:
        """What has arrived and was given no place, half a file too. Idempotent."""
        if self._out is not None:
            self._out.close()
            self._path.unlink(missing_ok=True)


def received(files: Mapping[str, Any], handler: ToDisk) -> Received:
    """The file of a form that `handler` has taken in.

    Raises:
        FileMissing, FileEmpty, FileTooLarge, NoRoom
    """
    if handler.error is not None:
        raise handler.error
    file = files.get(FIELD)
    if not isinstance(file, Received):
        raise FileMissing
    if not file.size:
        raise FileEmpty
    return file


def from_bytes(body: Body, data: bytes, name: str, place: Path | None = None) -> Received:
    """The same for data that is at hand: demo and tests. `place`: the folder in which it will be kept, if not that of the files."""
    place = place or folder(body)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place / f".{uuid4().hex}"
    path.write_bytes(data)
    return Received(BytesIO(data), path, hashlib.sha256(data).hexdigest(), name, len(data))
