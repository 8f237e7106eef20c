"""The chore that gives each log its next archive time stamp. Killed anywhere, it asks for another token; only one is ever stored."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from allmende.core import audit
from allmende.core.housekeeping import DAY, Chore
from allmende.core.models import Body
from allmende.evidence.models import ArchiveStamp
from allmende.lib import seal as lib
from allmende.lib.proof import algorithms
from allmende.publication import clock as clocks
from allmende.publication import encoded, installation, log, revocation, seals
from allmende.publication.errors import NoSeal
from allmende.publication.models import SealKey
from allmende.publication.seals import authority_of

YEARLY: Final = timedelta(days=365)
BEFORE: Final = timedelta(days=60)  # the end of the one before: time enough to notice that it does not work
AGAIN: Final = timedelta(days=7)  # how soon an authority is asked again that still has the certificate which ends


def is_due(last: ArchiveStamp | None, at: datetime) -> bool:
    """Whether the next one is to be made: a year has passed, or what the last one rests on ends soon."""
    if last is None or last.stamped_at + YEARLY <= at or (last.ends_at - BEFORE <= at and last.stamped_at + AGAIN <= at):
        return True
    unfit = algorithms.unfit_from(algorithms.of_path(encoded.from_pem(last.certificates)))
    # One that was made with it already can be followed by a better one only when the authority has another algorithm.
    return unfit is not None and unfit - BEFORE <= at and last.stamped_at < unfit - BEFORE


def due(at: datetime) -> Iterator[Body]:
    """Bodies whose log is to be stamped: it has a checkpoint over an entry, and the body a seal with an authority."""
    with_seal = {key.body_id for key in installation.seals()}
    for found in installation.logs():
        if found.body_id not in with_seal or not found.size or not (newest := log.last_checkpoint(found.body)) or not newest.size:
            continue
        if is_due(ArchiveStamp.objects.for_body(found.body).first(), at):
            yield found.body


def stamp(body: Body, at: datetime) -> ArchiveStamp | None:
    """Have the newest checkpoint stamped; None if another worker was faster. Slow: never inside a transaction.

    Raises:
        NoSeal: the body has no seal, so no authority either.
        lib.seal.SealError: the authority is silent, or its clock and ours differ.
    """
    checkpoint, key, clock = log.last_checkpoint(body), seals.in_use(body), clocks.for_row(at)
    assert checkpoint is not None
    number = (ArchiveStamp.objects.for_body(body).values_list("number", flat=True).first() or 0) + 1
    made = lib.stamp_data(
        bytes(checkpoint.note),
        authority_of(key, clock),
        certificates=encoded.from_pem(key.authority_certificates),
        policy=key.authority_policy or None,
        clock=clock,
    )
    said = lib.revocation_for(made.certificates, _known(key, clock()), at=made.stamped_at)
    try:
        with transaction.atomic():
            row = ArchiveStamp.objects.create(
                body=body,
                number=number,
                checkpoint=checkpoint,
                token=made.token,
                certificates=encoded.to_pem(made.certificates),
                revocation=encoded.to_json(said),
                authority=made.authority,
                stamped_at=made.stamped_at,
                ends_at=algorithms.first_end(made.certificates),
            )
            audit.note(body, "log.archive_stamped", {"number": number, "size": checkpoint.size}, by=None, at=clock())
    except IntegrityError:
        return None
    return row


def _known(key: SealKey, at: datetime) -> tuple[bytes, ...]:
    """What is kept about the certificates of seal and authority. A seal that cannot be used seals nothing, but the log is stamped."""
    with suppress(lib.SealError):
        return tuple(revocation.current(key, at=at))
    return ()


def _stamp_all(bodies: Sequence[Body], at: datetime) -> None:
    """Each body by itself: an authority that is silent holds up no other."""
    failed: Exception | None = None
    for body in bodies:
        try:
            stamp(body, at)
        except (lib.SealError, NoSeal) as error:
            failed = error
    if failed is not None:
        raise failed


STAMPS = Chore(_("fällige Archivzeitstempel der Protokolle"), due, _stamp_all, every=DAY / 24)
