"""The check of a bundle from strangers, made by a child process with limits (see lib/limited).

This module and what it imports is light: a command line that asks need not load what the child loads anyway.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from allmende.lib.limited import Cause, Limits, NotDone, Turn, run
from allmende.lib.proof import texts
from allmende.lib.proof.attached import Found, Given, Standing
from allmende.lib.proof.recognition import Subject
from allmende.lib.proof.report import Check, Cosigning, Facts, Fresh, Hosted, Lasts, Report, State, Text

_TIMES: Final = ("seal_valid_until", "stamped_at")
_COSIGNED: Final = ("witnesses", "cosigners")
_ENDS: Final = ("until", "unfit_from")


def verify_limited(
    data: bytes,
    *,
    vkey: str | None = None,
    policy: str | None = None,
    issuers: Sequence[bytes] = (),
    hosted: Mapping[str, Hosted] | None = None,
    files: Sequence[Given] = (),
    archive: bytes | None = None,
    limits: Limits | None = None,
    turn: Turn | None = None,
) -> Report:
    """`verify` of the same arguments by a child process, with the same answer.

    What uses up its limits or crashes the reader gets a report with the single check `bundle`, reason `not_examined` (or `busy`:
    try again); its `exit_status` is 2. Pages give a `turn`.

    Raises:
        TlogError: `vkey` or `policy` themselves cannot be read.
    """
    asked = {
        "vkey": vkey,
        "policy": policy,
        "issuers": [issuer.hex() for issuer in issuers],
        "hosted": {origin: [home.vkey, list(home.witnesses)] for origin, home in (hosted or {}).items()},
        "files": [[file.name, file.sha256.hex(), file.size] for file in files],
        "archive": None if archive is None else base64.b64encode(archive).decode("ascii"),
    }
    try:
        said = run(__name__, asked, data, limits=limits or Limits(), turn=turn)
    except NotDone as error:
        return _not_examined(error.cause)
    if "refused" in said:
        from allmende.lib.tlog import TlogError

        raise TlogError(*said["refused"])
    return from_plain(said)


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What the child does."""
    from allmende.lib.proof.verification import verify
    from allmende.lib.tlog import TlogError

    try:
        report = verify(
            data,
            vkey=request["vkey"],
            policy=request["policy"],
            issuers=[bytes.fromhex(issuer) for issuer in request["issuers"]],
            hosted={origin: Hosted(vkey, tuple(witnesses)) for origin, (vkey, witnesses) in request["hosted"].items()},
            files=[Given(name, bytes.fromhex(digest), size) for name, digest, size in request["files"]],
            archive=None if request["archive"] is None else base64.b64decode(request["archive"]),
        )
    except TlogError as error:
        return {"refused": [error.code, error.detail]}
    return to_plain(report)


def _not_examined(cause: Cause) -> Report:
    reason = "busy" if cause is Cause.BUSY else "not_examined"
    headline, lead, advice = texts.answer(reason)
    return Report((texts.check("bundle", reason),), Facts(), headline, lead, advice)


def to_plain(report: Report) -> dict[str, Any]:
    """For JSON; `Text` becomes a list of two."""
    plain = asdict(report)
    facts = plain["facts"]
    facts |= {name: facts[name] and facts[name].isoformat() for name in _TIMES}
    for name in _COSIGNED:
        facts[name] = [[cosigning.name, cosigning.at.isoformat()] for cosigning in getattr(report.facts, name)]
    for one in plain["lasting"]:
        one |= {name: one[name] and one[name].isoformat() for name in _ENDS}
    return plain


def from_plain(plain: dict[str, Any]) -> Report:
    """The report again. Raises ValueError, TypeError, KeyError: not from `to_plain`."""
    facts = dict(plain["facts"])
    facts |= {name: facts[name] and datetime.fromisoformat(facts[name]) for name in _TIMES}
    facts["seal_label"] = Text(*facts["seal_label"])
    for name in _COSIGNED:
        facts[name] = tuple(Cosigning(who, datetime.fromisoformat(at)) for who, at in facts[name])
    facts["attachments"] = tuple(
        Found(one["number"], Standing(one["standing"]), one["sha256"], one["size"]) for one in facts["attachments"]
    )
    checks = tuple(
        Check(check["code"], State(check["state"]), check["reason"], Text(*check["title"]), Text(*check["detail"]))
        for check in plain["checks"]
    )
    advice = tuple(Text(*text) for text in plain["advice"])
    lasting = tuple(_lasts(one) for one in plain["lasting"])
    return Report(checks, Facts(**facts), Text(*plain["headline"]), Text(*plain["lead"]), advice, Subject(plain["subject"]), lasting)


def _lasts(plain: dict[str, Any]) -> Lasts:
    ends = {name: plain[name] and datetime.fromisoformat(plain[name]) for name in _ENDS}
    return Lasts(**(plain | ends | {"state": Fresh(plain["state"]), "algorithms": tuple(plain["algorithms"])}))
