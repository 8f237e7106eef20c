"""The table of kinds. Modules add their kinds while applications are loaded; the rest of the module asks only this table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.fields import Field, Words, WrongValue


class Personal(TextChoices):
    """Class of personal data. What holds names is kept out of search engines, feeds and caches, and has a day on which it goes."""

    NONE = "none", _("keine Namen von Privatpersonen")
    NAMES = "names", _("nennt Privatpersonen")


class Group(TextChoices):
    """Under which heading a clerk finds the kind, in the order in which they are shown."""

    OTHER = "other", _("Ausschreibungen, Stellen und Mitteilungen")
    LOCAL_LAW = "local_law", _("Ortsrecht")
    COUNCIL = "council", _("Sitzungen und Wahlen")
    PLANNING = "planning", _("Bauleitplanung")
    ACTS = "acts", _("Verfügungen und Zustellungen")


Details: TypeAlias = Mapping[str, Any]  # name of a field -> stored value
Finding: TypeAlias = tuple[str, Words]  # name of a field, and a sentence that says what to change


def _nothing(values: Details) -> Iterable[Finding]:
    return ()


@dataclass(frozen=True, slots=True)
class Told:
    """A day that matters to readers. `of`: a day of the calendar, or the name of a field of the kind. `words`: a sentence with %(day)s;
    `over`: the same when the day has passed.
    """

    of: Code | str
    words: Words
    over: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of notice.

    `law`: what it is for the legal calendar. `meaning`: for those whom it concerns, in plain words, no part of what is sealed.
    `personal`: its class of personal data, or a function of the details that says it.
    `names`: fields with a name that must not stand in title or summary. `findings`: what does not fit together, from values as read.
    `sentences`: what the law wants said with it, from values as read; they are sealed below the wording.
    `wording`: a text must be written; False where the fields alone can be the notice.
    """

    code: str  # stored with every notice: never changed
    name: Words  # above the title
    hint: Words  # shown where a clerk chooses the kind
    law: NoticeKind
    group: Group
    meaning: Words
    days: tuple[Told, ...] = ()
    fields: tuple[Field, ...] = ()
    personal: Personal | Callable[[Details], Personal] = Personal.NONE
    names: tuple[str, ...] = ()
    findings: Callable[[Details], Iterable[Finding]] = _nothing
    sentences: Callable[[Details], Iterable[str]] = lambda values: ()
    wording: bool = True

    @property
    def local_law(self) -> bool:
        """A by-law comes into being with it: listed under local law."""
        return self.law.is_local_law

    def personal_of(self, details: Details) -> Personal:
        return self.personal(details) if callable(self.personal) else self.personal

    def indexable(self, details: Details) -> bool:
        """No personal data: search engines may list it."""
        return self.personal_of(details) is Personal.NONE

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    def is_copied(self, name: str) -> bool:
        field = self.field(name)
        return field is not None and field.copied

    def read(self, details: Details) -> dict[str, Any]:
        """Every field with its value as Python has it: date, datetime, tuple of lines; empty ones as '', (), False, None.

        Raises:
            WrongValue: a field that the kind does not have, or a value that is none of its field.
        """
        if unknown := details.keys() - {field.name for field in self.fields}:
            raise WrongValue(f"{self.code}: no field {', '.join(sorted(unknown))}")
        return {field.name: field.read(details[field.name]) if field.name in details else field.empty for field in self.fields}

    def write(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of `read` as they are stored, in the order of the fields, without the empty ones."""
        stored = {field.name: field.write(values.get(field.name, field.empty)) for field in self.fields}
        return {name: value for name, value in stored.items() if value is not None}

    def shared(self, details: Details) -> dict[str, Any]:
        """What of another kind's details this kind has a field for."""
        kept = {}
        for field in self.fields:
            try:
                field.read(details[field.name])
            except (KeyError, WrongValue):
                continue
            kept[field.name] = details[field.name]
        return kept


_KINDS: dict[str, Kind] = {}


class KindTaken(RuntimeError):
    """Two parts of the platform register the same code."""


def register(kind: Kind) -> Kind:
    """Add a kind, once, while the applications are loaded.

    Raises:
        KindTaken: the code has another meaning already.
    """
    if _KINDS.setdefault(kind.code, kind) != kind:
        raise KindTaken(kind.code)
    return kind


def get(code: str) -> Kind:
    return _KINDS[code]


def known(code: str) -> bool:
    return code in _KINDS


def all_kinds() -> Iterable[Kind]:
    return _KINDS.values()


def grouped() -> list[tuple[Group, list[Kind]]]:
    """Each group that has a kind, in the order in which a clerk finds them."""
    found = [(group, [kind for kind in _KINDS.values() if kind.group == group]) for group in Group]
    return [(group, kinds) for group, kinds in found if kinds]


def local_law() -> frozenset[str]:
    """Codes of the kinds that promulgate local law."""
    return frozenset(kind.code for kind in _KINDS.values() if kind.local_law)
