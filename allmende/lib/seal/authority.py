"""The time stamp authority of the demo: it answers RFC 3161 truthfully, by its own clock, and nobody has a reason to trust it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from .certificate import is_time_stamp_certificate
from .cms import HASHES
from .der import SEQUENCE, tlv
from .errors import NotASealCertificate
from .signing import build_signed
from .timestamp import Response, TimeStampAuthority

DEMO_POLICY = "2.25.218364271183219474921087365912871203454"
"""Policy of the demo's time stamps: an identifier from a random UUID (Rec. ITU-T X.667), so nobody else's."""

QUERY_TYPE = "application/timestamp-query"
REPLY_TYPE = "application/timestamp-reply"
_LARGEST_QUERY = 16 * 1024


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


class DemoAuthority:
    """A working time stamp authority with an EC key. `clock` gives its time (aware); `password` opens the PKCS#12 `identity`."""

    def __init__(self, identity: bytes, password: str, *, clock: Callable[[], datetime] = utc_now) -> None:
        key, cert, others = pkcs12.load_key_and_certificates(identity, password.encode())
        if cert is None or not isinstance(key, ec.EllipticCurvePrivateKey):
            raise NotASealCertificate("no EC key with a certificate")
        self.certificates = (cert.public_bytes(Encoding.DER), *(other.public_bytes(Encoding.DER) for other in others))
        if not is_time_stamp_certificate(self.certificates[0]):
            raise NotASealCertificate("the certificate is not meant for time stamps")
        self._key = key
        self._clock = clock

    def stamp(self, request: bytes) -> bytes:
        """Answer a request; what cannot be served gets a refusal with its reason, as RFC 3161, 2.4.2 demands."""
        try:
            query = tsp.TimeStampReq.load(request, strict=True)
            version = query["version"].native
            digest = str(query["message_imprint"]["hash_algorithm"]["algorithm"].native)
            imprint = bytes(query["message_imprint"]["hashed_message"].native)
            policy = query["req_policy"].native and str(query["req_policy"].dotted)
            nonce = query["nonce"].native
            with_certificates = bool(query["cert_req"].native)
            extensions = query["extensions"].native
        except (ValueError, TypeError, KeyError, AttributeError):
            return _refusal("bad_data_format")
        if version != "v1":
            return _refusal("bad_request")
        if digest not in HASHES:
            return _refusal("bad_alg")
        if len(imprint) != HASHES[digest].digest_size:
            return _refusal("bad_data_format")
        if policy not in (None, DEMO_POLICY):
            return _refusal("unaccepted_policy")
        if extensions:
            return _refusal("unaccepted_extensions")
        token = self._token(query["message_imprint"], digest, nonce, with_certificates=with_certificates)
        return tlv(SEQUENCE, bytes(tsp.PKIStatusInfo({"status": "granted"}).dump()), token)

    def _token(self, imprint: Any, digest: str, nonce: int | None, *, with_certificates: bool) -> bytes:
        own = asn1_x509.Certificate.load(self.certificates[0])
        fields: dict[str, Any] = {
            "version": "v1",
            "policy": DEMO_POLICY,
            "message_imprint": imprint,
            "serial_number": secrets.randbits(159),
            "gen_time": self._clock().astimezone(UTC),
            "accuracy": {"millis": 500},
            "tsa": asn1_x509.GeneralName("directory_name", own.subject),
        }
        if nonce is not None:
            fields["nonce"] = nonce
        prehashed = utils.Prehashed(HASHES[digest])
        return build_signed(
            content=bytes(tsp.TSTInfo(fields).dump()),
            algorithm=f"{digest}_ecdsa",
            signer=self.certificates[0],
            sign=lambda value: self._key.sign(value, ec.ECDSA(prehashed)),
            certificates=lambda: self.certificates if with_certificates else (),
        )


def _refusal(failure: str) -> bytes:
    status = {"status": "rejection", "fail_info": {failure}}
    return bytes(Response({"status": status}).dump())


def authority_application(authority: TimeStampAuthority) -> WSGIApplication:
    """A WSGI application that serves the authority over HTTP (RFC 3161, 3.4)."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def plain(status: str) -> list[bytes]:
            body = status.encode()
            start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
            return [body]

        if environ["REQUEST_METHOD"] != "POST":
            return plain("405 Method Not Allowed")
        if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != QUERY_TYPE:
            return plain("415 Unsupported Media Type")
        length = environ.get("CONTENT_LENGTH") or ""
        if not length.isdecimal():
            return plain("411 Length Required")
        if int(length) > _LARGEST_QUERY:
            return plain("413 Content Too Large")
        answer = authority.stamp(environ["wsgi.input"].read(int(length)))
        start_response("200 OK", [("Content-Type", REPLY_TYPE), ("Content-Length", str(len(answer)))])
        return [answer]

    return application


@contextmanager
def serve_authority(authority: TimeStampAuthority, *, port: int = 0) -> Iterator[str]:
    """Serve the authority on 127.0.0.1 while the block runs; gives its address. `port` 0 takes a free one."""
    from threading import Thread
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Requests are not logged: they hold nothing but a digest."""

    with make_server("127.0.0.1", port, authority_application(authority), handler_class=Quiet) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
