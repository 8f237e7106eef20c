"""Worked examples as a clerk enters them: kind, fields, how the body publishes, and what was stated."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allmende.administration.publishing.values import Publishing
from allmende.lib.legalcalendar.computation import Timeline
from allmende.lib.legalcalendar.kinds import BodyKind, Form
from allmende.lib.legalcalendar.overlay import Overlay, RuleBook
from allmende.lib.legalcalendar.places import Land, LocalHoliday
from allmende.lib.legalcalendar.tests.cases import morning
from allmende.notices import kinds
from allmende.notices.calendar.basis import Basis
from allmende.notices.calendar.outlook import Outlook, outlook
from allmende.notices.calendar.statement import NOTHING_STATED, Statement

INSPECTION = "Rathaus, Markt 1, Zimmer 12"


def publishing(form: Form = Form.INTERNET, **changes: Any) -> Publishing:
    """By the main statute, for ever."""
    given: dict[str, Any] = {"law": "Hauptsatzung", "section": "§ 22", "address": "www.musterstedt.example", "inspection": INSPECTION}
    return Publishing(form=form, valid_from=date(1991, 1, 1), **(given | changes))


def basis(land: Land, own: Overlay | None = None, ways: Publishing | None = None, body: BodyKind = BodyKind.MUNICIPALITY) -> Basis:
    return Basis(RuleBook.of(land, own), (ways or publishing(),), body)


@dataclass(frozen=True)
class Entered:
    """One notice by the code of its kind, provided on `on` at ten o'clock."""

    code: str
    land: Land
    on: str
    details: dict[str, Any] = field(default_factory=dict)
    ways: Publishing = field(default_factory=publishing)
    own: Overlay = field(default_factory=Overlay)
    statement: Statement = NOTHING_STATED
    seal: str = "qualified"

    def outlook(self) -> Outlook:
        kind = kinds.get(self.code)
        kind.read(self.details)  # what no form would store is no example
        rests_on = basis(self.land, self.own, self.ways)
        found = outlook(kind.law, self.details, rests_on, at=morning(self.on), seal=self.seal, statement=self.statement)
        assert found is not None
        return found

    def timeline(self) -> Timeline:
        found = self.outlook().timeline
        assert found is not None
        return found


CORPUS_CHRISTI = frozenset({LocalHoliday.CORPUS_CHRISTI})
