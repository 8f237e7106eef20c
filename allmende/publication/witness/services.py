"""Whom to ask, and whose log to cosign. Each is entered by a person and noted in the audit trail. `by` None is the operator."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from allmende.core import audit
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib import tlog
from allmende.lib.outgoing import is_loopback
from allmende.publication import keys
from allmende.publication.models import Witness, WitnessedLog
from allmende.publication.witness import own, requests
from allmende.publication.witness.errors import (
    LogKeyNotUsable,
    LogKnown,
    OperatorTaken,
    OwnInstallation,
    SameOperator,
    WitnessAddressNotUsable,
    WitnessKeyNotUsable,
    WitnessKnown,
)


def add_witness(body: Body, *, url: str, vkey: str, operator: str, by: Person | None, at: datetime) -> Witness:
    """Ask this witness from now on, first about the head that there is.

    Raises:
        NotAllowed: `by` does not manage the body.
        NoLog: the body has no log.
        WitnessAddressNotUsable, WitnessKeyNotUsable: not an address, not a key of a witness.
        OperatorUnknown, SameOperator, OwnInstallation: it would not count.
        OperatorTaken, WitnessKnown: it is there already.
    """
    _require(by, body, at)
    keys.log_of(body)
    operator = " ".join(operator.split())
    address, key = _address(url), _key(vkey, tlog.COSIGNER)
    if key is None:
        raise WitnessKeyNotUsable
    if own.is_own_operator(operator):
        raise SameOperator
    if own.is_own_key(key) or own.is_own_address(address):
        raise OwnInstallation
    there = Witness.objects.for_body(body)
    if any(tlog.parse_vkey(row).public == key.public for row in there.values_list("vkey", flat=True)):
        raise WitnessKnown
    try:
        with transaction.atomic():
            witness = Witness.objects.create(body=body, url=address, vkey=str(key), operator=operator, created_at=at)
            requests.put_for(witness, at=at)
            audit.note(body, "witness.added", {"url": address, "vkey": str(key), "operator": operator}, by=by, at=at)
    except IntegrityError as error:
        raise OperatorTaken from error
    return witness


def set_asked(body: Body, witness_id: int, *, asked: bool, by: Person | None, at: datetime) -> None:
    """Stop asking a witness, or ask it again. What it has cosigned stays.

    Raises:
        NotAllowed.
        Witness.DoesNotExist: no such witness of this body.
        OperatorUnknown, SameOperator: it would not count (any more).
        OperatorTaken: another one of the same operator is asked now.
    """
    _require(by, body, at)
    witness = Witness.objects.for_body(body).select_related("body").get(pk=witness_id)
    if asked and own.is_own_operator(witness.operator):
        raise SameOperator
    try:
        with transaction.atomic():
            was = Witness.objects.for_body(body).filter(pk=witness_id, is_active=not asked)
            if not was.update(is_active=asked, silent_since=None, last_error=""):
                return
            if asked:
                requests.put_for(witness, at=at, again=True)
            act = "witness.asked_again" if asked else "witness.stopped"
            audit.note(body, act, {"url": witness.url, "operator": witness.operator}, by=by, at=at)
    except IntegrityError as error:
        raise OperatorTaken from error


def know_log(body: Body, *, vkey: str, operator: str, by: Person | None, at: datetime) -> WitnessedLog:
    """Cosign this log from now on. Its origin is the name of its key.

    Raises:
        NotAllowed; NoLog: the body has no keys of its own yet.
        LogKeyNotUsable: not a key of a log.
        OperatorUnknown, SameOperator, OwnInstallation: a signature would count for nothing.
        LogKnown: the origin is there already.
    """
    _require(by, body, at)
    keys.log_of(body)
    operator = " ".join(operator.split())
    key = _key(vkey, tlog.LOG)
    if key is None or len(key.name) > 200 or not operator:
        raise LogKeyNotUsable
    if own.is_own_operator(operator):
        raise SameOperator
    if own.is_own_key(key):
        raise OwnInstallation
    try:
        with transaction.atomic():
            known = WitnessedLog.objects.create(body=body, origin=key.name, vkey=str(key), operator=operator, created_at=at)
            audit.note(body, "witnessed_log.added", {"origin": key.name, "vkey": str(key), "operator": operator}, by=by, at=at)
    except IntegrityError as error:
        raise LogKnown from error
    return known


def set_known(body: Body, log_id: int, *, known: bool, by: Person | None, at: datetime) -> None:
    """Stop cosigning a log, or go on. Its last head is kept for ever, so that going on cannot lead to a fork.

    Raises:
        NotAllowed.
        WitnessedLog.DoesNotExist: no such log at this body.
    """
    _require(by, body, at)
    with transaction.atomic():
        row = WitnessedLog.objects.for_body(body).get(pk=log_id)
        if WitnessedLog.objects.for_body(body).filter(pk=log_id, is_active=not known).update(is_active=known):
            act = "witnessed_log.taken_up_again" if known else "witnessed_log.stopped"
            audit.note(body, act, {"origin": row.origin, "operator": row.operator}, by=by, at=at)


def _require(by: Person | None, body: Body, at: datetime) -> None:
    if by is not None:
        require(by, body, Act.MANAGE, at=at)


def _address(url: str) -> str:
    """Without slash at the end. Raises WitnessAddressNotUsable."""
    address = url.strip().rstrip("/").removesuffix("/add-checkpoint")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise WitnessAddressNotUsable from None
    loopback = settings.WITNESS_LOOPBACK and is_loopback(host)
    secure = parts.scheme == "https" or (parts.scheme == "http" and loopback)
    clean = address.isascii() and len(address) <= 300 and not any(c.isspace() or c in "?#@\\" for c in address)
    if not (secure and host and clean):
        raise WitnessAddressNotUsable
    return address


def _key(vkey: str, kind: int) -> tlog.VerifierKey | None:
    try:
        key = tlog.parse_vkey(vkey.strip())
    except tlog.TlogError:
        return None
    return key if key.kind == kind and len(str(key)) <= 400 else None
