"""What all checks of a bundle together come to."""

from collections.abc import Sequence
from dataclasses import replace

from allmende.lib.proof import texts
from allmende.lib.proof.report import Check, Facts, Report, State, Text


def report_of(checks: Sequence[Check], facts: Facts, suspects: Sequence[str] = ()) -> Report:
    """The report with its answer. `suspects`: members beside page and document that are not as they were issued."""
    report = Report(tuple(checks), facts, Text("", ""), Text("", ""), ())
    when = Text("?", "?") if facts.stamped_at is None else texts.moment(facts.stamped_at)
    demo = [check.code for check in checks if check.state == State.DEMO and check.code in ("seal", "time")] if report.ok else []
    trust = report.check("trust")
    headline, lead, advice = texts.answer(
        _answer(report, altered=bool(suspects)),
        demo=demo,
        hosted=trust is not None and trust.reason == "hosted",
        issuer=facts.issuer,
        when=when,
        origin=facts.origin,
        names=texts.names(list(dict.fromkeys(suspects))),
    )
    return replace(report, headline=headline, lead=lead, advice=advice)


def _answer(report: Report, *, altered: bool) -> str:
    failed = {check.code: check.reason for check in report.failed}
    if not failed:
        if not report.trusted:
            return "consistent"
        vouched = all(check.state == State.OK for check in report.checks if check.code in ("seal", "time"))
        return "genuine" if vouched else "genuine_demo" if report.demo else "genuine_claimed"
    if failed.get("trust") == "not_hosted":
        return "not_hosted"
    if set(failed) == {"trust"}:
        return "distrusted"
    beside = {"certificate": "other_certificate", "archive": "other_archive"}
    beside |= {"attachments": "other_file"} if failed.get("attachments") == "foreign" else {}
    if set(failed) <= set(beside):
        return next(answer for code, answer in beside.items() if code in failed)
    if len(report.checks) == 1:
        return "damaged" if failed["bundle"] in ("unreadable", "too_large") else "unproven"
    if set(failed) <= {"bundle", "trust"}:
        return "repacked"
    if failed.get("content") in ("salts", "salts_changed") and "log" not in failed:
        return "salts"
    if failed.get("content", "").endswith("_changed") or failed.get("attachments") == "changed":
        return "changed"
    # From here on page and PDF are those of the entry; what does not hold is what lies beside them, or the seal in the PDF itself.
    if set(failed) <= {"bundle", "seal", "time", "witness"}:
        return "altered" if altered else "unsealed"
    return "unproven"
