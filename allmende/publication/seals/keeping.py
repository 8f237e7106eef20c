"""What the seal holder does: set up, unlock, lock, renew, stop, change the time stamp service. The key itself stays a file."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from allmende.core import audit
from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body, OutboxRow, Person
from allmende.core.permissions import Act, require
from allmende.lib import seal as lib
from allmende.publication import clock as clocks
from allmende.publication import encoded, secret, store
from allmende.publication.errors import AuthorityNotUsable, NoSeal, SealChangedMeanwhile, SealExists, SealFileKnown, SealNotUsable
from allmende.publication.models import Publication, SealKey
from allmende.publication.seals.authority import BUILTIN, authority_at, usable_certificates
from allmende.publication.services import TOPIC

State = SealKey.State
DEMO_FILE = "seal-demo-"  # how the files begin whose password the installation knows


def in_use(body: Body) -> SealKey:
    """The seal of the body, locked or not. Raises NoSeal."""
    key = SealKey.objects.for_body(body).select_related("body").exclude(state=State.STOPPED).first()
    if key is None:
        raise NoSeal
    return key


def is_set_up(body: Body) -> bool:
    """Whether there is one in use. 1 query."""
    return SealKey.objects.for_body(body).exclude(state=State.STOPPED).exists()


def in_words(error: lib.SealError) -> SealNotUsable:
    return SealNotUsable(error.code, error.text(get_language() or "de"))


def set_up_seal(
    body: Body,
    *,
    pkcs12: bytes,
    password: str,
    authority_url: str,
    authority_certificates: str,
    authority_policy: str = "",
    revocation: Sequence[bytes] = (),
    unlocked_until: datetime | None = None,
    at: datetime,
    by: Person | None,
) -> SealKey:
    """Give the body its seal from a PKCS#12 file. Stays locked unless `unlocked_until` is given.

    `authority_certificates`: PEM, what the time stamps of `authority_url` must lead to. `by` None is the operator.

    Raises:
        NotAllowed: `by` does not keep the seal of the body.
        SealExists: there is one in use; renew it.
        SealFileKnown: this file is or was a seal of the body before.
        SealNotUsable: wrong password, no seal certificate, expired …; the code says which.
        AuthorityNotUsable: no https address, or no certificates.
    """
    if by is not None:
        require(by, body, Act.SEAL, at=at)
    if is_set_up(body):
        raise SealExists
    return set_up(
        body,
        pkcs12=pkcs12,
        password=password,
        authority_url=authority_url,
        authority_certificates=authority_certificates,
        authority_policy=authority_policy,
        revocation=revocation,
        unlocked_until=unlocked_until,
        at=at,
        by=by,
    )


def set_up(body: Body, *, at: datetime, by: Person | None, **given: Any) -> SealKey:
    """What `set_up_seal` does once it is clear that `by` may. `given` as for `_prepared`."""
    values = _prepared(body, at, **given)
    try:
        with transaction.atomic():
            key = SealKey.objects.create(body=body, created_at=at, **values)
            audit.note(body, "seal.set_up", _told(key), by=by, at=at)
            go_on(body, at)
    except IntegrityError as error:
        raise (SealFileKnown if _is_known(body, values["file"]) else SealExists) from error
    return key


def renew_seal(
    body: Body,
    *,
    pkcs12: bytes,
    password: str,
    authority_url: str | None = None,
    authority_certificates: str | None = None,
    authority_policy: str | None = None,
    revocation: Sequence[bytes] = (),
    unlocked_until: datetime | None = None,
    at: datetime,
    by: Person,
) -> SealKey:
    """Put a new seal in the place of the one in use, which stops in the same moment. What is left out stays as it was.

    Raises:
        NotAllowed, NoSeal, SealFileKnown, SealNotUsable, AuthorityNotUsable: as set_up_seal.
        SealChangedMeanwhile: somebody else renewed or stopped it in this moment.
    """
    require(by, body, Act.SEAL, at=at)

    def values(old: SealKey) -> dict[str, Any]:
        return {
            "pkcs12": pkcs12,
            "password": password,
            "authority_url": old.authority_url if authority_url is None else authority_url,
            "authority_certificates": old.authority_certificates if authority_certificates is None else authority_certificates,
            "authority_policy": old.authority_policy if authority_policy is None else authority_policy,
            "revocation": revocation,
            "unlocked_until": unlocked_until,
        }

    return renew(body, values, at=at, by=by)


def renew(body: Body, given: Callable[[SealKey], dict[str, Any]], *, at: datetime, by: Person | None) -> SealKey:
    """What `renew_seal` does once it is clear that `by` may. `given` gets the old seal and answers as for `_prepared`."""
    old = in_use(body)
    values = _prepared(body, at, **given(old))
    try:
        with transaction.atomic():
            if not _stop(old, at):
                raise SealChangedMeanwhile
            key = SealKey.objects.create(body=body, created_at=at, **values)
            audit.note(body, "seal.renewed", {**_told(key), "replaces": old.label}, by=by, at=at)
            go_on(body, at)
    except IntegrityError as error:
        raise (SealFileKnown if _is_known(body, values["file"]) else SealChangedMeanwhile) from error
    return key


def unlock(body: Body, *, password: str, until: datetime, at: datetime, by: Person) -> None:
    """Let the worker seal until `until`. What waits for the seal goes on at once.

    Raises:
        NotAllowed, NoSeal.
        SealNotUsable: wrong password, expired …
    """
    require(by, body, Act.SEAL, at=at)
    key = in_use(body)
    data = store.read(store.key_dir(body) / key.file)
    _load(data or b"", password, at, own=key.file.startswith(DEMO_FILE))
    with transaction.atomic():
        rows = SealKey.objects.for_body(body).filter(pk=key.pk).exclude(state=State.STOPPED)
        if not rows.update(state=State.ACTIVE, secret=secret.seal(password), unlocked_until=until):
            raise NoSeal
        audit.note(body, "seal.unlocked", {"label": key.label, "until": until.isoformat()}, by=by, at=at)
        go_on(body, at)


def lock(body: Body, *, at: datetime, by: Person) -> None:
    """Let nobody seal until it is unlocked again. Raises NotAllowed, NoSeal."""
    require(by, body, Act.SEAL, at=at)
    key = in_use(body)
    with transaction.atomic():
        if (
            SealKey.objects.for_body(body)
            .filter(pk=key.pk, state=State.ACTIVE)
            .update(state=State.LOCKED, secret=None, unlocked_until=None)
        ):
            audit.note(body, "seal.locked", {"label": key.label}, by=by, at=at)


def stop(body: Body, *, at: datetime, by: Person) -> None:
    """Take the seal out of use for good, e.g. after a loss. Raises NotAllowed, NoSeal."""
    require(by, body, Act.SEAL, at=at)
    key = in_use(body)
    with transaction.atomic():
        if _stop(key, at):
            audit.note(body, "seal.stopped", {"label": key.label}, by=by, at=at)


def set_authority(
    body: Body, *, authority_url: str, authority_certificates: str, authority_policy: str = "", at: datetime, by: Person
) -> SealKey:
    """Let another service stamp what the seal of the body seals from now on. It has to stamp something first. Takes seconds.

    `authority_certificates`: PEM, what the time stamps of `authority_url` must lead to; `authority_policy`: OID, or empty for any.

    Raises:
        NotAllowed, NoSeal.
        AuthorityNotUsable: no https address, or no certificates.
        SealNotUsable: it gave no time stamp that holds, or another time than the clock here; the code says which.
        ChangedMeanwhile: somebody else changed seal or service meanwhile.
    """
    require(by, body, Act.SEAL, at=at)
    key = in_use(body)
    known = usable_certificates(authority_url, authority_certificates)
    if authority_url == BUILTIN:
        raise AuthorityNotUsable
    try:
        stamp = lib.try_authority(authority_at(authority_url), certificates=known, policy=authority_policy or None, clock=clocks.from_(at))
    except lib.SealError as error:
        raise in_words(error) from error
    before = {name: getattr(key, name) for name in ("authority_url", "authority_certificates", "authority_policy")}
    values = {"authority_url": authority_url, "authority_certificates": encoded.to_pem(known), "authority_policy": authority_policy}
    with transaction.atomic():
        rows = SealKey.objects.for_body(body).filter(pk=key.pk, **before).exclude(state=SealKey.State.STOPPED)
        if not rows.update(**values):
            raise ChangedMeanwhile
        told: dict[str, object] = {"label": key.label, "authority": authority_url, "name": stamp.authority, "replaces": key.authority_url}
        audit.note(body, "seal.authority_changed", told, by=by, at=at)
        go_on(body, at)
    return in_use(body)


def _load(data: bytes, password: str, at: datetime, *, own: bool) -> lib.Pkcs12Seal:
    """A file of somebody else's may demand any amount of arithmetic: one is tried out under limits first."""
    try:
        return (lib.load_pkcs12 if own else lib.load_pkcs12_limited)(data, password, at=at)
    except lib.SealError as error:
        raise in_words(error) from error


def _prepared(
    body: Body,
    at: datetime,
    *,
    pkcs12: bytes,
    password: str,
    authority_url: str,
    authority_certificates: str,
    authority_policy: str = "",
    revocation: Sequence[bytes] = (),
    unlocked_until: datetime | None = None,
    own: bool = False,
) -> dict[str, Any]:
    """The key as a file, and the columns that describe it. `own`: made by the installation itself, for the demo."""
    name = f"{DEMO_FILE if own else 'seal-'}{hashlib.sha256(pkcs12).hexdigest()[:16]}.p12"
    if _is_known(body, name):
        raise SealFileKnown
    loaded = _load(pkcs12, password, at, own=own)
    known = usable_certificates(authority_url, authority_certificates)
    store.write(store.key_dir(body) / name, pkcs12, body=body, mode=0o600)
    facts = loaded.facts
    return {
        "file": name,
        "label": facts.name[:200],
        "level": facts.level.value,
        "certificates": encoded.to_pem(loaded.certificates),
        "revocation": encoded.to_json(list(revocation)),
        "valid_from": facts.valid_from,
        "valid_until": facts.valid_until,
        "state": State.ACTIVE if unlocked_until else State.LOCKED,
        "secret": secret.seal(password) if unlocked_until else None,
        "unlocked_until": unlocked_until,
        "authority_url": authority_url,
        "authority_certificates": encoded.to_pem(known),
        "authority_policy": authority_policy,
    }


def _is_known(body: Body, name: str) -> bool:
    return SealKey.objects.for_body(body).filter(file=name).exists()


def _stop(key: SealKey, at: datetime) -> bool:
    rows = SealKey.objects.for_body(key.body).filter(pk=key.pk).exclude(state=State.STOPPED)
    return rows.update(state=State.STOPPED, secret=None, unlocked_until=None, stopped_at=at) == 1


def _told(key: SealKey) -> dict[str, object]:
    return {"label": key.label, "level": key.level, "valid_until": key.valid_until.isoformat(), "authority": key.authority_url}


def go_on(body: Body, at: datetime) -> None:
    """Publications that wait for something need not wait any longer than now."""
    waiting = Publication.objects.for_body(body).exclude(waiting_code="").values("record")
    OutboxRow.objects.for_body(body).filter(topic=TOPIC, state=OutboxRow.State.WAITING, record__in=waiting, due_at__gt=at).update(due_at=at)
