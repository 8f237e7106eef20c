"""Which member of a bundle was changed, where that can be told: the manifest is itself a member, and may be the one."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from allmende.lib.commitment import NotCanonical, parse_canonical_json
from allmende.lib.proof import texts
from allmende.lib.proof.bundle import (
    ARTEFACTS,
    DOCUMENT,
    LEAF,
    MANIFEST,
    README_NAME,
    SALTS,
    SEAL_CERTIFICATES,
    TIMESTAMP,
    TIMESTAMP_CERTIFICATES,
    VKEY,
)
from allmende.lib.proof.pem import from_pem
from allmende.lib.proof.readme import is_ours
from allmende.lib.proof.report import NOTHING, Check, State, Text
from allmende.lib.seal import examine_alone

REVOCATION: Final = "revocation/"

#: members that fit in one spelling only, and the check that says that they do
_CONFIRMED_BY: Final = {
    **dict.fromkeys((*ARTEFACTS, SALTS), "content"),
    **dict.fromkeys((LEAF, VKEY), "log"),
    SEAL_CERTIFICATES: "seal",
    **dict.fromkeys((TIMESTAMP, TIMESTAMP_CERTIFICATES), "time"),
}


def changed(names: Sequence[str], *, parts: Mapping[str, bytes], checks: Sequence[Check]) -> tuple[Check, list[str]]:
    """The check *bundle* where the manifest is not the one of the members, and the members to be named.

    `names`: those whose check sum in the manifest is another one, or the manifest alone. `checks`: all others, made without it. A member
    that they confirm did not change: then the manifest did. One that may be written in several ways they cannot confirm.
    """
    confirmed = [name for name in names if _is_confirmed(name, parts[name], checks)]
    others = [name for name in names if name not in confirmed]
    if not others:
        more = texts.part("manifest_itself", names=texts.names(confirmed))
        return texts.check("bundle", "changed", names=MANIFEST, more=more), [MANIFEST]
    told = [*others, MANIFEST] if confirmed else others
    free = [name for name in others if name in (README_NAME, MANIFEST) or _holds(name, checks)]
    more = texts.part("manifest_perhaps") if free == others and MANIFEST not in told else NOTHING
    return texts.check("bundle", "changed", names=texts.names(told), more=more), told


def _is_confirmed(name: str, data: bytes, checks: Sequence[Check]) -> bool:
    if name == README_NAME:
        return is_ours(data)
    code = _CONFIRMED_BY.get(name)
    if name.startswith("attachments/"):
        code = "attachments"
    return any(check.code == code and check.state != State.BAD and check.reason != "unchecked" for check in checks)


def _holds(name: str, checks: Sequence[Check]) -> bool:
    """Whether nothing fails that this member could have a part in."""
    code = "seal" if name.startswith(REVOCATION) else _CONFIRMED_BY.get(name)
    concerned = {"seal", "time"} if code in ("seal", "time") else {code} if code else {"log", "witness"}
    return not any(check.state == State.BAD for check in checks if check.code in concerned)


def differing(parts: Mapping[str, bytes]) -> set[str]:
    """Which of page, document and salts are by the manifest no longer as they were; all, if it cannot be read."""
    try:
        said = parse_canonical_json(parts[MANIFEST]).get("members")
    except NotCanonical:
        said = None
    known = said if isinstance(said, dict) else {}
    return {name for name in (*ARTEFACTS, SALTS) if known.get(name) != hashlib.sha256(parts[name]).hexdigest()}


def differing_certificates(parts: Mapping[str, bytes]) -> list[str]:
    """Which of both files of certificates is not the one of the PDF; both, where its seal does not carry enough to tell."""
    alone = examine_alone(parts[DOCUMENT])
    lists: dict[str, tuple[bytes, ...]] = {}
    for name in (SEAL_CERTIFICATES, TIMESTAMP_CERTIFICATES):
        try:
            lists[name] = from_pem(parts[name])
        except ValueError:
            lists[name] = ()
    path = alone.timestamp_certificates
    same = {
        SEAL_CERTIFICATES: bool(alone.certificates) and lists[SEAL_CERTIFICATES] == alone.certificates,
        TIMESTAMP_CERTIFICATES: bool(path) and lists[TIMESTAMP_CERTIFICATES][: len(path)] == path,
    }
    found = [name for name, fits in same.items() if not fits]
    return found or list(same)


def either(names: Sequence[str]) -> Text:
    """Where it may be any of them, for the end of a sentence; nothing without names."""
    return texts.part("enclosed", names=texts.names(names)) if names else NOTHING
