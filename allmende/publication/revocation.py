"""Whether the certificates of a seal and of its time stamp service are revoked: asked where they say, kept as files.

For each certificate the responder is asked (OCSP), and the list fetched (CRL) if there is no responder or it gives nothing. What
was had is used until it is `FRESH` no more and then asked for again; when nobody answers, the last one serves until it is outdated.
One document waits `WAIT` seconds at most for all of them together, and a place that did not answer is left in peace for `PAUSE`.

What follows when there is nothing that holds: about the seal itself, nothing is sealed (lib.seal.RevocationUnusable); the
publication waits, is tried again every minute, and desk and `allmende check` say why. About issuers and the time stamp service the
document goes out without.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import Chore
from allmende.lib import seal as lib
from allmende.lib.outgoing import is_loopback
from allmende.publication import encoded, installation, store
from allmende.publication.models import SealKey

WAIT: Final = 15.0  # seconds that one document waits for all places together
EACH: Final = 5.0  # seconds for one place
LEAST: Final = 0.5  # seconds below which no place is asked any more
FRESH: Final = timedelta(hours=12)
MARGIN: Final = timedelta(minutes=5)  # what ends within this is asked for again
PAUSE: Final = timedelta(minutes=5)

Pair = tuple[bytes, bytes]  # a certificate and its issuer, DER


@dataclass(frozen=True)
class Place:
    """One address for one certificate, and the files that go with it."""

    url: str
    is_list: bool
    file: Path

    @property
    def failed(self) -> Path:
        return self.file.with_suffix(".failed")


@dataclass(frozen=True)
class Standing:
    """What is known of one certificate without asking anybody. `until` None: nothing that holds. `silent_since`: a place failed."""

    needed: bool
    until: datetime | None
    silent_since: datetime | None


def current(key: SealKey, *, at: datetime) -> tuple[bytes, ...]:
    """Lists and answers for seal and service: what came with the key, and what is to be had. May take `WAIT` seconds."""
    given = encoded.from_json(key.revocation)
    end = monotonic() + WAIT
    found = [_for(key, pair, given, at, end) for pair in pairs(key)]
    return tuple(dict.fromkeys([*given, *(data for data in found if data is not None)]))


def pairs(key: SealKey) -> tuple[Pair, ...]:
    """The certificates to ask about: of the seal first."""
    chains = (encoded.from_pem(key.certificates), encoded.from_pem(key.authority_certificates))
    return tuple(dict.fromkeys(pair for chain in chains for pair in lib.to_ask_about(chain)))


def standing(key: SealKey, pair: Pair, *, at: datetime) -> Standing:
    """Reads files only."""
    places = _places(key, pair[0])
    known = [*encoded.from_json(key.revocation), *(data for place in places if (data := store.read(place.file)) is not None)]
    ends = [until for data in known if (until := lib.usable_until(data, *pair, at=at))]
    silent = [since for place in places if (since := _failed_since(place))]
    return Standing(lib.is_declared(pair[0]), max(ends, default=None), min(silent) if silent and len(silent) == len(places) else None)


def can_ask(key: SealKey, pair: Pair) -> bool:
    """Whether the certificate names an address where one can ask."""
    return bool(_places(key, pair[0]))


def _for(key: SealKey, pair: Pair, given: Sequence[bytes], at: datetime, end: float) -> bytes | None:
    if any(lib.usable_until(data, *pair, at=at) for data in given):
        return None
    places = _places(key, pair[0])
    kept = [(data, until) for place in places if (data := store.read(place.file)) and (until := lib.usable_until(data, *pair, at=at))]
    for data, until in kept:
        if at + MARGIN < until and not _older(data, at):
            return data
    for place in places:
        if (asked := _ask(key, pair, place, at, end)) is not None:
            return asked
    return kept[0][0] if kept else None


def _older(data: bytes, at: datetime) -> bool:
    return at - lib.issued_at(data) > FRESH


def _places(key: SealKey, certificate: bytes) -> list[Place]:
    named = lib.places_of(certificate)
    folder = store.key_dir(key.body) / "revocation"

    def place(url: str, *, is_list: bool) -> Place:
        about = b"" if is_list else certificate  # one list speaks of all certificates of its issuer
        name = hashlib.sha256(url.encode() + b"\n" + about).hexdigest()[:32]
        return Place(url, is_list, folder / f"{name}.{'crl' if is_list else 'ocsp'}")

    return [*(place(url, is_list=False) for url in named.responders), *(place(url, is_list=True) for url in named.lists)]


def _ask(key: SealKey, pair: Pair, place: Place, at: datetime, end: float) -> bytes | None:
    left = min(EACH, end - monotonic())
    paused = _failed_at(place)
    if left < LEAST or (paused is not None and timedelta(0) <= at - paused < PAUSE):
        return None
    private = settings.SEAL_LOOPBACK and is_loopback(urlsplit(place.url).hostname or "")
    try:
        if place.is_list:
            data = lib.fetch_crl(place.url, timeout=left, allow_private=private)
        else:
            data = lib.fetch_answer(place.url, lib.question(*pair), timeout=left, allow_private=private)
        if lib.usable_until(data, *pair, at=at) is None:
            raise lib.RevocationUnusable(f"{place.url}: not genuine, of another certificate, or outdated")
    except lib.RevocationUnusable:
        since = _failed_since(place) or at
        store.write(place.failed, f"{since.isoformat()}\n{at.isoformat()}\n".encode(), body=key.body, mode=0o600)
        return None
    store.write(place.file, data, body=key.body, mode=0o600)
    store.remove(place.failed)
    return data


def _failures(place: Place) -> list[datetime]:
    """Since when the place has given nothing, and when it was asked last. Empty if it works."""
    try:
        return [datetime.fromisoformat(line) for line in (store.read(place.failed) or b"").decode().split()]
    except ValueError:
        return []


def _failed_since(place: Place) -> datetime | None:
    return next(iter(_failures(place)), None)


def _failed_at(place: Place) -> datetime | None:
    return next(reversed(_failures(place)), None)


def outdated(at: datetime) -> Iterator[SealKey]:
    """Unlocked seals, of all bodies, for which something would have to be asked at the next document."""
    for key in installation.seals():
        if key.state == SealKey.State.ACTIVE and any(_wants(key, pair, at) for pair in pairs(key)):
            yield key


def _wants(key: SealKey, pair: Pair, at: datetime) -> bool:
    places = [place for place in _places(key, pair[0]) if (failed := _failed_at(place)) is None or at - failed >= PAUSE]
    if not places or any(lib.usable_until(data, *pair, at=at) for data in encoded.from_json(key.revocation)):
        return False
    kept = [(data, until) for place in places if (data := store.read(place.file)) and (until := lib.usable_until(data, *pair, at=at))]
    return not any(at + MARGIN < until and not _older(data, at) for data, until in kept)


def _refresh(keys: Sequence[SealKey], at: datetime) -> None:
    for key in keys:
        current(key, at=at)


# Asked for ahead of time, so that a responder that is away for some hours is not noticed by any publication.
OUTDATED = Chore(_("veraltete Sperrauskünfte"), outdated, _refresh, every=timedelta(minutes=15))
