"""Lengths of time as the law writes them: so many days, weeks, months or years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from allmende.lib.legalcalendar.text import Text

_FORM = re.compile(r"P([1-9]\d{0,3})([DWMY])")


class Unit(StrEnum):
    DAY = "D"
    WEEK = "W"
    MONTH = "M"
    YEAR = "Y"


_NAMES: dict[Unit, tuple[Text, Text, Text]] = {  # one of it, one of it as the object of a sentence, several
    Unit.DAY: (Text("ein Tag", "one day"), Text("einen Tag", "one day"), Text("Tage", "days")),
    Unit.WEEK: (Text("eine Woche", "one week"), Text("eine Woche", "one week"), Text("Wochen", "weeks")),
    Unit.MONTH: (Text("ein Monat", "one month"), Text("einen Monat", "one month"), Text("Monate", "months")),
    Unit.YEAR: (Text("ein Jahr", "one year"), Text("ein Jahr", "one year"), Text("Jahre", "years")),
}
_NUMBERS = (
    ("zwei", "two"),
    ("drei", "three"),
    ("vier", "four"),
    ("fünf", "five"),
    ("sechs", "six"),
    ("sieben", "seven"),
    ("acht", "eight"),
    ("neun", "nine"),
    ("zehn", "ten"),
    ("elf", "eleven"),
    ("zwölf", "twelve"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """`count` (1 to 9999) of one unit; written like ISO 8601: P1W, P14D, P1M, P6M, P1Y.

    P7D and P1W are not the same: § 188 BGB ends days by number and weeks by the name of the day.
    """

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.count <= 9999:
            raise ValueError(f"count={self.count}: expected 1 to 9999")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Raises ValueError for anything but one number with one unit."""
        if not (found := _FORM.fullmatch(text)):
            raise ValueError(f"{text!r}: expected a period such as P1W, P14D, P1M, P6M or P1Y")
        return cls(int(found[1]), Unit(found[2]))

    def __str__(self) -> str:
        return f"P{self.count}{self.unit.value}"

    @property
    def months(self) -> int:
        """For a length of months or years, 0 otherwise. Half and quarter years are months, § 189 (1) BGB."""
        return {Unit.MONTH: self.count, Unit.YEAR: 12 * self.count}.get(self.unit, 0)

    @property
    def days(self) -> int:
        """For a length of days or weeks, 0 otherwise."""
        return {Unit.DAY: self.count, Unit.WEEK: 7 * self.count}.get(self.unit, 0)

    @property
    def words(self) -> Text:
        """'ein Monat', 'sechs Monate', '14 Tage' / 'one month', 'six months', '14 days'."""
        return _NAMES[self.unit][0] if self.count == 1 else self._several

    @property
    def span(self) -> Text:
        """The same as an object: 'einen Monat (lang, nach …)', 'sechs Monate'."""
        return _NAMES[self.unit][1] if self.count == 1 else self._several

    @property
    def _several(self) -> Text:
        number = _NUMBERS[self.count - 2] if self.count <= 12 else (str(self.count), str(self.count))
        name = _NAMES[self.unit][2]
        return Text(f"{number[0]} {name.de}", f"{number[1]} {name.en}")
