"""What people state about a publication when they submit or approve: what no program can see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allmende.lib.legalcalendar.computation import Appearance
from allmende.lib.legalcalendar.kinds import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`confirmed`: codes of duties (lib.legalcalendar.duties) that somebody has confirmed by name.

    `days`: the day on which the notice appears in a prescribed form that is not its own page.
    `hint`: where and when another medium tells of the notice, where the Land asks for that.
    """

    confirmed: frozenset[str] = frozenset()
    days: Mapping[Form, date] = field(default_factory=dict)
    hint: Appearance | None = None

    def also(self, other: Statement) -> Statement:
        """Both together; where both say something, the other one counts."""
        return Statement(confirmed=self.confirmed | other.confirmed, days={**self.days, **other.days}, hint=other.hint or self.hint)

    def as_json(self) -> dict[str, Any]:
        return {
            "confirmed": sorted(self.confirmed),
            "days": {form.value: day.isoformat() for form, day in sorted(self.days.items())},
            "hint": {"form": self.hint.form.value, "day": self.hint.day.isoformat()} if self.hint else None,
        }

    @classmethod
    def of_json(cls, raw: Mapping[str, Any]) -> Statement:
        """What as_json wrote. Raises KeyError or ValueError for anything else."""
        hint = raw["hint"]
        return cls(
            confirmed=frozenset(raw["confirmed"]),
            days={Form(form): date.fromisoformat(day) for form, day in raw["days"].items()},
            hint=Appearance(Form(hint["form"]), date.fromisoformat(hint["day"])) if hint else None,
        )


NOTHING_STATED = Statement()
