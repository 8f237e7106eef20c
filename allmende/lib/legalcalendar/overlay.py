"""A body's own rules over the profile of its Land, the book of all rules that hold for it, and the difference of two versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from allmende.lib.legalcalendar.keys import KEYS, key, value_words
from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import Profile, federal, profile_of
from allmende.lib.legalcalendar.reading import read_rule, refuse_clashes, rule_as_json
from allmende.lib.legalcalendar.rules import Finding, Open, Rule
from allmende.lib.legalcalendar.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class Overlay:
    """Rules a body has entered itself; each names its source, who entered it and when. They go before those of the profile.

    Raises InvalidRules if two of them hold for the same case.
    """

    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        refuse_clashes(self.rules, "own rules")

    @classmethod
    def read(cls, raw: Iterable[Any]) -> Overlay:
        """From stored tables, as as_json() writes them. Raises InvalidRules for unknown keys, wrong values, missing sources."""
        return cls(tuple(read_rule(item, f"own rule {n}", own=True) for n, item in enumerate(raw, 1)))

    def as_json(self) -> list[dict[str, Any]]:
        return [rule_as_json(rule) for rule in self.rules]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules that hold for a body: its own, those of its Land, the federal ones, asked in this order.

    `land` and `nation` may be older versions that the body still keeps.
    """

    land: Profile
    nation: Profile
    own: Overlay = field(default_factory=Overlay)

    @classmethod
    def of(cls, land: Land, own: Overlay | None = None) -> RuleBook:
        """With the profiles of this release."""
        return cls(profile_of(land), federal(), own or Overlay())

    def find(self, name: str, *, on: date, body: BodyKind, kind: NoticeKind | None = None) -> Finding:
        """What is known about `name` for a publication on a day. Raises UnknownKey.

        The first of the three that says anything about the key decides, even if all it says is 'open'.
        """
        key(name)
        if own := _narrowest(self.own.rules, name, on, body, kind):
            return Finding(name, rule=own)
        for profile in (self.land, self.nation):
            question = next((item for item in profile.opens if item.key == name), None)
            if rule := _narrowest(profile.rules, name, on, body, kind):
                return Finding(name, rule=rule) if rule.drives else Finding(name, unconfirmed=rule, open=question)
            if question:
                return Finding(name, open=question)
        return Finding(name)

    @property
    def versions(self) -> dict[str, int]:
        """Numbers of the versions that dates were computed with, for the record kept with a notice."""
        return {self.nation.id: self.nation.version.number, self.land.id: self.land.version.number}


def _narrowest(rules: Sequence[Rule], name: str, on: date, body: BodyKind, kind: NoticeKind | None) -> Rule | None:
    holding = [rule for rule in rules if rule.key == name and rule.scope.holds(on, body, kind)]
    return max(holding, key=lambda rule: rule.scope.narrowness, default=None)


class What(StrEnum):
    """How two versions differ in a rule."""

    ADDED = "added"
    REMOVED = "removed"
    VALUE = "value"
    """The value or for whom and when it holds."""
    CONFIDENCE = "confidence"
    """Confirmed, or no longer: dates may begin or cease to follow."""
    SOURCE = "source"
    """Source or note only; nothing else follows from it."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One changed rule. `kinds`: to which notices it matters, empty for all. `reason`: from the history or from who entered it."""

    key: str
    what: What
    old: Rule | Open | None
    new: Rule | Open | None
    reason: Text

    @property
    def kinds(self) -> frozenset[NoticeKind]:
        scopes = [item.scope.kinds for item in (self.old, self.new) if isinstance(item, Rule)]
        if scopes and all(scopes):
            return frozenset().union(*scopes)
        return KEYS[self.key].kinds

    @property
    def has_effect(self) -> bool:
        """True if dates, duties or refusals may change with it."""
        if self.what is What.SOURCE:
            return False
        return any(isinstance(item, Rule) and item.drives for item in (self.old, self.new))

    @property
    def words(self) -> Text:
        """'Frist für Rügen: bisher ein Jahr, neu sechs Monate.'"""
        name = KEYS[self.key].words.capital
        old, new = _said(self.old), _said(self.new)
        return Text(f"{name.de}: bisher {old.de}, neu {new.de}.", f"{name.en}: so far {old.en}, now {new.en}.")


def _said(item: Rule | Open | None) -> Text:
    if item is None:
        return Text("nichts", "nothing")
    if isinstance(item, Open):
        return Text("offen", "open")
    value = value_words(item.value)
    return value if item.drives else Text(f"{value.de} (unbestätigt)", f"{value.en} (unconfirmed)")


def difference(old: Profile, new: Profile) -> tuple[RuleChange, ...]:
    """What changes for a body that goes from one version of a profile to another, in the order of keys.

    Raises ValueError for profiles of two Länder.
    """
    if old.id != new.id:
        raise ValueError(f"{old.id} and {new.id} are two profiles, not two versions of one")
    newer = [step.reason for step in new.history if step.number > old.version.number]
    reason = Text(" ".join(step.de for step in newer), " ".join(step.en for step in newer))
    changes = _changes([*old.rules, *old.opens], [*new.rules, *new.opens])
    return tuple(RuleChange(name, what, before, after, reason) for name, what, before, after in changes)


def own_difference(old: Overlay, new: Overlay) -> tuple[RuleChange, ...]:
    """What a body's own rules change, each with the reason that was entered."""
    return tuple(
        RuleChange(name, what, before, after, _entered_reason(after)) for name, what, before, after in _changes(old.rules, new.rules)
    )


def _entered_reason(item: Rule | Open | None) -> Text:
    entered = item.entered if isinstance(item, Rule) else None
    return Text(entered.reason, entered.reason) if entered else NOTHING


def _changes(old: Sequence[Rule | Open], new: Sequence[Rule | Open]) -> Iterable[tuple[str, What, Rule | Open | None, Rule | Open | None]]:
    for name in sorted({item.key for item in (*old, *new)}):
        before = [item for item in old if item.key == name]
        after = [item for item in new if item.key == name]
        gone = [item for item in before if item not in after]
        come = [item for item in after if item not in before]
        for item in list(gone):  # the same scope is the same rule in new words
            for other in come:
                if _scope(item) == _scope(other) or (len(gone) == len(come) == 1):
                    yield name, _what(item, other), item, other
                    gone.remove(item)
                    come.remove(other)
                    break
        yield from ((name, What.REMOVED, item, None) for item in gone)
        yield from ((name, What.ADDED, None, item) for item in come)


def _scope(item: Rule | Open) -> object:
    return item.scope if isinstance(item, Rule) else None


def _what(old: Rule | Open, new: Rule | Open) -> What:
    if isinstance(old, Rule) and isinstance(new, Rule):
        if old.value != new.value or old.scope != new.scope:
            return What.VALUE
        return What.CONFIDENCE if old.drives != new.drives else What.SOURCE
    if isinstance(old, Open) and isinstance(new, Open):
        return What.SOURCE
    return What.ADDED if isinstance(old, Open) else What.REMOVED
