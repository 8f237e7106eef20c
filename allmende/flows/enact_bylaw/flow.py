"""From the public notice of a by-law to its version in the local law."""

from datetime import datetime

from allmende.core.models import Link, OutboxRow
from allmende.core.thread import link
from allmende.law import services as law
from allmende.notices import promulgation
from allmende.publication.models import Relation


def enact(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: a version for the notice, the first of its by-law. Once for each notice, however often it runs.

    A notice that publishes an earlier one anew, or heals it, promulgates the next version of the same by-law; a correction of an
    obvious slip is linked to it, and enacts nothing.
    """
    told = promulgation.of(row.record_id, body=row.body) if row.record_id else None
    if told is None:  # erased meanwhile
        return
    relation = Relation.objects.for_body(row.body).filter(later=row.record_id).select_related("earlier__record").order_by("pk").first()
    earlier = law.promulgated_by(relation.earlier.record, body=row.body) if relation else None
    if relation is not None and relation.word == Relation.Word.CORRECTS:
        if earlier is not None:
            link(told.record, Link.Relation.PROMULGATES, earlier.record)
        return
    said = law.Promulgation(
        adopted_on=told.values["adopted_on"],
        signed_on=told.values["signed_on"],
        signed_by=told.values["signed_by"],
        approval_authority=told.values["approval_authority"],
        approval_on=told.values["approval_on"],
        retroactive=told.values["retroactive"],
        in_force_on=told.in_force_on,
    )
    law.promulgate(told.record, said, at=told.provided_at, of=earlier)


def withdraw(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: a notice of local law was taken down or erased. Its version stays; what nobody can read any more is not shown."""
    if row.record is not None:
        law.withdraw(row.record, erased=promulgation.is_erased(row.record.pk, body=row.body), at=at)
