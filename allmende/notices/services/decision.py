"""From the desk of who wrote to the desk of who decides, and back."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from allmende.core import addresses, audit
from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body, Person, Record
from allmende.core.permissions import Act, capacity, require
from allmende.notices import artefact, checks, text
from allmende.notices.after import amending
from allmende.notices.attachments import confirmation
from allmende.notices.attachments.errors import NotConfirmed
from allmende.notices.attachments.points import points
from allmende.notices.attachments.publishing import hand_over
from allmende.notices.attachments.store import files_of
from allmende.notices.calendar import decision as decisions
from allmende.notices.calendar import keeping
from allmende.notices.calendar import statement as calendar
from allmende.notices.calendar.duties import EQUALS_ORIGINAL
from allmende.notices.models import Comment, Notice, NumberSeries, Picture, Revision
from allmende.notices.services import pictures
from allmende.notices.services.draft import Draft
from allmende.notices.services.errors import AlreadyDecided, FourEyes, Incomplete, NotADraft, NothingToDecide, ReasonMissing
from allmende.publication import services as publication
from allmende.publication.models import Publication

State = Notice.State
_NOT_SUBMITTED = {"submitted_at": None, "submitted_by": None}


def authors_of(notice: Notice) -> list[Person]:
    """Everybody who wrote any part of the current version, which may go back to any version before it, or brought a picture
    that stands in it. 1 query.
    """
    body = notice.record.body
    wrote = Revision.objects.for_body(body).filter(notice=notice)
    shown = Picture.objects.for_body(body).filter(notice=notice, pk__in=text.pictures_in(notice.content))
    return list(Person.objects.filter(Q(pk__in=wrote.values("author")) | Q(pk__in=shown.values("uploaded_by"))).order_by("pk"))


def submit(
    notice_id: UUID, *, body: Body, version: int, by: Person, at: datetime, statement: calendar.Statement = calendar.NOTHING_STATED
) -> None:
    """Hand the version that `by` has seen over for approval. From here on it stays as it is.

    `statement`: what the law asks and only a person knows, as confirmed by `by`; it is recorded with the version.

    The document is made once for a trial, outside the transaction: what cannot be sealed is found now, not after the approval.

    Raises:
        NotAllowed: `by` may not write in `body`.
        Incomplete: the check list has open points.
        LawRefuses, NotStated: what the law asks is open (notices.calendar).
        NoDocument: no accessible PDF can be made of it; the sentence says why.
        NotADraft: submitted already, decided or discarded.
        ChangedMeanwhile: there is another version by now.
    """
    require(by, body, Act.WRITE, at=at)
    current = Revision.objects.for_body(body).filter(notice=notice_id, version=version).select_related("author").first()
    if current is not None:
        values = Draft.of_json(current.values)
        if checks.missing(values, pictures=pictures.ids_of(body, notice_id), files=points(body, notice_id, values)):
            raise Incomplete
        follows = decisions.check_submission(values, statement, body=body, at=at)
        artefact.try_document(notice_id, values, body=body, at=at, follows=follows)
    with transaction.atomic():
        drafts = Notice.objects.for_body(body).filter(pk=notice_id)
        changes = {"state": State.SUBMITTED, "submitted_at": at, "submitted_by": by}
        if current is None or not drafts.filter(version=version, state=State.DRAFT).update(**changes):
            raise ChangedMeanwhile if drafts.filter(state=State.DRAFT).exists() else NotADraft
        Revision.objects.for_body(body).filter(pk=current.pk).update(automatic=False)
        notice = drafts.select_related("record").get()
        stated = {} if statement == calendar.NOTHING_STATED else {"stated": statement.as_json()}
        if stated:
            keeping.state(notice, keeping.Act.SUBMITTED, statement, by=by, at=at)
        audit.note(notice.record, "notice.submitted", current.audited | current.values | stated, by=by, at=at)


@transaction.atomic
def withdraw(notice_id: UUID, *, body: Body, by: Person, at: datetime) -> None:
    """Take back what nobody has decided on yet.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NothingToDecide: decided, sent back or withdrawn already.
    """
    require(by, body, Act.WRITE, at=at)
    waiting = Notice.objects.for_body(body).filter(pk=notice_id, state=State.SUBMITTED)
    if not waiting.update(state=State.DRAFT, **_NOT_SUBMITTED):
        raise NothingToDecide
    audit.note(Record.objects.for_body(body).get(pk=notice_id), "notice.withdrawn", {}, by=by, at=at)


def _refuse_other_version(notice_id: UUID, body: Body) -> None:
    """Say why the version that was seen is not the one that waits."""
    state = Notice.objects.for_body(body).values_list("state", flat=True).get(pk=notice_id)
    if state == State.SUBMITTED:
        raise ChangedMeanwhile
    raise AlreadyDecided if state in (State.APPROVED, State.PUBLIC) else NothingToDecide


@transaction.atomic
def send_back(notice_id: UUID, *, body: Body, version: int, reason: str, by: Person, at: datetime) -> None:
    """Give the version that `by` has read back to who wrote it, with a reason.

    Raises:
        NotAllowed: `by` may not approve in `body`.
        ReasonMissing: no reason.
        ChangedMeanwhile, AlreadyDecided, NothingToDecide: it is not this version that waits.
    """
    require(by, body, Act.APPROVE, at=at)
    if not (reason := reason.strip()):
        raise ReasonMissing
    waiting = Notice.objects.for_body(body).filter(pk=notice_id, version=version, state=State.SUBMITTED)
    if not waiting.update(state=State.DRAFT, **_NOT_SUBMITTED):
        _refuse_other_version(notice_id, body)
    Comment.objects.create(notice_id=notice_id, version=version, author=by, at=at, text=reason)
    read = Revision.objects.for_body(body).select_related("author", "notice__record").get(notice=notice_id, version=version)
    audit.note(read.notice.record, "notice.sent_back", read.audited | {"reason": reason}, by=by, at=at)


def _next_number(body: Body, year: int) -> int:
    """The next number of the year. The updated row keeps others waiting until this transaction ends, and falls back with it."""
    series = NumberSeries.objects.for_body(body).filter(year=year)
    if not series.update(last=F("last") + 1):
        try:
            with transaction.atomic():
                NumberSeries.objects.create(body=body, year=year, last=1)
        except IntegrityError:  # somebody else was the first of the year
            series.update(last=F("last") + 1)
    return series.values_list("last", flat=True).get()


@transaction.atomic
def approve(
    notice_id: UUID,
    *,
    body: Body,
    version: int,
    by: Person,
    at: datetime,
    note: str = "",
    statement: calendar.Statement = calendar.NOTHING_STATED,
) -> Publication:
    """Approve the version that `by` has read: it gets its number and its address, the worker makes it public.

    `note`: what `by` had to say about it; it stays in the history, inside the office. `statement`: what only `by` can confirm.
    The rules that hold now are kept with the notice: later ones never reach it.

    Safe under concurrency on both databases: the conditional UPDATE decides who wins.

    Raises:
        NotAllowed: `by` may not approve in `body`.
        FourEyes: `by` wrote a part of it; the database refuses it as well.
        LawRefuses, NotStated: what the law asks is open (notices.calendar), or the comparison with the signed original.
        ChangedMeanwhile, AlreadyDecided, NothingToDecide: it is not this version that waits.
    """
    acting = capacity(by, body, Act.APPROVE, at=at)
    notice = Notice.objects.for_body(body).select_related("record__body", "office").get(pk=notice_id)
    authors = authors_of(notice)
    if notice.version != version or notice.state != State.SUBMITTED:
        _refuse_other_version(notice_id, body)
    if by in authors:
        raise FourEyes
    files = files_of(body, notice_id)
    if confirmation.wants_original(notice.kind, files):
        if EQUALS_ORIGINAL not in statement.confirmed:
            raise NotConfirmed
        confirmation.confirm_original(notice_id, body=body, version=version, by=by, at=at)
    if note := note.strip():
        Comment.objects.create(notice=notice, version=version, author=by, at=at, text=note, with_approval=True)
    year = timezone.localdate(at).year
    notice.state, notice.approved_at, notice.approved_by = State.APPROVED, at, by
    notice.acting_body = acting.body if acting.body_id != body.pk else None
    notice.year, notice.number = year, _next_number(body, year)
    columns = ("state", "approved_at", "approved_by", "acting_body", "year", "number")
    seen = Notice.objects.for_body(body).filter(pk=notice_id, version=version, state=State.SUBMITTED)
    if not seen.update(**{column: getattr(notice, column) for column in columns}):
        _refuse_other_version(notice_id, body)
    notice.record.path = f"bekanntmachungen/{year}/{notice.number}/"
    notice.record.save(update_fields=["path"])
    read = Revision.objects.for_body(body).select_related("author").get(notice=notice, version=version)
    decisions.approve(notice, Draft.of_json(read.values), statement, body=body, by=by, at=at)
    page, images = artefact.official_page(
        notice_id,
        Draft.of_json(read.values),
        body=body,
        acting=notice.acting_body,
        number=notice.label,
        address=addresses.of_record(notice.record),
    )
    audit.note(
        notice.record,
        "notice.approved",
        read.audited
        | {
            "number": notice.label,
            "authors": [author.name for author in authors],
            "deputy_for": acting.deputy_for.name if acting.deputy_for else "",
            "acting_body": notice.acting_body.name if notice.acting_body else "",
        }
        | ({"note": note} if note else {}),
        by=by,
        at=at,
    )
    published = publication.approve(notice.record, page, images=images, attachments=hand_over(files, body), authors=authors, by=by, at=at)
    amending.state_relation(notice, at=at)
    return published
