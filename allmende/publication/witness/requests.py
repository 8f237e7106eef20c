"""Rows of the outbox that ask witnesses. Written in the transaction that makes something to ask about; done by the worker."""

from datetime import datetime

from allmende.core import outbox
from allmende.core.models import Body
from allmende.publication.models import Checkpoint, Witness

ASK = "ask_witness"
RENEW = "renew_bundles"


def put(body: Body, *, at: datetime) -> None:
    """Have every witness of the body asked about its newest checkpoint. Each has a queue of its own: a silent one holds up no other."""
    for witness in Witness.objects.for_body(body).filter(is_active=True).select_related("body"):
        put_for(witness, at=at)


def put_for(witness: Witness, *, at: datetime, again: bool = False) -> None:
    """The same for one witness. `again`: also if it was asked about this checkpoint before."""
    size = Checkpoint.objects.for_body(witness.body).order_by("-size").values_list("size", flat=True).first()
    if size is not None:
        once = f"{size}:{at.isoformat()}" if again else str(size)
        outbox.put(witness.body, ASK, at=at, subject=str(witness.pk), once=once)


def put_renewal(witness: Witness, size: int, *, at: datetime) -> None:
    """Have the bundles renewed that gain by what this witness has cosigned at `size`."""
    outbox.put(witness.body, RENEW, at=at, once=f"{size}:{witness.pk}")
