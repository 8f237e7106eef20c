"""Everything that was provided, from rows and kept files, for whoever takes it over before it is erased."""

from dataclasses import dataclass
from pathlib import Path

from allmende.core.models import Record
from allmende.publication import bundle, store
from allmende.publication.errors import NotPublic
from allmende.publication.models import VALID, Attachment, Attempt, State


@dataclass(frozen=True)
class File:
    name: str
    path: Path


@dataclass(frozen=True)
class Parts:
    """`bundle`: the proof as it can be made now; what was taken down is withheld in it and stands among `attachments`."""

    document: bytes
    bundle: bytes
    attachments: tuple[File, ...]


def parts_of(record: Record) -> Parts:
    """Of what is public or was taken down, and not erased. 4 queries.

    Raises:
        NotPublic
        AttachmentDamaged, LogDamaged: see bundle.build.
    """
    body = record.body
    mine = Attempt.objects.for_body(body).filter(publication=record.pk, state__in=(*VALID, State.REMOVED), erased_at=None)
    attempt = mine.select_related("body", "publication__record__body", "bundle_checkpoint").first()
    if attempt is None or attempt.bundle_checkpoint is None:
        raise NotPublic
    checkpoint, _seen = bundle.best_checkpoint(body, attempt.leaf_index or 0) or (attempt.bundle_checkpoint, 0)
    kept = Attachment.objects.for_body(body).filter(publication=record.pk, erased_at=None).order_by("number")
    files = tuple(File(f"{one.number}-{one.file_name}", store.attachment_file(record, one.number)) for one in kept)
    return Parts(bytes(attempt.document or b""), bundle.build(attempt, checkpoint), tuple(file for file in files if file.path.exists()))
