"""A seal and a time stamp service that work like real ones and say in every certificate that they are a demo."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from allmende.core.housekeeping import DAY, Chore
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib import seal as lib
from allmende.publication import encoded, installation, secret, store
from allmende.publication.errors import SealExists
from allmende.publication.models import SealKey
from allmende.publication.seals.authority import BUILTIN, builtin_file, builtin_password
from allmende.publication.seals.keeping import DEMO_FILE, is_set_up, renew, set_up

RENEWED_BEFORE = timedelta(days=60)  # the end; no person has to think of it


def set_up_demo_seal(body: Body, *, at: datetime, by: Person | None) -> SealKey:
    """Seal and service for ten years, unlocked. The installation renews them before (`ENDING_DEMO_SEALS`).

    Raises NotAllowed, SealExists.
    """
    if by is not None:
        require(by, body, Act.SEAL, at=at)
    if is_set_up(body):
        raise SealExists
    return set_up(body, **_made(body, at), at=at, by=by)


def renew_demo_seal(body: Body, *, at: datetime, by: Person | None) -> SealKey:
    """A new demo seal in the place of the one in use, and a new built-in service if that is the one in use; locked stays locked.

    Raises NotAllowed, NoSeal, SealChangedMeanwhile.
    """
    if by is not None:
        require(by, body, Act.SEAL, at=at)

    def values(old: SealKey) -> dict[str, Any]:
        made = _made(body, at)
        if old.authority_url != BUILTIN:
            names = ("authority_url", "authority_certificates", "authority_policy")
            made |= {name: getattr(old, name) for name in names}
        if old.unlocked_until is None:
            made["unlocked_until"] = None
        return made

    return renew(body, values, at=at, by=by)


def is_demo(key: SealKey) -> bool:
    """Whether the installation itself made the seal, so that it knows its password."""
    return key.file.startswith(DEMO_FILE)


def demo_password(body: Body) -> str:
    """Opens the key file of a demo seal: the installation knows it, so nobody has to."""
    return secret.password_for(f"demo-seal/{body.slug}")


def _made(body: Body, at: datetime) -> dict[str, Any]:
    begin = at.replace(microsecond=0) - timedelta(days=1)  # clocks need not agree to the second
    password = demo_password(body)
    identity = lib.make_demo_seal(
        organisation=body.name, organisation_identifier=f"GOVDE-{body.ars or 'DEMO'}", password=password, at=begin
    )
    authority = lib.make_demo_authority(password=builtin_password(body), at=begin)
    store.write(store.key_dir(body) / builtin_file(authority.certificates[0]), authority.pkcs12, body=body, mode=0o600)
    return {
        "pkcs12": identity.pkcs12,
        "password": password,
        "authority_url": BUILTIN,
        "authority_certificates": encoded.to_pem(authority.certificates),
        "authority_policy": lib.DEMO_POLICY,
        "revocation": (identity.crl, authority.crl),
        "unlocked_until": lib.facts_of(identity.certificates[0]).valid_until,
        "own": True,
    }


def ending(at: datetime) -> Iterator[SealKey]:
    """Demo seals of all bodies that end soon."""
    yield from (key for key in installation.seals() if is_demo(key) and key.valid_until <= at + RENEWED_BEFORE)


def _renew_all(keys: Sequence[SealKey], at: datetime) -> None:
    for key in keys:
        renew_demo_seal(key.body, at=at, by=None)


ENDING_DEMO_SEALS = Chore(_("Siegel zur Vorführung, die bald enden"), ending, _renew_all, every=DAY)
