"""Time stamps (RFC 3161): the request, the authority as an interface, and what must hold of every answer."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from asn1crypto import cms, core, tsp

from .certificate import facts_of, is_time_stamp_certificate, path_from
from .chain import path_problem
from .cms import HASHES, BadSignature, Malformed, open_signed, raw
from .der import is_der
from .errors import StampReason, TimeStampFailed


class Response(core.Sequence):  # type: ignore[misc]
    """TimeStampResp (RFC 3161, 2.4.2); in asn1crypto's own the token is not optional, so that a refusal could not be read."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class TimeStampAuthority(Protocol):
    """Whoever answers requests of RFC 3161."""

    def stamp(self, request: bytes) -> bytes:
        """DER TimeStampReq in, DER TimeStampResp out. Raises TimeStampFailed. The caller believes nothing of the answer unchecked."""


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """A token that was checked. `certificates`: the authority's own, its issuers as far as known, then what else the token carries."""

    token: bytes
    stamped_at: datetime
    accuracy: timedelta
    authority: str
    policy: str
    certificates: tuple[bytes, ...]


def new_request(data: bytes, *, digest: str, policy: str | None = None) -> tuple[bytes, int]:
    """(DER request for a time stamp over `data`, the nonce in it). `policy` is a dotted object identifier."""
    nonce = secrets.randbits(64)
    fields: dict[str, Any] = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": digest}, "hashed_message": hashlib.new(digest, data).digest()},
        "nonce": nonce,
        "cert_req": True,
    }
    if policy is not None:
        fields["req_policy"] = policy
    return bytes(tsp.TimeStampReq(fields).dump()), nonce


def read_response(
    response: bytes, *, data: bytes, nonce: int, authority_certificates: Sequence[bytes], policy: str | None = None
) -> TimeStamp:
    """Take the token out of an answer and check all of it. Raises TimeStampFailed.

    `authority_certificates` are the DER certificates configured for this authority: its own, its issuers', or both. The token
    must have been signed by one of them or lead to one of them.
    """
    try:
        answer = Response.load(response, strict=True)
        status = str(answer["status"]["status"].native)
        text = "; ".join(answer["status"]["status_string"].native or [])
        if status not in ("granted", "granted_with_mods"):
            failure = answer["status"]["fail_info"].native
            raise TimeStampFailed(StampReason.REFUSED, f"{status} {failure or ''} {text}".strip())
        token = raw(answer["time_stamp_token"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise TimeStampFailed(StampReason.MALFORMED, str(error)) from error
    stamp, found_nonce = _check(token, data=data, known=authority_certificates)
    if found_nonce != nonce:
        raise TimeStampFailed(StampReason.NONCE)
    if policy is not None and stamp.policy != policy:
        raise TimeStampFailed(StampReason.POLICY, stamp.policy)
    if not set(stamp.certificates) & set(authority_certificates):
        raise TimeStampFailed(StampReason.FOREIGN, stamp.authority)
    return stamp


def read_token(token: bytes, *, data: bytes, known: Sequence[bytes]) -> TimeStamp:
    """Check a token over `data` with the DER certificates in it and in `known`. Raises TimeStampFailed."""
    return _check(token, data=data, known=known)[0]


def check_token(token: bytes, *, data: bytes, certificates: Sequence[bytes]) -> TimeStamp:
    """Check a token over `data` against exactly the DER `certificates` as `TimeStamp.certificates` gives them. Raises TimeStampFailed."""
    stamp, _ = _check(token, data=data, known=certificates)
    if stamp.certificates != tuple(certificates):
        raise TimeStampFailed(StampReason.FOREIGN, "other certificates than those given")
    return stamp


def _check(token: bytes, *, data: bytes, known: Sequence[bytes]) -> tuple[TimeStamp, int | None]:
    try:
        signed = open_signed(token, content_type="tst_info", extra_certificates=known)
        info = tsp.TSTInfo.load(signed.content, strict=True)
        if signed.content is None or not is_der(signed.content) or info["version"].native != "v1":
            raise Malformed("TSTInfo")
        imprint = info["message_imprint"]
        digest = str(imprint["hash_algorithm"]["algorithm"].native)
        hashed = bytes(imprint["hashed_message"].native)
        stamped_at: datetime = info["gen_time"].native
        nonce: int | None = info["nonce"].native
        policy = str(info["policy"].dotted)
        accuracy = _accuracy(info["accuracy"].native)
        if any(extension["critical"].native for extension in info["extensions"] or ()):
            raise Malformed("a critical extension")
    except BadSignature as error:
        raise TimeStampFailed(StampReason.SIGNATURE, str(error)) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise TimeStampFailed(StampReason.MALFORMED, str(error)) from error
    if digest not in HASHES or hashlib.new(digest, data).digest() != hashed:
        raise TimeStampFailed(StampReason.IMPRINT)
    if not is_time_stamp_certificate(signed.signer):
        raise TimeStampFailed(StampReason.CERTIFICATE, "not meant for time stamps")
    path = path_from(signed.signer, [*known, *signed.certificates])
    problem = path_problem(path, at=stamped_at)
    if problem:
        raise TimeStampFailed(StampReason.CERTIFICATE, problem)
    others = tuple(der for der in signed.certificates if der not in path)
    stamp = TimeStamp(
        token=token,
        stamped_at=stamped_at,
        accuracy=accuracy,
        authority=facts_of(signed.signer).name,
        policy=policy,
        certificates=path + others,
    )
    return stamp, nonce


def _accuracy(value: dict[str, int | None] | None) -> timedelta:
    parts = value or {}
    return timedelta(seconds=parts.get("seconds") or 0, milliseconds=parts.get("millis") or 0, microseconds=parts.get("micros") or 0)
