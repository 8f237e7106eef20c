"""Copies of a published document for paper, made from what was approved, when somebody asks (docs/adr/0016-paper-and-tasks.md)."""

from pathlib import Path

from django.conf import settings

from allmende.core.models import Record
from allmende.lib import official
from allmende.publication import files, selectors, store
from allmende.publication.models import VALID, Attempt
from allmende.publication.sealing import fonts_of, page_of


def copy_of(record: Record, copy: official.Copy) -> bytes | None:
    """The copy as PDF; None where nothing valid is published. A tenth of a second, more for long texts: never inside a transaction.

    3 queries.
    """
    published = Attempt.objects.for_body(record.body).filter(publication=record.pk, state__in=VALID)
    attempt = published.defer(*selectors.LARGE).select_related("publication__record__body").first()
    if attempt is None:
        return None
    page = page_of(attempt.publication, attempt.day)
    return official.document_pdf(page, fonts=fonts_of(Path(settings.FONT_DIR)), copy=copy)


def keep(record: Record, copy: official.Copy) -> None:
    """See to it that the copy in large print lies beside the document. Whatever takes the document away, takes it away too.

    1 query where it is there already.
    """
    path = store.file_of(record, files.LARGE_PRINT)
    if path.exists():
        return
    with store.alone(record.body, files.lock_of(record)):
        # Whoever removes the document holds the lock and has changed the state before.
        if not path.exists() and (pdf := copy_of(record, copy)) is not None:
            store.write(path, pdf, body=record.body)
