"""Whether the installation answers at its own public address, asked from this machine over whatever stands in between."""

from urllib.parse import urlsplit

from django.conf import settings

from allmende.lib import outgoing

WAIT = 10  # seconds; less than the lease of the worker
LARGEST = 4 * 1024 * 1024  # bytes of a start page


def address() -> str:
    """What is asked; empty where the address of the installation is this machine itself, which would show nothing."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    return "" if outgoing.is_loopback(host) else f"{settings.BASE_URL}/"


def answers(url: str) -> bool:
    """Whether the start page comes with status 200 within `WAIT`. The address is the operator's own: it may lead to a private network."""
    try:
        reply = outgoing.exchange(url, timeout=WAIT, largest=LARGEST, allow_private=True, plain_http=True)
    except outgoing.Refused:
        return False
    return reply.status == 200
