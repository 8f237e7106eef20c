"""An emergency publication is repeated in the usual form: another notice that renews it, linked both ways; then nothing is open."""

from datetime import datetime
from typing import Final

from allmende.core.models import Record
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices import kinds
from allmende.notices.models import Amendment, Notice
from allmende.notices.paper.duties import CATCH_UP
from allmende.notices.selectors.calendar import calendar_of
from allmende.tasks import services as tasks
from allmende.tasks.models import Task

PROBLEM: Final = "catch_up"  # lib.legalcalendar.computation.bylaw


def is_emergency(notice: Notice) -> bool:
    return kinds.get(notice.kind).law is NoticeKind.EMERGENCY


def repeated(record: Record, at: datetime) -> None:
    """In the transaction that makes `record` public for certain: the task of what it repeats is done. At most 3 queries."""
    rows = Amendment.objects.for_body(record.body).filter(notice=record.pk, word=Amendment.Word.RENEWS)
    amends = rows.select_related("notice", "earlier__record__body").first()
    if amends is not None and is_emergency(amends.earlier):
        text = f"Nachgeholt mit der Bekanntmachung Nr. {amends.notice.label}."
        tasks.settle(CATCH_UP.code, amends.earlier.record, state=Task.State.DONE, text=text, at=at)


def is_to_repeat(notice: Notice, *, at: datetime) -> bool:
    """Whether its calendar asks for the repeat, and no notice that answers is one. At most 2 queries, none for other kinds."""
    if not is_emergency(notice) or not notice.answers(at):
        return False
    stored = calendar_of(notice)
    if stored is None or not any(problem.code == PROBLEM for problem in stored.timeline.problems):
        return False
    later = Amendment.objects.for_body(notice.record.body).filter(earlier=notice.pk, word=Amendment.Word.RENEWS)
    return not later.filter(notice__provided_at__lte=at).exists()
