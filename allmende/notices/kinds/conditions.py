"""When a field must be filled, and when it says anything at all: conditions on other fields of the same kind, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class When:
    """Holds where the field `field` has one of `values`; without values, where anything stands in it."""

    field: str
    values: tuple[str | bool, ...] = ()

    def holds(self, details: Mapping[str, Any]) -> bool:
        stored = details.get(self.field)
        return stored in self.values if self.values else stored is not None


@dataclass(frozen=True, slots=True)
class Unless:
    """Holds where the field `field` is empty or not ticked."""

    field: str

    def holds(self, details: Mapping[str, Any]) -> bool:
        return details.get(self.field) is None


Condition = When | Unless


def holds(condition: bool | Condition, details: Mapping[str, Any]) -> bool:
    return condition if isinstance(condition, bool) else condition.holds(details)
