"""Files of a log: from a folder into which somebody has copied them, or from the address at which a body publishes them."""

from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from allmende.lib.tlog import Read

_MOST: Final = 256 * (2 + 65_535)  # bytes of the largest bundle of entries, and more than any checkpoint has
_PATIENCE: Final = 30  # seconds for one file


class NotFetched(Exception):
    """A file could not be fetched; that it is not there is no such failure. The message is what the system says."""


def source(place: str, *, keep: Path | None = None) -> Read:
    """Reads from a folder, or over https (http too: what comes is checked, not believed). `keep`: where what was read is put.

    Raises:
        NotFetched: `place` is neither.
    """
    scheme = urlsplit(place).scheme
    if scheme in ("http", "https"):
        base = place.removesuffix("checkpoint").rstrip("/")

        def read(path: str) -> bytes | None:
            return _fetched(f"{base}/{path}")
    else:
        folder = Path(place)
        if not folder.is_dir():
            raise NotFetched(place)

        def read(path: str) -> bytes | None:
            file = folder / path
            return file.read_bytes() if file.is_file() else None

    return read if keep is None else _keeping(read, keep)


def _fetched(url: str) -> bytes | None:
    asked = Request(url, headers={"User-Agent": "allmende-replay"})  # noqa: S310  # http and https only, see above
    try:
        with urlopen(asked, timeout=_PATIENCE) as answer:  # noqa: S310
            data: bytes = answer.read(_MOST + 1)
    except HTTPError as error:
        if error.code in (404, 410):
            return None
        raise NotFetched(f"{url}: {error.code}") from None
    except (URLError, OSError, ValueError) as error:
        raise NotFetched(f"{url}: {error}") from None
    if len(data) > _MOST:
        raise NotFetched(f"{url}: > {_MOST} bytes")
    return data


def _keeping(read: Read, keep: Path) -> Read:
    def kept(path: str) -> bytes | None:
        data = read(path)
        if data is not None:
            (keep / path).parent.mkdir(parents=True, exist_ok=True)
            (keep / path).write_bytes(data)
        return data

    return kept
