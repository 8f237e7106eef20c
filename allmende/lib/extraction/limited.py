"""Files that somebody hands in, examined and read by a child process with limits (see lib/limited).

This module is light: what it takes to read a file is loaded by the child.
"""

from dataclasses import replace
from typing import Any, BinaryIO

from allmende.lib.extraction.examination import Examination, Extract, as_plain, of_plain
from allmende.lib.extraction.findings import Finding, Refused
from allmende.lib.extraction.limits import LOOK, READ
from allmende.lib.extraction.media import Media
from allmende.lib.limited import Cause, Limits, NotDone, Turn, run_on_file
from allmende.lib.richtext import from_data, to_data


def examine_limited(file: BinaryIO, *, limits: Limits = LOOK, turn: Turn | None = None) -> Examination:
    """What is known of the file, which lies on disk. Never raises for what stands in it, but:

    Raises:
        Refused: it is not taken; `not_examined` also where it uses up its limits before it is known to be harmless, `busy`:
            try again.
    """
    found = of_plain(_asked("look", file, limits, turn))
    if found.media is not Media.PDF:
        return found
    try:
        told = _asked("text", file, limits, turn)["findings"]
    except Refused:
        return replace(found, findings=(*found.findings, Finding("not_read_in_full")))
    findings = tuple(Finding.of_json(one) for one in told)
    unread = any(finding.code in ("scan", "pages_without_text", "unreadable_characters") for finding in findings)
    return replace(found, findings=(*findings, *found.findings), accessible=False if unread else found.accessible)


def extract_limited(file: BinaryIO, *, limits: Limits = READ, turn: Turn | None = None) -> Extract:
    """The text of the file, which lies on disk.

    Raises:
        Refused: none can be taken from it.
    """
    said = _asked("read", file, limits, turn)
    return Extract(said["title"], from_data(said["document"]), tuple(Finding.of_json(one) for one in said["findings"]))


def _asked(what: str, file: BinaryIO, limits: Limits, turn: Turn | None) -> dict[str, Any]:
    try:
        said = run_on_file(__name__, {"what": what}, file, limits=limits, turn=turn)
    except NotDone as error:
        code = {Cause.BUSY: "busy", Cause.MEMORY: "too_large" if what == "read" else "not_examined"}.get(error.cause, "not_examined")
        raise Refused(code, detail=str(error)) from error
    if "refused" in said:
        raise Refused(said["refused"], said["names"])
    return said


def answer_file(request: dict[str, Any], file: BinaryIO) -> dict[str, Any]:
    """What the child does."""
    from allmende.lib.extraction.examination import examine, extract, text_findings

    file.seek(0)
    try:
        match request["what"]:
            case "look":
                return as_plain(examine(file))
            case "text":
                return {"findings": [finding.as_json() for finding in text_findings(file)]}
            case _:
                found = extract(file)
    except Refused as error:
        return {"refused": error.code, "names": list(error.names)}
    findings = [finding.as_json() for finding in found.findings]
    return {"title": found.title, "document": to_data(found.document), "findings": findings}
