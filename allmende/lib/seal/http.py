"""HTTP to time stamp authorities and revocation lists. What limits it and where it may lead: lib/outgoing."""

from __future__ import annotations

import ssl
from collections.abc import Collection

from allmende.lib.outgoing import Reason, Refused, Reply, exchange

from .authority import QUERY_TYPE, REPLY_TYPE
from .errors import RevocationUnusable, StampReason, TimeStampFailed
from .issuer import ANSWER_TYPE, QUESTION_TYPE

CRL_TYPES = ("application/pkix-crl", "application/x-pkcs7-crl", "application/octet-stream")
REASONS = {
    Reason.ADDRESS: StampReason.ADDRESS,
    Reason.UNREACHABLE: StampReason.UNREACHABLE,
    Reason.SLOW: StampReason.SLOW,
    Reason.OVERSIZED: StampReason.OVERSIZED,
}


class HttpAuthority:
    """A time stamp authority over HTTP (RFC 3161, 3.4).

    `url`: https, or http to a loopback address. `timeout`: seconds for the whole exchange. `largest`: bytes of an answer.
    `allow_private`: also addresses of private networks and of this machine (an authority in the town's own network, tests).
    `ssl_context`: certificates to trust for https, the system's by default.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 10.0,
        largest: int = 64 * 1024,
        allow_private: bool = False,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self.url = url
        self._timeout = timeout
        self._largest = largest
        self._allow_private = allow_private
        self._ssl = ssl_context

    def stamp(self, request: bytes) -> bytes:
        """Send the request, give the body of the answer. Raises TimeStampFailed."""
        try:
            reply = exchange(
                self.url,
                body=request,
                content_type=QUERY_TYPE,
                accept=(REPLY_TYPE,),
                timeout=self._timeout,
                largest=self._largest,
                allow_private=self._allow_private,
                context=self._ssl,
            )
        except Refused as error:
            raise TimeStampFailed(REASONS[error.reason], str(error)) from error
        if wrong := _wrong(reply, (REPLY_TYPE,)):
            raise TimeStampFailed(StampReason.ANSWER, wrong)
        return reply.body


def fetch_crl(url: str, *, timeout: float = 10.0, largest: int = 8 * 1024 * 1024, allow_private: bool = False) -> bytes:
    """Fetch a revocation list (DER) from http or https: lists are signed, so plain http is usual (RFC 5280, 4.2.1.13).

    Nothing of it is checked here. Raises RevocationUnusable.
    """
    try:
        reply = exchange(url, accept=CRL_TYPES, timeout=timeout, largest=largest, allow_private=allow_private, plain_http=True)
    except Refused as error:
        raise RevocationUnusable(f"{url}: {error}") from error
    if wrong := _wrong(reply, CRL_TYPES):
        raise RevocationUnusable(f"{url}: {wrong}")
    return reply.body


def fetch_answer(url: str, question: bytes, *, timeout: float = 5.0, largest: int = 64 * 1024, allow_private: bool = False) -> bytes:
    """Ask a responder (RFC 6960, appendix A: POST). Answers are signed, so plain http is usual. Nothing of it is checked here.

    Raises RevocationUnusable.
    """
    try:
        reply = exchange(
            url,
            body=question,
            content_type=QUESTION_TYPE,
            accept=(ANSWER_TYPE,),
            timeout=timeout,
            largest=largest,
            allow_private=allow_private,
            plain_http=True,
        )
    except Refused as error:
        raise RevocationUnusable(f"{url}: {error}") from error
    if wrong := _wrong(reply, (ANSWER_TYPE,)):
        raise RevocationUnusable(f"{url}: {wrong}")
    return reply.body


def _wrong(reply: Reply, expected: Collection[str]) -> str:
    """Why an answer is none; empty if it is one."""
    if reply.status != 200:
        return f"status {reply.status}"
    return "" if reply.kind in expected else f"content type {reply.kind or 'missing'}"
