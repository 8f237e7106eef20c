"""A rule of law as data: what it says, where it stands, when the text was seen and how far it may be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.text import NOTHING, Text

Value = bool | int | str | Period | StrEnum | frozenset[StrEnum]


class Confidence(StrEnum):
    """How far a rule may be relied on. Only A, B and a body's own rules drive a date or a duty."""

    A = "A"
    """Text of the law seen."""
    B = "B"
    """Reliable secondary source: court, ministry, association, a by-law that applies the rule."""
    A_OLD = "A°"
    """Text of the law seen, but older than a known or likely change."""
    B_OLD = "B°"
    C = "C"
    """Analogy, memory or inference."""
    OWN = "own"
    """Entered by the body itself, with source, person and time."""

    @property
    def drives(self) -> bool:
        return self in (Confidence.A, Confidence.B, Confidence.OWN)

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Confidence.A: Text("Gesetzestext eingesehen", "text of the law seen"),
    Confidence.B: Text("verlässliche Quelle, nicht der Gesetzestext", "reliable source other than the text of the law"),
    Confidence.A_OLD: Text("älterer Gesetzestext, nicht bestätigt", "older text of the law, unconfirmed"),
    Confidence.B_OLD: Text("ältere Quelle, nicht bestätigt", "older source, unconfirmed"),
    Confidence.C: Text("Annahme, nicht bestätigt", "assumption, unconfirmed"),
    Confidence.OWN: Text("von der Kommune eingetragen", "entered by the body"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands. `seen`: date of the text that was seen (2020-11-02, 2024, 2020/2025), 'undated', 'current', 'before 2021'."""

    law: str
    section: str
    address: str = ""
    seen: str = ""

    def __str__(self) -> str:
        """'§ 9 Abs. 2 KVG LSA', 'Art. 26 GO', 'Bekanntmachungssatzungen, Meißen, Brand-Erbisdorf'."""
        if self.section.startswith(("§", "Art.", "Nr.")):
            return f"{self.section} {self.law}"
        return f"{self.law}, {self.section}" if self.section.strip("–") else self.law


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom and when a rule holds. Empty sets and None do not limit. Days of publication, both included."""

    bodies: frozenset[BodyKind] = frozenset()
    kinds: frozenset[NoticeKind] = frozenset()
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"valid until {self.valid_until}, before it is valid from {self.valid_from}")

    def holds(self, on: date, body: BodyKind, kind: NoticeKind | None) -> bool:
        """`kind` None asks for rules that hold for every kind."""
        return (
            (not self.bodies or body in self.bodies)
            and (not self.kinds or kind in self.kinds)
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_until is None or on <= self.valid_until)
        )

    @property
    def narrowness(self) -> int:
        """A rule for one kind or kind of body goes before one for all."""
        return bool(self.bodies) + 2 * bool(self.kinds)

    def clashes(self, other: Scope) -> bool:
        """Both would hold for the same case, and neither is the narrower one."""
        return (
            self.narrowness == other.narrowness
            and (not self.bodies or not other.bodies or bool(self.bodies & other.bodies))
            and (not self.kinds or not other.kinds or bool(self.kinds & other.kinds))
            and (self.valid_from or date.min) <= (other.valid_until or date.max)
            and (other.valid_from or date.min) <= (self.valid_until or date.max)
        )


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Entered:
    """By whom (as the body names the person), when and why an own rule was entered. The time carries its zone."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `silence`: the text that was seen says nothing, and the value says what follows from that."""

    key: str
    value: Value
    confidence: Confidence
    source: Source
    scope: Scope = EVERYWHERE
    note: Text = NOTHING
    silence: bool = False
    entered: Entered | None = None

    def __post_init__(self) -> None:
        if (self.confidence is Confidence.OWN) != (self.entered is not None):
            raise ValueError(f"{self.key}: a rule of the body's own, and no other, says who entered it and when")

    @property
    def drives(self) -> bool:
        """True if dates and duties may follow from it."""
        return self.confidence.drives


@dataclass(frozen=True, slots=True)
class Open:
    """A rule that was looked for and not found, with the place where it is expected."""

    key: str
    source: Source
    note: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to a question for a rule: the rule, or what is known instead.

    `rule`: drives dates. `unconfirmed`: a rule that was found but may not drive. `open`: not found.
    """

    key: str
    rule: Rule | None = None
    unconfirmed: Rule | None = None
    open: Open | None = None

    @property
    def value(self) -> Value | None:
        """The value that may be relied on, None if there is none."""
        return self.rule.value if self.rule else None

    @property
    def answered(self) -> bool:
        """True if anything is known, even that the question is open."""
        return bool(self.rule or self.unconfirmed or self.open)

    @property
    def is_true(self) -> bool:
        return self.value is True
