"""Short ways to write down a notice and its rules in a test."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from allmende.lib.german import legal_time
from allmende.lib.legalcalendar.computation import Facts, Timeline, compute
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.overlay import Overlay, RuleBook
from allmende.lib.legalcalendar.places import Land, LocalHoliday, Place


def day(text: str) -> date:
    return date.fromisoformat(text)


def morning(on: str) -> datetime:
    """Ten o'clock in Germany."""
    return datetime.combine(day(on), time(10), tzinfo=legal_time())


ENTERED = {"by": "Erika Beispiel", "at": datetime(2026, 1, 5, 9, tzinfo=UTC).isoformat(), "reason": "Hauptsatzung"}


def own(*rules: tuple[str, Any], **scope: Any) -> Overlay:
    """Rules a body entered itself, from its main statute."""
    return Overlay.read(
        [{"key": key, "value": value, "law": "Hauptsatzung", "section": "§ 22", "entered": ENTERED, **scope} for key, value in rules]
    )


ZERBST = own(("replacement.period", "P1M"), ("completion.replacement", "day_after_display"), ("replacement.hint_before", True))
"""Local rule of a town in Sachsen-Anhalt: a month, complete on the day after it, hint on the day before at the latest."""


@dataclass(frozen=True)
class Case:
    """One notice. `expected` maps codes to days; None says that this day must not be computed."""

    name: str
    land: Land
    kind: NoticeKind
    on: str
    facts: dict[str, Any] = field(default_factory=dict)
    own: Overlay = field(default_factory=Overlay)
    form: Form = Form.INTERNET
    body: BodyKind = BodyKind.MUNICIPALITY
    expected: dict[str, str | None] = field(default_factory=dict)
    local: frozenset[LocalHoliday] = frozenset()

    def timeline(self) -> Timeline:
        facts = Facts(
            kind=self.kind,
            form=self.form,
            body=self.body,
            place=Place(self.land, self.local),
            provided_at=morning(self.on),
            **self.facts,
        )
        return compute(facts, RuleBook.of(self.land, self.own))


def by_law(land: Land, on: str, **facts: Any) -> Timeline:
    """A by-law on the internet."""
    return Case("", land, NoticeKind.BY_LAW, on, facts).timeline()
