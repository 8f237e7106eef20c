"""Files that somebody hands in, examined and read by a child process with limits (see lib/limited).

This module is light: what it takes to read a file is loaded by the child.
"""

from dataclasses import dataclass, replace
from typing import Any, BinaryIO, TypeVar

from allmende.lib.extraction.examination import Examination, Extract
from allmende.lib.extraction.findings import Finding, Refused
from allmende.lib.extraction.limits import LOOK, READ
from allmende.lib.extraction.media import Media
from allmende.lib.limited import Cause, Limits, NotDone, Read, Turn, run_on_file
from allmende.lib.plain import of_plain, to_plain
from allmende.lib.richtext import from_data, to_data

T = TypeVar("T")


@dataclass(frozen=True)
class Refusal:
    """A Refused."""

    refused: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    findings: tuple[Finding, ...]


def examine_limited(file: BinaryIO, *, limits: Limits = LOOK, turn: Turn | None = None) -> Examination:
    """What is known of the file, which lies on disk. Never raises for what stands in it, but:

    Raises:
        Refused: it is not taken; `not_examined` also where it uses up its limits before it is known to be harmless, `busy`:
            try again.
    """
    found = _asked("look", file, read_examination, limits, turn)
    if found.media is not Media.PDF:
        return found
    try:
        findings = _asked("text", file, read_findings, limits, turn).findings
    except Refused:
        return replace(found, findings=(*found.findings, Finding("not_read_in_full")))
    unread = any(finding.code in ("scan", "pages_without_text", "unreadable_characters") for finding in findings)
    return replace(found, findings=(*findings, *found.findings), accessible=False if unread else found.accessible)


def extract_limited(file: BinaryIO, *, limits: Limits = READ, turn: Turn | None = None) -> Extract:
    """The text of the file, which lies on disk.

    Raises:
        Refused: none can be taken from it.
    """
    return _asked("read", file, read_extract, limits, turn)


def _asked(what: str, file: BinaryIO, read: Read[T], limits: Limits, turn: Turn | None) -> T:
    def answer_or_refusal(said: dict[str, Any]) -> T | Refused:
        return read_refusal(said) if "refused" in said else read(said)

    try:
        said = run_on_file(__name__, {"what": what}, file, read=answer_or_refusal, limits=limits, turn=turn)
    except NotDone as error:
        code = {Cause.BUSY: "busy", Cause.MEMORY: "too_large" if what == "read" else "not_examined"}.get(error.cause, "not_examined")
        raise Refused(code, detail=str(error)) from error
    if isinstance(said, Refused):
        raise said
    return said


# What `answer_file` said. Each raises ValueError or KeyError: something else.


def read_refusal(said: dict[str, Any]) -> Refused:
    refusal = of_plain(Refusal, said)
    return Refused(refusal.refused, refusal.names)


def read_examination(said: dict[str, Any]) -> Examination:
    return of_plain(Examination, said)


def read_findings(said: dict[str, Any]) -> Found:
    return of_plain(Found, said)


def read_extract(said: dict[str, Any]) -> Extract:
    return Extract(of_plain(str, said["title"]), from_data(said["document"]), read_findings({"findings": said["findings"]}).findings)


def answer_file(request: dict[str, Any], file: BinaryIO) -> dict[str, Any]:
    """What the child does."""
    file.seek(0)
    try:
        return _answer(request["what"], file)
    except Refused as error:
        said: dict[str, Any] = to_plain(Refusal(error.code, error.names))
        return said


def _answer(what: str, file: BinaryIO) -> dict[str, Any]:
    from allmende.lib.extraction.examination import examine, extract, text_findings

    said: dict[str, Any]
    if what == "read":
        found = extract(file)
        said = {"title": found.title, "document": to_data(found.document)} | to_plain(Found(found.findings))
    else:
        said = to_plain(examine(file) if what == "look" else Found(tuple(text_findings(file))))
    return said
