"""Write side of the explanations. They never touch the official text; races are decided by the conditional UPDATE of their own row."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from allmende.core import audit
from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body, Person, Record
from allmende.core.permissions import Act, require
from allmende.lib import webvtt
from allmende.lib.richtext import clean_text
from allmende.notices import text
from allmende.notices.attachments.intake import Received
from allmende.notices.models import Explanation, ExplanationAuthor, Notice
from allmende.notices.models.explanation import LONGEST_NAME, LONGEST_TITLE, OPEN, Form, Standing
from allmende.notices.plain import films
from allmende.notices.plain.errors import (
    CaptionsRefused,
    CheckedLater,
    ExplanationIncomplete,
    ExplanationSettled,
    FilmIncomplete,
    GroupMissing,
    NothingToExplain,
    NoticeChangedSince,
    RemarkMissing,
    ReviewersOwn,
)

EXPLAINED: Final = (Notice.State.DRAFT, Notice.State.SUBMITTED, Notice.State.APPROVED, Notice.State.PUBLIC)
_WORDS: Final = {Form.EASY: "Leichte Sprache", Form.PLAIN: "Einfache Sprache", Form.SIGN: "Gebärdensprache"}
_NOT_SUBMITTED: Final = {"submitted_at": None, "submitted_by": None}


def _queue(notice_id: UUID, body: Body) -> None:
    """Words of an explanation are about to be written: whoever erases the notice comes wholly before or wholly after.

    The eraser writes this row before it takes the values of the audit trail.
    """
    Record.objects.for_body(body).filter(pk=notice_id).update(kind=F("kind"))


def _begin(notice_id: UUID, form: Form, *, body: Body, by: Person, at: datetime, values: Mapping[str, Any]) -> Explanation:
    """The next version, as a draft of `by`. Inside a transaction. Raises NothingToExplain, ChangedMeanwhile."""
    notice = Notice.objects.for_body(body).select_related("record").filter(pk=notice_id, state__in=EXPLAINED).first()
    if notice is None:
        raise NothingToExplain
    last = Explanation.objects.for_body(body).filter(notice=notice, form=form).aggregate(last=Max("number"))["last"] or 0
    row = Explanation(notice=notice, form=form, number=last + 1, changed_at=at, **({"content": text.empty()} | dict(values)))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # somebody else was the first
        raise ChangedMeanwhile from error
    ExplanationAuthor.objects.create(explanation=row, person=by)
    return row


def _change(row: Explanation, saved: int, *, body: Body, by: Person, at: datetime, values: Mapping[str, Any]) -> Explanation:
    """Save a change of the draft that `by` has seen. Inside a transaction. Raises ChangedMeanwhile, ExplanationSettled."""
    drafts = Explanation.objects.for_body(body).filter(pk=row.pk, state=Standing.DRAFT)
    if not drafts.filter(saved=saved).update(saved=F("saved") + 1, changed_at=at, **values):
        raise ChangedMeanwhile if drafts.exists() else ExplanationSettled
    ExplanationAuthor.objects.for_body(body).get_or_create(explanation=row, person=by)
    return drafts.select_related("notice__record").get()


def open_version(body: Body, notice_id: UUID, form: Form) -> Explanation | None:
    """The version that somebody works on, or that waits. 1 query."""
    found = Explanation.objects.for_body(body).filter(notice=notice_id, form=form, state__in=OPEN)
    return found.select_related("notice__record", "reviewed_by", "submitted_by").first()


def _saved(
    notice_id: UUID, form: Form, *, body: Body, saved: int, by: Person, at: datetime, values: Mapping[str, Any], told: Mapping[str, object]
) -> Explanation:
    with transaction.atomic():
        _queue(notice_id, body)
        row = open_version(body, notice_id, form)
        if row is None:
            if saved:
                raise ExplanationSettled
            row = _begin(notice_id, form, body=body, by=by, at=at, values=values)
        else:
            row = _change(row, saved, body=body, by=by, at=at, values=values)
        audit.note(row.notice.record, "notice.explanation_saved", _told(row) | dict(told), by=by, at=at)
    return row


def _told(row: Explanation) -> dict[str, object]:
    """Which version it is, and which of its saved changes: the audit trail keeps them in words."""
    return {"form": _WORDS[Form(row.form)], "number": row.number, "change": row.saved}


def save_text(
    notice_id: UUID, form: Form, *, body: Body, saved: int, title: str, content: dict[str, Any], by: Person, at: datetime
) -> Explanation:
    """Save the text of an explanation. `saved`: what `by` has seen of the draft; 0 begins the next version.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NothingToExplain: the notice is discarded, taken down or erased.
        ChangedMeanwhile: somebody else has saved another text; nothing was written.
        ExplanationSettled: submitted, reviewed or given up meanwhile.
    """
    require(by, body, Act.WRITE, at=at)
    values = {"title": clean_text(title)[:LONGEST_TITLE], "content": content}
    return _saved(notice_id, form, body=body, saved=saved, by=by, at=at, values=values, told=values)


def set_film(notice_id: UUID, *, body: Body, saved: int, file: Received, by: Person, at: datetime) -> Explanation:
    """Take a film in, or another one in its place. What is not taken is gone when this raises.

    Raises:
        as save_text, and FilmRefused.
    """
    try:
        require(by, body, Act.WRITE, at=at)
        return _set_film(notice_id, body=body, saved=saved, file=file, by=by, at=at)
    finally:
        file.discard()


def _set_film(notice_id: UUID, *, body: Body, saved: int, file: Received, by: Person, at: datetime) -> Explanation:
    before = open_version(body, notice_id, Form.SIGN)
    video, digest, size = films.examined(file)
    film = uuid4()
    values = {
        "film": film,
        "media": video.media.value,
        "size": size,
        "sha256": digest,
        "name": clean_text(Path((file.name or "").replace("\\", "/")).name)[-LONGEST_NAME:] or "Video",
        "width": video.width,
        "height": video.height,
        "milliseconds": round(video.seconds * 1000),
    }
    place = films.path_of(body, film)
    file.keep(place)
    told = {name: value for name, value in values.items() if name != "film"}
    try:
        row = _saved(notice_id, Form.SIGN, body=body, saved=saved, by=by, at=at, values=values, told=told)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    films.remove(body, [before.film] if before is not None and before.film else [])
    return row


def set_captions(notice_id: UUID, *, body: Body, saved: int, captions: str, by: Person, at: datetime) -> Explanation:
    """Read captions and keep them as we write them.

    Raises:
        as save_text, and CaptionsRefused.
    """
    require(by, body, Act.WRITE, at=at)
    row = open_version(body, notice_id, Form.SIGN)
    try:
        cues = webvtt.read(captions, longest=row.seconds if row is not None and row.film else None)
    except webvtt.CaptionsInvalid as error:
        raise CaptionsRefused(error) from error
    values = {"captions": webvtt.write(cues)}
    return _saved(notice_id, Form.SIGN, body=body, saved=saved, by=by, at=at, values=values, told=values)


def next_version(notice_id: UUID, form: Form, *, body: Body, by: Person, at: datetime) -> Explanation:
    """Begin the next version with what is shown now; what is shown stays until the next one is published.

    Raises:
        as save_text; ExplanationSettled: nothing was published.
    """
    require(by, body, Act.WRITE, at=at)
    shown = Explanation.objects.for_body(body).filter(notice=notice_id, form=form, published_at__isnull=False).first()
    if shown is None:
        raise ExplanationSettled
    columns = ("title", "content", "media", "size", "sha256", "name", "width", "height", "milliseconds", "captions")
    values = {column: getattr(shown, column) for column in columns}
    values["film"] = films.linked(body, shown.film) if shown.film else None
    try:
        with transaction.atomic():
            _queue(notice_id, body)
            row = _begin(notice_id, form, body=body, by=by, at=at, values=values)
            audit.note(row.notice.record, "notice.explanation_saved", _told(row) | {"from": shown.number}, by=by, at=at)
    except BaseException:
        films.remove(body, [values["film"]] if values["film"] else [])
        raise
    return row


@transaction.atomic
def submit(explanation_id: UUID, *, body: Body, saved: int, by: Person, at: datetime) -> None:
    """Hand the draft that `by` has seen over for review.

    Raises:
        NotAllowed, ChangedMeanwhile, ExplanationSettled
        ExplanationIncomplete, FilmIncomplete
    """
    require(by, body, Act.WRITE, at=at)
    row = _row(explanation_id, body)
    if row.form == Form.SIGN:
        if row.film is None or not row.captions:
            raise FilmIncomplete
        _refuse_captions(row)
    elif not row.title or text.is_empty(row.content):
        raise ExplanationIncomplete
    drafts = Explanation.objects.for_body(body).filter(pk=row.pk, state=Standing.DRAFT)
    if not drafts.filter(saved=saved).update(state=Standing.SUBMITTED, submitted_at=at, submitted_by=by, remark=""):
        raise ChangedMeanwhile if drafts.exists() else ExplanationSettled
    audit.note(row.notice.record, "notice.explanation_submitted", _told(row), by=by, at=at)


def _refuse_captions(row: Explanation) -> None:
    """The film may have come after its captions. Raises CaptionsRefused."""
    try:
        webvtt.read(row.captions, longest=row.seconds)
    except webvtt.CaptionsInvalid as error:
        raise CaptionsRefused(error) from error


def _row(explanation_id: UUID, body: Body) -> Explanation:
    row = Explanation.objects.for_body(body).select_related("notice__record").filter(pk=explanation_id).first()
    if row is None:
        raise ExplanationSettled
    return row


@transaction.atomic
def send_back(explanation_id: UUID, *, body: Body, remark: str, by: Person, at: datetime) -> None:
    """Give it back to who wrote it: a writer takes it back, a reviewer says why.

    Raises:
        NotAllowed, ExplanationSettled
        RemarkMissing: a reviewer who gives no reason.
    """
    require(by, body, Act.WRITE, at=at)
    row, remark = _row(explanation_id, body), remark.strip()
    if not remark and not row.authors.filter(person=by).exists():
        raise RemarkMissing
    _queue(row.notice_id, body)
    waiting = Explanation.objects.for_body(body).filter(pk=row.pk, state=Standing.SUBMITTED)
    if not waiting.update(state=Standing.DRAFT, remark=remark, **_NOT_SUBMITTED):
        raise ExplanationSettled
    audit.note(row.notice.record, "notice.explanation_sent_back", _told(row) | {"reason": remark}, by=by, at=at)


@transaction.atomic
def review(
    explanation_id: UUID,
    *,
    body: Body,
    saved: int,
    of_version: int,
    checked_by: str = "",
    checked_on: date | None = None,
    by: Person,
    at: datetime,
) -> None:
    """State that the explanation fits version `of_version` of the notice, which `by` has read beside it. From here on it never changes.

    Easy language: `checked_by` is the group of people with learning difficulties that has read it, on the day `checked_on`.

    Raises:
        NotAllowed: `by` may not approve in `body`.
        ReviewersOwn: `by` wrote a part; the database refuses it as well.
        GroupMissing, CheckedLater: Easy language without its readers.
        ChangedMeanwhile: explanation or notice is another than `by` has read. ExplanationSettled.
    """
    require(by, body, Act.APPROVE, at=at)
    row, checked_by = _row(explanation_id, body), clean_text(checked_by)[:200]
    if row.authors.filter(person=by).exists():
        raise ReviewersOwn
    if row.form == Form.EASY and (not checked_by or checked_on is None):
        raise GroupMissing
    if checked_on is not None and checked_on > timezone.localdate(at):
        raise CheckedLater
    _queue(row.notice_id, body)
    waiting = Explanation.objects.for_body(body).filter(pk=row.pk, state=Standing.SUBMITTED)
    seen = waiting.filter(saved=saved, notice__version=of_version, notice__state__in=EXPLAINED)
    group = {"checked_by": checked_by, "checked_on": checked_on} if row.form == Form.EASY else {}
    changes = {"state": Standing.REVIEWED, "of_version": of_version, "reviewed_at": at, "reviewed_by": by} | group
    if not Explanation.objects.for_body(body).filter(pk__in=seen.values("pk")).update(**changes):
        raise ChangedMeanwhile if waiting.exists() else ExplanationSettled
    told = {"of_version": of_version, "checked_by": checked_by, "checked_on": str(checked_on or "")}
    audit.note(row.notice.record, "notice.explanation_reviewed", _told(row) | told, by=by, at=at)


@transaction.atomic
def publish(explanation_id: UUID, *, body: Body, by: Person, at: datetime) -> None:
    """Show what was reviewed, in place of what was shown before; of a notice that is not public yet, as soon as it is.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NoticeChangedSince: the notice is another than the reviewer has read. ExplanationSettled.
    """
    require(by, body, Act.WRITE, at=at)
    row = _row(explanation_id, body)
    if row.of_version != row.notice.version:
        raise NoticeChangedSince if row.of_version else ExplanationSettled
    mine = Explanation.objects.for_body(body).filter(notice=row.notice_id, form=row.form)
    mine.filter(state=Standing.PUBLISHED).update(state=Standing.ENDED, ended_at=at)
    if not mine.filter(pk=row.pk, state=Standing.REVIEWED).update(state=Standing.PUBLISHED, published_at=at):
        raise ExplanationSettled
    audit.note(row.notice.record, "notice.explanation_published", _told(row), by=by, at=at)


@transaction.atomic
def end(explanation_id: UUID, *, body: Body, by: Person, at: datetime) -> None:
    """Show it no longer; or give up what nobody has published, text, film and captions with it.

    Raises:
        NotAllowed: `by` may not write in `body`. ExplanationSettled.
    """
    require(by, body, Act.WRITE, at=at)
    row = _row(explanation_id, body)
    mine = Explanation.objects.for_body(body).filter(pk=row.pk)
    if mine.filter(state=Standing.PUBLISHED).update(state=Standing.ENDED, ended_at=at):
        audit.note(row.notice.record, "notice.explanation_ended", _told(row), by=by, at=at)
        return
    if not mine.filter(state__in=OPEN).delete()[0]:
        raise ExplanationSettled
    films.remove_after_commit(body, [row.film])
    audit.note(row.notice.record, "notice.explanation_given_up", _told(row), by=by, at=at)


def erase(notice: Notice, *, body: Body) -> None:
    """All versions of all forms, with films and captions. Inside the transaction that discards or erases the notice."""
    mine = Explanation.objects.for_body(body).filter(notice=notice)
    gone = list(mine.values_list("film", flat=True))
    mine.delete()
    films.remove_after_commit(body, gone)
