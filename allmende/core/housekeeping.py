"""What the worker takes away when it has nothing else to do. Parts register chores; `allmende check` says how far they are.

A chore names what may go and takes it away, a part at a time: killed anywhere, it goes on at the next round, and what is gone
is not missed. Two workers may do the same chore at once. Nothing here decides what a person would want to decide.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from allmende.core.health import Finding, Level

T = TypeVar("T")
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SOON: Final = timedelta(seconds=10)  # until the next part, where one round did not take all
PART: Final = 200  # things that one round takes away: a second or two, and what is to be published waits no longer
COUNTED: Final = 10_000  # `allmende check` counts no further
log = logging.getLogger("allmende.housekeeping")


@dataclass(frozen=True)
class Chore(Generic[T]):
    """`find(at)`: what may go at that time, oldest first where that matters; `take(found, at)`: away with it, idempotent.

    `tidies`: whether what is found waits to be taken away; else the chore is a round that is made each time, and nobody is told.
    """

    name: str | Promise  # what goes, in the plural
    find: Callable[[datetime], Iterable[T]]
    take: Callable[[Sequence[T], datetime], None]
    every: timedelta = HOUR
    tidies: bool = True


_chores: dict[str, Chore[Any]] = {}


def register(key: str, chore: Chore[Any]) -> None:
    """Add a chore. The same key twice is the same chore."""
    _chores[key] = chore


def do(key: str, at: datetime) -> bool:
    """Take away one part. Returns whether there may be more. What fails is logged and tried again at the next round."""
    chore = _chores[key]
    try:
        found = list(islice(chore.find(at), PART))
        if found:
            chore.take(found, at)
            if chore.tidies:
                log.info("housekeeping chore=%s taken=%d", key, len(found))
    except Exception:
        log.exception("housekeeping_failed chore=%s", key)
        return False
    return len(found) == PART


def do_all(at: datetime) -> None:
    """One part of every chore."""
    for key in _chores:
        do(key, at)


class Rounds:
    """When which chore has its turn in this process; the first round begins at once."""

    def __init__(self) -> None:
        self._next: dict[str, datetime] = {}

    def step(self, at: datetime) -> bool:
        """Do a part of the first chore whose time has come. False if there is none."""
        for key, chore in _chores.items():
            if self._next.get(key, at) <= at:
                self._next[key] = at + (SOON if do(key, at) else chore.every)
                return True
        return False


def state(at: datetime) -> Iterator[Finding]:
    """One finding if all is tidy; else one per chore with something to take. A day late means that nobody does it."""
    tidy = True
    for chore in _chores.values():
        if chore.tidies and (waiting := _count(chore, at)):
            tidy = False
            what = _("Zum Aufräumen: %(name)s (%(n)d)") % {"name": chore.name, "n": waiting}
            if _count(chore, at - DAY - chore.every, most=1):
                yield Finding(Level.WARN, what, _("Das liegt seit über einem Tag. Läuft der Arbeitsprozess, und kann er Dateien löschen?"))
            else:
                yield Finding(Level.OK, what)
    if tidy:
        yield Finding(Level.OK, _("Aufgeräumt: Nichts liegt länger, als es soll."))


def _count(chore: Chore[Any], at: datetime, most: int = COUNTED) -> int:
    return sum(1 for _one in islice(chore.find(at), most))


def lies_since(file: Path, at: datetime) -> bool:
    """Whether nobody has written to the file since `at`. False where it is gone."""
    try:
        return file.stat().st_mtime < at.timestamp()
    except FileNotFoundError:
        return False
