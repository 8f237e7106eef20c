"""Everything a certificate states, read from rows. Nothing is looked at that is not stored."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allmende.core import addresses
from allmende.core.models import Body, Record
from allmende.evidence.certificates import kinds
from allmende.evidence.errors import NotCertifiable
from allmende.evidence.outages.selectors import Watched, between
from allmende.lib.official import Fact
from allmende.publication import selectors
from allmende.publication.models import Attachment, Attempt, Checkpoint, Log, LogEntry, Publication, Removal, State
from allmende.publication.selectors import Seen

PROVIDED = (State.PROVIDED, State.PUBLIC, State.REMOVED)


@dataclass(frozen=True)
class Facts:
    """`entry`: leaf hash of its line in the log, hex. `until`: when it was taken down; None while it is public.

    `first_seen`: the first cosignature of another installation over it.
    `checkpoint`: the newest when this was read. `as_of`: the moment for which all of it holds.
    """

    record: Record
    publication: Publication
    attempt: Attempt
    kind: str
    number: str
    entry: str
    page_sha256: str
    document_sha256: str
    attachments: Sequence[Attachment]
    address: str
    check_address: str
    provided_at: datetime
    until: datetime | None
    removals: Sequence[Removal]
    first_seen: Seen | None
    effects: tuple[Fact, ...]
    watched: Watched
    log: Log
    checkpoint: Checkpoint
    as_of: datetime

    @property
    def line(self) -> int:
        """Its place in the log as people count, from 1."""
        return (self.attempt.leaf_index or 0) + 1

    @property
    def body(self) -> Body:
        return self.record.body


def gather(record: Record, *, at: datetime) -> Facts:
    """What is known of `record` at `at`. 11 queries and those of its module.

    Raises:
        NotCertifiable: its kind has no certificate, it was not provided yet, or its content has been erased.
    """
    kind, body = kinds.of(record), record.body
    attempt = (
        Attempt.objects.for_body(body)
        .filter(publication=record.pk, state__in=PROVIDED, provided_at__lte=at, erased_at=None)
        .select_related("publication__approved_by", "publication__deputy_for", "publication__acting_body")
        .first()
    )
    if kind is None or attempt is None or attempt.provided_at is None or attempt.leaf_index is None:
        raise NotCertifiable
    log, newest, _witnesses = selectors.log_facts(body)
    if newest is None:
        raise NotCertifiable
    removals = list(Removal.objects.for_body(body).filter(attempt=attempt, at__lte=at).order_by("at", "pk"))
    gone = [one.at for one in removals if one.event == Removal.Event.REMOVED and attempt.state == State.REMOVED]
    seen = sorted(selectors.witnesses_of(body, attempt.leaf_index), key=lambda one: one.at)
    name, number = kind.about(record)
    until = gone[-1] if gone else None
    return Facts(
        record=record,
        publication=attempt.publication,
        attempt=attempt,
        kind=name,
        number=number,
        entry=bytes(LogEntry.objects.for_body(body).values_list("leaf_hash", flat=True).get(index=attempt.leaf_index)).hex(),
        page_sha256=hashlib.sha256(bytes(attempt.page or b"")).hexdigest(),
        document_sha256=hashlib.sha256(bytes(attempt.document or b"")).hexdigest(),
        attachments=list(Attachment.objects.for_body(body).filter(publication=record.pk).order_by("number")),
        address=addresses.of_record(record),
        check_address=f"{addresses.root(body)}/pruefung/",
        provided_at=attempt.provided_at,
        until=until,
        removals=removals,
        first_seen=seen[0] if seen else None,
        effects=kind.effects(record),
        watched=between(attempt.provided_at, until or at),
        log=log,
        checkpoint=newest,
        as_of=at,
    )
