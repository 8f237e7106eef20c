"""What can be said of a sealed PDF without its proof: whether it is as it was sealed, by whom, when. Not that it was published."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from allmende.lib.proof import texts
from allmende.lib.proof.lasting import lasting
from allmende.lib.proof.recognition import Subject
from allmende.lib.proof.report import Check, Facts, Report, State, Text
from allmende.lib.proof.statement import Statement, statement_in
from allmende.lib.proof.visible import visible
from allmende.lib.seal import DEMO_MARK, SealLevel, SealProblem, SealReport, examine_alone
from allmende.lib.seal.certificate import path_from

TIME_PROBLEMS = (SealProblem.NO_TIME_STAMP, SealProblem.TIME_STAMP)

# A PDF from elsewhere may carry a signature of any kind, or none: that is for others to check, and no fault.
_NOT_OURS = {
    SealProblem.SEVERAL_SEALS,
    SealProblem.MALFORMED,
    SealProblem.WRITTEN_OTHERWISE,
    SealProblem.NOT_A_SEAL,
    SealProblem.CERTIFICATES_DIFFER,
}

# The seal fits the file: reason of the check, and the answer
_WHOLE = {"whole": "document_whole", "claimed_alone": "document_claimed", "demo": "document_demo"}


def document_report(pdf: bytes, *, now: datetime, issuers: Collection[bytes] = ()) -> Report:
    """Examine the seal of a PDF alone; `issuers`: certificates that the asking person trusts. Never raises for what stands in it.

    Of a certificate of publication it is said which entry it names.
    """
    found, named = examined(pdf)
    named = shown(named)
    title = visible(" ".join(found.title.split())[:500]) if named else ""
    facts = with_seal(Facts(title=title, document_sha256=hashlib.sha256(pdf).hexdigest(), certifies=named), found)
    sealed = _sealed(found, is_vouched(found.certificates, issuers), ours=named is not None)
    checks = [sealed]
    if sealed.reason in _WHOLE:
        checks += [_stamped(found, is_vouched(found.timestamp_certificates, issuers)), _named(named)]
    failed = any(check.state == State.BAD for check in checks)
    name = "document_changed" if failed else _WHOLE.get(sealed.reason, "document_open")
    if named and not failed:
        name = name.replace("document_", "certificate_")
    when = Text("?", "?") if found.stamped_at is None else texts.moment(found.stamped_at)
    headline, lead, advice = texts.answer(name, issuer=facts.issuer, when=when)
    ends = lasting(found.certificates, found.timestamp_certificates, sealed_at=found.stamped_at, now=now) if found.holds else ()
    return Report(tuple(checks), facts, headline, lead, advice, Subject.DOCUMENT, ends)


def examined(pdf: bytes) -> tuple[SealReport, Statement | None]:
    """The seal of a PDF alone, and what it states if it is a certificate of publication.

    Nothing outside of such a file says what it was. So it must carry the certificates of its time stamp as we write them, in both
    places: else a byte of one of them could be changed unnoticed.
    """
    found = examine_alone(pdf)
    named = statement_in(found.reason)
    if named and not found.problems and not found.certificates_twice:
        found = replace(found, problems=(SealProblem.CERTIFICATES_DIFFER,))
    return found, named


def _named(named: Statement | None) -> Check:
    if named is None:
        return texts.check("log", "document")
    return texts.check("certificate", "alone", label=named.label, line=texts.number(named.index + 1), origin=named.origin)


def shown(named: Statement | None) -> Statement | None:
    """With what could mislead the eye written out."""
    return named and replace(named, label=visible(named.label), origin=visible(named.origin))


def not_ours(problems: Collection[SealProblem]) -> bool:
    """Whether the PDF carries no seal, or a signature of a kind that others have to check."""
    return bool(problems) and set(problems) <= _NOT_OURS | {SealProblem.NO_SEAL, *TIME_PROBLEMS}


def _sealed(found: SealReport, vouched: bool, *, ours: bool) -> Check:
    problems = [problem for problem in found.problems if problem not in TIME_PROBLEMS]
    if SealProblem.NO_SEAL in problems:
        return texts.check("seal", "no_seal", problems=told(problems))
    if problems:
        return texts.check("seal", "other_seal" if set(problems) <= _NOT_OURS and not ours else "changed", problems=told(problems))
    organisation = found.organisation or ""
    if found.level is SealLevel.ADVANCED_DEMO:
        return texts.check("seal", "demo", organisation=organisation)
    level = Text("", "") if found.level is None else Text(found.level.text("de"), found.level.text("en"))
    until = Text("?", "?") if found.signer is None else texts.day(found.signer.valid_until)
    how = "whole" if vouched else "claimed_alone"
    return texts.check("seal", how, organisation=organisation, until=until, authority=found.issuer or "", level=level)


def _stamped(found: SealReport, vouched: bool) -> Check:
    if SealProblem.TIME_STAMP in found.problems:
        return texts.check("time", "bad", problems=told([SealProblem.TIME_STAMP]))
    if found.stamped_at is None:
        return texts.check("time", "missing")
    return stamped(found.stamped_at, found.authority or "", vouched=vouched)


def stamped(at: datetime, authority: str, *, vouched: bool) -> Check:
    """The check of a time stamp that holds. One by the demo's own authority vouches for no time, nor does one by a stranger."""
    how = "demo" if DEMO_MARK in authority else "ok" if vouched else "claimed"
    return texts.check("time", how, when=texts.moment(at), authority=authority)


def is_vouched(certificates: Sequence[bytes], issuers: Collection[bytes]) -> bool:
    """Whether the path of the first certificate, as far as the others reach, comes to a certificate that is trusted."""
    return bool(certificates) and bool(issuers) and not set(issuers).isdisjoint(path_from(certificates[0], certificates))


def told(problems: Iterable[SealProblem]) -> Text:
    """What does not hold, in both languages."""
    known = list(problems)
    return Text(" ".join(problem.text("de") for problem in known), " ".join(problem.text("en") for problem in known))


def with_seal(facts: Facts, found: SealReport) -> Facts:
    """The facts, with what the seal says."""
    level = found.level
    return replace(
        facts,
        issuer=visible(found.organisation or (found.signer.name if found.signer else "")),
        seal_level=level.value if level else "",
        seal_label=Text(level.label("de"), level.label("en")) if level else Text("", ""),
        seal_valid_until=found.signer.valid_until if found.signer else None,
        stamped_at=found.stamped_at,
        authority=visible(found.authority or ""),
    )
