"""What a notice means for its readers: in the words of the office where it has some, else in those of the kind; then the days.

The words are no part of what is sealed. The days are those of the calendar that was stored with the notice, and of its fields: where
the calendar claims no effect, none is claimed here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from allmende.core.language import page_language
from allmende.lib import german
from allmende.lib.legalcalendar.computation import Code
from allmende.notices import kinds
from allmende.notices.calendar.lines import public_steps
from allmende.notices.calendar.stored import Stored
from allmende.notices.models import Notice


@dataclass(frozen=True)
class Meaning:
    """`own`: the words are those of the office, which are German."""

    words: str
    own: bool
    days: list[str]


def meaning_of(notice: Notice, calendar: Stored | None, *, at: datetime) -> Meaning:
    """For the page of a public notice, in the language of the page. English readers are told in the words of the kind."""
    kind = kinds.get(notice.kind)
    own = bool(notice.meaning) and page_language() == "de"
    days = list(_days(kind, notice, calendar, timezone.localdate(at), page_language()))
    return Meaning(notice.meaning if own else str(kind.meaning), own, days)


def _days(kind: kinds.Kind, notice: Notice, calendar: Stored | None, today: date, language: str) -> Iterator[str]:
    steps = {step.code: step.day for step in public_steps(calendar.kind, calendar.timeline)} if calendar else {}
    values = kind.read(notice.details)
    for told in kind.days:
        found = steps.get(told.of) if isinstance(told.of, Code) else values[told.of]
        if not found:
            continue
        day = german.local(found) if isinstance(found, datetime) else found
        shown = german.moment(found, language) if isinstance(found, datetime) else german.date_with_year(found, language)
        over = (day.date() if isinstance(day, datetime) else day) < today
        yield str(told.over if over else told.words) % {"day": shown}
