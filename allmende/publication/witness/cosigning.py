"""The witness: cosign the head of a log that is known, if it continues what was cosigned before.

What was cosigned is stored before the answer leaves, by an UPDATE that names the head the decision was made on. Of two
requests at once one finds no row and is told the new size: a head never goes back, and there is never a second one of a size.
"""

from datetime import datetime

from allmende.core.models import Body
from allmende.lib import tlog
from allmende.publication import keys
from allmende.publication.models import WitnessedLog


def add_checkpoint(body: Body, data: bytes, *, at: datetime) -> tlog.Answer:
    """Answer a request of C2SP tlog-witness to the witness of `body`. 4 queries.

    Raises:
        NoLog: the body has no keys, so there is no witness here.
        KeyMissing: the key cannot be read.
    """
    log = keys.log_of(body)
    try:
        request = tlog.read_request(data)
    except tlog.TlogError as error:
        return tlog.bad_request(error)
    known = WitnessedLog.objects.for_body(body).filter(origin=request.claimed.origin, is_active=True).first()
    last = tlog.Head(known.size, bytes(known.root)) if known else tlog.Head()
    answer = tlog.decide(
        request,
        trusted=[tlog.parse_vkey(known.vkey)] if known else [],
        last=last,
        cosigners=[keys.witness_key(log)],
        time=int(at.timestamp()),
    )
    if known is None or answer.head is None:
        return answer
    still = WitnessedLog.objects.for_body(body).filter(pk=known.pk, size=last.size, root=last.root, is_active=True)
    if still.update(size=answer.head.size, root=answer.head.root, checkpoint=answer.checkpoint, cosigned_at=at):
        return answer
    return tlog.conflict(WitnessedLog.objects.for_body(body).values_list("size", flat=True).get(pk=known.pk))


def last_cosigned(body: Body, path: str) -> bytes | None:
    """The last head, with our cosignature, of the log whose monitoring path is `path`. 2 queries.

    Shown also for a log that is no longer cosigned: what was seen stays seen.
    """
    origins = WitnessedLog.objects.for_body(body).values_list("pk", "origin")
    wanted = [pk for pk, origin in origins if tlog.monitoring_path(origin) == path]
    found = WitnessedLog.objects.for_body(body).filter(pk__in=wanted).values_list("checkpoint", flat=True).first()
    return bytes(found) if found is not None else None
