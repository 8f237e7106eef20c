"""An issue appears on the day that its notices state for the gazette: else what is sealed in them would be wrong."""

from collections.abc import Sequence
from datetime import date, datetime

from allmende.core.models import Body, Record
from allmende.notices.calendar import issue as calendar
from allmende.notices.gazette import selectors
from allmende.notices.gazette.errors import IssueDayDiffers
from allmende.notices.models import Issue, Notice
from allmende.publication.errors import DayRefused


def check(notices: Sequence[Notice], *, on: date) -> date | None:
    """The day on which an issue with these notices has to appear; None: any. 1 query for each body.

    Raises IssueDayDiffers: they state several days, or one that is over.
    """
    stated = calendar.stated_days(notices)
    ahead = [day for day in stated.values() if day >= on]
    day = min(ahead, default=None)
    if wrong := [notice.label for notice in notices if stated.get(notice.pk, day) != day]:
        raise IssueDayDiffers(wrong)
    return day


def check_day(issue: Issue, day: date) -> None:
    """Asked before an issue is sealed for a day. Raises DayRefused: its notices state another one; it waits for that."""
    if issue.replaces_id is None and any(stated != day for stated in calendar.stated_days(selectors.notices_of(issue)).values()):
        raise DayRefused


def appeared(record: Record, at: datetime | None) -> None:
    """In the transaction in which the issue begins to answer (None: ends to): the calendars of its notices follow."""
    issue = Issue.objects.for_body(record.body).select_related("record__body").get(pk=record.pk)
    if issue.replaces_id is None:
        for notice in selectors.notices_of(issue):
            calendar.appeared(notice, at)


def next_day(body: Body, *, on: date) -> date | None:
    """The day that is planned for the next issue, of the body or of the one that administers it. 1 query for each."""
    for owner in filter(None, (body, body.administered_by)):
        planned = Issue.objects.for_body(owner).filter(state=Issue.State.DRAFT, replaces=None, appears_on__gte=on)
        if day := planned.order_by("appears_on").values_list("appears_on", flat=True).first():
            return day
    return None
