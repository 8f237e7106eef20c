"""Taking an approval back: what can never be sealed must not wait for ever. Possible until it is sealed, and not after."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from allmende.core import audit, outbox
from allmende.core.models import Person, Record
from allmende.core.permissions import Act, may, require
from allmende.publication import store
from allmende.publication.errors import TooLateToTakeBack
from allmende.publication.models import Attachment, Attempt, Author, Image, Publication, Relation, State
from allmende.publication.services import approval, relating


@transaction.atomic
def take_back(record: Record, *, by: Person, at: datetime) -> None:
    """Undo the approval of a record of which nothing was ever sealed. Afterwards it can be approved anew.

    Called inside the transaction of the module, before it touches rows of its own: the worker locks in that order too. What is sealed
    at this moment and what is taken back at this moment exclude each other by the row of the attempt. PostgreSQL may find only at the
    end of the transaction that a worker has begun an attempt meanwhile: then it raises IntegrityError, and nothing was taken back.

    Raises:
        NotAllowed: `by` may neither approve nor manage in the body of the record.
        TooLateToTakeBack: it is not approved, or something was sealed, even if that became void.
    """
    body = record.body
    if not may(by, body, Act.APPROVE, at=at):
        require(by, body, Act.MANAGE, at=at)
    waiting = Publication.objects.for_body(body).filter(pk=record.pk, state=Publication.State.APPROVED)
    attempts = Attempt.objects.for_body(body).filter(publication=record.pk)
    # One statement: whoever seals at the same moment has moved the row on, or finds none. QuerySet.delete() looks first.
    unsealed = attempts.filter(state=State.SEALING)
    unsealed._raw_delete(unsealed.db)
    if attempts.exists() or not waiting.exists():
        raise TooLateToTakeBack
    files = list(Attachment.objects.for_body(body).filter(publication=record.pk).values_list("number", flat=True))
    Relation.objects.for_body(body).filter(later=record.pk).delete()
    for model in (Author, Image, Attachment):
        model.objects.for_body(body).filter(publication=record.pk).delete()
    try:
        taken, _models = waiting.delete()
    except ProtectedError as error:  # a worker has begun again
        raise TooLateToTakeBack from error
    if not taken:  # somebody else was faster
        raise TooLateToTakeBack
    for topic in (approval.TOPIC, relating.TOPIC):
        outbox.cancel(record, topic)
    audit.note(record, "publication.taken_back", {}, by=by, at=at)
    transaction.on_commit(lambda: _remove_files(record, files))


def _remove_files(record: Record, numbers: list[int]) -> None:
    """Unless it is approved anew already: then they are those of the new approval."""
    if not Publication.objects.for_body(record.body).filter(pk=record.pk).exists():
        for number in numbers:
            store.remove(store.attachment_file(record, number))
