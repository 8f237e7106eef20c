"""Examination of a sealed PDF from strangers: in a child process with limits (see lib/limited)."""

from __future__ import annotations

from typing import Any

from allmende.lib.limited import Limits, NotDone, Turn, run
from allmende.lib.plain import of_plain, to_plain

from .examination import SealProblem, SealReport, examine_alone


def examine_limited(pdf: bytes, *, limits: Limits | None = None, turn: Turn | None = None) -> SealReport:
    """`examine_alone(pdf)` by a child process. Never raises for what stands in the file.

    Whatever uses up its limits or crashes its reader is answered with the problem NOT_EXAMINED alone; `details` says why (a
    `lib.limited.Cause`, among them BUSY: try again). Pages give a `turn`. Costs about 0.4 s more than the examination.
    """
    try:
        return run(__name__, {}, pdf, read=read_answer, limits=limits or Limits(), turn=turn)
    except NotDone as error:
        return SealReport((SealProblem.NOT_EXAMINED,), (error.cause.value,))


def read_answer(said: dict[str, Any]) -> SealReport:
    """What `answer` said. Raises ValueError: something else."""
    return of_plain(SealReport, said)


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What the child does."""
    said: dict[str, Any] = to_plain(examine_alone(data))
    return said
