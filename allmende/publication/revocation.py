"""Revocation lists for seals of real issuers: fetched where the certificates say, kept as files until they are outdated."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography import x509

from allmende.lib import seal as lib
from allmende.publication import encoded, store
from allmende.publication.models import SealKey

FRESH = timedelta(hours=12)


def current(key: SealKey, *, at: datetime) -> tuple[bytes, ...]:
    """The lists for the seal and its time stamp authority: those that came with the key, and fresh ones. May take seconds.

    A list that cannot be fetched is left out here; sealing then fails if it is needed.
    """
    given = encoded.from_json(key.revocation)
    chains = [*encoded.from_pem(key.certificates), *encoded.from_pem(key.authority_certificates)]
    return (*given, *(data for url in dict.fromkeys(_places(chains)) if (data := _list(key, url, at)) is not None))


def _places(certificates: list[bytes]) -> Iterator[str]:
    for der in certificates:
        try:
            points = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        except x509.ExtensionNotFound:
            continue
        for point in points:
            yield from (name.value for name in point.full_name or () if isinstance(name, x509.UniformResourceIdentifier))


def _list(key: SealKey, url: str, at: datetime) -> bytes | None:
    path = store.key_dir(key.body) / "crl" / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.crl"
    kept = store.read(path)
    if kept is not None and _fresh(kept, at):
        return kept
    try:
        fetched = lib.fetch_crl(url)
        store.write(path, fetched, body=key.body, mode=0o600)
    except lib.RevocationUnusable:
        return kept
    return fetched


def _fresh(data: bytes, at: datetime) -> bool:
    try:
        crl = x509.load_der_x509_crl(data)
    except ValueError:
        return False
    until = crl.next_update_utc
    return until is not None and at < min(until, crl.last_update_utc + FRESH)
