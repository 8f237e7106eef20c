"""The sheet on which one computation is written: asks rules, collects days and problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from allmende.lib.legalcalendar.computation.facts import Facts
from allmende.lib.legalcalendar.computation.results import Code, Problem, Severity, Step
from allmende.lib.legalcalendar.days import Begin, Rolled, last_day, last_day_to_act
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.rules import Finding, Rule, Value
from allmende.lib.legalcalendar.text import NOTHING, Text

V = TypeVar("V", bound=Value)


def cited(rules: Iterable[Rule]) -> str:
    """'§ 9 Abs. 2 S. 2 KVG LSA; § 193 BGB', each source once."""
    return "; ".join(dict.fromkeys(str(rule.source) for rule in rules))


@dataclass(slots=True)
class Sheet:
    """One computation under way."""

    facts: Facts
    book: RuleBook
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    complaint_text: str = ""

    @property
    def day(self) -> date:
        return self.facts.day

    def find(self, key: str) -> Finding:
        return self.book.find(key, on=self.day, body=self.facts.body, kind=self.facts.kind)

    def ask(self, key: str, type_: type[V]) -> tuple[V, Rule] | None:
        """The value that may be relied on, with its rule."""
        finding = self.find(key)
        if finding.rule and isinstance(finding.rule.value, type_):
            return finding.rule.value, finding.rule
        return None

    def holds(self, key: str) -> Rule | None:
        """The rule, if it is confirmed and says yes."""
        finding = self.find(key)
        return finding.rule if finding.is_true else None

    def counting(self, *keys: str) -> tuple[Rule, ...]:
        """The rules of counting that a day rests on, to be named with it."""
        return tuple(rule for key in keys if (rule := self.holds(f"counting.{key}")))

    def add(
        self,
        code: Code,
        day: date,
        reason: Text,
        rules: Iterable[Rule] = (),
        *,
        at: datetime | None = None,
        at_end: bool = False,
        rolled: Rolled | None = None,
    ) -> Step:
        """Write a day down; the sources of its rules are named behind the reason."""
        rules = tuple(rules)
        if rules:
            sources = cited(rules)
            reason = Text(f"{reason.de} ({sources})", f"{reason.en} ({sources})")
        step = Step(
            code,
            day,
            reason,
            rules,
            at=at,
            at_end=at_end,
            counted=rolled.counted if rolled else None,
            over=rolled.over if rolled else (),
        )
        self.steps.append(step)
        return step

    def problem(
        self,
        code: str,
        severity: Severity,
        words: Text,
        *,
        key: str = "",
        enter: Text = NOTHING,
        candidates: tuple[date, ...] = (),
        rules: tuple[Rule, ...] = (),
    ) -> None:
        if not any(known.code == code and known.key == key for known in self.problems):
            self.problems.append(Problem(code, severity, words, key, enter, candidates, rules))

    def unconfirmed(self, key: str, severity: Severity, *, candidates: tuple[date, ...] = ()) -> None:
        """A rule is missing that something depends on. Says what is known and what the administrator has to enter."""
        finding, name = self.find(key), KEYS[key].words.capital
        land = self.book.land.name
        known = _known(finding)
        self.problem(
            "rule_unconfirmed",
            severity,
            Text(
                f"{name.de}: Für {land} ist die Regel nicht bestätigt. {known.de}",
                f"{name.en}: the rule is not confirmed for {land}. {known.en}",
            ),
            key=key,
            enter=Text(
                f"Die Administration trägt unter „{name.de}“ den Wert mit Gesetz, Paragraf und Fundstelle ein.",
                f"The administrator enters the value of '{name.en}' with act, section and where the text stands.",
            ),
            candidates=candidates,
        )

    def event(self, start: date, period: Period) -> date:
        """Last day of a period that begins with something happening on `start`."""
        return last_day(start, period, Begin.EVENT)

    def act(self, start: date, period: Period) -> Rolled:
        """Last day for an act within a period that begins with something happening on `start`."""
        return last_day_to_act(start, period, Begin.EVENT, self.facts.place)

    def counted(self, period: Period, rolled: Rolled | None = None) -> tuple[Rule, ...]:
        """Rules of counting behind a period from an event."""
        keys = ["event", "end"]
        if period.months:
            keys.append("missing_day")
        if rolled is None:
            keys.append("no_roll")
        elif rolled.moved:
            keys.append("roll")
        return self.counting(*keys)


def _known(finding: Finding) -> Text:
    if rule := finding.unconfirmed:
        grade = rule.confidence.words
        return Text(
            f"Bekannt ist nur: {rule.source} ({grade.de}). {rule.note.de}".strip(),
            f"All that is known: {rule.source} ({grade.en}). {rule.note.en}".strip(),
        )
    if finding.open:
        return Text(
            f"Zu suchen in: {finding.open.source}. {finding.open.note.de}",
            f"To be looked for in: {finding.open.source}. {finding.open.note.en}",
        )
    return NOTHING
