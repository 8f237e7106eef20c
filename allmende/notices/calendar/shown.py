"""A calendar as a page shows it, in the language of the page: days with their reasons, rules and sources, and what is not certain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from allmende.core.language import page_language
from allmende.lib.legalcalendar.computation import Code, Problem, Severity, Step, Timeline
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.lib.legalcalendar.rules import Rule
from allmende.lib.legalcalendar.text import Text
from allmende.notices.calendar.lines import PUBLIC, Line, form_line, is_certain, label, public_steps, uncertain
from allmende.notices.calendar.outlook import Outlook
from allmende.notices.calendar.stored import Stored

# For the office: what the public does not read.
OFFICE = (Code.TAKE_DOWN_FROM, Code.HINT_WARNING, Code.ERASE_FROM, Code.ERASE_BY)


def said(text: Text) -> str:
    return text.in_language(page_language())


@dataclass(frozen=True, slots=True)
class Source:
    """One rule behind a day. `grade`: how far it may be relied on, in words. `own`: entered by the body itself."""

    name: str
    section: str
    grade: str
    address: str
    seen: str
    note: str
    own: bool


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    when: str
    day: date
    reason: str
    moved: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`rows`: what the public reads; `office`: further days of the office. `form`: how it is published; `notes`: (name, text).

    `uncertain`: why no legal effect is claimed; empty where it is known. `missing`: days that are not computed, with the reason.
    """

    rows: tuple[Row, ...]
    office: tuple[Row, ...]
    form: tuple[str, str]
    notes: tuple[tuple[str, str], ...]
    uncertain: str
    missing: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.rows)


def of_stored(stored: Stored) -> Shown:
    """A published notice, from what was stored with it."""
    return _shown(stored.kind, stored.timeline, form_line(stored.kind, stored.ways, stored.days), stored.land, stored.notes)


def of_outlook(found: Outlook, notes: tuple[Line, ...]) -> Shown | None:
    """A notice that has not appeared yet; None where nothing can be computed."""
    if found.timeline is None or found.ways is None or found.basis is None:
        return None
    timeline = replace(found.timeline, steps=tuple(replace(step, at=None) for step in found.timeline.steps))  # the time is not known yet
    return _shown(found.kind, timeline, form_line(found.kind, found.ways, found.statement.days), found.basis.book.land.name, notes)


def _shown(kind: NoticeKind, timeline: Timeline, form: Line, land: str, notes: tuple[Line, ...]) -> Shown:
    return Shown(
        rows=tuple(_row(kind, step) for step in public_steps(kind, timeline)),
        office=tuple(_row(kind, step) for step in timeline.steps if step.code in OFFICE),
        form=(said(form.label), said(form.value)),
        notes=tuple((said(line.label), said(line.value)) for line in notes),
        uncertain="" if is_certain(kind, timeline) else said(uncertain(land).value),
        missing=tuple(said(problem.words) for problem in timeline.problems if problem.severity is Severity.NO_DATE),
    )


def _row(kind: NoticeKind, step: Step) -> Row:
    name = label(kind, step.code) if step.code in PUBLIC else step.code.words.capital
    sources = {str(rule.source) + rule.key: _source(rule) for rule in step.rules}
    return Row(said(name), said(step.when.capital), step.day, said(step.reason), said(step.moved), tuple(sources.values()))


def _source(rule: Rule) -> Source:
    own = rule.entered is not None
    return Source(
        name=said(KEYS[rule.key].words.capital) if rule.key in KEYS else rule.key,
        section=str(rule.source),
        grade=said(rule.confidence.words),
        address=rule.source.address,
        seen="" if own else rule.source.seen,
        note=said(rule.note),
        own=own,
    )


def warnings(problems: tuple[Problem, ...]) -> list[str]:
    """What does not block but should be known, in words."""
    return [said(problem.words) for problem in problems if problem.severity is Severity.WARNING]
