"""Erasing: content and salts go for good, the line in the log stays and says nothing any more."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from allmende.core import audit
from allmende.core.models import Person, Record, Visibility
from allmende.core.permissions import Act, require
from allmende.lib.proof.leaf import Published, parse_leaf
from allmende.publication import files, kinds, removing
from allmende.publication.errors import NotErasable
from allmende.publication.models import CONTENT, VALID, Attachment, AttachmentSalt, Attempt, Image, Publication, Removal, State

TITLES: Final = {"de": "Gelöscht", "en": "Erased"}


@transaction.atomic
def erase(record: Record, *, artefacts: Collection[str] | None = None, by: Person | None, at: datetime) -> list[Removal]:
    """Erase a record that was published, or some of its attachments ('attachment-2'). What is still public ends with it.

    Of a record go: payload, pictures, page, wording, document, salts, time stamp token, titles, attachments, values of the audit trail;
    and what the module does in `PublishedKind.on_erased`, in this transaction. Of an attachment go: file, checksum, file name, title
    in the list, salts. What stays: leaves and their places, times, the seal used, who approved. Files go right after the commit; the
    lines in the log and a new edition of the bundle follow by the outbox.

    `by`: None for the worker, at the day set. Returns one removal for each entry of the log that is concerned; none if all of it has
    been erased before.

    Raises:
        NotAllowed: `by` may not approve in the body of the record.
        NotErasable: it was never public, is on its way there, or has no such attachment. Nothing is changed.
    """
    if by is not None:
        require(by, record.body, Act.APPROVE, at=at)
    removals = _erase_all(record, by, at) if artefacts is None else _erase_attachments(record, set(artefacts), by, at)
    if removals:
        names = sorted({name for removal in removals for name in removal.artefacts})
        audit.note(record, "publication.erased", {"artefacts": names}, by=by, at=at)
        kinds.of(record).on_erased(record, None if artefacts is None else tuple(names), at)
        for removal in removals:
            removing.put(removal, at=at)
        transaction.on_commit(partial(files.clear, record))
    return removals


def _erase_all(record: Record, by: Person | None, at: datetime) -> list[Removal]:
    body = record.body
    attempts = Attempt.objects.for_body(body).filter(publication=record.pk)
    # Conditional, in the order of the other steps: who publishes, declares void or takes down at the same moment goes first or waits.
    attempts.filter(state__in=VALID).update(state=State.REMOVED, bundle_due_at=None)
    publication = Publication.objects.for_body(body).filter(pk=record.pk)
    provided = publication.filter(state__in=(Publication.State.PUBLIC, Publication.State.REMOVED))
    if not provided.update(state=Publication.State.ERASED, payload=None, erased_at=at, waiting_code="", waiting_since=None):
        if publication.filter(state=Publication.State.ERASED).exists():
            return []
        raise NotErasable
    sealed = list(attempts.filter(leaf_index__isnull=False).defer(*CONTENT).order_by("number"))
    attempts.filter(erased_at=None).update(**dict.fromkeys(CONTENT), erased_at=at, bundle_due_at=None)
    Record.objects.for_body(body).filter(pk=record.pk).update(visibility=Visibility.REMOVED, titles=TITLES)
    Image.objects.for_body(body).filter(publication=record.pk).delete()
    _wipe(Attachment.objects.for_body(body).filter(publication=record.pk, erased_at=None).values_list("pk", flat=True), record, at)
    audit.erase_values(record, by=by, at=at)
    return [_removal(attempt, _names(attempt) - _erased(attempt), by, at) for attempt in sealed]


def _erase_attachments(record: Record, names: set[str], by: Person | None, at: datetime) -> list[Removal]:
    body = record.body
    attempts = list(Attempt.objects.for_body(body).filter(publication=record.pk, leaf_index__isnull=False).defer(*CONTENT))
    provided = next((attempt for attempt in attempts if attempt.state in (*VALID, State.REMOVED)), None)
    if provided is None or not names or not names <= _names(provided) - {"page.html", "document.pdf"}:
        raise NotErasable
    numbers = [int(name.removeprefix("attachment-")) for name in names]
    mine = Attachment.objects.for_body(body).filter(publication=record.pk, number__in=numbers)
    shown = Attempt.objects.for_body(body).filter(pk=provided.pk, state__in=VALID)
    if mine.filter(removed_at=None).exists():
        shown.update(bundle_due_at=at)
    _wipe(mine.filter(erased_at=None).values_list("pk", flat=True), record, at)
    pairs = [(attempt, (names & _names(attempt)) - _erased(attempt)) for attempt in attempts]
    return [_removal(attempt, gone, by, at) for attempt, gone in pairs if gone]


def _wipe(attachments: Collection[int], record: Record, at: datetime) -> None:
    found = list(attachments)
    mine = Attachment.objects.for_body(record.body).filter(pk__in=found)
    mine.update(title="", file_name="", sha256="", removed_at=Coalesce("removed_at", Value(at)), erased_at=at)
    AttachmentSalt.objects.for_body(record.body).filter(attachment__in=found, erased_at=None).update(salt=None, erased_at=at)


def _names(attempt: Attempt) -> set[str]:
    """What the entry of the attempt names."""
    said = parse_leaf(bytes(attempt.leaf or b""))
    assert isinstance(said, Published)
    return set(said.artefacts)


def _erased(attempt: Attempt) -> set[str]:
    """What of the attempt has been erased before."""
    before = Removal.objects.for_body(attempt.body).filter(attempt=attempt, event=Removal.Event.ERASED)
    return {name for names in before.values_list("artefacts", flat=True) for name in names}


def _removal(attempt: Attempt, names: Collection[str], by: Person | None, at: datetime) -> Removal:
    return Removal.objects.create(attempt=attempt, event=Removal.Event.ERASED, artefacts=sorted(names), at=at, by=by)
