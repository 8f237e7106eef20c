"""Which algorithms certificates rest on, and until when these are held to be fit: algorithms.toml, days with sources."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

LOG: Final = ("ed25519", "sha256")
"""What a log rests on."""
_FIT_RSA: Final = 3000  # bits


@dataclass(frozen=True)
class Algorithm:
    """`until`: the last day of its fitness, None where no source names one. `seen`: how the source was seen on the day `looked`.

    text; report: what others (`report`) say of it; unconfirmed: not at all, then without a day.
    """

    key: str
    name: str
    source: str
    seen: str
    looked: date
    until: date | None = None
    report: str = ""

    @property
    def ends(self) -> datetime | None:
        """The end of that day (UTC)."""
        return None if self.until is None else datetime.combine(self.until + timedelta(days=1), time(), UTC)


@cache
def known() -> dict[str, Algorithm]:
    """The table, by key."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["algorithm"]
    return {row["key"]: Algorithm(**row) for row in rows}


def of_path(certificates: Sequence[bytes]) -> tuple[str, ...]:
    """Keys of what the signatures of a path of DER certificates rest on, the anchor's own signature left out; sorted.

    Raises ValueError: a certificate that cannot be read.
    """
    loaded = [x509.load_der_x509_certificate(der) for der in certificates]
    found = {key for one in loaded for key in _of_key(one)}
    for one in loaded[:-1]:
        if one.signature_hash_algorithm is not None:
            found.add(one.signature_hash_algorithm.name)
    return tuple(sorted(found))


def _of_key(certificate: x509.Certificate) -> Iterable[str]:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        yield "rsa" if key.key_size >= _FIT_RSA else "rsa-below-3000"
    elif isinstance(key, ec.EllipticCurvePublicKey):
        yield "ecdsa"


def first_end(certificates: Sequence[bytes]) -> datetime:
    """When the first certificate of a path ends. Raises ValueError."""
    return min(x509.load_der_x509_certificate(der).not_valid_after_utc for der in certificates)


def unfit_from(keys: Iterable[str]) -> datetime | None:
    """From when on the first of these is no longer held to be fit; None: no end is named."""
    ends = [known()[key].ends for key in keys if key in known()]
    return min((end for end in ends if end is not None), default=None)


def names(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(known()[key].name if key in known() else key for key in keys)
