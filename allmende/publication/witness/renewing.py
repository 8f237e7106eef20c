"""Bundles gain the cosignatures that came after them: the next edition of each, a few at a time between other work."""

from datetime import datetime
from typing import Final

from allmende.core.models import OutboxRow, Record
from allmende.core.outbox import Later
from allmende.publication import bundle
from allmende.publication import clock as clocks
from allmende.publication.models import Attempt, Cosignature, State

AT_ONCE: Final = 20  # a witness that is new may have cosigned for thousands of notices; publishing comes first


def renew_bundles(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: renew every bundle under the checkpoint that the row names, if it now has more witnesses than the bundle shows."""
    clock = clocks.for_row(at)
    size = int(row.key.rsplit(":", 2)[1])
    seen = Cosignature.objects.for_body(row.body).filter(checkpoint__size=size).count()
    gains = Attempt.objects.for_body(row.body).filter(state=State.PUBLIC, leaf_index__lt=size, bundle_witnesses__lt=seen)
    records = list(gains.order_by("-leaf_index").values_list("publication", flat=True)[:AT_ONCE])
    renewed = 0
    for record in Record.objects.for_body(row.body).filter(pk__in=records).select_related("body"):
        renewed += bundle.renew_bundle(record, clock()) is not None
    if renewed and gains.exists():
        raise Later(clock())
