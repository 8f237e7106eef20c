"""The stored calendar of a notice, and the days that come up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from allmende.core.models import Body, Record
from allmende.core.prepared import BODY, Hole, Prepared
from allmende.lib.legalcalendar.computation import Code
from allmende.notices import kinds
from allmende.notices.calendar import lines, stored
from allmende.notices.calendar.shown import said
from allmende.notices.models import Calendar, LegalDay, Notice
from allmende.notices.selectors.public import public
from allmende.tasks.models import Task

_CALENDAR: Prepared[tuple[Any]] = Prepared(
    lambda: Calendar.objects.for_body(BODY).filter(notice=Hole("notice", Record._meta.pk)).values_list("content")
)
LOOKED_BACK: Final = timedelta(days=30)  # what was to be done and is over stays in sight so long
ROWS_A_PAGE: Final = 50
# What somebody in the office has to do, and when: it is late if its day is over.
TO_DO: Final = frozenset({Code.TAKE_DOWN_FROM, Code.HINT_WARNING, Code.ERASE_FROM, Code.ERASE_BY})
HINT_TASK: Final = "notices.hint"


def calendar_of(notice: Notice) -> stored.Stored | None:
    """As it was computed when the page began to answer; None for a kind without legal effect. 1 query."""
    row = _CALENDAR.first(body=notice.record.body_id, notice=notice.pk)
    if row is None:
        return None
    return stored.read(json.loads(row[0]) if isinstance(row[0], str) else row[0])


@dataclass(frozen=True)
class Deadline:
    """One day of a public notice. `state` and `words` for `{% state %}`."""

    day: date
    what: str
    title: str
    kicker: str
    url: str
    state: str
    words: str


def _coming(body: Body, *, at: datetime) -> QuerySet[LegalDay]:
    """Days of public notices, from today on; what is to be done, from a while ago on. A hint that was given is not to be done."""
    today = timezone.localdate(at)
    hinted = ~Exists(Task.objects.for_body(body).filter(record=OuterRef("notice"), kind=HINT_TASK, state=Task.State.OPEN))
    to_do = [code.value for code in TO_DO]
    since = Q(day__gte=today) | Q(code__in=to_do, day__gte=today - LOOKED_BACK)
    found = LegalDay.objects.for_body(body).filter(since, notice__in=public(body, at=at).values("pk")).exclude(code=Code.PROVISION.value)
    found = found.exclude(code=Code.COMPLETION.value, day=today)  # most are complete with their own page
    return found.exclude(Q(hinted, code=Code.HINT_WARNING.value)).select_related("notice__record").order_by("day", "notice", "code")


def deadlines(body: Body, *, at: datetime, page: int = 1) -> Page[Any]:
    """The days that come up, soonest first, ready to be shown. 2 queries."""
    shown: Page[Any] = Paginator(_coming(body, at=at), ROWS_A_PAGE).get_page(page)
    shown.object_list = [_deadline(row, timezone.localdate(at)) for row in shown.object_list]
    return shown


def next_deadlines(body: Body, *, at: datetime, limit: int = 5) -> list[Deadline]:
    """The next ones, for the desk. 1 query."""
    return [_deadline(row, timezone.localdate(at)) for row in _coming(body, at=at)[:limit]]


def _deadline(row: LegalDay, today: date) -> Deadline:
    notice, code = row.notice, Code(row.code)
    law = kinds.get(notice.kind).law
    what = lines.label(law, code) if code in lines.PUBLIC else code.words.capital
    state, words = _standing(code, row.day, today)
    kicker = f"{notice.kind_name} · " + _("Nr. %(number)s") % {"number": notice.label}
    title, kicker = (kicker, "") if notice.names_people else (notice.record.title, kicker)
    return Deadline(row.day, said(what), title, kicker, reverse("notices_staff:show", args=[notice.pk]), state, words)


def _standing(code: Code, day: date, today: date) -> tuple[str, str]:
    left = (day - today).days
    if left == 0:
        return ("warn" if code in TO_DO else "run"), _("heute")
    if left == 1:
        return "wait", _("morgen")
    if left > 1:
        return "wait", _("in %(n)s Tagen") % {"n": left}
    return "bad", _("seit %(n)s Tagen fällig") % {"n": -left} if left < -1 else _("seit gestern fällig")
