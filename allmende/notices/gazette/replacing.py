"""After an issue was withdrawn or before it is sealed: another one without what had to go, and the way back to the draft."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F

from allmende.core import audit
from allmende.core.models import Body, Person, Record
from allmende.core.permissions import Act, require
from allmende.notices.gazette import selectors
from allmende.notices.gazette.errors import NotWithdrawn
from allmende.notices.models import Issue, IssueAuthor, IssueItem, Notice
from allmende.publication import services as publication
from allmende.publication.errors import TooLateToTakeBack

State = Issue.State
_NOT_APPROVED = dict.fromkeys(("approved_at", "approved_by", "year", "number"))


@transaction.atomic
def begin_replacement(issue_id: UUID, *, body: Body, by: Person, at: datetime) -> Issue:
    """The draft of an issue with what is left of a withdrawn one: the one that is there, else a new one.

    The log says, as soon as it is public, that it renews the earlier one; the days of the notices stay those of their first issue.

    Raises:
        NotAllowed
        NotWithdrawn: the issue is public, or never was.
    """
    require(by, body, Act.WRITE, at=at)
    earlier = selectors.withdrawn(body).filter(pk=issue_id).first()
    if earlier is None:
        raise NotWithdrawn
    if there := Issue.objects.for_body(body).select_related("record__body").filter(replaces=earlier).first():
        return there
    key = uuid4()
    record = Record.objects.create(pk=key, body=body, kind=Record.Kind.GAZETTE, titles={"de": "Amtsblatt"}, path=f"entwuerfe/{key}/")
    issue = Issue.objects.create(record=record, changed_at=at, created_by=by, replaces=earlier)
    kept = [notice for notice in selectors.notices_of(earlier) if notice.state == Notice.State.PUBLIC]
    IssueItem.objects.bulk_create(IssueItem(issue=issue, notice=notice, position=n) for n, notice in enumerate(kept, start=1))
    IssueAuthor.objects.create(issue=issue, person=by)
    audit.note(record, "gazette.begun", {"replaces": earlier.label}, by=by, at=at)
    return issue


def take_back(issue_id: UUID, *, body: Body, by: Person, at: datetime) -> None:
    """An approved issue is a draft again, as long as nothing of it was sealed.

    Raises:
        NotAllowed: `by` may neither approve nor manage in `body`.
        TooLateToTakeBack
    """
    record = Record.objects.for_body(body).select_related("body").get(pk=issue_id, kind=Record.Kind.GAZETTE)
    try:
        with transaction.atomic():
            publication.take_back(record, by=by, at=at)
            approved = Issue.objects.for_body(body).filter(pk=issue_id, state=State.APPROVED)
            if not approved.update(state=State.DRAFT, version=F("version") + 1, changed_at=at, **_NOT_APPROVED):
                raise TooLateToTakeBack
            Record.objects.for_body(body).filter(pk=issue_id).update(path=f"entwuerfe/{issue_id}/", titles={"de": "Amtsblatt"})
            ended = IssueItem.objects.for_body(body).filter(issue=issue_id).exclude(notice__state=Notice.State.PUBLIC)
            ended.delete()
            audit.note(record, "gazette.approval_taken_back", {}, by=by, at=at)
    except IntegrityError as error:  # PostgreSQL asks at the end: see publication.take_back
        raise TooLateToTakeBack from error
