"""The calendar of a public notice, as it is stored and read again in whatever release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from allmende.administration.publishing.values import Publishing
from allmende.lib.legalcalendar.computation import Timeline, timeline_of_json
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.lib.legalcalendar.text import Text
from allmende.notices.calendar.lines import Line, lines, notes
from allmende.notices.calendar.outlook import Outlook


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything that explains the days of a notice: nothing is asked of rules or settings any more."""

    kind: NoticeKind
    timeline: Timeline
    ways: Publishing
    days: Mapping[Form, date]
    land: str
    notes: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that were sealed, in both languages."""
        return lines(self.kind, self.timeline, self.ways, self.days, self.land)


def content_of(found: Outlook, details: Mapping[str, Any]) -> dict[str, Any]:
    """As it is stored. For an outlook with a timeline."""
    assert found.timeline is not None
    assert found.ways is not None
    assert found.basis is not None
    return {
        "kind": found.kind.value,
        "timeline": found.timeline.as_json(),
        "publishing": found.ways.as_json(),
        "days": {form.value: day.isoformat() for form, day in found.statement.days.items()},
        "land": found.basis.book.land.name,
        "notes": [[line.label._asdict(), line.value._asdict()] for line in notes(found, details)],
    }


def read(content: Mapping[str, Any]) -> Stored:
    """What content_of wrote. Raises InvalidRules, KeyError or ValueError for anything else."""
    return Stored(
        NoticeKind(content["kind"]),
        timeline_of_json(content["timeline"]),
        Publishing.of_json(content["publishing"]),
        {Form(form): date.fromisoformat(day) for form, day in content["days"].items()},
        content["land"],
        tuple(Line(Text(**label), Text(**value)) for label, value in content["notes"]),
    )
