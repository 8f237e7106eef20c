"""Which evidence is still fresh: certificates end, and algorithms grow weak; what was stamped anew before stays provable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allmende.lib.proof import algorithms
from allmende.lib.proof.report import Fresh, Lasts


@dataclass(frozen=True)
class Covering:
    """An archive time stamp that holds: when it was made, and its certificates (DER), its own first."""

    stamped_at: datetime
    certificates: Sequence[bytes]


Anew = tuple[datetime, bool] | None
"""When the next evidence was made, and whether it still counts."""


def lasting(
    seal: Sequence[bytes], stamp: Sequence[bytes], *, sealed_at: datetime | None, now: datetime, archive: Covering | None = None
) -> tuple[Lasts, ...]:
    """Of seal and time stamp that hold, and of the archive time stamp; `seal`, `stamp`: their certificates (DER).

    `sealed_at`: the time of the stamp. Raises ValueError: a certificate that cannot be read.
    """
    found: list[Lasts] = []
    anew: Anew = None
    if archive is not None:
        found.append(_lasts("archive", archive.certificates, None, now))
        anew = archive.stamped_at, found[-1].state is not Fresh.ENDED
    found.insert(0, _lasts("time", stamp, anew, now))
    sealed = None if sealed_at is None else (sealed_at, found[0].state is not Fresh.ENDED)
    return (_lasts("seal", seal, sealed, now), *found)


def log_lasts(archive: Covering | None, now: datetime) -> Lasts:
    """Of a log: it has no certificates, so only what it rests on can grow weak."""
    weak = algorithms.unfit_from(algorithms.LOG)
    anew: Anew = None
    if archive is not None:
        anew = archive.stamped_at, _lasts("archive", archive.certificates, None, now).state is not Fresh.ENDED
    return Lasts("log", _state(weak, anew, now), None, algorithms.names(algorithms.LOG), weak)


def certificate_lasts(stamp: Sequence[bytes], now: datetime) -> Lasts:
    """Of a certificate of publication: as long as its time stamp, which nothing renews. Raises ValueError."""
    return _lasts("certificate", stamp, None, now)


def _lasts(what: str, certificates: Sequence[bytes], anew: Anew, now: datetime) -> Lasts:
    keys = algorithms.of_path(certificates)
    until, weak = algorithms.first_end(certificates), algorithms.unfit_from(keys)
    return Lasts(what, _state(min(until, weak) if weak else until, anew, now), until, algorithms.names(keys), weak)


def _state(end: datetime | None, anew: Anew, now: datetime) -> Fresh:
    if end is None or now < end:
        return Fresh.FRESH
    return Fresh.COVERED if anew is not None and anew[0] < end and anew[1] else Fresh.ENDED
