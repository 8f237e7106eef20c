"""What a kind asks for, as data: each field with its type, its words, and when it must be filled.

A value has three forms. Stored, it is JSON: text, true, a list of lines, a day as 2027-01-05, a moment as 2027-01-05T19:00:00+01:00,
a choice by its code; what is empty is not stored. Read, it is what Python has for it. Shown, it is lines of words. Every stored value
has one spelling, so that two that say the same are equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from allmende.lib import german, richtext
from allmende.notices.kinds.conditions import Condition, holds

Words = str | Promise
MAX_LINES = 200  # of a list


class WrongValue(ValueError):
    """A stored value is none of its field. The message is for the log, in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a kind. `name` is the key in `details` and never changes.

    `required`: it must be filled before the draft is submitted, always or under a condition.
    `only`: it says something under this condition only; filled otherwise, the draft is not complete.
    `printed`: it stands on the public page and in the document; else it is for the office and for the calendar.
    `beside`: it stands beside the field before it where there is room.
    `copied`: it goes along when last year's notice is taken as a pattern. Days never do: they would be wrong without being seen.
    """

    name: str
    label: Words
    help: Words = ""
    required: bool | Condition = False
    only: Condition | None = None
    printed: bool = True
    copied: bool = True
    beside: bool = False
    long: ClassVar[bool] = False  # printed as a section of its own, below the wording; else a line of the table
    empty: ClassVar[Any] = ""  # what an absent value is read as

    def is_required(self, details: Mapping[str, Any]) -> bool:
        return holds(self.required, details)

    def is_meant(self, details: Mapping[str, Any]) -> bool:
        return self.only is None or self.only.holds(details)

    def read(self, stored: Any) -> Any:
        """The stored value, not absent, as Python has it. Raises WrongValue."""
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        """The value as it is stored; None: it is empty and is not stored. The contrary of `read`."""
        return value or None

    def shown(self, stored: Any, language: str = "de") -> list[str]:
        """The value in words, a line for each part. Text of authors is German in every language."""
        return [str(stored)]

    def _wrong(self, stored: Any) -> WrongValue:
        return WrongValue(f"{self.name}: {str(stored)[:80]!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Field):
    """One line of text."""

    max_length: int = 200  # characters

    @staticmethod
    def clean(text: str) -> str:
        return richtext.clean_text(text)

    def read(self, stored: Any) -> str:
        if not isinstance(stored, str) or not stored or len(stored) > self.max_length or self.clean(stored) != stored:
            raise self._wrong(stored)
        return stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Line):
    """Some sentences; a line break is kept."""

    max_length: int = 4000
    long: ClassVar[bool] = True

    @staticmethod
    def clean(text: str) -> str:
        return "\n".join(filter(None, map(richtext.clean_text, text.splitlines())))

    def shown(self, stored: Any, language: str = "de") -> list[str]:
        return str(stored).split("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Field):
    """A list, one entry to a line."""

    numbered: bool = False
    max_length: int = 500  # characters of one entry
    long: ClassVar[bool] = True
    empty: ClassVar[Any] = ()

    @staticmethod
    def clean(text: str) -> tuple[str, ...]:
        return tuple(filter(None, map(richtext.clean_text, text.splitlines())))

    def read(self, stored: Any) -> tuple[str, ...]:
        if not isinstance(stored, list) or not 0 < len(stored) <= MAX_LINES:
            raise self._wrong(stored)
        for entry in stored:
            if not isinstance(entry, str) or not entry or len(entry) > self.max_length or richtext.clean_text(entry) != entry:
                raise self._wrong(entry)
        return tuple(stored)

    def write(self, value: Any) -> Any:
        return list(value) or None

    def shown(self, stored: Any, language: str = "de") -> list[str]:
        return list(stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Field):
    copied: bool = False
    empty: ClassVar[Any] = None

    def read(self, stored: Any) -> date:
        try:
            day = date.fromisoformat(stored)
        except (TypeError, ValueError) as error:
            raise self._wrong(stored) from error
        if day.isoformat() != stored:
            raise self._wrong(stored)
        return day

    def write(self, value: Any) -> Any:
        return value.isoformat() if value else None

    def shown(self, stored: Any, language: str = "de") -> list[str]:
        return [german.long_date(self.read(stored), language)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Field):
    """Day and time of day, to the minute, in the legal time of Germany."""

    copied: bool = False
    empty: ClassVar[Any] = None

    def read(self, stored: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(stored).astimezone(german.legal_time())
        except (TypeError, ValueError, OverflowError) as error:
            raise self._wrong(stored) from error
        if self.write(moment) != stored:
            raise self._wrong(stored)
        return moment

    def write(self, value: Any) -> Any:
        return german.local(value).replace(second=0, microsecond=0).isoformat() if value else None

    def shown(self, stored: Any, language: str = "de") -> list[str]:
        return [german.moment(self.read(stored), language)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of several codes, each with its words."""

    options: tuple[tuple[str, Words], ...]

    def read(self, stored: Any) -> str:
        if not isinstance(stored, str) or stored not in dict(self.options):
            raise self._wrong(stored)
        return stored

    def shown(self, stored: Any, language: str = "de") -> list[str]:
        return [str(dict(self.options)[stored])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Field):
    """Yes, or not said. Never required: what must be answered either way is a Choice."""

    empty: ClassVar[Any] = False

    def read(self, stored: Any) -> bool:
        if stored is not True:
            raise self._wrong(stored)
        return True

    def shown(self, stored: Any, language: str = "de") -> list[str]:
        return [_("ja")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Field):
    """An address on the internet, http or https, in the form in which links are kept."""

    max_length: ClassVar[int] = 500

    @staticmethod
    def clean(text: str) -> str | None:
        """None: it is no such address."""
        address = richtext.clean_url(text)
        return address if address and address.startswith(("http://", "https://")) else None

    def read(self, stored: Any) -> str:
        if not isinstance(stored, str) or len(stored) > self.max_length or self.clean(stored) != stored:
            raise self._wrong(stored)
        return stored
