"""Write side of the seal: set up, unlock, lock, renew, stop. Each is noted in the audit trail; the key itself stays a file."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from allmende.core import audit
from allmende.core.models import Body, OutboxRow, Person
from allmende.core.permissions import Act, require
from allmende.lib import seal as lib
from allmende.publication import encoded, secret, store
from allmende.publication.errors import AuthorityNotUsable, NoSeal, SealExists, SealNotUsable
from allmende.publication.models import Publication, SealKey
from allmende.publication.services import TOPIC

State = SealKey.State
BUILTIN = "builtin:demo"
AUTHORITY_FILE = "demo-authority.p12"


def in_use(body: Body) -> SealKey:
    """The seal of the body, locked or not. Raises NoSeal."""
    key = SealKey.objects.for_body(body).select_related("body").exclude(state=State.STOPPED).first()
    if key is None:
        raise NoSeal
    return key


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
        SealNotUsable: wrong password, no seal certificate, expired …; the code says which.
        AuthorityNotUsable: no https address, or no certificates.
    """
    if by is not None:
        require(by, body, Act.SEAL, at=at)
    if SealKey.objects.for_body(body).exclude(state=State.STOPPED).exists():
        raise SealExists
    values = _prepared(body, pkcs12, password, authority_url, authority_certificates, authority_policy, revocation, unlocked_until, at)
    try:
        with transaction.atomic():
            key = SealKey.objects.create(body=body, created_at=at, **values)
            audit.note(body, "seal.set_up", _told(key), by=by, at=at)
            _go_on(body, at)
    except IntegrityError as error:
        raise SealExists from error
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
        NotAllowed, NoSeal, SealNotUsable, AuthorityNotUsable: as set_up_seal.
        SealExists: someone else renewed it in this moment, or it is the same file.
    """
    require(by, body, Act.SEAL, at=at)
    old = in_use(body)
    url = old.authority_url if authority_url is None else authority_url
    certificates = old.authority_certificates if authority_certificates is None else authority_certificates
    policy = old.authority_policy if authority_policy is None else authority_policy
    values = _prepared(body, pkcs12, password, url, certificates, policy, revocation, unlocked_until, at)
    try:
        with transaction.atomic():
            if not _stop(old, at):
                raise SealExists
            key = SealKey.objects.create(body=body, created_at=at, **values)
            audit.note(body, "seal.renewed", {**_told(key), "replaces": old.label}, by=by, at=at)
            _go_on(body, at)
    except IntegrityError as error:
        raise SealExists from error
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
    _load(data or b"", password, at)
    with transaction.atomic():
        rows = SealKey.objects.for_body(body).filter(pk=key.pk).exclude(state=State.STOPPED)
        if not rows.update(state=State.ACTIVE, secret=secret.seal(password), unlocked_until=until):
            raise NoSeal
        audit.note(body, "seal.unlocked", {"label": key.label, "until": until.isoformat()}, by=by, at=at)
        _go_on(body, at)


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


def set_up_demo_seal(body: Body, *, at: datetime, by: Person | None) -> SealKey:
    """A seal and a time stamp authority that work like real ones and say in every certificate that they are a demo.

    Both last ten years. Raises NotAllowed, SealExists.
    """
    if by is not None:
        require(by, body, Act.SEAL, at=at)
    if SealKey.objects.for_body(body).exclude(state=State.STOPPED).exists():
        raise SealExists
    password = demo_password(body)
    begin = at.replace(microsecond=0) - timedelta(days=1)  # clocks need not agree to the second
    identity = lib.make_demo_seal(
        organisation=body.name, organisation_identifier=f"GOVDE-{body.ars or 'DEMO'}", password=password, at=begin
    )
    authority = lib.make_demo_authority(password=authority_password(body), at=begin)
    store.write(store.key_dir(body) / AUTHORITY_FILE, authority.pkcs12, body=body, mode=0o600)
    return set_up_seal(
        body,
        pkcs12=identity.pkcs12,
        password=password,
        authority_url=BUILTIN,
        authority_certificates=encoded.to_pem(authority.certificates),
        authority_policy=lib.DEMO_POLICY,
        revocation=(identity.crl, authority.crl),
        unlocked_until=lib.facts_of(identity.certificates[0]).valid_until,
        at=at,
        by=by,
    )


def demo_password(body: Body) -> str:
    """Opens the key file of a demo seal: the installation knows it, so nobody has to."""
    return secret.password_for(f"demo-seal/{body.slug}")


def authority_password(body: Body) -> str:
    """Opens the key file of the demo's time stamp authority."""
    return secret.password_for(f"demo-authority/{body.slug}")


def _load(data: bytes, password: str, at: datetime) -> lib.Pkcs12Seal:
    try:
        return lib.load_pkcs12(data, password, at=at)
    except lib.SealError as error:
        raise in_words(error) from error


def _prepared(
    body: Body,
    pkcs12: bytes,
    password: str,
    authority_url: str,
    authority_certificates: str,
    authority_policy: str,
    revocation: Sequence[bytes],
    unlocked_until: datetime | None,
    at: datetime,
) -> dict[str, object]:
    """The key as a file, and the columns that describe it."""
    loaded = _load(pkcs12, password, at)
    try:
        known = encoded.from_pem(authority_certificates)
    except ValueError as error:
        raise AuthorityNotUsable from error
    if not known or not (authority_url == BUILTIN or authority_url.startswith("https://")):
        raise AuthorityNotUsable
    name = f"seal-{hashlib.sha256(pkcs12).hexdigest()[:16]}.p12"
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


def _stop(key: SealKey, at: datetime) -> bool:
    rows = SealKey.objects.for_body(key.body).filter(pk=key.pk).exclude(state=State.STOPPED)
    return rows.update(state=State.STOPPED, secret=None, unlocked_until=None, stopped_at=at) == 1


def _told(key: SealKey) -> dict[str, object]:
    return {"label": key.label, "level": key.level, "valid_until": key.valid_until.isoformat(), "authority": key.authority_url}


def _go_on(body: Body, at: datetime) -> None:
    """Publications that wait for something need not wait any longer than now."""
    waiting = Publication.objects.for_body(body).exclude(waiting_code="").values("record")
    OutboxRow.objects.for_body(body).filter(topic=TOPIC, state=OutboxRow.State.WAITING, record__in=waiting, due_at__gt=at).update(due_at=at)
