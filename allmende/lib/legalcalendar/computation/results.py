"""What was computed: days with the rules they follow from, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from allmende.lib.german import date_with_year, time_of_day
from allmende.lib.legalcalendar.reading import read_rule, rule_as_json
from allmende.lib.legalcalendar.rules import Rule
from allmende.lib.legalcalendar.text import NOTHING, Text, day_words


class Code(StrEnum):
    """What happens on a day. Stable: stored with notices."""

    PROVISION = "provision"
    DISPLAY_BEGIN = "display_begin"
    DISPLAY_END = "display_end"
    COMPLETION = "completion"
    ENTRY = "entry"
    """The by-law or plan enters into force."""
    EFFECT = "effect"
    """The document counts as served, the order as notified."""
    COMPLAINT_END = "complaint_end"
    DEEMED_VALID = "deemed_valid"
    COMMENTS_END = "comments_end"
    ONLINE_UNTIL = "online_until"
    TAKE_DOWN_FROM = "take_down_from"
    HINT_WARNING = "hint_warning"
    ERASE_FROM = "erase_from"
    """Personal data goes from the beginning of this day on."""
    ERASE_BY = "erase_by"
    """Personal data is gone by the end of this day."""

    @property
    def words(self) -> Text:
        return _CODES[self]


_CODES = {
    Code.PROVISION: Text("Tag der Bereitstellung", "day of provision"),
    Code.DISPLAY_BEGIN: Text("Beginn der Auslegung oder des Aushangs", "beginning of the display"),
    Code.DISPLAY_END: Text("Ende der Auslegung oder des Aushangs", "end of the display"),
    Code.COMPLETION: Text("Bekanntmachung bewirkt", "publication complete"),
    Code.ENTRY: Text("Inkrafttreten", "entry into force"),
    Code.EFFECT: Text("Wirkung", "effect"),
    Code.COMPLAINT_END: Text("Ende der Rügefrist", "end of the time for complaints"),
    Code.DEEMED_VALID: Text("gilt als gültig", "deemed valid"),
    Code.COMMENTS_END: Text("Ende der Frist für Stellungnahmen", "end of the time for comments"),
    Code.ONLINE_UNTIL: Text("mindestens bereitgestellt bis", "online until at least"),
    Code.TAKE_DOWN_FROM: Text("darf abgenommen werden ab", "may be taken down from"),
    Code.HINT_WARNING: Text("Hinweis überfällig ab", "hint overdue from"),
    Code.ERASE_FROM: Text("personenbezogene Daten löschen ab", "erase personal data from"),
    Code.ERASE_BY: Text("personenbezogene Daten gelöscht bis", "personal data erased by"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the timeline.

    `at`: the exact moment, where a moment counts. `at_end`: with the end of the day, at 24:00.
    `counted`: the day before § 193 BGB moved it over `over` (day and German name each); equal to `day` if it did not.
    """

    code: Code
    day: date
    reason: Text
    rules: tuple[Rule, ...] = ()
    at: datetime | None = None
    at_end: bool = False
    counted: date | None = None
    over: tuple[tuple[date, str], ...] = ()

    @property
    def when(self) -> Text:
        """'mit Ablauf von Freitag, 13. November 2026' / 'at the end of Friday, 13 November 2026'."""
        day = day_words(self.day)
        if self.at:
            return Text(f"{day.de}, {time_of_day(self.at)}", f"{day.en}, {time_of_day(self.at, 'en')}")
        return Text(f"mit Ablauf von {day.de}", f"at the end of {day.en}") if self.at_end else day

    @property
    def moved(self) -> Text:
        """Why a time limit ends later than it was counted; empty if it does not."""
        if not self.over:
            return NOTHING
        names = ", ".join(f"{date_with_year(day)} ({name})" for day, name in self.over)
        english = ", ".join(f"{date_with_year(day, 'en')} ({name})" for day, name in self.over)
        return Text(
            f"Gezählt endet die Frist an einem Ruhetag und verschiebt sich auf den nächsten Werktag (§ 193 BGB): {names}.",
            f"As counted it ends on a day of rest and moves to the next working day (§ 193 BGB): {english}.",
        )


class Severity(StrEnum):
    BLOCKS = "blocks"
    """The notice cannot be published like this."""
    NO_DATE = "no_date"
    """A date is not computed; the notice can be published without it."""
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stands in the way. `code` is stable.

    `key`: the rule that is missing. `enter`: what the administrator has to enter to solve it; empty if it is not for them.
    `candidates`: days that unconfirmed rules would give, to show, never to print.
    """

    code: str
    severity: Severity
    words: Text
    key: str = ""
    enter: Text = NOTHING
    candidates: tuple[date, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that follows for one notice. `versions`: of the profiles it was computed with."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    versions: dict[str, int] = field(default_factory=dict)
    complaint_text: str = ""
    """Key of the wording of the hint on complaints (Profile.wording), empty if there is none."""

    def step(self, code: Code) -> Step | None:
        return next((step for step in self.steps if step.code is code), None)

    def day(self, code: Code) -> date | None:
        step = self.step(code)
        return step.day if step else None

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """What must be solved before publishing."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.BLOCKS)

    def problem(self, code: str) -> Problem | None:
        return next((problem for problem in self.problems if problem.code == code), None)

    def as_json(self) -> dict[str, Any]:
        """What is kept with the notice: days, reasons, the rules themselves and the holidays that moved a day.

        Enough to explain the days for ever, whatever later versions of profiles or of the library of holidays say.
        """
        return {
            "versions": dict(self.versions),
            "complaint_text": self.complaint_text,
            "steps": [
                {
                    "code": step.code.value,
                    "day": step.day.isoformat(),
                    "at": step.at.isoformat() if step.at else None,
                    "at_end": step.at_end,
                    "counted": step.counted.isoformat() if step.counted else None,
                    "over": [[day.isoformat(), name] for day, name in step.over],
                    "reason": step.reason._asdict(),
                    "rules": [rule_as_json(rule) for rule in step.rules],
                }
                for step in self.steps
            ],
            "problems": [
                {
                    "code": problem.code,
                    "severity": problem.severity.value,
                    "key": problem.key,
                    "words": problem.words._asdict(),
                    "enter": problem.enter._asdict(),
                    "candidates": [day.isoformat() for day in problem.candidates],
                }
                for problem in self.problems
            ],
        }


def timeline_of_json(raw: Mapping[str, Any]) -> Timeline:
    """What Timeline.as_json wrote, in whatever release; the rules behind problems are not kept.

    Raises InvalidRules, KeyError or ValueError for anything else.
    """
    return Timeline(
        steps=tuple(map(_step, raw["steps"])),
        problems=tuple(
            Problem(
                item["code"],
                Severity(item["severity"]),
                Text(**item["words"]),
                item["key"],
                Text(**item["enter"]),
                tuple(map(date.fromisoformat, item["candidates"])),
            )
            for item in raw["problems"]
        ),
        versions=dict(raw["versions"]),
        complaint_text=raw["complaint_text"],
    )


def _step(raw: Mapping[str, Any]) -> Step:
    return Step(
        code=Code(raw["code"]),
        day=date.fromisoformat(raw["day"]),
        reason=Text(**raw["reason"]),
        rules=tuple(read_rule(rule, f"rule behind {raw['code']}", own="entered" in rule) for rule in raw["rules"]),
        at=datetime.fromisoformat(raw["at"]) if raw["at"] else None,
        at_end=raw["at_end"],
        counted=date.fromisoformat(raw["counted"]) if raw["counted"] else None,
        over=tuple((date.fromisoformat(day), name) for day, name in raw["over"]),
    )


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that another version of the rules gives, or no longer gives."""

    code: Code
    old: date | None
    new: date | None


def changed_days(old: Timeline, new: Timeline) -> tuple[DayChange, ...]:
    """What a change of rules does to one notice: for a proposal, over the notices it would matter to."""
    pairs = ((code, old.day(code), new.day(code)) for code in Code)
    return tuple(DayChange(code, before, after) for code, before, after in pairs if before != after)
