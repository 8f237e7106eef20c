"""Write side: asking for a certificate, and erasing what certificates say."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from allmende.core import audit, outbox
from allmende.core.models import Person, Record
from allmende.core.permissions import Act, require
from allmende.evidence.certificates.facts import gather
from allmende.evidence.models import Certificate

TOPIC = "evidence.certificate"


def ask(record: Record, *, by: Person, at: datetime) -> Certificate:
    """Have a certificate made, as of the moment at which the worker makes it. One that is being made already is the one.

    Raises:
        NotAllowed: `by` does not write in the body of the record.
        NotCertifiable: there is nothing to be certified.
    """
    require(by, record.body, Act.WRITE, at=at)
    gather(record, at=at)
    mine = Certificate.objects.for_body(record.body).filter(publication=record.pk)
    try:
        with transaction.atomic():  # the constraints decide who is first
            number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
            certificate = Certificate.objects.create(
                body=record.body, publication_id=record.pk, number=number, requested_by=by, requested_at=at
            )
            audit.note(record, "certificate.asked", {"number": number}, by=by, at=at)
            outbox.put(record.body, TOPIC, subject=str(certificate.pk), at=at)
    except IntegrityError:
        return mine.get(made_at=None, erased_at=None)
    return certificate


def erase(record: Record, *, at: datetime) -> None:
    """Take away what certificates of `record` say, in the transaction that erases it. That there were some stays. Idempotent."""
    mine = Certificate.objects.for_body(record.body).filter(publication=record.pk, erased_at=None)
    mine.update(document=None, erased_at=at)
