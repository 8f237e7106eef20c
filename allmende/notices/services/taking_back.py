"""An approval that cannot appear (the seal is locked for good, a file is damaged) goes back to whoever wrote it, until it is sealed."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from allmende.core import audit
from allmende.core.models import Body, Person, Record
from allmende.notices import models
from allmende.notices.models import Comment, Notice, NumberSeries
from allmende.notices.services.errors import ReasonMissing
from allmende.publication import services as publication
from allmende.publication.errors import TooLateToTakeBack

State = Notice.State
_NOT_APPROVED = dict.fromkeys(("approved_at", "approved_by", "acting_body", "year", "number", "submitted_at", "submitted_by"))


def take_back(notice_id: UUID, *, body: Body, reason: str, by: Person, at: datetime) -> None:
    """Take the approval of a notice back: it is a draft again, its number is free, the rules kept with it go.

    Whoever may approve or manages the body may do it. It is decided by the row of the attempt, so that it never meets a seal.

    Raises:
        NotAllowed
        ReasonMissing: why?
        TooLateToTakeBack: it is not approved, something was sealed already, or a worker begins at this very moment.
    """
    if not (reason := reason.strip()):
        raise ReasonMissing
    record = Record.objects.for_body(body).select_related("body").get(pk=notice_id, kind=Record.Kind.NOTICE)
    try:
        with transaction.atomic():
            publication.take_back(record, by=by, at=at)
            _back_to_draft(record, reason, by=by, at=at)
    except IntegrityError as error:  # PostgreSQL asks at the end: see publication.take_back
        raise TooLateToTakeBack from error


def _back_to_draft(record: Record, reason: str, *, by: Person, at: datetime) -> None:
    body = record.body
    approved = Notice.objects.for_body(body).filter(pk=record.pk, state=State.APPROVED)
    notice = approved.first()
    if notice is None or not approved.update(state=State.DRAFT, changed_at=at, **_NOT_APPROVED):
        raise TooLateToTakeBack
    # The last number of the year is given again; an earlier one stays free, and the audit trail says why.
    assert notice.year is not None
    assert notice.number is not None  # constraint: approved notices have both
    NumberSeries.objects.for_body(body).filter(year=notice.year, last=notice.number).update(last=notice.number - 1)
    Record.objects.for_body(body).filter(pk=record.pk).update(path=f"entwuerfe/{record.pk}/")
    models.Basis.objects.for_body(body).filter(notice=record.pk).delete()
    Comment.objects.create(notice=notice, version=notice.version, author=by, at=at, text=reason)
    audit.note(record, "notice.approval_taken_back", {"number": notice.label, "version": notice.version, "reason": reason}, by=by, at=at)
