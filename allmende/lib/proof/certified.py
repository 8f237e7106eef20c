"""Whether a certificate of publication names exactly the entry of a bundle. Nothing is raised for what stands in the file."""

from collections.abc import Collection
from dataclasses import dataclass

from allmende.lib.proof import texts
from allmende.lib.proof.document import examined, is_vouched, not_ours, told
from allmende.lib.proof.report import Check, Text
from allmende.lib.proof.visible import visible
from allmende.lib.seal import DEMO_MARK, SealLevel, SealReport
from allmende.lib.tlog import leaf_hash


@dataclass(frozen=True)
class Entry:
    """What the bundle has: log, place and entry, SHA-256 (hex) of page and document, and whom its seal names."""

    origin: str
    index: int
    leaf: bytes
    page: str
    document: str
    sealed_by: str


def certificate_check(pdf: bytes, entry: Entry | None, *, issuers: Collection[bytes]) -> tuple[Check, SealReport | None]:
    """The check, and the seal of the certificate if it holds. `entry` None: the entry of the bundle is not certain."""
    if entry is None:
        return texts.check("certificate", "unchecked"), None
    found, named = examined(pdf)
    if found.problems and (named or not not_ours(found.problems)):
        return texts.check("certificate", "seal", problems=told(found.problems)), None
    if named is None:
        return texts.check("certificate", "form"), None
    label, origin, line = visible(named.label), visible(named.origin), texts.number(named.index + 1)
    if named.origin != entry.origin:
        return texts.check("certificate", "other_log", label=label, origin=origin), None
    if (named.index, named.entry, named.page, named.document) != _of(entry):
        return texts.check("certificate", "entry", label=label, line=line), None
    check = texts.check("certificate", _how(found, entry, issuers), label=label, line=line, organisation=_sealer(found), when=_when(found))
    return check, found


def _of(entry: Entry) -> tuple[int, str, str, str]:
    return entry.index, leaf_hash(entry.leaf).hex(), entry.page, entry.document


def _how(found: SealReport, entry: Entry, issuers: Collection[bytes]) -> str:
    if _sealer(found) != entry.sealed_by:
        return "sealer"
    if found.level is SealLevel.ADVANCED_DEMO or DEMO_MARK in (found.authority or ""):
        return "demo"
    vouched = is_vouched(found.certificates, issuers) and is_vouched(found.timestamp_certificates, issuers)
    return "ok" if vouched else "claimed"


def _sealer(found: SealReport) -> str:
    return visible(found.organisation or (found.signer.name if found.signer else ""))


def _when(found: SealReport) -> Text:
    return Text("?", "?") if found.stamped_at is None else texts.moment(found.stamped_at)
