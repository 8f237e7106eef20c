"""HTTP to time stamp authorities and revocation lists, with limits, and only to where an operator could mean.

An address in the settings of a body must not reach into the operator's own network (server-side request forgery). So the name is
resolved here, every address is looked at, and the connection goes to the address that was looked at. Redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .authority import QUERY_TYPE, REPLY_TYPE
from .errors import RevocationUnusable, StampReason, TimeStampFailed

_CHUNK = 16 * 1024


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
            target = _target(self.url, plain_http=False)
            return _exchange(
                target,
                body=request,
                content_type=QUERY_TYPE,
                expected={REPLY_TYPE},
                timeout=self._timeout,
                largest=self._largest,
                allow_private=self._allow_private,
                context=self._ssl,
            )
        except Refused as error:
            raise TimeStampFailed(error.reason, str(error)) from error


def fetch_crl(url: str, *, timeout: float = 10.0, largest: int = 8 * 1024 * 1024, allow_private: bool = False) -> bytes:
    """Fetch a revocation list (DER) from http or https: lists are signed, so plain http is usual (RFC 5280, 4.2.1.13).

    Nothing of it is checked here. Raises RevocationUnusable.
    """
    try:
        return _exchange(
            _target(url, plain_http=True),
            body=None,
            content_type="",
            expected={"application/pkix-crl", "application/x-pkcs7-crl", "application/octet-stream"},
            timeout=timeout,
            largest=largest,
            allow_private=allow_private,
            context=None,
        )
    except Refused as error:
        raise RevocationUnusable(f"{url}: {error}") from error


class Refused(Exception):
    """The exchange was not begun or not finished."""

    def __init__(self, reason: StampReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def _target(url: str, *, plain_http: bool) -> SplitResult:
    try:
        target = urlsplit(url)
        port = target.port
    except ValueError as error:
        raise Refused(StampReason.ADDRESS, str(error)) from error
    if target.scheme not in ("http", "https") or not target.hostname or target.username or target.password or port == 0:
        raise Refused(StampReason.ADDRESS, "an address with https and a host is needed")
    if target.scheme == "http" and not plain_http and not _is_loopback(target.hostname):
        raise Refused(StampReason.ADDRESS, "http only to this machine itself, else https")
    return target


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_public(address: str) -> bool:
    """Whether an IP address lies in the public internet: not private, loopback, link-local, multicast, reserved or wrapped IPv4."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _connect(address: tuple[str, int], timeout: float, allow_private: bool) -> socket.socket:
    """Connect to the first address of the host, after looking at every one: one private among them spoils the name."""
    host, port = address
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(StampReason.UNREACHABLE, f"{host}: {error}") from error
    if not allow_private and not all(is_public(str(entry[4][0])) for entry in found):
        raise Refused(StampReason.ADDRESS, f"{host} leads to a private address")
    last: OSError | None = None
    for family, kind, protocol, _, where in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(timeout)
        try:
            connection.connect(where)
        except OSError as error:
            connection.close()
            last = error
            continue
        return connection
    raise last or OSError("no address")


def _exchange(
    target: SplitResult,
    *,
    body: bytes | None,
    content_type: str,
    expected: set[str],
    timeout: float,
    largest: int,
    allow_private: bool,
    context: ssl.SSLContext | None,
) -> bytes:
    host = target.hostname or ""
    connection: HTTPConnection
    if target.scheme == "https":
        connection = HTTPSConnection(host, target.port, timeout=timeout, context=context or ssl.create_default_context())
    else:
        connection = HTTPConnection(host, target.port, timeout=timeout)

    def connect(address: tuple[str, int], *_: Any) -> socket.socket:
        return _connect(address, timeout, allow_private)

    # The one place where http.client lets the socket be chosen; TLS is laid over it with the name as asked for.
    connection._create_connection = connect  # type: ignore[attr-defined]
    late: list[bool] = []
    # http.client hands the socket on to the answer: keep hold of it, to stop it and to close it.
    sockets: list[socket.socket] = []
    answer: HTTPResponse | None = None

    def stop() -> None:
        """Ends an exchange that drips: each single read may be quick, all of them together are not."""
        late.append(True)
        for used in sockets:
            try:
                used.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    watch = Timer(timeout, stop)
    watch.daemon = True
    watch.start()
    try:
        headers = {"Accept": ", ".join(sorted(expected)), "Accept-Encoding": "identity", "User-Agent": "Allmende", "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = content_type
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        connection.connect()
        sockets.append(connection.sock)
        connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        if late:
            raise Refused(StampReason.SLOW, "the answer ended early")
        if answer.status != 200:
            raise Refused(StampReason.ANSWER, f"status {answer.status}")
        kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        if kind not in expected:
            raise Refused(StampReason.ANSWER, f"content type {kind or 'missing'}")
        if answer.length is not None and answer.length > largest:
            raise Refused(StampReason.OVERSIZED, f"{answer.length} bytes")
        data = bytearray()
        while chunk := answer.read(min(_CHUNK, largest + 1 - len(data))):
            data += chunk
            if len(data) > largest:
                raise Refused(StampReason.OVERSIZED, f"more than {largest} bytes")
        if late or (answer.length or 0) > 0:
            raise Refused(StampReason.SLOW if late else StampReason.UNREACHABLE, "the answer ended early")
        return bytes(data)
    except Refused:
        raise
    except (OSError, HTTPException, UnicodeError, ValueError) as error:
        slow = bool(late) or isinstance(error, TimeoutError)
        raise Refused(StampReason.SLOW if slow else StampReason.UNREACHABLE, f"{type(error).__name__}: {error}") from error
    finally:
        watch.cancel()
        if answer is not None:
            answer.close()
        connection.close()
