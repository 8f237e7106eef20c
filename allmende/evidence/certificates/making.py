"""The worker's part: gather, seal, store. Killed anywhere, it does it once more; a certificate that was not stored never existed."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from allmende.core import audit
from allmende.core.errors import DomainError
from allmende.core.models import OutboxRow
from allmende.core.outbox import Later
from allmende.evidence.certificates.facts import gather
from allmende.evidence.certificates.page import page, stated
from allmende.evidence.errors import NotCertifiable
from allmende.evidence.models import Certificate
from allmende.lib import official
from allmende.lib.seal import SealError
from allmende.publication import clock as clocks
from allmende.publication import sealing
from allmende.publication.clock import Clock
from allmende.publication.errors import SealLocked
from allmende.publication.models import SealUse
from allmende.publication.worker import RETRY


def make(row: OutboxRow, at: datetime) -> None:
    """Outbox handler. What a person has to put right (seal, authority) is kept with the certificate and tried again every minute."""
    mine = Certificate.objects.for_body(row.body).filter(pk=int(row.subject), made_at=None, erased_at=None)
    certificate = mine.select_related("publication__record__body").defer("publication__payload").first()
    if certificate is None:
        return  # made already, or erased meanwhile
    clock = clocks.for_row(at)
    try:
        _make(certificate, clock)
    except _Elsewhere:
        return
    except NotCertifiable as error:
        mine.exclude(waiting_code=error.code).update(waiting_code=error.code)  # erased meanwhile: nothing follows
    except (SealError, DomainError) as error:
        mine.exclude(waiting_code=error.code).update(waiting_code=error.code)
        raise Later(clock() + RETRY) from error


def _make(certificate: Certificate, clock: Clock) -> None:
    record, body = certificate.publication.record, certificate.publication.record.body
    now = clock()
    key = sealing.usable_key(body, at=now)
    facts = gather(record, at=now)
    document = official.document_pdf(page(facts, number=certificate.number), fonts=sealing.fonts_of(Path(settings.FONT_DIR)))
    sealed = sealing.seal_document(document, body, key, clock, reason=stated(facts, number=certificate.number).text)
    made_at = clock()
    with transaction.atomic():
        if not sealing.still_usable(key, at=made_at):
            raise SealLocked
        digest = hashlib.sha256(sealed.pdf)
        use = SealUse.objects.create(
            body=body, key=key, purpose=SealUse.Purpose.CERTIFICATE, attempt=None, document_hash=digest.digest(), at=made_at
        )
        values = {"document": sealed.pdf, "seal_use": use, "stamped_at": sealed.stamped_at, "made_at": made_at, "waiting_code": ""}
        mine = Certificate.objects.for_body(body).filter(pk=certificate.pk, made_at=None, erased_at=None)
        if not mine.update(**values):
            raise _Elsewhere
        audit.note(record, "certificate.made", {"number": certificate.number, "sha256": digest.hexdigest()}, by=None, at=made_at)


class _Elsewhere(Exception):
    """Another worker was faster, or it was erased meanwhile: its use of the seal was never stored."""
