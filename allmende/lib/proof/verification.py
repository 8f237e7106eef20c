"""The offline verifier of proof bundles: no network, no database, no configuration. The clock says only which cosignatures are ahead of it.

Other files are told apart from bundles, and of a sealed PDF alone the seal is examined (see `document`).

Every member but the readme is bound: page and document by their commitments in the leaf, the leaf by the inclusion proof, that
by the signature of the log; certificates, time stamp and revocation data by the seal inside the document; manifest and policy
by having to be exactly what follows from the rest. So a changed byte is found even if the manifest was made to match.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from allmende.lib.commitment import ARTEFACT, commit
from allmende.lib.proof import texts
from allmende.lib.proof.archived import archive_check
from allmende.lib.proof.attached import NAME, Given, artefact, detached_in, number_of, numbers_in
from allmende.lib.proof.attachments import attachments_check, examine_attachments
from allmende.lib.proof.bundle import (
    ARTEFACTS,
    DOCUMENT,
    LEAF,
    MANIFEST,
    PAGE,
    POLICY,
    PROOF,
    SALTS,
    SEAL_CERTIFICATES,
    TIMESTAMP,
    TIMESTAMP_CERTIFICATES,
    VKEY,
    BundleError,
    check_manifest,
    check_names,
    from_members,
    policy_text,
    read_salts,
    read_vkey,
    witness_order,
)
from allmende.lib.proof.certified import Entry, certificate_check
from allmende.lib.proof.container import ContainerError, pack, unpack
from allmende.lib.proof.document import TIME_PROBLEMS, document_report, is_vouched, stamped, told, with_seal
from allmende.lib.proof.lasting import certificate_lasts, lasting, log_lasts
from allmende.lib.proof.leaf import LeafError, Published, parse_leaf
from allmende.lib.proof.outcome import report_of
from allmende.lib.proof.pem import from_pem
from allmende.lib.proof.recognition import Subject, recognise
from allmende.lib.proof.report import NOTHING, Check, Cosigning, Facts, Hosted, Lasts, Report, State, Text
from allmende.lib.proof.suspects import REVOCATION, changed, differing, differing_certificates, either
from allmende.lib.proof.trust import Trust, trust_of
from allmende.lib.proof.visible import title_of, visible
from allmende.lib.seal import SealLevel, SealProblem, SealReport, examine
from allmende.lib.tlog import (
    COSIGNER,
    Note,
    Signature,
    TlogError,
    TlogProof,
    VerifierKey,
    leaf_hash,
    parse_checkpoint,
    parse_policy,
    parse_proof,
)

_OF_REVOCATION = {SealProblem.REVOCATION_UNUSABLE, SealProblem.REVOCATION_IRRELEVANT, SealProblem.REVOCATION_MISSING}


def verify(
    data: bytes,
    *,
    vkey: str | None = None,
    policy: str | None = None,
    issuers: Sequence[bytes] = (),
    hosted: Mapping[str, Hosted] | None = None,
    files: Sequence[Given] = (),
    archive: bytes | None = None,
    certificate: bytes | None = None,
    now: datetime | None = None,
) -> Report:
    """Check the file of a bundle. Of a sealed PDF alone the seal is examined; of anything else it is said what it is not.

    Args:
        vkey: key of the log, from a source the asking person trusts. The bundle must be of this log.
        policy: trust policy (C2SP tlog-policy). It must name the log, and its quorum must have signed. Only the witnesses it
            names, and those of `hosted`, count as witnesses.
        issuers: certificates (DER) of issuers that the asking person trusts. A seal or a time stamp of anybody else says who and
            when, and nobody vouches for it.
        hosted: logs that the asking installation keeps, by origin. A bundle that names one must be signed by its true key.
        files: what is handed in beside the bundle: attachments that are too large for it. Only their checksums are needed.
        archive: the file of an archive time stamp of the log.
        certificate: a certificate of publication. It and the bundle may stand in each other's place.
        now: the clock of whoever asks; by default that of this machine.

    Raises:
        TlogError: `vkey` or `policy` themselves cannot be read. Whatever stands in `data`, nothing is raised for it.
    """
    trust = trust_of(vkey=vkey, policy=policy, issuers=issuers, hosted=hosted, now=now)
    subject = recognise(data)
    if certificate is not None and subject is Subject.DOCUMENT and recognise(certificate) is Subject.BUNDLE:
        data, certificate, subject = certificate, data, Subject.BUNDLE
    if subject is Subject.DOCUMENT:
        report = document_report(data, now=trust.now, issuers=trust.issuers)
        asked = trust.key is not None or trust.rule is not None
        return replace(report, checks=(*report.checks, texts.check("trust", "alone"))) if asked and report.examined else report
    if subject is not Subject.BUNDLE:
        return _no_proof(data, subject)
    try:
        members = unpack(data)
        check_names([name for name, _ in members])
    except (ContainerError, BundleError) as error:
        found = texts.check("bundle", error.code, names=texts.names(getattr(error, "names", ())))
        return report_of([found], Facts())
    return _Verification(data, members, trust, files, _Beside(archive, certificate)).run()


def _no_proof(data: bytes, subject: Subject) -> Report:
    facts = Facts()
    if subject is Subject.PAGE:
        facts = Facts(title=title_of(data), page_sha256=hashlib.sha256(data).hexdigest())
    name = {Subject.PAGE: "page_file", Subject.ARCHIVE: "archive_file"}.get(subject, "no_proof")
    headline, lead, advice = texts.answer(name)
    return Report((texts.check("bundle", name),), facts, headline, lead, advice, subject)


class _Beside(NamedTuple):
    """What was handed in beside the bundle, and is none of its attachments."""

    archive: bytes | None
    certificate: bytes | None


class _Verification:
    """One run over the members; `facts` fills up as things are read."""

    def __init__(self, data: bytes, members: list[tuple[str, bytes]], trust: Trust, given: Sequence[Given], beside: _Beside) -> None:
        self.data = data
        self.beside = beside
        self.paths: tuple[tuple[bytes, ...], tuple[bytes, ...]] = ((), ())
        self.asking = trust
        self.given = given
        self.members = members
        self.parts: Mapping[str, bytes] = dict(members)
        self.facts = Facts(
            title=title_of(self.parts[PAGE]),
            page_sha256=hashlib.sha256(self.parts[PAGE]).hexdigest(),
            document_sha256=hashlib.sha256(self.parts[DOCUMENT]).hexdigest(),
        )
        self.key: VerifierKey | None = None
        self.proof: TlogProof | None = None
        self.origin = ""
        self.counted: frozenset[VerifierKey] = frozenset()
        self.suspects: list[str] = []  # members beside page and document that are not as they were issued

    def run(self) -> Report:
        log = self.log()
        checks = [self.content(log), *self.attachments(log), *self.seal(), log, self.witness()]
        checks = [self.bundle(checks), *checks, self.trust()]
        beside, lasting = self.others(log, checks)
        return replace(report_of([*checks, *beside], self.facts, self.suspects), lasting=lasting)

    def others(self, log: Check, checks: list[Check]) -> tuple[list[Check], tuple[Lasts, ...]]:
        """Archive time stamp and certificate, and what is still fresh: nothing is said about what does not hold."""
        index = self.proof.index if self.proof and log.state == State.OK else None
        covering = certified = None
        found: list[Check] = []
        if self.beside.archive is not None:
            check, covering = archive_check(
                self.beside.archive, key=self.key, index=index, leaf=self.parts[LEAF], issuers=self.asking.issuers
            )
            found.append(check)
        if self.beside.certificate is not None:
            entry = None if index is None else self.entry(index)
            check, certified = certificate_check(self.beside.certificate, entry, issuers=self.asking.issuers)
            found.append(check)
        if self.facts.stamped_at is None or any(check.state == State.BAD for check in checks if check.code in ("seal", "time", "log")):
            return found, ()
        now = self.asking.now
        lasts = [*lasting(*self.paths, sealed_at=self.facts.stamped_at, archive=covering, now=now), log_lasts(covering, now)]
        if certified is not None:
            lasts.append(certificate_lasts(certified.timestamp_certificates, now))
        return found, tuple(lasts)

    def entry(self, index: int) -> Entry:
        facts = self.facts
        return Entry(self.origin, index, self.parts[LEAF], facts.page_sha256, facts.document_sha256, facts.issuer)

    def bundle(self, others: list[Check]) -> Check:
        """`others`: the checks of the members. The manifest is itself a member that may have been changed: they say whom to believe."""
        try:
            check_manifest(self.parts)
            from_members(self.parts)
        except BundleError as error:
            if error.code == "changed":
                check, self.suspects = changed(error.names, parts=self.parts, checks=others)
                return check
            if error.code == "form":
                self.suspects = list(error.names)
            return texts.check("bundle", error.code, names=texts.names(error.names))
        if pack(self.members) != self.data:
            return texts.check("bundle", "repacked")
        leaf = self._leaf()
        if leaf is not None and (detached_in(self.parts[MANIFEST]) is None) != (len(leaf.artefacts) == len(ARTEFACTS)):
            return texts.check("bundle", "form", names=texts.names([MANIFEST]))
        return texts.check("bundle", "ok", count=str(len(self.members)))

    def _leaf(self) -> Published | None:
        """The entry; None if it is none of a page, a document and attachments."""
        try:
            leaf = parse_leaf(self.parts[LEAF])
        except LeafError:
            return None
        if not isinstance(leaf, Published) or not set(ARTEFACTS) <= set(leaf.artefacts):
            return None
        return None if numbers_in(set(leaf.artefacts) - set(ARTEFACTS)) is None else leaf

    def _salts(self) -> dict[str, bytes] | None:
        named = [name for name in self.parts if NAME.fullmatch(name)] + list(detached_in(self.parts[MANIFEST]) or {})
        try:
            return read_salts(self.parts[SALTS], [*ARTEFACTS, *(artefact(number_of(name)) for name in named)])
        except ValueError:
            return None

    def attachments(self, log: Check) -> list[Check]:
        """Its check, if there are any."""
        leaf, salts = self._leaf(), self._salts()
        numbers = numbers_in(set(leaf.artefacts) - set(ARTEFACTS)) if leaf else None
        if leaf is None or numbers is None or salts is None:
            return [texts.check("attachments", "unchecked")] if self.given or numbers else []
        detached = detached_in(self.parts[MANIFEST]) or {}
        found = examine_attachments(numbers, leaf.artefacts, parts=self.parts, detached=detached, salts=salts, given=self.given)
        self.facts = replace(self.facts, attachments=found)
        check = attachments_check(found, self.given, logged=log.state != State.BAD)
        return [check] if check else []

    def content(self, log: Check) -> Check:
        leaf = self._leaf()
        if leaf is None:
            return texts.check("content", "leaf")
        self.facts = replace(self.facts, kind=leaf.kind)
        salts = self._salts()
        if salts is None:
            return texts.check("content", "salts")
        same = [commit(ARTEFACT, salts[name], self.parts[name]) == leaf.artefacts[name] for name in (PAGE, DOCUMENT)]
        if log.state == State.BAD and not all(same):
            return texts.check("content", "entry")  # it may be the entry that was changed
        accused = differing(self.parts)
        if not all(same) and accused == {SALTS}:
            return texts.check("content", "salts_changed")
        perhaps = NOTHING if accused and SALTS not in accused else texts.part("salts_perhaps")
        reasons = {(True, True): "ok", (False, True): "page_changed", (True, False): "document_changed", (False, False): "both_changed"}
        return texts.check("content", reasons[same[0], same[1]], perhaps=perhaps)

    def seal(self) -> list[Check]:
        certificates: list[tuple[bytes, ...]] = []
        for name in (SEAL_CERTIFICATES, TIMESTAMP_CERTIFICATES):
            try:
                certificates.append(from_pem(self.parts[name]))
            except ValueError:
                certificates.append(())
        revocation = [data for name, data in self.parts.items() if name.startswith("revocation/")]
        found = examine(self.parts[DOCUMENT], certificates=certificates[0], timestamp_certificates=certificates[1], revocation=revocation)
        self.facts = with_seal(self.facts, found)
        self.paths = found.certificates, found.timestamp_certificates
        sealed, stamped = (self._vouched(list_) for list_ in certificates)
        return [self._sealed(found, sealed), self._stamped(found, stamped)]

    def _enclosed(self, problems: list[SealProblem]) -> list[str]:
        """Which members beside the PDF the problems point to."""
        names = [REVOCATION] if _OF_REVOCATION.intersection(problems) else []
        if SealProblem.CERTIFICATES_DIFFER in problems:
            names += differing_certificates(self.parts)
        return names

    def _vouched(self, certificates: tuple[bytes, ...]) -> bool:
        return is_vouched(certificates, self.asking.issuers)

    def _sealed(self, found: SealReport, vouched: bool) -> Check:
        problems = [problem for problem in found.problems if problem not in TIME_PROBLEMS]
        if problems:
            names = self._enclosed(problems)
            self.suspects += names
            return texts.check("seal", "bad", problems=told(problems), names=either(names))
        until = Text("?", "?") if self.facts.seal_valid_until is None else texts.day(self.facts.seal_valid_until)
        level = Text("", "") if found.level is None else Text(found.level.text("de"), found.level.text("en"))
        how = "demo" if found.level is SealLevel.ADVANCED_DEMO else "ok" if vouched else "claimed"
        return texts.check("seal", how, organisation=self.facts.issuer, until=until, level=level, authority=found.issuer or "")

    def _stamped(self, found: SealReport, vouched: bool) -> Check:
        problems = [problem for problem in found.problems if problem in TIME_PROBLEMS]
        if problems:
            return texts.check("time", "bad", problems=told(problems))
        if found.token is None or found.stamped_at is None:
            return texts.check("time", "unchecked")
        if found.token != self.parts[TIMESTAMP]:
            self.suspects.append(TIMESTAMP)
            return texts.check("time", "other_token")
        return stamped(found.stamped_at, found.authority or "", vouched=vouched)

    def log(self) -> Check:
        try:
            key = read_vkey(self.parts[VKEY])
        except TlogError:
            return texts.check("log", "key")
        self.facts = replace(self.facts, vkey=visible(str(key)))
        try:
            proof = parse_proof(self.parts[PROOF])
            head, note = parse_checkpoint(proof.checkpoint)
        except TlogError:
            return texts.check("log", "form")
        if proof.extra is not None or head.extensions:
            return texts.check("log", "form")
        self.key, self.proof, self.origin = key, proof, head.origin
        self.facts = replace(self.facts, origin=visible(head.origin), index=proof.index, size=head.size)
        signature = note.signatures[0]
        if head.origin != key.name or not key.made(signature) or not key.verifies(note.text, signature):
            return texts.check("log", "signature")
        try:
            proof.verify_inclusion(leaf_hash(self.parts[LEAF]))
        except TlogError:
            return texts.check("log", "inclusion")
        return texts.check("log", "ok", line=texts.number(proof.index + 1), size=texts.number(head.size), origin=self.facts.origin)

    def witness(self) -> Check:
        if self.key is None or self.proof is None:
            return texts.check("witness", "unchecked")
        _, note = parse_checkpoint(self.proof.checkpoint)
        try:
            keys = [witness.key for witness in parse_policy(self.parts[POLICY]).witnesses]
            fits = policy_text(str(self.key), [str(key) for key in keys]) == self.parts[POLICY]
        except TlogError:
            fits, keys = False, []
        lines = note.signatures[1:]
        if not fits or len(lines) != len(keys) or keys != sorted(keys, key=witness_order):
            self.suspects.append(POLICY)
            return texts.check("witness", "policy")
        if not all(_cosigned(key, note, line) for key, line in zip(keys, lines, strict=True)):
            self.suspects.append(PROOF)
            return texts.check("witness", "cosignature")
        if not keys:
            return texts.check("witness", "none")
        return self._witnessed([(key, _moment(line.time)) for key, line in zip(keys, lines, strict=True)])

    def _witnessed(self, cosigned: list[tuple[VerifierKey, datetime]]) -> Check:
        """Who of those that have signed counts: anybody can make a key and name it like an office."""
        known = self.asking.knows(self.origin)
        possible = [(key, at) for key, at in cosigned if self.asking.possible(at, self.facts.stamped_at)]
        odd = [visible(key.name) for key, at in cosigned if (key, at) not in possible]
        witnesses = tuple(Cosigning(visible(key.name), at) for key, at in possible if key in known)
        others = tuple(Cosigning(visible(key.name), at) for key, at in possible if key not in known)
        self.counted = frozenset(key for key, _ in possible if key in known)
        self.facts = replace(self.facts, witnesses=witnesses, cosigners=others)
        late = texts.part("odd", names=texts.names(odd)) if odd else NOTHING
        if witnesses:
            names, when = texts.names([witness.name for witness in witnesses]), texts.moment(max(witness.at for witness in witnesses))
            more = texts.part("others", names=texts.names([other.name for other in others])) if others else NOTHING
            return texts.check("witness", "ok", names=names, when=when, more=more, odd=late)
        if others:
            names = texts.names([other.name for other in others])
            return texts.check("witness", "unknown" if len(others) > 1 else "unknown_one", names=names, count=str(len(others)), odd=late)
        return texts.check("witness", "odd", odd=late)

    def trust(self) -> Check:
        known, rule = self.asking.key, self.asking.rule
        if self.key is None or self.proof is None:
            return texts.check("trust", "unchecked")
        origin = self.facts.origin
        home = self.asking.hosted.get(self.origin)
        if home and home.key != self.key:
            return texts.check("trust", "not_hosted", origin=origin)
        if known is not None and known != self.key:
            return texts.check("trust", "other_key", given=known.name, origin=origin)
        if rule is None:
            how = "key" if known else "hosted" if home else "none"
            return texts.check("trust", how, origin=origin, vkey=self.facts.vkey)
        try:
            rule.evaluate(self.proof.checkpoint)
        except TlogError as error:
            return texts.check("trust", "cosignature" if error.code == "bad_signature" else "other_log", origin=origin)
        if not rule.is_met(self.counted):
            named = [witness.key.name for witness in rule.witnesses if witness.key in self.counted]
            return texts.check("trust", "quorum", names=texts.names(named))
        return texts.check("trust", "policy", origin=origin)


def _cosigned(key: VerifierKey, note: Note, line: Signature) -> bool:
    return key.kind == COSIGNER and key.made(line) and key.verifies(note.text, line)


def _moment(seconds: int) -> datetime:
    """A witness may sign any time below 2**63; what no calendar can hold is shown as the last day it can."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return datetime(9999, 12, 30, tzinfo=UTC)
