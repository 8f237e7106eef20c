"""What a body needs before it can publish: a log with its keys, and a seal. Each is set up once."""

from datetime import datetime

from django.db import IntegrityError, transaction

from allmende.core import audit
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib import tlog
from allmende.publication import installation, keys
from allmende.publication.errors import LogExists, OriginNotUsable, OriginTaken
from allmende.publication.models import Log


def set_up_log(body: Body, *, origin: str, at: datetime, by: Person | None) -> Log:
    """Give the body its log: a name for ever, a log key and a witness key.

    `by` None is the operator at the command line. Killed half-way it can be called again with the same origin.

    Raises:
        NotAllowed: `by` does not manage the body.
        OriginNotUsable: not a C2SP origin.
        OriginTaken: another log of this installation has the name.
        LogExists: the body has a log.
        KeyMissing: there are keys of another origin in the key folder.
    """
    if by is not None:
        require(by, body, Act.MANAGE, at=at)
    _check(origin)
    if Log.objects.for_body(body).exists():
        raise LogExists
    if installation.is_origin_taken(origin):
        raise OriginTaken
    signer, cosigner = keys.make_log_key(body, origin), keys.make_witness_key(body, origin)
    try:
        with transaction.atomic():
            log = Log.objects.create(body=body, origin=origin, vkey=str(signer.key), witness_vkey=str(cosigner.key), created_at=at)
            audit.note(body, "publication.log_set_up", {"origin": origin, "vkey": log.vkey}, by=by, at=at)
    except IntegrityError as error:
        raise (LogExists if Log.objects.for_body(body).exists() else OriginTaken) from error
    return log


def _check(origin: str) -> None:
    """A schema-less address without a slash at the end. Raises OriginNotUsable."""
    if not origin.isascii() or len(origin) > 200 or "://" in origin or origin.endswith("/") or "." not in origin.split("/")[0]:
        raise OriginNotUsable
    try:
        tlog.VerifierKey(origin, tlog.LOG, bytes(32))
    except tlog.TlogError as error:
        raise OriginNotUsable from error
