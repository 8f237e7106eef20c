"""What a change of rules does: per kind of notice, old and new in words, duties, and the days of an imagined notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from allmende.administration.rules.sample import sample
from allmende.administration.rules.sheet import OF_RULES, kinds_of, said
from allmende.lib.german import legal_time
from allmende.lib.legalcalendar.computation import changed_days, compute
from allmende.lib.legalcalendar.duties import duties
from allmende.lib.legalcalendar.keys import KEYS, value_words
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.overlay import RuleBook, RuleChange
from allmende.lib.legalcalendar.rules import Finding


@dataclass(frozen=True)
class Effect:
    """One kind of notice. `values`: (rule, old, new) in words; `days`: (what, old, new) of a notice provided on the day looked at.

    `freed`, `blocked`: names of rules that no longer stand in the way of publishing, or now do.
    """

    kind: NoticeKind
    values: list[tuple[str, str, str]]
    days: list[tuple[str, date | None, date | None]]
    duties_new: list[str]
    duties_gone: list[str]
    freed: list[str]
    blocked: list[str]

    @property
    def name(self) -> str:
        return said(self.kind.words)


def effects(
    old: RuleBook, new: RuleBook, changes: Sequence[RuleChange], body: BodyKind, *, on: date, form: Form = Form.INTERNET
) -> list[Effect]:
    """Each kind of notice on which the changes have any effect on the day `on`, in this form; empty if they have none."""
    at = datetime.combine(on, time(10), tzinfo=legal_time())
    concerned = {change.key for change in changes if change.has_effect}
    found = [_effect(kind, old, new, concerned, body, at, on, form) for kind in NoticeKind]
    return [item for item in found if item.values or item.days or item.duties_new or item.duties_gone or item.freed or item.blocked]


def _effect(
    kind: NoticeKind, old: RuleBook, new: RuleBook, concerned: set[str], body: BodyKind, at: datetime, on: date, form: Form
) -> Effect:
    values = []
    for name in KEYS:
        if name in concerned and kind in kinds_of(KEYS[name]):
            before, after = (_found(book.find(name, on=on, body=body, kind=kind)) for book in (old, new))
            if before != after:
                values.append((said(KEYS[name].words.capital), before, after))
    timelines = [compute(sample(kind, book, body, at, form=form), book) for book in (old, new)]
    blocking = [{problem.key for problem in line.blocking if problem.code in OF_RULES} for line in timelines]
    todo = [{said(duty.words) for duty in duties(book, kind=kind, form=form, body=body, on=on) if duty.binds} for book in (old, new)]
    return Effect(
        kind,
        values,
        [(said(change.code.words.capital), change.old, change.new) for change in changed_days(*timelines)],
        sorted(todo[1] - todo[0]),
        sorted(todo[0] - todo[1]),
        _names(blocking[0] - blocking[1]),
        _names(blocking[1] - blocking[0]),
    )


def _names(keys: set[str]) -> list[str]:
    return sorted(said(KEYS[name].words.capital) for name in keys if name)


def _found(finding: Finding) -> str:
    if finding.rule:
        return f"{said(value_words(finding.rule.value))} ({finding.rule.source})"
    return _("nicht bestätigt") if finding.answered else _("keine Regel")
