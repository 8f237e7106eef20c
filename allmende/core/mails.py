"""Mails that name something of a record say which, so that what lies on disk of them goes with the record when it is erased.

Only an installation without a mail server keeps its mails (settings.MAIL_DIR). What a server has taken has left the house.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from allmende.core.models import Record

HEADER: Final = "X-Allmende-Record"


def about(records: Iterable[Record]) -> dict[str, str]:
    """The header of a mail that names titles or parts of these records."""
    return {HEADER: " ".join(sorted(str(record.pk) for record in records))}


def forget(record: Record) -> int:
    """Remove the mails on disk that are about a record, or give its address in the office. Returns how many. Never in a transaction."""
    folder, key = Path(settings.MAIL_DIR), str(record.pk).encode()
    found = [path for path in folder.iterdir() if path.is_file() and key in path.read_bytes()] if folder.is_dir() else []
    for path in found:
        with suppress(FileNotFoundError):
            path.unlink()
    return len(found)
