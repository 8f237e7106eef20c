"""Whether a file that somebody has is, byte for byte, one that this installation has published: of any of its bodies.

What this answers is said by the installation and proves nothing to who does not believe it; the proof bundle does.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import get_language

from allmende.core import addresses
from allmende.core.models import Record
from allmende.publication import installation, keys, selectors, store
from allmende.publication.models import VALID, Attempt

MOST: Final = 20  # notices of one title that are looked at


@dataclass(frozen=True)
class Known:
    """The notice whose file it is. `vkey`: key of its log; `line`: its place there, counted from 1.

    `zip_size`: bytes of the proof; None if it is missing.
    """

    record: Record
    provided_at: datetime
    vkey: str
    line: int
    address: str
    pdf: str
    zip: str
    zip_size: int | None


def document(sha256: str, *, at: datetime) -> Known | None:
    """The notice whose sealed document has this SHA-256 (hex). 3 queries."""
    return _first_public(installation.sealed_as(bytes.fromhex(sha256)), at)


def page(title: str, sha256: str, *, at: datetime) -> Known | None:
    """The notice whose `page.html` has this SHA-256 (hex) and the title that stands in it, of the form 'title – issuer'."""
    same = [
        pk
        for pk, stored in installation.titled(title.rpartition(" – ")[0]).values_list("pk", "page")[:MOST]
        if stored is not None and hashlib.sha256(stored).hexdigest() == sha256
    ]
    return _first_public(installation.titled(title.rpartition(" – ")[0]).filter(pk__in=same), at) if same else None


def attachment(sha256: str, *, at: datetime) -> Known | None:
    """The notice that has an attachment with this SHA-256 (hex), as long as it is provided. 3 queries."""
    return _first_public(installation.attached_as(sha256), at)


def _first_public(found: QuerySet[Attempt], at: datetime) -> Known | None:
    public = found.filter(selectors.answers(at, "publication__record__"), state__in=VALID, provided_at__lte=at)
    attempt = public.select_related("publication__record__body").defer(*selectors.LARGE, "publication__payload").first()
    if attempt is None or attempt.provided_at is None or attempt.leaf_index is None:
        return None
    record, language = attempt.publication.record, get_language() or "de"
    file = store.file_of(record, "zip")
    return Known(
        record=record,
        provided_at=attempt.provided_at,
        vkey=keys.log_of(record.body).vkey,
        line=attempt.leaf_index + 1,
        address=addresses.of_record(record, language),
        pdf=selectors.file_address(record, "pdf", language),
        zip=selectors.file_address(record, "zip", language),
        zip_size=file.stat().st_size if file.exists() else None,
    )
