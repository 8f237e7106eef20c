"""What is still to be published and would get other days by a change of rules. Modules say it; the administration knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from allmende.core.models import Body
from allmende.lib.legalcalendar.computation import DayChange
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.text import Text

MOST = 50  # of them are named


@dataclass(frozen=True)
class Coming:
    """One thing to come. `days`: what changes; `blocked`: why it could not appear any more, in words."""

    title: str
    kicker: str
    url: str
    days: tuple[DayChange, ...]
    blocked: tuple[Text, ...] = ()


Find = Callable[[Body, RuleBook, RuleBook, datetime], Sequence[Coming]]
_FINDERS: list[Find] = []


def register(find: Find) -> None:
    """Called in AppConfig.ready() of a module. `find(body, old, new, at)`: if it appeared at `at`, by the old and by the new book."""
    if find not in _FINDERS:
        _FINDERS.append(find)


def affected(body: Body, old: RuleBook, new: RuleBook, *, at: datetime) -> list[Coming]:
    """Everything that a change of rules would reach, at most MOST."""
    return [item for find in _FINDERS for item in find(body, old, new, at)][:MOST]
