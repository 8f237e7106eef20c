"""SEALING → SEALED: page and document with the day of provision, salts and leaf, sealed and time-stamped."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from allmende.core.outbox import Later
from allmende.lib.commitment import ARTEFACT, commit
from allmende.lib.proof import leaf as leaves
from allmende.lib.proof.bundle import DOCUMENT, PAGE
from allmende.publication import attachments, encoded, kinds, sealing
from allmende.publication.clock import Clock, midnight_after
from allmende.publication.errors import SealLocked, SealTooLow
from allmende.publication.models import Attempt, Publication, SealUse, State
from allmende.publication.steps.move import day_of, move

# So near to midnight nothing is sealed: it would be void before it is public.
TOO_NEAR = timedelta(seconds=60)


def seal(attempt: Attempt, clock: Clock) -> None:
    """Render, seal, and keep all of it together with the note that the seal was used. A seal that was not stored never existed.

    Raises:
        Later: it is nearly midnight.
        NoSeal, SealLocked, AttachmentDamaged, lib.seal.SealError: nothing is changed; to be tried again. SealLocked also when somebody
            locked or stopped the seal while it was at work: what was sealed is then thrown away.
    """
    now = clock()
    midnight = midnight_after(now)
    if midnight - now < TOO_NEAR:
        raise Later(midnight + timedelta(seconds=1))
    if day_of(now) != attempt.day:
        # Nothing is sealed yet: this attempt simply gets today's date. Who still works with the old one changes nothing.
        Attempt.objects.for_body(attempt.body).filter(pk=attempt.pk, state=State.SEALING, day=attempt.day).update(day=day_of(now))
        return
    key = sealing.usable_key(attempt.body, at=now)
    record = attempt.publication.record
    if not kinds.of(record).accepts_seal(record, key.level, attempt.day):
        raise SealTooLow
    attached = attachments.confirmed(attempt.publication)
    made = sealing.make(attempt.publication, attempt.day, key, clock)
    page_salt, document_salt = secrets.token_bytes(32), secrets.token_bytes(32)
    salts = attachments.new_salts(attached)
    artefacts = {DOCUMENT: commit(ARTEFACT, document_salt, made.document), PAGE: commit(ARTEFACT, page_salt, made.page)}
    artefacts |= attachments.commitments(attached, salts)
    leaf = leaves.published(kind=record.kind, artefacts=artefacts)
    sealed_at = clock()
    with transaction.atomic():
        if not sealing.still_usable(key, at=sealed_at):
            raise SealLocked
        moved = move(
            attempt,
            page=made.page,
            fragment=made.fragment,
            document=made.document,
            page_salt=page_salt,
            document_salt=document_salt,
            leaf=leaf,
            token=made.token,
            stamped_at=made.stamped_at,
            sealed_at=sealed_at,
            seal_key=key,
            seal_level=made.level,
            seal_subject=made.subject,
            stamp_authority=made.authority,
            seal_certificates=encoded.to_pem(made.certificates),
            stamp_certificates=encoded.to_pem(made.stamp_certificates),
            revocation=encoded.to_json(made.revocation),
        )
        if moved:
            attachments.keep_salts(attempt, attached, salts)
            SealUse.objects.create(
                body=attempt.body, key=key, attempt=attempt, document_hash=hashlib.sha256(made.document).digest(), at=sealed_at
            )
            Publication.objects.for_body(attempt.body).filter(pk=attempt.publication_id).update(waiting_code="", waiting_since=None)
