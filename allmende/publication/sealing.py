"""From the approved payload to a sealed document: the libraries put together. Slow, so never inside a transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from allmende.core.models import Body
from allmende.lib import seal as lib
from allmende.publication import seals, secret, store
from allmende.publication.clock import Clock
from allmende.publication.errors import SealLocked
from allmende.publication.models import Publication, SealKey


@dataclass(frozen=True)
class Made:
    """Everything that exists once an attempt is sealed. Certificates and revocation data are DER."""

    page: bytes
    fragment: bytes
    document: bytes
    token: bytes
    stamped_at: datetime
    level: str
    subject: str
    authority: str
    certificates: tuple[bytes, ...]
    stamp_certificates: tuple[bytes, ...]
    revocation: tuple[bytes, ...]


def usable_key(body: Body, *, at: datetime) -> SealKey:
    """The seal of the body, unlocked at `at`. Raises NoSeal, SealLocked."""
    key = seals.in_use(body)
    if key.state != SealKey.State.ACTIVE or key.unlocked_until is None or key.unlocked_until <= at:
        raise SealLocked
    return key


def make(publication: Publication, day: date, key: SealKey, clock: Clock) -> Made:
    """Render page and document with `day` in them, seal and stamp the document.

    Raises:
        SealLocked: the secret of the installation has changed since the seal was unlocked.
        lib.seal.SealError: clock off, authority silent, certificate expired …
    """
    raise NotImplementedError


def opened(key: SealKey) -> lib.Pkcs12Seal:
    """The key in memory, loaded once per process. Raises SealLocked, lib.seal.SealError."""
    password = secret.opened(bytes(key.secret or b""))
    if password is None:
        raise SealLocked
    return _load(store.key_dir(key.body) / key.file, password, key.valid_from)


@lru_cache(maxsize=64)
def _load(path: Path, password: str, at: datetime) -> lib.Pkcs12Seal:
    # Whether it is still valid is asked at each seal.
    return lib.load_pkcs12(store.read(path) or b"", password, at=at)


Authority = Callable[[SealKey, Clock], lib.TimeStampAuthority]
