"""Read side: the certificates of a record, and whose certificate a file is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from allmende.core.models import Record
from allmende.evidence.certificates.facts import PROVIDED
from allmende.evidence.models import Certificate
from allmende.publication.models import Attempt
from allmende.publication.selectors import in_words


@dataclass(frozen=True)
class Listed:
    """One certificate as the office sees it. `waits`: what holds it up and what to do; empty if nothing does."""

    number: int
    requested_by: str
    requested_at: datetime
    made_at: datetime | None
    erased_at: datetime | None
    waits: str | Promise


def of_record(record: Record) -> list[Listed]:
    """The certificates of a record, newest first. 1 query; never the documents."""
    rows = Certificate.objects.for_body(record.body).filter(publication=record.pk).select_related("requested_by").order_by("-number")
    return [
        Listed(
            one.number,
            one.requested_by.name,
            one.requested_at,
            one.made_at,
            one.erased_at,
            in_words(one.waiting_code) if one.waiting_code else "",
        )
        for one in rows.defer("document")
    ]


def is_certifiable(record: Record, *, at: datetime) -> bool:
    """Whether there is something to be certified. 1 query."""
    provided = Attempt.objects.for_body(record.body).filter(publication=record.pk, state__in=PROVIDED, provided_at__lte=at, erased_at=None)
    return provided.exists()


def document_of(record: Record, number: int) -> bytes | None:
    """The sealed document; None if there is none, not yet or not any more. 1 query."""
    mine = Certificate.objects.for_body(record.body).filter(publication=record.pk, number=number, document__isnull=False)
    found = mine.values_list("document", flat=True).first()
    return None if found is None else bytes(found)


def issued(sha256: str) -> Certificate | None:
    """The certificate, of any body, whose document has this SHA-256 (hex); None if there is none, or its content has been erased.

    Says nothing of the content: who asks holds the document. 1 query.
    """
    rows = Certificate._unscoped.filter(seal_use__document_hash=bytes.fromhex(sha256), erased_at=None)
    return rows.select_related("publication__record__body").defer("document", "publication__payload").first()
