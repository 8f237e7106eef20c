"""From the first notice that is taken in to the issue that nobody changes any more."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from allmende.core import addresses, audit, outbox, thread
from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body, Link, Person, Record
from allmende.core.permissions import Act, capacity, require
from allmende.notices.gazette import artefact, days, selectors, withdrawing
from allmende.notices.gazette.errors import IssueClosed, IssueEmpty, IssueFourEyes, IssueHoldsEnded, NoticeNotForIssue
from allmende.notices.models import GazetteSettings, Issue, IssueAuthor, IssueItem, Notice
from allmende.publication import errors as engine
from allmende.publication import services as publication
from allmende.publication.models import Publication, Relation

State = Issue.State
SEND = "gazette.send"


@transaction.atomic
def begin(*, body: Body, by: Person, at: datetime) -> Issue:
    """The draft of the next issue: the one that is there, else a new one.

    Raises NotAllowed.
    """
    require(by, body, Act.WRITE, at=at)
    if there := Issue.objects.for_body(body).select_related("record__body").filter(state=State.DRAFT, replaces=None).first():
        return there
    key = uuid4()
    record = Record.objects.create(pk=key, body=body, kind=Record.Kind.GAZETTE, titles={"de": "Amtsblatt"}, path=f"entwuerfe/{key}/")
    issue = Issue.objects.create(record=record, changed_at=at, created_by=by)
    audit.note(record, "gazette.begun", {}, by=by, at=at)
    return issue


@transaction.atomic
def arrange(issue_id: UUID, notices: Sequence[UUID], *, body: Body, version: int, by: Person, at: datetime) -> None:
    """The issue holds these notices, in this order. Whoever arranges is one of its authors.

    Raises:
        NotAllowed, IssueClosed
        ChangedMeanwhile: somebody has arranged it since `version`.
        NoticeNotForIssue: one that was not in it is not public, is in another issue, or belongs to a body that `body` does not administer.
    """
    require(by, body, Act.WRITE, at=at)
    drafts = Issue.objects.for_body(body).filter(pk=issue_id)
    if not drafts.filter(state=State.DRAFT, version=version).update(version=F("version") + 1, changed_at=at):
        raise ChangedMeanwhile if drafts.filter(state=State.DRAFT).exists() else IssueClosed
    items = IssueItem.objects.for_body(body).filter(issue=issue_id)
    have = set(items.values_list("notice", flat=True))
    wanted = list(dict.fromkeys(notices))
    if new := set(wanted) - have:
        free = {notice.pk for notice in selectors.candidates(body, at=at)}
        if new - free:
            raise NoticeNotForIssue
    items.delete()
    IssueItem.objects.bulk_create(IssueItem(issue_id=issue_id, notice_id=pk, position=n) for n, pk in enumerate(wanted, start=1))
    if not IssueAuthor.objects.for_body(body).filter(issue=issue_id, person=by).exists():
        IssueAuthor.objects.create(issue_id=issue_id, person=by)
    audit.note(Record.objects.for_body(body).get(pk=issue_id), "gazette.arranged", {"notices": [str(pk) for pk in wanted]}, by=by, at=at)


def authors_of(issue: Issue) -> list[Person]:
    """Whoever put it together. 1 query."""
    mine = IssueAuthor.objects.for_body(issue.record.body).filter(issue=issue)
    return list(Person.objects.filter(pk__in=mine.values("person")).order_by("name"))


def _next_number(body: Body, year: int) -> int:
    last = Issue.objects.for_body(body).filter(year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def approve(issue_id: UUID, *, body: Body, version: int, by: Person, at: datetime) -> Publication:
    """Approve the issue as `by` has read it: it gets its number and its address, the worker seals and publishes it.

    Raises:
        NotAllowed, IssueEmpty, IssueTooLarge, IssueClosed
        IssueFourEyes: `by` put a part of it together; the database refuses it as well.
        ChangedMeanwhile: it is not this version any more, or somebody has approved another issue at the same moment.
    """
    acting = capacity(by, body, Act.APPROVE, at=at)
    issue = Issue.objects.for_body(body).select_related("record__body", "replaces__record__body").get(pk=issue_id)
    authors, notices = authors_of(issue), selectors.notices_of(issue)
    if issue.state != State.DRAFT:
        raise IssueClosed
    if by in authors:
        raise IssueFourEyes
    if not notices or not authors:
        raise IssueEmpty
    if any(notice.state != Notice.State.PUBLIC for notice in notices):
        raise IssueHoldsEnded
    if issue.replaces is None:  # a replacement moves no day
        days.check(notices, on=timezone.localdate(at))
    issue.year = timezone.localdate(at).year
    issue.number = _next_number(body, issue.year)
    issue.record.path = f"amtsblatt/{issue.year}/{issue.number}/"
    other = acting.body if acting.body_id != body.pk else None
    made, images = artefact.page(issue, notices, acting=other, address=addresses.of_record(issue.record))
    approved = {"state": State.APPROVED, "approved_at": at, "approved_by": by, "year": issue.year, "number": issue.number}
    try:
        with transaction.atomic():
            seen = Issue.objects.for_body(body).filter(pk=issue_id, version=version, state=State.DRAFT)
            if not seen.update(**approved):
                raise ChangedMeanwhile
            titles = {"de": f"{made.title}, Nr. {issue.label}", "en": f"Gazette of {body.name}, No. {issue.label}"}
            Record.objects.for_body(body).filter(pk=issue_id).update(path=issue.record.path, titles=titles)
            issue.record.titles = titles
            values: dict[str, object] = {"number": issue.label, "authors": [person.name for person in authors]}
            audit.note(issue.record, "gazette.approved", values, by=by, at=at)
            approved_now = publication.approve(issue.record, made, images=images, authors=authors, by=by, at=at)
            if issue.replaces is not None:
                publication.relate(issue.record, issue.replaces.record, Relation.Word.RENEWS, at=at)
            return approved_now
    except IntegrityError as error:  # the number has just been given to another one
        raise ChangedMeanwhile from error
    except engine.FourEyes as error:
        raise IssueFourEyes from error


def provided(record: Record, at: datetime) -> None:
    """The page answers from `at` on. Called in that transaction, again if the moment had to be moved.

    Raises PartNotPublic: a notice in it has ended meanwhile; publishing waits, and its day passes.
    """
    withdrawing.check_parts(record)
    Issue.objects.for_body(record.body).filter(pk=record.pk).exclude(state=State.DRAFT).update(state=State.PUBLIC, provided_at=at)
    days.appeared(record, at)


def public(record: Record, at: datetime) -> None:
    """It is certain now: the thread knows what it holds, and readers and printer are told."""
    issue = Issue.objects.for_body(record.body).select_related("record__body", "replaces__record").get(pk=record.pk)
    for notice in selectors.notices_of(issue):
        thread.link(record, Link.Relation.PROMULGATES, notice.record)
    if issue.replaces is not None:
        thread.link(record, Link.Relation.RENEWS, issue.replaces.record)
    outbox.put(record, SEND, at=at)


def voided(record: Record, reason: str, at: datetime) -> None:
    """An attempt was void and a new one follows by itself."""
    Issue.objects.for_body(record.body).filter(pk=record.pk, state=State.PUBLIC).update(state=State.APPROVED, provided_at=None)
    days.appeared(record, None)
    audit.note(record, "gazette.attempt_void", {"reason": reason}, by=None, at=at)


@transaction.atomic
def plan(issue_id: UUID, day: date | None, *, body: Body, by: Person, at: datetime) -> None:
    """The day on which the draft is meant to appear: whoever submits a notice for the gazette is offered it. None: not known yet.

    Raises NotAllowed, IssueClosed.
    """
    require(by, body, Act.WRITE, at=at)
    if not Issue.objects.for_body(body).filter(pk=issue_id, state=State.DRAFT).update(appears_on=day, changed_at=at):
        raise IssueClosed
    said: dict[str, object] = {"day": day.isoformat() if day else ""}
    audit.note(Record.objects.for_body(body).get(pk=issue_id), "gazette.planned", said, by=by, at=at)


@transaction.atomic
def set_printer(address: str, *, body: Body, by: Person, at: datetime) -> None:
    """Where the printer is told of a new issue; empty: nobody is. Raises NotAllowed."""
    require(by, body, Act.MANAGE, at=at)
    GazetteSettings.objects.for_body(body).update_or_create(body=body, defaults={"printer": address})
    audit.note(body, "gazette.printer_changed", {"printer": address}, by=by, at=at)
