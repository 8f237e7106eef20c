"""What a computation rests on: the rules of the body and how it publishes. Kept whole when a notice is approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allmende.administration.publishing import selectors as publishing
from allmende.administration.publishing.values import Publishing, in_force
from allmende.administration.rules import selectors as rules
from allmende.administration.rules.errors import LandUnknown, NoRules
from allmende.core.models import Body
from allmende.lib.legalcalendar.kinds import BodyKind
from allmende.lib.legalcalendar.overlay import Overlay, RuleBook
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import as_json, read_profile


@dataclass(frozen=True, slots=True)
class Basis:
    """`ways`: how the body publishes, in the order in which it was entered; those that have ended already may be left out."""

    book: RuleBook
    ways: tuple[Publishing, ...]
    body: BodyKind

    @property
    def land(self) -> Land:
        land = self.book.land.land
        assert land is not None  # the book of a body is that of a Land
        return land

    def on(self, day: date) -> Publishing | None:
        """How the body publishes on a day; None if nobody has entered it."""
        return in_force(list(self.ways), day)

    def from_day(self, day: date) -> Basis:
        """The same without what ended before the day: what is kept with a notice that is approved on it."""
        now = self.on(day)
        return Basis(self.book, tuple(item for item in self.ways if item.valid_from > day or item is now), self.body)

    def as_json(self) -> dict[str, Any]:
        return {
            "land": as_json(self.book.land),
            "nation": as_json(self.book.nation),
            "own": self.book.own.as_json(),
            "ways": [item.as_json() for item in self.ways],
            "body": self.body.value,
        }

    @classmethod
    def of_json(cls, raw: dict[str, Any]) -> Basis:
        """What as_json wrote. Raises InvalidRules, KeyError or ValueError for anything else."""
        book = RuleBook(read_profile(raw["land"], "rules kept"), read_profile(raw["nation"], "rules kept"), Overlay.read(raw["own"]))
        return cls(book, tuple(map(Publishing.of_json, raw["ways"])), BodyKind(raw["body"]))


def current(body: Body) -> Basis | None:
    """As it stands now: adopted versions, own rules of every day, how the body publishes. None without adopted rules. 4 queries."""
    try:
        book = rules.state_of(body).book
    except (NoRules, LandUnknown):
        return None
    return Basis(book, tuple(publishing.known(body).values), rules.body_kind(body))
