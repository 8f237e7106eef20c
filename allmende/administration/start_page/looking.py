"""One look at a page elsewhere: https only, never into a private network, within limits, and never on to another site."""

from time import monotonic
from typing import Final
from urllib.parse import urljoin, urlsplit

from allmende.administration.start_page.models import StartPageCheck
from allmende.administration.start_page.reading import shows
from allmende.lib import outgoing

WAIT: Final = 10.0  # seconds for the whole look: the worker has more to do, and its lease is short
LARGEST: Final = 2 * 1024 * 1024  # bytes of a page
HOPS: Final = 3  # from example.org to www.example.org and to its start page, and one more
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
Problem = StartPageCheck.Problem


def look(address: str, area: str) -> str:
    """What is wrong (a code of StartPageCheck.Problem), or nothing. `address` as people write it, with or without https://."""
    try:
        return _followed(https_of(address), area)
    except outgoing.Refused as refused:
        return Problem(refused.reason.value)
    except ValueError:  # what cannot be taken apart is no address
        return Problem.ADDRESS


def _followed(url: str, area: str) -> str:
    site, end = _site(url), monotonic() + WAIT
    for _hop in range(HOPS + 1):
        reply = outgoing.exchange(url, accept={"text/html"}, timeout=max(0.1, end - monotonic()), largest=LARGEST)
        if reply.status not in _MOVED:
            return _judged(reply, area)
        url = urljoin(url, reply.location)
        if urlsplit(url).scheme != "https":
            return Problem.ADDRESS
        if _site(url) != site:
            return Problem.ELSEWHERE
    return Problem.STATUS


def _judged(reply: outgoing.Reply, area: str) -> str:
    if reply.status != 200:
        return Problem.STATUS
    if reply.kind not in ("text/html", "application/xhtml+xml"):
        return Problem.NO_PAGE
    return "" if shows(reply.body.decode("utf-8", "replace"), area) else Problem.NO_LINK


def https_of(address: str) -> str:
    """The same page over https: http is not asked, since anybody in between could put the word there."""
    _scheme, there, rest = address.strip().rpartition("//")
    return f"https://{rest if there else address.strip()}"


def same_page(one: str, other: str) -> bool:
    """Whether two addresses as people write them lead to one page: with or without https://, www.example.org/ or www.example.org."""
    return _page(one) == _page(other)


def _page(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(https_of(address))
    except ValueError:
        return address.strip(), ""
    return parts.netloc.lower(), parts.path.rstrip("/")


def _site(url: str) -> str:
    """The host without www."""
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")
