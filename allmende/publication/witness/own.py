"""What belongs to this installation: its keys, its addresses, its operator. Nothing of it can witness its own logs.

Looks at the logs and hosts of all bodies, since all of them are run by the same people.
"""

from urllib.parse import urlsplit

from django.conf import settings

from allmende.core.models import Host
from allmende.lib import tlog
from allmende.lib.outgoing import is_loopback
from allmende.publication.models import Log
from allmende.publication.witness.errors import OperatorUnknown

PORTS = {"http": 80, "https": 443}


def is_own_key(key: tlog.VerifierKey) -> bool:
    """Whether a log or a witness of this installation has this key, under whatever name. 1 query."""
    rows = Log._unscoped.values_list("vkey", "witness_vkey")
    return any(key.public == tlog.parse_vkey(vkey).public for row in rows for vkey in row)


def is_own_address(url: str) -> bool:
    """Whether an address leads to this installation by one of its names. 1 query."""
    parts, home = urlsplit(url), urlsplit(settings.BASE_URL)
    host = (parts.hostname or "").rstrip(".")
    if is_loopback(host):  # several installations on one machine differ by their port
        ours = home.port or PORTS[home.scheme] if is_loopback(home.hostname or "") else settings.PORT
        return (parts.port or PORTS.get(parts.scheme)) == ours
    return host == home.hostname or host in settings.INSTALLATION_HOSTS or Host._unscoped.filter(name=host).exists()


def is_own_operator(name: str) -> bool:
    """Whether `name` is who runs this installation, however it is spaced and capitalised.

    Raises:
        OperatorUnknown: nobody has said who runs this installation.
    """
    if not settings.OPERATOR.strip():
        raise OperatorUnknown
    return _folded(name) == _folded(settings.OPERATOR)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
