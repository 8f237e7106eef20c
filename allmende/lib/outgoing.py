"""HTTP to addresses that people have typed in: with limits, and only to where an operator could mean.

An address in the settings of a body must not reach into the operator's own network (server-side request forgery). So the name is
resolved here, every address is looked at, and the connection goes to the address that was looked at. Redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Thread, Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlsplit

_CHUNK = 16 * 1024
_Found = tuple[int, int, int, str, tuple[Any, ...]]  # as getaddrinfo gives them


class Reason(StrEnum):
    ADDRESS = "address"  # not one that may be asked
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    OVERSIZED = "oversized"


class Refused(Exception):
    """The exchange was not begun or not finished."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True)
class Reply:
    """An answer in full. `kind` is the content type without its parameters, in lower case.

    `location`: where it says one should ask instead. Nobody follows it here: it is an address like any other that is typed in.
    """

    status: int
    kind: str
    body: bytes
    location: str = ""


def exchange(
    url: str,
    *,
    body: bytes | None = None,
    content_type: str = "application/octet-stream",
    accept: Collection[str] = (),
    timeout: float = 10.0,
    largest: int = 64 * 1024,
    allow_private: bool = False,
    plain_http: bool = False,
    context: ssl.SSLContext | None = None,
) -> Reply:
    """POST `body` to `url`, or GET it if there is none, and read the answer, whatever its status.

    Args:
        timeout: seconds for the whole exchange.
        largest: bytes of an answer.
        allow_private: also addresses of private networks and of this machine.
        plain_http: http to any host; else https, or http to this machine itself.
        context: certificates to trust for https, the system's by default.

    Raises:
        Refused.
    """
    return _exchange(_target(url, plain_http=plain_http), body, content_type, accept, timeout, largest, allow_private, context)


def _target(url: str, *, plain_http: bool) -> SplitResult:
    try:
        target = urlsplit(url)
        port = target.port
    except ValueError as error:
        raise Refused(Reason.ADDRESS, str(error)) from error
    if target.scheme not in ("http", "https") or not target.hostname or target.username or target.password or port == 0:
        raise Refused(Reason.ADDRESS, "an address with https and a host is needed")
    if target.scheme == "http" and not plain_http and not is_loopback(target.hostname):
        raise Refused(Reason.ADDRESS, "http only to this machine itself, else https")
    return target


def is_loopback(host: str) -> bool:
    """Whether a host, as it stands in an address, is this machine itself."""
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
        if ip.is_site_local:  # given up (RFC 3879), and still in use inside houses
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _connect(address: tuple[str, int], timeout: float, allow_private: bool) -> socket.socket:
    """Connect to the first address of the host, after looking at every one: one private among them spoils the name."""
    host, port = address
    end = monotonic() + timeout
    found = _resolve(host, port, timeout)
    if not allow_private and not all(is_public(str(entry[4][0])) for entry in found):
        raise Refused(Reason.ADDRESS, f"{host} leads to a private address")
    last: OSError | None = None
    for family, kind, protocol, _, where in found:
        left = end - monotonic()
        if left <= 0:  # a name may have many addresses that do not answer
            raise TimeoutError
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(left)
        try:
            connection.connect(where)
        except OSError as error:
            connection.close()
            last = error
            continue
        connection.settimeout(timeout)
        return connection
    raise last or OSError("no address")


def _resolve(host: str, port: int, timeout: float) -> list[_Found]:
    """Addresses of a name. The resolver of the system knows no limit of time: one that is silent is left to itself."""
    answers: list[list[_Found] | Exception] = []

    def ask() -> None:
        try:
            answers.append(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.append(error)

    asking = Thread(target=ask, daemon=True, name="resolve")
    asking.start()
    asking.join(timeout)
    if not answers:
        raise TimeoutError(f"no address for {host} in time")
    if isinstance(answers[0], Exception):
        raise Refused(Reason.UNREACHABLE, f"{host}: {answers[0]}") from answers[0]
    return answers[0]


def _exchange(
    target: SplitResult,
    body: bytes | None,
    content_type: str,
    accept: Collection[str],
    timeout: float,
    largest: int,
    allow_private: bool,
    context: ssl.SSLContext | None,
) -> Reply:
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
        headers = {"Accept": ", ".join(sorted(accept)) or "*/*", "Accept-Encoding": "identity"}
        headers |= {"User-Agent": "Allmende", "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = content_type
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        connection.connect()
        sockets.append(connection.sock)
        if late:  # nobody is left to stop what comes now
            raise Refused(Reason.SLOW, "connected too late")
        connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        if late:
            raise Refused(Reason.SLOW, "the answer ended early")
        data = _read(answer, largest)
        if late or (answer.length or 0) > 0:
            raise Refused(Reason.SLOW if late else Reason.UNREACHABLE, "the answer ended early")
        kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        return Reply(answer.status, kind, data, answer.getheader("Location") or "")
    except Refused:
        raise
    except (OSError, HTTPException, UnicodeError, ValueError) as error:
        slow = bool(late) or isinstance(error, TimeoutError)
        raise Refused(Reason.SLOW if slow else Reason.UNREACHABLE, f"{type(error).__name__}: {error}") from error
    finally:
        watch.cancel()
        if answer is not None:
            answer.close()
        connection.close()


def _read(answer: HTTPResponse, largest: int) -> bytes:
    if answer.length is not None and answer.length > largest:
        raise Refused(Reason.OVERSIZED, f"{answer.length} bytes")
    data = bytearray()
    while chunk := answer.read(min(_CHUNK, largest + 1 - len(data))):
        data += chunk
        if len(data) > largest:
            raise Refused(Reason.OVERSIZED, f"more than {largest} bytes")
    return bytes(data)
