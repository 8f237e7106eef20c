"""The public files of a record: document, proof bundle, and a copy in large print. Only of the valid attempt of the moment."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from allmende.core.models import Record
from allmende.publication import store
from allmende.publication.models import Attachment, Attempt, State

LARGE_PRINT: Final = "grossdruck.pdf"  # made when first asked for: copies.py


def lock_of(record: Record) -> str:
    return f"record-{record.pk}"


def put(attempt: Attempt, bundle: bytes, *, expected: State) -> bool:
    """Write document and bundle, if the attempt is still in the state `expected`. False: a late worker, nothing written."""
    record = attempt.publication.record
    with store.alone(attempt.body, lock_of(record)):
        if not Attempt.objects.for_body(attempt.body).filter(pk=attempt.pk, state=expected).exists():
            return False
        store.write(store.file_of(record, "pdf"), bytes(attempt.document or b""), body=attempt.body)
        store.write(store.file_of(record, "zip"), bundle, body=attempt.body)
        return True


def put_bundle(attempt: Attempt, bundle: bytes) -> None:
    """Replace the bundle by its next edition. The caller holds the lock and has looked that it is the next."""
    store.write(store.file_of(attempt.publication.record, "zip"), bundle, body=attempt.body)


def remove(record: Record) -> None:
    """Take all away. The caller holds the lock."""
    for suffix in ("zip", "pdf", LARGE_PRINT):
        store.remove(store.file_of(record, suffix))


def unwanted(record: Record) -> list[Path]:
    """Files that may not lie there (any more): of what was taken down or erased, and a bundle that still holds it. 2 queries."""
    found: list[Path] = []
    counts = Attempt.objects.for_body(record.body).filter(publication=record.pk, state__lt=State.VOID)
    for state, due in counts.values_list("state", "bundle_due_at"):
        if state == State.REMOVED:
            found += [store.file_of(record, suffix) for suffix in ("zip", "pdf", LARGE_PRINT)]
        elif due:
            found.append(store.file_of(record, "zip"))
    gone = Attachment.objects.for_body(record.body).filter(publication=record.pk, erased_at__isnull=False)
    return found + [store.attachment_file(record, number) for number in gone.values_list("number", flat=True)]


def clear(record: Record) -> None:
    """Take away what is unwanted. Idempotent; never inside a transaction."""
    with store.alone(record.body, lock_of(record)):
        for path in unwanted(record):
            store.remove(path)
        with suppress(OSError):  # not empty, or there are none
            store.attachment_dir(record).rmdir()
