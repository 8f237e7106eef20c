"""Taking down: what must not be seen any more is answered to nobody from the commit on."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import transaction

from allmende.core import audit
from allmende.core.models import Person, Record, Visibility
from allmende.core.permissions import Act, require
from allmende.lib.proof.leaf import Published, parse_leaf
from allmende.publication import files, kinds, removing
from allmende.publication.errors import NotPublic
from allmende.publication.models import VALID, Attachment, Attempt, Publication, Removal, State


@transaction.atomic
def take_down(record: Record, *, artefacts: Collection[str] | None = None, reason: Removal.Reason, by: Person, at: datetime) -> Removal:
    """End the publication of a record, or of some of its attachments ('attachment-2'). From the commit on none of it is answered.

    The module is told in this transaction (`PublishedKind.on_removed`) and changes its own rows there. Files that may not lie in the
    public store any more go right after the commit; the line in the log and a new edition of the bundle follow by the outbox. Content
    and files stay inside the office until they are erased.

    Raises:
        NotAllowed: `by` may not write in the body of the record.
        NotPublic: it is not public (yet), or one of them has been taken down before. Nothing is changed.
    """
    require(by, record.body, Act.WRITE, at=at)
    return end(record, artefacts=artefacts, reason=reason, by=by, at=at)


@transaction.atomic
def end(record: Record, *, artefacts: Collection[str] | None = None, reason: Removal.Reason, by: Person | None, at: datetime) -> Removal:
    """The same, where the right was asked for something else: by whoever takes down what `record` holds as a part.

    `by`: None for the worker, at the day set, with Reason.PERIOD_OVER.

    Raises:
        NotPublic
    """
    body = record.body
    mine = Attempt.objects.for_body(body).filter(publication=record.pk, state__in=VALID)
    attempt = mine.defer("page", "fragment", "document").first()
    if attempt is None:
        raise NotPublic
    open_ = Attachment.objects.for_body(body).filter(publication=record.pk, removed_at=None)
    if artefacts is None:
        # Conditional, in this order: whoever makes it public, declares it void or takes it down at the same moment goes first or waits.
        if not mine.filter(pk=attempt.pk).update(state=State.REMOVED, bundle_due_at=None) or not _hide(record):
            raise NotPublic
        names = _names(attempt) - {f"attachment-{number}" for number in _closed(record)}  # read when nobody else can close one any more
        Publication.objects.for_body(body).filter(pk=record.pk).update(state=Publication.State.REMOVED, waiting_code="", waiting_since=None)
        open_.update(removed_at=at)
    else:
        names = set(artefacts)
        numbers = [int(name.removeprefix("attachment-")) for name in names if name in _names(attempt) - {"page.html", "document.pdf"}]
        shown = Record.objects.for_body(body).filter(pk=record.pk, visibility=Visibility.PUBLIC)
        if not names or not mine.filter(pk=attempt.pk).update(bundle_due_at=at) or not shown.exists():
            raise NotPublic
        if open_.filter(number__in=numbers).update(removed_at=at) != len(names):
            raise NotPublic
    removal = Removal.objects.create(attempt=attempt, event=Removal.Event.REMOVED, artefacts=sorted(names), reason=reason, at=at, by=by)
    audit.note(record, "publication.removed", {"artefacts": sorted(names), "reason": reason.value}, by=by, at=at)
    kinds.of(record).on_removed(record, tuple(sorted(names)), reason.value, at)
    removing.put(removal, at=at)
    transaction.on_commit(partial(files.clear, record))
    return removal


def _names(attempt: Attempt) -> set[str]:
    """What the entry names."""
    said = parse_leaf(bytes(attempt.leaf or b""))
    assert isinstance(said, Published)
    return set(said.artefacts)


def _closed(record: Record) -> list[int]:
    closed = Attachment.objects.for_body(record.body).filter(publication=record.pk, removed_at__isnull=False)
    return list(closed.values_list("number", flat=True))


def _hide(record: Record) -> bool:
    seen = Record.objects.for_body(record.body).filter(pk=record.pk, visibility=Visibility.PUBLIC)
    return seen.update(visibility=Visibility.REMOVED) == 1
