"""The calendar of the moment itself: stored when the page begins to answer, computed anew where that moment moves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allmende.core.models import Body
from allmende.lib.legalcalendar.computation import Code, Timeline
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices import kinds, models
from allmende.notices.calendar import keeping
from allmende.notices.calendar.outlook import outlook
from allmende.notices.calendar.sealing import SEALED
from allmende.notices.calendar.stored import content_of
from allmende.notices.models import Notice

ONE_DAY = timedelta(days=1)


def provided(notice: Notice, at: datetime) -> None:
    """Store the days that follow from `at`, instead of those of an earlier moment. Called once the notice says `at`.

    The same day gives the days that were sealed; the moment itself comes in addition. At most 7 queries.
    """
    if not models.Calendar.objects.for_body(notice.record.body).filter(notice=notice, provided_at=at).exists():  # not once more
        _store(notice, at, None)


def issued(notice: Notice, at: datetime | None) -> None:
    """The same once the issue of the gazette that counts has appeared at `at`; None: it was void after all. For a public notice."""
    if notice.provided_at is not None:
        _store(notice, notice.provided_at, at)


def _store(notice: Notice, at: datetime, issue: datetime | None) -> None:
    body = notice.record.body
    found = keeping.kept(body, notice.pk)
    if found is None:
        return
    basis, statement = found
    seen = outlook(kinds.get(notice.kind).law, notice.details, basis, at=at, seal=SEALED, statement=statement, issued=issue)
    assert seen is not None
    timeline = seen.timeline
    assert timeline is not None  # it was sealed for this day
    content = content_of(seen, notice.details)
    rows = models.Calendar.objects.for_body(body).filter(notice=notice)
    if not rows.update(provided_at=at, issued_at=issue, content=content):
        models.Calendar.objects.create(notice=notice, provided_at=at, content=content)
    models.LegalDay.objects.for_body(body).filter(notice=notice).delete()
    days = {step.code: step.day for step in timeline.steps}
    models.LegalDay.objects.bulk_create(models.LegalDay(notice=notice, code=code.value, day=day) for code, day in days.items())
    Notice.objects.for_body(body).filter(pk=notice.pk).update(shown_until=shown_until(seen.kind, timeline))


def voided(body: Body, notice: Notice) -> None:
    """The moment did not hold: its days go, the next one brings its own. Called once the notice is not public any more. 2 queries."""
    models.Calendar.objects.for_body(body).filter(notice=notice).delete()
    models.LegalDay.objects.for_body(body).filter(notice=notice).delete()


def shown_until(kind: NoticeKind, timeline: Timeline) -> date | None:
    """The last day on which the notice is current; None: for good, as long as nothing else ends it.

    A draft plan until comments end, a meeting until it may be taken down, service until names go, an election until they are gone.
    """
    days: list[date | None] = []
    match kind:
        case NoticeKind.PLAN:
            days = [timeline.day(Code.DISPLAY_END), timeline.day(Code.COMMENTS_END)]
        case NoticeKind.MEETING:
            days = [timeline.day(Code.DISPLAY_END), _before(timeline.day(Code.TAKE_DOWN_FROM))]
        case NoticeKind.SERVICE | NoticeKind.ELECTION:
            days = [_before(timeline.day(Code.ERASE_FROM)), timeline.day(Code.ERASE_BY)]
    return max((day for day in days if day), default=None)


def _before(day: date | None) -> date | None:
    return day - ONE_DAY if day else None
