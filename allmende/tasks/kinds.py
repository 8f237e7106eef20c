"""The kinds of tasks. Modules register theirs while the applications are loaded; the rest of this part asks only this table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.core.models import Person
from allmende.core.permissions import Act

if TYPE_CHECKING:
    from allmende.tasks.models import Task

BREACH_TIME: Final = timedelta(hours=72)  # Art. 33 (1) GDPR, from the moment the body has become aware


class Part(StrEnum):
    """What evidence can consist of."""

    DAY = "day"
    MEDIUM = "medium"
    PLACE = "place"
    PERSON = "person"
    TEXT = "text"
    SCAN = "scan"


@dataclass(frozen=True)
class Asked:
    """A part of the evidence that a kind asks for, in its own words."""

    part: Part
    label: str | Promise
    required: bool = False
    help: str | Promise = ""


@dataclass(frozen=True)
class Evidence:
    """What somebody has said about what they did. `scan`: name and content of a file."""

    day: date | None = None
    medium: str = ""
    place: str = ""
    person: str = ""
    text: str = ""
    scan: tuple[str, bytes] | None = field(default=None, repr=False)

    @property
    def words(self) -> dict[str, str]:
        """What was typed, without what is empty."""
        return {name: said for name in ("place", "person", "text") if (said := getattr(self, name).strip())}


@dataclass(frozen=True)
class Entrance:
    """Where a person puts a task of this kind on the list: words of the link, and the name of the address."""

    words: str | Promise
    address: str


def _nothing_follows(task: "Task", evidence: Evidence, by: Person, at: datetime) -> None:
    pass


def _no_words(task: "Task", *, may_do: bool) -> Mapping[str, Any]:
    return {}


def _no_address(task: "Task") -> str:
    return ""


def _no_media(task: "Task") -> Iterable[tuple[str, str]]:
    return ()


@dataclass(frozen=True)
class TaskKind:
    """One kind of task.

    name: what is to be done, where the task has no words of its own. hint: how, in a sentence or two.
    act: who may do it. urgent: people are told at once, and it stands before others.
    asks: the evidence, in the order of the form. media: (code, words) to choose from where a medium is asked.
    address: where what it is about is shown to the office; about: what that is, in a few words.
    template, context: what the page shows between hint and form, e.g. texts to hand on; `may_do` says whether the reader may do it.
    entrance: where people put one on the list themselves.
    on_done: what follows, in the transaction in which it is done. It only writes rows.
    """

    code: str  # stored with every task: never changed
    name: str | Promise
    hint: str | Promise = ""
    act: Act = Act.WRITE
    urgent: bool = False
    asks: tuple[Asked, ...] = ()
    media: Callable[["Task"], Iterable[tuple[str, str]]] = _no_media
    address: Callable[["Task"], str] = _no_address
    about: Callable[["Task"], str] = _no_address
    template: str = ""
    context: Callable[..., Mapping[str, Any]] = _no_words
    entrance: Entrance | None = None
    on_done: Callable[["Task", Evidence, Person, datetime], None] = _nothing_follows
    done: str | Promise = field(default=_("Erledigt"))  # on the button


_KINDS: dict[str, TaskKind] = {}


class KindTaken(RuntimeError):
    """Two parts of the platform register the same code."""


def register(kind: TaskKind) -> TaskKind:
    """Add a kind, once, while the applications are loaded.

    Raises:
        KindTaken: the code has another meaning already.
    """
    if _KINDS.setdefault(kind.code, kind) is not kind:
        raise KindTaken(kind.code)
    return kind


def get(code: str) -> TaskKind:
    """Raises KeyError: nobody has registered it."""
    return _KINDS[code]


def entrances(acts: frozenset[Act]) -> list[Entrance]:
    """What somebody with these rights may put on the list."""
    return [kind.entrance for kind in _KINDS.values() if kind.entrance and kind.act in acts]


BREACH = register(
    TaskKind(
        code="breach",
        name=_("Verletzung des Schutzes personenbezogener Daten melden"),
        hint=_(
            "Binnen 72 Stunden, nachdem die Verletzung bekannt wurde, an die Datenschutzaufsicht (Art. 33 DSGVO). Führt sie "
            "voraussichtlich zu keinem Risiko, entfällt die Meldung; schreiben Sie dann unter „Nicht nötig“, warum. Bei hohem Risiko "
            "sind auch die Betroffenen zu benachrichtigen (Art. 34)."
        ),
        urgent=True,
        asks=(
            Asked(Part.DAY, _("Gemeldet am"), required=True),
            Asked(Part.TEXT, _("Wie gemeldet, Zeichen der Aufsicht"), required=True, help=_("Keine Namen von Betroffenen.")),
            Asked(Part.SCAN, _("Bestätigung der Aufsicht")),
        ),
        done=_("Gemeldet"),
    )
)
