"""Any state after SEALED → VOID: page closed, files away, a leaf that says so, the clerk told. The next attempt follows by itself."""

from django.db import transaction

from allmende.core import audit
from allmende.core.models import Record, Visibility
from allmende.publication import files, kinds, log, store
from allmende.publication.clock import Clock
from allmende.publication.models import Attempt, Publication, State


def void(attempt: Attempt, reason: Attempt.Reason, clock: Clock) -> None:
    """Declare the attempt void. Killed anywhere, it is done once more with the same result; a public one stays as it is."""
    record = attempt.publication.record
    with store.alone(attempt.body, files.lock_of(record)):
        mine = Attempt.objects.for_body(attempt.body).filter(pk=attempt.pk)
        open_ = mine.filter(state__in=(State.APPENDED, State.CHECKPOINTED, State.PROVIDED))
        if attempt.leaf_index is None or not open_.exists():
            return
        _close(attempt)  # first: no page may answer whose files are gone
        files.remove(record)
        index = log.append(attempt.body, log.void_leaf(attempt.leaf_index, reason.value), at=clock())
        with transaction.atomic():
            at = clock()
            if not open_.update(state=State.VOID, void_reason=reason, void_index=index, voided_at=at):
                return
            values: dict[str, object] = {"attempt": attempt.number, "reason": reason.value, "leaf_index": attempt.leaf_index}
            audit.note(record, "publication.void", values, by=None, at=at)
            kinds.of(record).on_void(record, reason.value, at)
    log.integrate(attempt.body, at=clock())


@transaction.atomic
def _close(attempt: Attempt) -> None:
    """From this commit on the page does not answer. Idempotent."""
    Record.objects.for_body(attempt.body).filter(pk=attempt.publication_id).update(visibility=Visibility.INTERNAL)
    Publication.objects.for_body(attempt.body).filter(pk=attempt.publication_id).update(state=Publication.State.APPROVED)
