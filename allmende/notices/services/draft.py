"""Writing: begin, change, copy, give up. Every saved version is kept with its author."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F

from allmende.core import audit
from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body, District, Person, Record, Visibility
from allmende.core.permissions import Act, require
from allmende.notices import kinds, text
from allmende.notices.attachments import store
from allmende.notices.models import Comment, Notice, Picture, Revision
from allmende.notices.plain import services as explanations
from allmende.notices.selectors.versions import offices_of
from allmende.notices.services import pictures
from allmende.notices.services.errors import AlreadyBegun, DetailsInvalid, NotADraft, NotCopied, OfficeElsewhere

State = Notice.State
MAX_TITLE = 300


@dataclass(frozen=True)
class Draft:
    """What a clerk enters: one version of a notice. Anything may still be missing (checks.py)."""

    title: str = ""
    title_en: str = ""  # the name in English lists; the notice itself is German
    kind: str = kinds.GENERAL.code
    office: int | None = None
    districts: tuple[int, ...] = ()  # ascending; none: the whole municipality
    summary: str = ""
    meaning: str = ""  # what it means for its readers, in the words of the office; empty: in those of the kind (plain/meaning.py)
    content: dict[str, Any] = field(default_factory=text.empty)  # lib.richtext
    details: dict[str, Any] = field(default_factory=dict)  # by name of a field of the kind, as stored (kinds/fields.py)
    files: tuple[dict[str, Any], ...] = ()  # beside the text, in their order; set by the services alone (attachments/store.py)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "title_en": self.title_en,
            "kind": self.kind,
            "office": self.office,
            "districts": list(self.districts),
            "summary": self.summary,
            "meaning": self.meaning,
            "content": self.content,
            "details": self.details,
            "files": list(self.files),
        }

    @classmethod
    def of_json(cls, values: dict[str, Any]) -> "Draft":
        return cls(**(values | {"districts": tuple(values["districts"]), "files": tuple(values.get("files", ()))}))

    @property
    def titles(self) -> dict[str, str]:
        return {"de": self.title} | ({"en": self.title_en} if self.title_en else {})


def _refuse(values: Draft, body: Body) -> None:
    """Raises OfficeElsewhere, DetailsInvalid: what no form sends."""
    if not kinds.known(values.kind) or (values.office is not None and not offices_of(body).filter(pk=values.office).exists()):
        raise OfficeElsewhere
    if values.districts and District.objects.for_body(body).filter(pk__in=values.districts).count() != len(set(values.districts)):
        raise OfficeElsewhere
    try:
        kinds.get(values.kind).read(values.details)
    except kinds.WrongValue as error:
        raise DetailsInvalid from error


@contextmanager
def _saving(values: Draft, body: Body) -> Iterator[None]:
    """A transaction that saves `values`, which still belong to `body` at its end.

    Who removes an office or a district that they name between the look and the end is found by the foreign keys. PostgreSQL asks
    these only then, so the error comes from outside the transaction; on SQLite nothing comes in between.

    Raises OfficeElsewhere, DetailsInvalid.
    """
    try:
        with transaction.atomic():
            _refuse(values, body)
            yield
    except IntegrityError:
        _refuse(values, body)
        raise


def _columns(values: Draft) -> dict[str, Any]:
    return {
        "kind": values.kind,
        "office_id": values.office,
        "summary": values.summary,
        "meaning": values.meaning,
        "content": values.content,
        "details": values.details,
        "personal": kinds.get(values.kind).personal_of(values.details),
        "search": "",  # written when it is provided: only what is public is searched
    }


def draft(*, body: Body, values: Draft, by: Person, at: datetime, automatic: bool = False, key: UUID | None = None) -> Notice:
    """Begin a notice, visible inside the office only. `key`: the form it is begun with, which begins one notice at most.

    Raises:
        NotAllowed: `by` may not write in `body`.
        OfficeElsewhere: office, district or kind are not those of `body`, or are no more.
        DetailsInvalid: details that are none of the kind.
        AlreadyBegun: with this key.
    """
    require(by, body, Act.WRITE, at=at)
    key = key or uuid4()
    with _saving(values, body):
        try:
            with transaction.atomic():
                record = Record.objects.create(pk=key, body=body, kind=Record.Kind.NOTICE, titles=values.titles, path=f"entwuerfe/{key}/")
        except IntegrityError as error:
            raise AlreadyBegun from error
        notice = Notice.objects.create(record=record, created_by=by, changed_at=at, **_columns(values))
        notice.districts.set(values.districts)
        Revision.objects.create(notice=notice, version=1, author=by, at=at, automatic=automatic, values=values.as_json())
        audit.note(record, "notice.drafted", values.as_json(), by=by, at=at)
    return notice


def edit(notice_id: UUID, *, body: Body, version: int, values: Draft, by: Person, at: datetime, automatic: bool = False) -> int:
    """Save a change of the version that `by` has seen. Returns the version that is current now.

    Nothing changed: nothing saved. `automatic` is what the editor saves by itself: it replaces the
    version before, if that was saved by itself too and by the same person.

    Raises:
        NotAllowed: `by` may not write in `body`.
        OfficeElsewhere: office, district or kind are not those of `body`, or are no more.
        DetailsInvalid: details that are none of the kind.
        NotADraft: submitted or decided meanwhile.
        ChangedMeanwhile: somebody else has saved another version; both texts exist, nothing was written.
    """
    require(by, body, Act.WRITE, at=at)
    with _saving(values, body):
        return _edit(notice_id, version, values, body=body, by=by, at=at, automatic=automatic)


def _edit(notice_id: UUID, version: int, values: Draft, *, body: Body, by: Person, at: datetime, automatic: bool) -> int:
    values = replace(values, files=store.lines(store.files_of(body, notice_id)))
    version = _gone_on(notice_id, version, body)
    drafts = Notice.objects.for_body(body).filter(pk=notice_id)
    before = Revision.objects.for_body(body).filter(notice=notice_id, version=version).first()
    if before is not None and Draft.of_json(before.values) == values and drafts.filter(version=version, state=State.DRAFT).exists():
        if not automatic:  # saved on purpose now: stays
            Revision.objects.for_body(body).filter(pk=before.pk, author=by).update(automatic=False)
        return version
    seen = drafts.filter(version=version, state=State.DRAFT)
    if not seen.update(version=F("version") + 1, changed_at=at, **_columns(values)):
        raise ChangedMeanwhile if drafts.filter(state=State.DRAFT).exists() else NotADraft
    record = Record.objects.for_body(body).get(pk=notice_id)
    record.titles = values.titles
    record.save(update_fields=["titles"])
    drafts.get().districts.set(values.districts)
    if before is not None and before.automatic and before.author_id == by.pk:
        Revision.objects.for_body(body).filter(pk=before.pk).delete()
    Revision.objects.create(notice_id=notice_id, version=version + 1, author=by, at=at, automatic=automatic, values=values.as_json())
    if not automatic:
        audit.note(record, "notice.edited", {"version": version + 1} | values.as_json(), by=by, at=at)
    return version + 1


def change_kind(notice_id: UUID, *, body: Body, version: int, kind: str, by: Person, at: datetime) -> int:
    """Make another kind of the draft that `by` has seen; details stay where the new kind has the same field. The version before is kept.

    Raises:
        NotAllowed, NotADraft, ChangedMeanwhile: see edit.
    """
    require(by, body, Act.WRITE, at=at)
    seen = Revision.objects.for_body(body).filter(notice=notice_id, version=version).first()
    if seen is None:
        raise ChangedMeanwhile
    Revision.objects.for_body(body).filter(pk=seen.pk).update(automatic=False)
    values = Draft.of_json(seen.values)
    values = replace(values, kind=kind, details=kinds.get(kind).shared(values.details))
    return edit(notice_id, body=body, version=version, values=values, by=by, at=at)


def _gone_on(notice_id: UUID, version: int, body: Body) -> int:
    """The current version, where it differs from the one that was seen in its files alone: an open editor is not in their way."""
    current = Notice.objects.for_body(body).filter(pk=notice_id).values_list("version", flat=True).first()
    if current is None or current <= version:
        return version
    both = Revision.objects.for_body(body).filter(notice=notice_id, version__in=(version, current))
    texts = [replace(Draft.of_json(one.values), files=()) for one in both]
    return current if len(texts) == 2 and texts[0] == texts[1] else version


@transaction.atomic
def discard(notice_id: UUID, *, body: Body, version: int, by: Person, at: datetime) -> None:
    """Give up the draft that `by` has seen: text, versions, comments, pictures, files and explanations go.

    The audit trail says that it was there.

    Raises:
        NotAllowed, NotADraft, ChangedMeanwhile: see edit.
    """
    require(by, body, Act.WRITE, at=at)
    drafts = Notice.objects.for_body(body).filter(pk=notice_id)
    if not drafts.filter(version=version, state=State.DRAFT).update(state=State.DISCARDED, changed_at=at, **_columns(Draft())):
        raise ChangedMeanwhile if drafts.filter(state=State.DRAFT).exists() else NotADraft
    notice = drafts.select_related("record").get()
    _clear(notice, body)
    audit.note(notice.record, "notice.discarded", {"version": version}, by=by, at=at)


@transaction.atomic
def discard_for_good(notice: Notice, *, body: Body, at: datetime) -> bool:
    """Give up a draft, submitted or not, with what the audit trail says of its text: what it holds must go. False: it is approved."""
    open_ = Notice.objects.for_body(body).filter(pk=notice.pk, state__in=(State.DRAFT, State.SUBMITTED))
    back = {"state": State.DISCARDED, "changed_at": at, "submitted_at": None, "submitted_by": None}
    if not open_.update(**back, **_columns(Draft())):
        return False
    _clear(notice, body)
    audit.erase_values(notice.record, by=None, at=at)
    audit.note(notice.record, "notice.discarded", {"version": notice.version}, by=None, at=at)
    return True


def _clear(notice: Notice, body: Body) -> None:
    """What belongs to a draft that was given up."""
    notice.districts.clear()
    Revision.objects.for_body(body).filter(notice=notice).delete()
    Comment.objects.for_body(body).filter(notice=notice).delete()
    store.remove_all(notice, body=body)
    explanations.erase(notice, body=body)
    gone = list(Picture.objects.for_body(body).filter(notice=notice))
    Picture.objects.for_body(body).filter(notice=notice).delete()
    Record.objects.for_body(body).filter(pk=notice.pk).update(visibility=Visibility.REMOVED, titles={"de": ""})
    transaction.on_commit(lambda: pictures.remove_files(body, gone))


def copy(notice_id: UUID, *, body: Body, by: Person, at: datetime, before: str = "", kind: str = "") -> Notice:
    """Begin a new notice with the wording of an approved one; `by` is its author.

    Days and whatever else belongs to that one alone stay empty (Field.copied); of a notice that names people the text stays behind too.
    With `before`, which stands before the title, it is about the same matter: everything is taken over. `kind`: of the new one, if it
    is another; it takes over what it has fields for.

    Only what four eyes have approved is copied, so that no text reaches approval by way of a copy
    without the name of who wrote it.

    Raises:
        NotAllowed: `by` may not write in `body`.
        NotCopied: it was not approved.
        OfficeElsewhere: an office or district that it names was removed at this moment.
    """
    require(by, body, Act.WRITE, at=at)
    source = Notice.objects.for_body(body).filter(pk=notice_id, approved_at__isnull=False).first()
    if source is None:
        raise NotCopied
    last = Revision.objects.for_body(body).get(notice=source, version=source.version)
    values = Draft.of_json(last.values)
    fields = kinds.get(values.kind)
    other = not before
    new_ids = {} if source.names_people and other else {picture: str(uuid4()) for picture in text.pictures_in(values.content)}
    office = values.office if values.office is not None and offices_of(body).filter(pk=values.office).exists() else None
    values = replace(
        values,
        title=f"{before}: {values.title}"[:MAX_TITLE] if before else values.title,
        files=(),  # last year's plan is not this year's
        office=office,
        districts=tuple(District.objects.for_body(body).filter(pk__in=values.districts).order_by("pk").values_list("pk", flat=True)),
        meaning="" if source.names_people and other else values.meaning,
        content=text.empty() if source.names_people and other else text.with_pictures(values.content, new_ids),
        details={name: value for name, value in values.details.items() if fields.is_copied(name) or not other},
    )
    if kind:
        values = replace(values, kind=kind, details=kinds.get(kind).shared(values.details))
    with _saving(values, body):
        notice = draft(body=body, values=values, by=by, at=at)
        if other:
            Notice.objects.for_body(body).filter(pk=notice.pk).update(pattern=source)
        pictures.copy_all(source, new_ids, notice, body=body, by=by, at=at)
    return notice
