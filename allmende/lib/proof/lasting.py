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


def lasting(
    seal: Sequence[bytes], stamp: Sequence[bytes], *, sealed_at: datetime, archive: Covering | None, now: datetime
) -> tuple[Lasts, ...]:
    """For a bundle whose seal and time stamp hold; `seal`, `stamp`: their certificates (DER), `sealed_at`: the time of the stamp.

    Raises ValueError: a certificate that cannot be read.
    """
    found: list[Lasts] = []
    anew: tuple[datetime, bool] | None = None  # when the next evidence was made, and whether it still counts
    if archive is not None:
        found.append(_lasts("archive", archive.certificates, None, now))
        anew = archive.stamped_at, found[-1].state is not Fresh.ENDED
    found.insert(0, _lasts("time", stamp, anew, now))
    found.insert(0, _lasts("seal", seal, (sealed_at, found[0].state is not Fresh.ENDED), now))
    weak = algorithms.unfit_from(algorithms.LOG)
    state = Fresh.ENDED if weak is not None and weak <= now else Fresh.FRESH
    found.append(Lasts("log", state, None, algorithms.names(algorithms.LOG), weak))
    return tuple(found)


def _lasts(what: str, certificates: Sequence[bytes], anew: tuple[datetime, bool] | None, now: datetime) -> Lasts:
    keys = algorithms.of_path(certificates)
    until, weak = algorithms.first_end(certificates), algorithms.unfit_from(keys)
    end = min(until, weak) if weak is not None else until
    covered = anew is not None and anew[0] < end and anew[1]
    state = Fresh.FRESH if now < end else Fresh.COVERED if covered else Fresh.ENDED
    return Lasts(what, state, until, algorithms.names(keys), weak)
