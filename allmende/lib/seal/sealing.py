"""Sealing a PDF as PAdES B-T (ETSI EN 319 142-1) so that it stays PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from .authority import utc_now
from .certificate import is_readable
from .errors import ClockOff, PdfUnsuitable, RevocationUnusable, SealNotProvable, SealRevoked, StampReason, TimeStampFailed
from .examination import examine
from .key import SealKey, check_validity
from .pdf import FIELD_NAME, with_field
from .revocation import is_declared, read_revocation
from .signing import build_signed
from .timestamp import TimeStamp, TimeStampAuthority, new_request, read_response

LARGEST_CLOCK_ERROR = 2.0
"""Seconds by which the local clock may differ from the time stamp."""


@dataclass(frozen=True, slots=True)
class SealedPdf:
    """A sealed PDF with everything that proves it offline; all DER. Certificates: own one first, then issuer by issuer."""

    pdf: bytes
    token: bytes
    stamped_at: datetime
    certificates: tuple[bytes, ...]
    timestamp_certificates: tuple[bytes, ...]
    revocation: tuple[bytes, ...]


def seal_pdf(
    pdf: bytes,
    *,
    seal: SealKey,
    authority: TimeStampAuthority,
    authority_certificates: Sequence[bytes],
    field_label: str,
    reason: str = "",
    revocation: Sequence[bytes] = (),
    policy: str | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> SealedPdf:
    """Seal a tagged PDF and have the seal time-stamped.

    `authority_certificates` (DER) are the ones configured for the authority; a stamp by any other is refused. `field_label` is
    what a screen reader says for the seal; `reason`, if any, is what it states it is for (sealed too). `revocation`: lists or OCSP
    answers (DER) for the seal and, if wanted, the authority; what does not fit these certificates is left out. `policy`: object
    identifier that the stamp must follow. `clock` is read just before and after the stamp. Takes as long as the authority takes:
    never call it inside a transaction.

    Raises PdfUnsuitable, SealNotYetValid, SealExpired, SealRevoked, RevocationUnusable, TimeStampFailed, ClockOff, SealNotProvable
    and what `seal.sign` raises. The result has passed `examine`.
    """
    at = clock()
    check_validity(seal.certificates[0], at=at)
    _check_revocation(seal.certificates, revocation, at)
    if not all(map(is_readable, authority_certificates)):
        raise TimeStampFailed(StampReason.CERTIFICATE, "a configured certificate cannot be read")
    prepared = with_field(pdf, label=field_label)
    stamper = _Stamping(authority, authority_certificates, policy, clock)
    sealed = _sign_with_room(prepared, seal, stamper, at, reason)
    stamp = stamper.stamp
    kept = _needed(revocation, [seal.certificates, stamp.certificates], stamp.stamped_at)
    report = examine(sealed, certificates=seal.certificates, timestamp_certificates=stamp.certificates, revocation=kept)
    if not report.holds:
        raise SealNotProvable([*report.problems, *report.details])
    return SealedPdf(sealed, stamp.token, stamp.stamped_at, seal.certificates, stamp.certificates, kept)


def try_authority(
    authority: TimeStampAuthority, *, certificates: Sequence[bytes], policy: str | None = None, clock: Callable[[], datetime] = utc_now
) -> TimeStamp:
    """Have something random stamped, to see whether the authority will do. Raises TimeStampFailed, ClockOff."""
    return stamp_data(secrets.token_bytes(32), authority, certificates=certificates, policy=policy, clock=clock)


def stamp_data(
    data: bytes,
    authority: TimeStampAuthority,
    *,
    certificates: Sequence[bytes],
    policy: str | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> TimeStamp:
    """A checked time stamp over SHA-256 of `data`. Never inside a transaction. Raises TimeStampFailed, ClockOff."""
    if not all(map(is_readable, certificates)):
        raise TimeStampFailed(StampReason.CERTIFICATE, "a configured certificate cannot be read")
    return _Stamping(authority, certificates, policy, clock).take(data, "sha256")


def revocation_for(path: Sequence[bytes], revocation: Sequence[bytes], *, at: datetime) -> tuple[bytes, ...]:
    """Of the lists and answers those that say something about the certificates of `path` at the moment, each once."""
    return _needed(revocation, [path], at)


def _check_revocation(path: tuple[bytes, ...], revocation: Sequence[bytes], at: datetime) -> None:
    """Before anything is signed: a revoked seal signs nothing, and a proof that would lack its revocation data is not begun."""
    kept = _needed(revocation, [path], at)
    findings = read_revocation(kept, [path], at=at)
    if findings.revoked:
        raise SealRevoked
    if (0, 0) not in findings.good and is_declared(path[0]):
        raise RevocationUnusable("; ".join([*findings.unusable, *findings.irrelevant]) or "none given")


def _needed(revocation: Sequence[bytes], paths: Sequence[Sequence[bytes]], at: datetime) -> tuple[bytes, ...]:
    """The lists and answers that say something about the paths, each once."""
    kept: list[bytes] = []
    for data in dict.fromkeys(revocation):
        findings = read_revocation([*kept, data], paths, at=at)
        if not findings.unusable and not findings.irrelevant:
            kept.append(data)
    return tuple(kept)


class _Stamping:
    """Gets one time stamp, checks it, and compares the clocks."""

    def __init__(
        self, authority: TimeStampAuthority, certificates: Sequence[bytes], policy: str | None, clock: Callable[[], datetime]
    ) -> None:
        self._authority = authority
        self.certificates = tuple(certificates)
        self._policy = policy
        self._clock = clock
        self._stamp: TimeStamp | None = None

    @property
    def stamp(self) -> TimeStamp:
        if self._stamp is None:
            raise TimeStampFailed(StampReason.MALFORMED, "no stamp was asked for")
        return self._stamp

    def take(self, signature: bytes, digest: str) -> TimeStamp:
        request, nonce = new_request(signature, digest=digest, policy=self._policy)
        before = self._clock()
        response = self._authority.stamp(request)
        after = self._clock()
        stamp = read_response(response, data=signature, nonce=nonce, authority_certificates=self.certificates, policy=self._policy)
        off = (stamp.stamped_at - (before + (after - before) / 2)).total_seconds()
        if abs(off) > LARGEST_CLOCK_ERROR:
            raise ClockOff(off)
        self._stamp = stamp
        return stamp


def _sign(prepared: bytes, seal: SealKey, stamping: _Stamping, at: datetime, room: int, reason: str = "") -> bytes:
    """Fill the empty field of `prepared`; `room` is the number of bytes kept free for the signature. Raises _TooSmall."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
    from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    class Writer(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Leaves XMP alone: rewriting it would spoil the identification as PDF/A and PDF/UA."""

    digest = seal.algorithm.digest
    try:
        writer = Writer(io.BytesIO(prepared))
        if writer.output_version < (2, 0):
            writer.register_extension(ESIC_EXTENSION_1)
        steps = PdfCMSEmbedder().write_cms(field_name=FIELD_NAME, writer=writer, existing_fields_only=True)
        next(steps)
        place = SignatureObject(timestamp=at, subfilter=SigSeedSubFilter.PADES, reason=reason or None, bytes_reserved=2 * room)
        changes = SigMDPSetup(md_algorithm=digest, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
        steps.send(SigObjSetup(sig_placeholder=place, mdp_setup=changes))
        document, output = steps.send(SigIOSetup(md_algorithm=digest, in_place=False))
    except PdfError as error:
        raise PdfUnsuitable(str(error)) from error
    cms = build_signed(
        message_digest=document.document_digest,
        algorithm=seal.algorithm.value,
        signer=seal.certificates[0],
        sign=seal.sign,
        stamp=lambda signature: stamping.take(signature, digest).token,
        certificates=lambda: tuple(dict.fromkeys([*seal.certificates, *stamping.stamp.certificates])),
    )
    if len(cms) > room:
        raise _TooSmall(len(cms))
    steps.send(cms)
    return bytes(output.getvalue())


class _TooSmall(Exception):
    def __init__(self, size: int) -> None:
        self.size = size


def _sign_with_room(prepared: bytes, seal: SealKey, stamping: _Stamping, at: datetime, reason: str = "") -> bytes:
    """The room must be fixed before the token is known: guess from the configured certificates, and once more when that was too small."""
    known = sum(map(len, seal.certificates)) + 2 * sum(map(len, stamping.certificates))
    try:
        return _sign(prepared, seal, stamping, at, known + 4096, reason)
    except _TooSmall as error:
        return _sign(prepared, seal, stamping, at, error.size + 2048, reason)
