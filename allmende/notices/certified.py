"""What a certificate of publication states of a notice: its kind and number, and the days that were stored when it was provided."""

from allmende.core.models import Record
from allmende.lib.official import Fact
from allmende.notices import kinds
from allmende.notices.models import Notice
from allmende.notices.selectors import calendar_of


def about(record: Record) -> tuple[str, str]:
    """Name of the kind and number. 1 query."""
    notice = Notice.objects.for_body(record.body).get(pk=record.pk)
    return str(kinds.get(notice.kind).name), notice.label


def effects(record: Record) -> tuple[Fact, ...]:
    """The lines that were sealed into the document. 2 queries."""
    notice = Notice.objects.for_body(record.body).select_related("record__body").get(pk=record.pk)
    calendar = calendar_of(notice)
    return tuple(Fact(line.label.de, line.value.de) for line in calendar.lines) if calendar else ()
