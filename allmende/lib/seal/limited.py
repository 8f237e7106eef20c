"""Examination of a sealed PDF from strangers: in a child process with limits (see lib/limited)."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from allmende.lib.limited import Limits, NotDone, Turn, run

from .certificate import CertificateFacts
from .examination import SealProblem, SealReport, examine_alone
from .level import SealLevel


def examine_limited(pdf: bytes, *, limits: Limits | None = None, turn: Turn | None = None) -> SealReport:
    """`examine_alone(pdf)` by a child process. Never raises for what stands in the file.

    Whatever uses up its limits or crashes its reader is answered with the problem NOT_EXAMINED alone; `details` says why (a
    `lib.limited.Cause`, among them BUSY: try again). Pages give a `turn`. Costs about 0.4 s more than the examination.
    """
    try:
        said = run(__name__, {}, pdf, limits=limits or Limits(), turn=turn)
    except NotDone as error:
        return SealReport((SealProblem.NOT_EXAMINED,), (error.cause.value,))
    return from_plain(said)


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What the child does."""
    return to_plain(examine_alone(data))


def to_plain(report: SealReport) -> dict[str, Any]:
    signer = None
    if report.signer is not None:
        signer = asdict(report.signer)
        signer |= {name: signer[name].isoformat() for name in ("valid_from", "valid_until")}
    return {
        "problems": list(report.problems),
        "details": list(report.details),
        "signer": signer,
        "stamped_at": report.stamped_at and report.stamped_at.isoformat(),
        "authority": report.authority,
        "token": report.token and report.token.hex(),
        "certificates": [der.hex() for der in report.certificates],
        "timestamp_certificates": [der.hex() for der in report.timestamp_certificates],
    }


def from_plain(plain: dict[str, Any]) -> SealReport:
    """The report again. Raises ValueError, TypeError, KeyError: not from `to_plain`."""
    signer = None
    if plain["signer"] is not None:
        values = {field.name: plain["signer"][field.name] for field in fields(CertificateFacts)}
        values |= {name: datetime.fromisoformat(values[name]) for name in ("valid_from", "valid_until")}
        signer = CertificateFacts(**values | {"level": SealLevel(values["level"])})
    return SealReport(
        problems=tuple(SealProblem(code) for code in plain["problems"]),
        details=tuple(plain["details"]),
        signer=signer,
        level=signer.level if signer else None,
        stamped_at=datetime.fromisoformat(plain["stamped_at"]) if plain["stamped_at"] else None,
        authority=plain["authority"],
        token=bytes.fromhex(plain["token"]) if plain["token"] else None,
        certificates=tuple(bytes.fromhex(der) for der in plain["certificates"]),
        timestamp_certificates=tuple(bytes.fromhex(der) for der in plain["timestamp_certificates"]),
    )
