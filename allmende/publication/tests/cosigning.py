"""A witness that cosigns the newest checkpoint of a log."""

from datetime import datetime

from allmende.core.models import Body
from allmende.lib import tlog
from allmende.publication import log
from allmende.publication.models import Cosignature


def cosign(body: Body, at: datetime, *, name: str = "nachbar.example/witness") -> Cosignature:
    """The same witness each time for the same name."""
    checkpoint = log.last_checkpoint(body)
    assert checkpoint is not None
    witness = tlog.Cosigner(name, tlog.leaf_hash(name.encode()))
    line = tlog.cosign_checkpoint(bytes(checkpoint.note), witness, time=int(at.timestamp())).line
    return Cosignature._unscoped.get_or_create(
        checkpoint=checkpoint, vkey=str(witness.key), defaults={"operator": name.split(".")[0], "line": line, "at": at}
    )[0]
