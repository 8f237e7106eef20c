"""What a notice and its publication say, before any rule is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from allmende.lib.legalcalendar.days import Begin, OpeningDays, berlin_day
from allmende.lib.legalcalendar.kinds import BodyKind, Form, NoticeKind
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.places import Place


@dataclass(frozen=True, slots=True)
class Appearance:
    """The same notice in another medium, on the day it appears there."""

    form: Form
    day: date


@dataclass(frozen=True, slots=True)
class EntryClause:
    """What the by-law says about its entry into force: a day, or (None) the day after its publication."""

    on: date | None = None


@dataclass(frozen=True, slots=True)
class Display:
    """A display on a board or in an office, or the publication of a draft plan.

    `begins_with`: DAY for a display from a stated day on, EVENT for a notice that is posted in the course of a day.
    `period` and `last`: what the notice itself states; both may be longer than the rule, never shorter.
    `hint_on`: the day on which the notice told of the display.
    """

    begin: date
    begins_with: Begin = Begin.DAY
    period: Period | None = None
    last: date | None = None
    opening: OpeningDays = field(default_factory=OpeningDays)
    hint_on: date | None = None

    def __post_init__(self) -> None:
        if self.last and self.last < self.begin:
            raise ValueError(f"last={self.last}: before the display begins on {self.begin}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A notice that is to be published, or was.

    `form`: the medium of the publication that counts. `also`: further media that local law prescribes, not mere additions.
    `provided_at`: moment of provision or posting, with its zone; for print, any moment of the day of issue.
    `place`: where an act would be due, with its holidays.
    `retroactive`: the by-law means to apply before its publication. `fines`: it threatens fines.
    `carries_complaint_hint`: the text has the hint on the time for complaints.
    `stated_effect_on`: the other day that a general order names. `erase_on`: the day personal data goes, if no rule gives it.
    `names_people`: an election notice that names nobody has nothing to be erased.
    """

    kind: NoticeKind
    form: Form
    body: BodyKind
    place: Place
    provided_at: datetime
    also: tuple[Appearance, ...] = ()
    display: Display | None = None
    entry: EntryClause | None = None
    retroactive: bool = False
    fines: bool = False
    carries_complaint_hint: bool = False
    hint: Appearance | None = None
    session_on: date | None = None
    public_could_know_on: date | None = None
    confirmed_by_supervision_on: date | None = None
    earlier_publication_allowed: bool = False
    stated_effect_on: date | None = None
    result_announced_on: date | None = None
    erase_on: date | None = None
    names_people: bool = True

    def __post_init__(self) -> None:
        berlin_day(self.provided_at)  # a time without zone is refused

    @property
    def day(self) -> date:
        """Day of provision, in Europe/Berlin."""
        return berlin_day(self.provided_at)
