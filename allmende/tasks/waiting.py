"""What else waits for a person, beside the work list: modules name it, so that nobody reads here that nothing is to be done."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from allmende.core.models import Body, Person
from allmende.core.permissions import Act


@dataclass(frozen=True)
class Waiting:
    """A sentence without full stop that says how much of what waits, and the address where it is."""

    words: str
    address: str


Source = Callable[[Person, Body, Collection[Act]], Waiting | None]
_SOURCES: dict[str, Source] = {}


def register(code: str, source: Source) -> None:
    """`source` answers for a person with these rights in a body; at most 1 query, none without the right."""
    _SOURCES[code] = source


def waiting(person: Person, body: Body, acts: Collection[Act]) -> list[Waiting]:
    return [found for source in _SOURCES.values() if (found := source(person, body, acts))]
