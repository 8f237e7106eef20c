"""Seals that this process has open: the key in memory while the seal is unlocked, and no longer.

Loading a key costs up to 0.3 s, so it is kept. It is kept for one unlocking only: whoever locks the seal or takes it out of use
makes every process ask again before the next document (allmende.publication.sealing), let go of the key within seconds
(`LOCKED_SEALS`), and store nothing that was sealed meanwhile (allmende.publication.steps.seal).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import Chore
from allmende.lib import seal as lib
from allmende.publication import installation, secret, store
from allmende.publication.errors import SealLocked
from allmende.publication.models import SealKey

# By row: the encrypted password of the unlocking (another one each time), and the key.
_open: dict[int, tuple[bytes, lib.Pkcs12Seal]] = {}


def opened(key: SealKey) -> lib.Pkcs12Seal:
    """The key in memory, loaded once per process and unlocking. Whether it may still be used is for the caller to ask.

    Raises SealLocked (not unlocked, or the secret of the installation has changed since), lib.seal.SealError.
    """
    token = bytes(key.secret or b"")
    kept = _open.get(key.pk)
    if kept is not None and token and kept[0] == token:
        return kept[1]
    password = secret.opened(token)
    if password is None:
        raise SealLocked
    # Whether it is still valid is asked at each seal.
    seal = lib.load_pkcs12(store.read(store.key_dir(key.body) / key.file) or b"", password, at=key.valid_from)
    _open[key.pk] = (token, seal)
    return seal


def left_open(at: datetime) -> Iterator[int]:
    """Seals that this process has open and that nobody may use at `at`. 1 query, none if nothing is open."""
    if not _open:
        return
    unlocked = installation.unlocked_seals(at)
    yield from [pk for pk, (token, _seal) in _open.items() if unlocked.get(pk) != token]


def close(keys: Iterable[int], at: datetime) -> None:
    """Let go of the keys."""
    for pk in list(keys):
        _open.pop(pk, None)


LOCKED_SEALS = Chore(_("gesperrte Siegel, die noch geöffnet sind"), left_open, close, every=timedelta(seconds=5))
