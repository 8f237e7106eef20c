"""Examination of a sealed PDF, offline: what holds, what does not, and who says so. No trust store, no network, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from .certificate import CertificateFacts, facts_of, is_seal_certificate, is_spoiled_root, path_from
from .chain import path_problem
from .cms import BadSignature, Malformed, Signed, open_signed
from .errors import TimeStampFailed
from .level import SealLevel
from .pdf import NoSeal, NotWhole, SealPlace, SeveralSeals, WrittenOtherwise, find_seal
from .revocation import is_declared, read_revocation
from .timestamp import TimeStamp, check_token, read_token


class SealProblem(StrEnum):
    """What does not hold of a sealed PDF. Codes are stable."""

    NO_SEAL = "seal_missing"
    SEVERAL_SEALS = "seal_several"
    NOT_WHOLE = "seal_not_whole_file"
    WRITTEN_OTHERWISE = "seal_written_otherwise"
    MALFORMED = "seal_malformed"
    CHANGED = "seal_content_changed"
    SIGNATURE = "seal_signature_invalid"
    CERTIFICATES_DIFFER = "seal_certificates_differ"
    CHAIN = "seal_chain_invalid"
    NOT_A_SEAL = "seal_certificate_not_for_seals"
    NO_TIME_STAMP = "time_stamp_missing"
    TIME_STAMP = "time_stamp_invalid"
    REVOCATION_UNUSABLE = "revocation_unusable"
    REVOCATION_IRRELEVANT = "revocation_irrelevant"
    REVOCATION_MISSING = "revocation_missing"
    REVOKED = "seal_revoked"
    NOT_EXAMINED = "seal_could_not_be_examined"

    def text(self, language: str = "de") -> str:
        return _TEXTS[self][language == "en"]


_TEXTS: dict[SealProblem, tuple[str, str]] = {
    SealProblem.NO_SEAL: ("Das PDF trägt kein prüfbares Siegel.", "The PDF carries no seal that can be examined."),
    SealProblem.SEVERAL_SEALS: ("Das PDF trägt mehr als eine Signatur.", "The PDF carries more than one signature."),
    SealProblem.NOT_WHOLE: (
        "Das Siegel deckt nicht die ganze Datei: Es wurde etwas angefügt oder ausgetauscht.",
        "The seal does not cover the whole file: something was appended or replaced.",
    ),
    SealProblem.WRITTEN_OTHERWISE: (
        "Das Siegel ist anders geschrieben als festgelegt: Seine Zeichen stehen nicht in Großbuchstaben und ohne Zwischenraum da.",
        "The seal is written in another way than specified: its digits are not in upper case without spaces.",
    ),
    SealProblem.MALFORMED: ("Das Siegel ist nicht aufgebaut wie vorgeschrieben.", "The seal is not built as prescribed."),
    SealProblem.CHANGED: ("Der Inhalt des PDF wurde nach dem Siegeln verändert.", "The content of the PDF was changed after sealing."),
    SealProblem.SIGNATURE: ("Die Signatur des Siegels ist ungültig.", "The signature of the seal is invalid."),
    SealProblem.CERTIFICATES_DIFFER: (
        "Die beigelegten Zertifikate sind nicht genau die, mit denen gesiegelt wurde.",
        "The certificates enclosed are not exactly those that were used for sealing.",
    ),
    SealProblem.CHAIN: (
        "Das Siegelzertifikat führt nicht gültig zu seinem Aussteller.",
        "The seal certificate does not lead validly to its issuer.",
    ),
    SealProblem.NOT_A_SEAL: ("Das Zertifikat ist kein Siegelzertifikat einer Organisation.", "The certificate is not a seal certificate."),
    SealProblem.NO_TIME_STAMP: ("Dem Siegel fehlt der Zeitstempel.", "The seal has no time stamp."),
    SealProblem.TIME_STAMP: ("Der Zeitstempel des Siegels ist ungültig.", "The time stamp of the seal is invalid."),
    SealProblem.REVOCATION_UNUSABLE: (
        "Eine beigelegte Sperrauskunft ist unecht, veraltet oder nicht lesbar.",
        "Revocation data enclosed is not genuine, outdated or unreadable.",
    ),
    SealProblem.REVOCATION_IRRELEVANT: (
        "Eine beigelegte Sperrauskunft gehört nicht zu diesem Siegel.",
        "Revocation data enclosed does not belong to this seal.",
    ),
    SealProblem.REVOCATION_MISSING: (
        "Zum Siegelzertifikat fehlt die Sperrauskunft.",
        "The revocation data of the seal certificate is missing.",
    ),
    SealProblem.REVOKED: ("Ein Zertifikat war zum Zeitpunkt des Siegels gesperrt.", "A certificate was revoked when the seal was made."),
    SealProblem.NOT_EXAMINED: (
        "Das Siegel konnte nicht geprüft werden: Die Datei zu lesen braucht mehr Speicher oder Zeit, als dafür vorgesehen ist.",
        "The seal could not be examined: reading the file takes more memory or time than is provided for it.",
    ),
}


@dataclass(frozen=True, slots=True)
class SealReport:
    """What an examination found. Without `problems` everything holds; fields are None where it did not come that far.

    `details` gives technical reasons (English, for logs and experts), in the order of `problems`, as far as there are any.
    `reason` and `title`: see SealPlace. `certificates_twice`: whether the seal, too, carries each certificate that its time stamp
    carries, as our seals do; only `examine_alone` looks.
    """

    problems: tuple[SealProblem, ...]
    details: tuple[str, ...] = ()
    signer: CertificateFacts | None = None
    level: SealLevel | None = None
    stamped_at: datetime | None = None
    authority: str | None = None
    token: bytes | None = None
    certificates: tuple[bytes, ...] = ()
    timestamp_certificates: tuple[bytes, ...] = ()
    reason: str = ""
    title: str = ""
    certificates_twice: bool = False

    @property
    def holds(self) -> bool:
        return not self.problems

    @property
    def organisation(self) -> str | None:
        return self.signer.organisation if self.signer else None

    @property
    def issuer(self) -> str | None:
        return self.signer.issuer if self.signer else None


class _Findings:
    def __init__(self) -> None:
        self.problems: list[SealProblem] = []
        self.details: list[str] = []

    def add(self, problem: SealProblem, detail: object = "") -> None:
        if problem not in self.problems:
            self.problems.append(problem)
        if str(detail):
            self.details.append(f"{problem.value}: {detail}")


def examine(
    pdf: bytes, *, certificates: Sequence[bytes], timestamp_certificates: Sequence[bytes], revocation: Sequence[bytes]
) -> SealReport:
    """Examine a sealed PDF against exactly the DER material that travels with it.

    `certificates`: the seal's own, its issuer's, …; `timestamp_certificates`: likewise of the time stamp (the order of
    `SealedPdf`). The seal names both sets, so one byte more, less or other is a problem. `revocation`: DER lists or OCSP answers,
    each needed. Whether the last certificate deserves trust is for others to say. Never raises for what stands in the input.
    """
    found = _Findings()
    opened = _opened(pdf, found)
    if opened is None:
        return SealReport(tuple(found.problems), tuple(found.details))
    return _examine(*opened, tuple(certificates), tuple(timestamp_certificates), revocation, found)


def examine_alone(pdf: bytes) -> SealReport:
    """Examine a sealed PDF that comes without its bundle, by what it carries itself.

    Says whether the file is whole and unchanged since it was sealed, by whom and when. It cannot say whether the certificate was
    revoked, nor whether this was ever published: both stand in the bundle only. Never raises for what stands in the input.
    """
    found = _Findings()
    opened = _opened(pdf, found)
    if opened is None:
        return SealReport(tuple(found.problems), tuple(found.details))
    place, signed = opened
    stamped: tuple[bytes, ...] = ()
    if signed.time_stamps:
        with suppress(TimeStampFailed):  # said once, by the examination
            stamped = read_token(signed.time_stamps[0], data=signed.signature, known=signed.certificates).certificates
    path = path_from(signed.signer, signed.certificates)
    if is_spoiled_root(path[-1]):
        found.add(SealProblem.CHAIN, "the last certificate names itself by its key, but not by its name")
    if stamped and is_spoiled_root(path_from(stamped[0], stamped)[-1]):
        found.add(SealProblem.TIME_STAMP, "the last certificate names itself by its key, but not by its name")
    twice = set(_in_token(signed, signed.certificates)) <= set(signed.certificates)
    return replace(_examine(place, signed, path, stamped, None, found), certificates_twice=twice)


def _opened(pdf: bytes, found: _Findings) -> tuple[SealPlace, Signed] | None:
    """The signature inside, over exactly these bytes."""
    try:
        place = find_seal(pdf)
        signed = open_signed(place.cms, content_type="data")
    except NoSeal as error:
        found.add(SealProblem.NO_SEAL, error)
    except SeveralSeals as error:
        found.add(SealProblem.SEVERAL_SEALS, error)
    except NotWhole as error:
        found.add(SealProblem.NOT_WHOLE, error)
    except WrittenOtherwise as error:
        found.add(SealProblem.WRITTEN_OTHERWISE, error)
    except (Malformed, BadSignature) as error:
        found.add(SealProblem.SIGNATURE if isinstance(error, BadSignature) else SealProblem.MALFORMED, error)
    else:
        view = memoryview(pdf)
        digest = hashlib.new(signed.digest, view[: place.begin])
        digest.update(view[place.end :])
        if digest.digest() != signed.message_digest:
            found.add(SealProblem.CHANGED)
        return place, signed
    return None


def _examine(
    place: SealPlace,
    signed: Signed,
    certificates: tuple[bytes, ...],
    timestamp_certificates: tuple[bytes, ...],
    revocation: Sequence[bytes] | None,
    found: _Findings,
) -> SealReport:
    """`revocation` None: nobody could have enclosed any."""
    # Seal and token carry the certificates of both paths, so that nothing enclosed beside them is free to vary.
    carried = (*signed.certificates, *_in_token(signed, timestamp_certificates))
    if set(certificates) | set(timestamp_certificates) != set(carried):
        found.add(SealProblem.CERTIFICATES_DIFFER, "one that the seal does not carry, or one that it carries is missing")
        return SealReport(tuple(found.problems), tuple(found.details))
    path = path_from(signed.signer, carried)
    if certificates != path:
        found.add(SealProblem.CERTIFICATES_DIFFER, "not in the order of the path")
    if not is_seal_certificate(signed.signer):
        found.add(SealProblem.NOT_A_SEAL)

    stamp = _time_stamp(signed.time_stamps, signed.signature, timestamp_certificates, found)
    if stamp is not None:
        problem = path_problem(path, at=stamp.stamped_at)
        if problem:
            found.add(SealProblem.CHAIN, problem)
        if revocation is not None:
            _revocation(revocation, path, stamp, found)
    facts = facts_of(signed.signer)
    return SealReport(
        problems=tuple(found.problems),
        details=tuple(found.details),
        signer=facts,
        level=facts.level,
        stamped_at=stamp.stamped_at if stamp else None,
        authority=stamp.authority if stamp else None,
        token=stamp.token if stamp else None,
        certificates=path,
        timestamp_certificates=stamp.certificates if stamp else (),
        reason=place.reason,
        title=place.title,
    )


def _in_token(signed: Signed, certificates: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """What the token carries itself; nothing if it cannot be read, which is said where it is checked."""
    if not signed.time_stamps:
        return ()
    try:
        return open_signed(signed.time_stamps[0], content_type="tst_info", extra_certificates=certificates).certificates
    except (Malformed, BadSignature):
        return ()


def _time_stamp(tokens: tuple[bytes, ...], signature: bytes, certificates: tuple[bytes, ...], found: _Findings) -> TimeStamp | None:
    if not tokens:
        found.add(SealProblem.NO_TIME_STAMP)
        return None
    try:
        return check_token(tokens[0], data=signature, certificates=certificates)
    except TimeStampFailed as error:
        found.add(SealProblem.TIME_STAMP, error)
        return None


def _revocation(revocation: Sequence[bytes], path: tuple[bytes, ...], stamp: TimeStamp, found: _Findings) -> None:
    findings = read_revocation(revocation, [path, stamp.certificates], at=stamp.stamped_at)
    for detail in findings.unusable:
        found.add(SealProblem.REVOCATION_UNUSABLE, detail)
    for detail in findings.irrelevant:
        found.add(SealProblem.REVOCATION_IRRELEVANT, detail)
    if findings.revoked:
        found.add(SealProblem.REVOKED)
    elif (0, 0) not in findings.good and is_declared(path[0]):
        found.add(SealProblem.REVOCATION_MISSING)
