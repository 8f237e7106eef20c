"""Who stamps for a seal (RFC 3161)."""

import hashlib
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from allmende.core.models import Body
from allmende.lib import seal as lib
from allmende.lib.outgoing import is_loopback
from allmende.publication import encoded, secret, store
from allmende.publication.clock import Clock
from allmende.publication.errors import AuthorityNotUsable
from allmende.publication.models import SealKey

BUILTIN: Final = "builtin:demo"


def usable_certificates(url: str, pem: str) -> tuple[bytes, ...]:
    """DER of the certificates that the stamps of the service must lead to. Raises AuthorityNotUsable."""
    try:
        known = encoded.from_pem(pem)
    except ValueError as error:
        raise AuthorityNotUsable from error
    if not known or not (url == BUILTIN or url.startswith("https://")):
        raise AuthorityNotUsable
    return known


def authority_at(url: str) -> lib.TimeStampAuthority:
    """A service over HTTP. Addresses of this machine only where the settings allow them, other private ones never."""
    return lib.HttpAuthority(url, allow_private=settings.SEAL_LOOPBACK and is_loopback(urlsplit(url).hostname or ""))


def authority_of(key: SealKey, clock: Clock) -> lib.TimeStampAuthority:
    """Who stamps for this seal. The one of the demo has the clock of the worker, as if it ran on the same machine."""
    if key.authority_url != BUILTIN:
        return authority_at(key.authority_url)
    name = builtin_file(encoded.from_pem(key.authority_certificates)[0])
    return lib.DemoAuthority(store.read(store.key_dir(key.body) / name) or b"", builtin_password(key.body), clock=clock)


def builtin_file(certificate: bytes) -> str:
    """Name of the key file of a built-in service: by its certificate, so that two set-ups at once cannot mix theirs up."""
    return f"demo-authority-{hashlib.sha256(certificate).hexdigest()[:16]}.p12"


def builtin_password(body: Body) -> str:
    """Opens the key file of the built-in service."""
    return secret.password_for(f"demo-authority/{body.slug}")
