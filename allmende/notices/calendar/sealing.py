"""The engine asks for the lines that follow from the printed day. A pure function of what was kept at the approval, and of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from allmende.core.models import Record
from allmende.lib.legalcalendar.days import noon
from allmende.lib.official import Fact, OfficialPage
from allmende.lib.seal import SealLevel
from allmende.notices import kinds
from allmende.notices.calendar import keeping
from allmende.notices.calendar.facts import Details
from allmende.notices.calendar.lines import Line, lines, notes
from allmende.notices.calendar.outlook import Outlook, outlook
from allmende.notices.models import Notice
from allmende.publication.errors import DayRefused

SEAL = "seal.level"  # key of the rule
SEALED = SealLevel.QUALIFIED.value  # days do not hang on the seal; whether it will do, accepts_seal says


def on_day(notice: Notice, day: date, seal: str = SEALED) -> Outlook | None:
    """What follows if the notice appears on a day, with the rules it was approved with. None for a kind without legal effect. 1 query."""
    found = keeping.kept(notice.record.body, notice.pk)
    if found is None:
        return None
    basis, statement = found
    return outlook(kinds.get(notice.kind).law, notice.details, basis, at=noon(day), seal=seal, statement=statement)


def on_sealing(record: Record, page: OfficialPage, day: date) -> OfficialPage:
    """The page with what follows from its day. Raises DayRefused: the law does not let it appear on that day."""
    found = on_day(notice := _notice(record), day)
    if found is None:
        return page
    if found.of_rules:
        raise DayRefused
    return with_lines(page, found, notice.details)


def with_lines(page: OfficialPage, found: Outlook, details: Details) -> OfficialPage:
    """The page with the lines and texts that follow. For an outlook in which nothing blocks."""
    assert found.timeline is not None
    assert found.ways is not None
    assert found.basis is not None
    said = lines(found.kind, found.timeline, found.ways, found.statement.days, found.basis.book.land.name)
    return replace(page, follows=facts(said), notes=facts(notes(found, details)))


def accepts_seal(record: Record, level: str, day: date) -> bool:
    """Whether a seal of this level meets what the Land demands: it may have been another one at the approval."""
    found = on_day(_notice(record), day, seal=level)
    return found is None or not any(item.key == SEAL for item in found.unmet)


def _notice(record: Record) -> Notice:
    return Notice.objects.for_body(record.body).select_related("record__body").get(pk=record.pk)


def facts(said: tuple[Line, ...]) -> tuple[Fact, ...]:
    """In German, the language of what is sealed."""
    return tuple(Fact(line.label.de, line.value.de) for line in said)
