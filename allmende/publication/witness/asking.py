"""The log: ask a witness to cosign the newest checkpoint, check what it answers, keep it. Publishing never waits for this.

A witness that does not answer is asked again by the outbox, after ever longer pauses, but without end: it is somebody
else's machine, and nobody here can put it right. How long it has been silent is kept with it and shown.
"""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from allmende.core.models import Body, OutboxRow
from allmende.core.outbox import Later
from allmende.lib import tlog
from allmende.lib.outgoing import Reason, Refused, Reply, exchange, is_loopback
from allmende.lib.tlog.witness import SIZE_TYPE
from allmende.publication import clock as clocks
from allmende.publication import keys, log
from allmende.publication.clock import Clock
from allmende.publication.errors import LogDamaged
from allmende.publication.models import Checkpoint, Cosignature, Witness
from allmende.publication.witness import own, requests
from allmende.publication.witness.errors import (
    KeyRefusedThere,
    NotCosigned,
    OtherHistory,
    SameOperator,
    UnknownThere,
    WitnessAddressRefused,
    WitnessAnswerUnusable,
    WitnessClockOff,
    WitnessNotReached,
    WitnessUnwell,
    WrongSignature,
)

TIMEOUT: Final = 5.0  # seconds; all rounds together stay below the lease of the worker
LARGEST: Final = 16 * 1024  # bytes of an answer: some signature lines
ROUNDS: Final = 3  # how often a witness may name another size in one go
SLACK: Final = timedelta(minutes=5)  # by which the clock of a witness may differ
SHORTEST, LONGEST = timedelta(seconds=2), timedelta(hours=1)  # pauses before a silent witness is asked again

REFUSALS: Final[dict[int, type[NotCosigned]]] = {403: KeyRefusedThere, 404: UnknownThere, 422: OtherHistory}


class _Overtaken(Exception):
    """A newer checkpoint of ours came meanwhile, and the witness has seen it."""


def ask_witness(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: have the newest checkpoint cosigned by the witness that the row names."""
    witness = Witness.objects.for_body(row.body).filter(pk=int(row.subject), is_active=True).select_related("body").first()
    if witness is None:
        return
    clock = clocks.for_row(at)
    try:
        ask(witness, clock=clock)
    except NotCosigned as error:
        now = clock()
        pause = min(max(now - (witness.silent_since or now), SHORTEST), LONGEST)
        raise Later(now + pause) from error


def ask(witness: Witness, *, clock: Clock, timeout: float = TIMEOUT) -> bool:
    """Ask now, and keep what comes. False if it has cosigned the newest checkpoint already, or there is none.

    Raises:
        NotCosigned: the class says why; it is kept with the witness.
        SameOperator, OperatorUnknown: the witness does not count (any more), so it is not asked.
        LogDamaged.
    """
    if own.is_own_operator(witness.operator) or own.is_own_key(tlog.parse_vkey(witness.vkey)):
        raise SameOperator
    checkpoint = log.last_checkpoint(witness.body)
    if checkpoint is None:
        return False
    if Cosignature.objects.for_body(witness.body).filter(checkpoint=checkpoint, vkey=witness.vkey).exists():
        log.show(witness.body, checkpoint)  # whoever stored it may have been killed before this
        return False
    try:
        signature = _cosignature(witness, checkpoint, clock, timeout)
    except _Overtaken:
        return ask(witness, clock=clock, timeout=timeout)
    except NotCosigned as error:
        _note_silence(witness, error.code, clock())
        raise
    _keep(witness, checkpoint, signature, clock())
    log.show(witness.body, checkpoint)
    return True


def probe(witness: Witness, *, clock: Clock, timeout: float = TIMEOUT) -> None:
    """Ask a witness once, to see whether it will do. Before the first checkpoint it gets the signed head of the empty log.

    Raises: as `ask`.
    """
    if log.last_checkpoint(witness.body) is not None:
        ask(witness, clock=clock, timeout=timeout)
        return
    found = keys.log_of(witness.body)
    note = tlog.sign_checkpoint(tlog.Checkpoint(found.origin, 0, tlog.EMPTY_ROOT), keys.log_key(found))
    reply = _send(witness, tlog.AddCheckpoint(0, (), note), timeout)
    if reply.status != 200:
        raise REFUSALS.get(reply.status, OtherHistory if reply.status == 409 else WitnessAnswerUnusable)
    _read(witness, reply, note, clock)


def _cosignature(witness: Witness, checkpoint: Checkpoint, clock: Clock, timeout: float) -> tlog.Signature:
    old, note = min(witness.size, checkpoint.size), bytes(checkpoint.note)
    for _ in range(ROUNDS):
        reply = _send(witness, tlog.AddCheckpoint(old, _proof(witness.body, old, checkpoint.size), note), timeout)
        if reply.status == 200:
            return _read(witness, reply, note, clock)
        if reply.status != 409:
            raise REFUSALS.get(reply.status, WitnessUnwell if reply.status >= 500 else WitnessAnswerUnusable)
        size = _size(reply)
        if size > checkpoint.size:
            newest = log.last_checkpoint(witness.body)
            if newest is not None and size <= newest.size:
                raise _Overtaken
            raise OtherHistory
        old = size
    raise WitnessUnwell


def _proof(body: Body, old: int, new: int) -> tuple[bytes, ...]:
    try:
        return tuple(tlog.prove_consistency(log.reader(body), old, new))
    except tlog.TlogError as error:
        raise LogDamaged from error


def _send(witness: Witness, request: tlog.AddCheckpoint, timeout: float) -> Reply:
    try:
        return exchange(
            f"{witness.url}/add-checkpoint",
            body=request.format(),
            content_type="text/plain; charset=utf-8",
            timeout=timeout,
            largest=LARGEST,
            allow_private=settings.WITNESS_LOOPBACK and is_loopback(urlsplit(witness.url).hostname or ""),
        )
    except Refused as error:
        kinds = {Reason.ADDRESS: WitnessAddressRefused, Reason.OVERSIZED: WitnessAnswerUnusable}
        raise kinds.get(error.reason, WitnessNotReached) from error


def _size(reply: Reply) -> int:
    if reply.kind != SIZE_TYPE:
        raise WitnessAnswerUnusable
    try:
        return tlog.read_size(reply.body)
    except tlog.TlogError as error:
        raise WitnessAnswerUnusable from error


def _read(witness: Witness, reply: Reply, note: bytes, clock: Clock) -> tlog.Signature:
    """The cosignature by the key that was entered; lines of other keys are ignored, as the standard demands."""
    try:
        signatures = tlog.read_cosignatures(reply.body, note, [tlog.parse_vkey(witness.vkey)])
    except tlog.TlogError as error:
        raise WrongSignature if error.code in ("bad_signature", "no_known_signature") else WitnessAnswerUnusable from error
    latest = max(signatures, key=lambda signature: signature.time)
    if abs(latest.time - clock().timestamp()) > SLACK.total_seconds():
        raise WitnessClockOff
    return latest


def _keep(witness: Witness, checkpoint: Checkpoint, signature: tlog.Signature, now: datetime) -> None:
    body = witness.body
    signed_at = datetime.fromtimestamp(signature.time, tz=now.tzinfo)
    values = {"operator": witness.operator, "line": signature.line, "at": signed_at}
    with transaction.atomic():
        # Somebody who asked at the same moment may have been faster; either line is as good.
        Cosignature.objects.for_body(body).get_or_create(checkpoint=checkpoint, vkey=witness.vkey, defaults=values)
        mine = Witness.objects.for_body(body).filter(pk=witness.pk)
        mine.update(size=checkpoint.size, heard_at=now, silent_since=None, last_error="")
        requests.put_renewal(witness, checkpoint.size, at=now)


def _note_silence(witness: Witness, code: str, now: datetime) -> None:
    mine = Witness.objects.for_body(witness.body).filter(pk=witness.pk)
    if not mine.filter(silent_since=None).update(silent_since=now, last_error=code):
        mine.update(last_error=code)
    witness.silent_since = mine.values_list("silent_since", flat=True).get()
