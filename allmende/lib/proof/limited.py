"""The check of a bundle from strangers, made by a child process with limits (see lib/limited).

This module and what it imports is light: a command line that asks need not load what the child loads anyway.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from allmende.lib.limited import Cause, Limits, NotDone, Turn, run
from allmende.lib.plain import of_plain, to_plain
from allmende.lib.proof import texts
from allmende.lib.proof.attached import Given
from allmende.lib.proof.report import Facts, Hosted, Report

if TYPE_CHECKING:
    from allmende.lib.tlog import TlogError


class Refusal(NamedTuple):
    """A TlogError."""

    code: str
    detail: str


def verify_limited(
    data: bytes,
    *,
    vkey: str | None = None,
    policy: str | None = None,
    issuers: Sequence[bytes] = (),
    hosted: Mapping[str, Hosted] | None = None,
    files: Sequence[Given] = (),
    archive: bytes | None = None,
    certificate: bytes | None = None,
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
        "archive": _written(archive),
        "certificate": _written(certificate),
    }
    try:
        said = run(__name__, asked, data, read=read_answer, limits=limits or Limits(), turn=turn)
    except NotDone as error:
        return _not_examined(error.cause)
    if isinstance(said, Report):
        return said
    raise said


def read_answer(said: dict[str, Any]) -> "Report | TlogError":
    """What `answer` said. Raises ValueError: something else."""
    if "refused" not in said:
        return of_plain(Report, said)
    from allmende.lib.tlog import TlogError

    return TlogError(*of_plain(Refusal, said["refused"]))


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
            archive=_read(request["archive"]),
            certificate=_read(request["certificate"]),
        )
    except TlogError as error:
        return {"refused": [error.code, error.detail]}
    said: dict[str, Any] = to_plain(report)
    return said


def _written(file: bytes | None) -> str | None:
    return None if file is None else base64.b64encode(file).decode("ascii")


def _read(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def _not_examined(cause: Cause) -> Report:
    reason = "busy" if cause is Cause.BUSY else "not_examined"
    headline, lead, advice = texts.answer(reason)
    return Report((texts.check("bundle", reason),), Facts(), headline, lead, advice)
