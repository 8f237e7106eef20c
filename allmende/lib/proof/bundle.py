"""The proof bundle: everything that shows offline that something was published, in one file (docs/log.md, "The bundle").

There is exactly one file for a given bundle; a reader writes again what it has read and demands the same bytes.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from allmende.lib.commitment import NotCanonical, canonical_json, parse_canonical_json
from allmende.lib.proof import attached
from allmende.lib.proof.attached import Detached
from allmende.lib.proof.container import ContainerError, pack, unpack
from allmende.lib.proof.pem import from_pem, to_pem
from allmende.lib.proof.readme import README
from allmende.lib.tlog import (
    LOG,
    Group,
    Log,
    Note,
    Policy,
    Signature,
    TlogError,
    TlogProof,
    VerifierKey,
    Witness,
    open_checkpoint,
    parse_policy,
    parse_vkey,
)

PAGE: Final = "page.html"
DOCUMENT: Final = "document.pdf"
ARTEFACTS: Final = (PAGE, DOCUMENT)
MANIFEST: Final = "manifest.json"
SALTS: Final = "salts.json"
LEAF: Final = "leaf.json"
PROOF: Final = "proof.tlog-proof"
VKEY: Final = "log.vkey"
POLICY: Final = "policy.txt"
SEAL_CERTIFICATES: Final = "seal-certificates.pem"
TIMESTAMP: Final = "timestamp.tst"
TIMESTAMP_CERTIFICATES: Final = "timestamp-certificates.pem"
README_NAME: Final = "readme.txt"

#: Every bundle has these, in this order; attachments stand behind the document, revocation data before the last one.
FIXED: Final = (
    MANIFEST,
    PAGE,
    DOCUMENT,
    SALTS,
    LEAF,
    PROOF,
    VKEY,
    POLICY,
    SEAL_CERTIFICATES,
    TIMESTAMP,
    TIMESTAMP_CERTIFICATES,
    README_NAME,
)
MAX_REVOCATION: Final = 32
FORMAT: Final = "allmende-proof"
VERSION: Final = 1
WITH_ATTACHMENTS: Final = 2

_BEHIND: Final = FIXED.index(DOCUMENT) + 1  # here stand attachments
_REVOCATION = re.compile(r"revocation/[0-9]{3}\.(?:crl|ocsp)", re.ASCII)


class BundleError(ValueError):
    """A file that is no proof bundle, or not exactly as such a bundle is written.

    `code`: unreadable, repacked, too_large (the ZIP); missing, extra, order (its members); changed (the manifest knows
    other contents); form (a member is written in another way than specified). `names`: the members concerned.
    """

    def __init__(self, code: str, names: Iterable[str] = ()) -> None:
        self.code = code
        self.names = tuple(names)
        super().__init__(f"{code}: {', '.join(self.names)}" if self.names else code)


@dataclass(frozen=True)
class Bundle:
    """What a bundle consists of. Whether it proves anything is for `verify` to say.

    Certificates are DER, each chain from its own certificate on; `witnesses` are the keys of those whose cosignatures stand
    in `proof`, in the same order; `readme` is for people and the only member that nothing binds.

    `attachments`: content by name of the member (`attachments/1.pdf`); `detached`: what is stated of others, by the name they would
    have, and None in a bundle whose entry names no attachments; `salts` are those of page, document and all of these.
    """

    page: bytes
    document: bytes
    salts: Mapping[str, bytes]
    leaf: bytes
    proof: bytes
    vkey: str
    witnesses: tuple[str, ...]
    seal_certificates: tuple[bytes, ...]
    timestamp: bytes
    timestamp_certificates: tuple[bytes, ...]
    revocation: tuple[bytes, ...] = ()
    readme: bytes = README
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    detached: Mapping[str, Detached] | None = None

    def members(self) -> dict[str, bytes]:
        """All members but the manifest, in their order."""
        revocation = {revocation_name(number, data): data for number, data in enumerate(in_order(self.revocation))}
        return {
            PAGE: self.page,
            DOCUMENT: self.document,
            **{name: self.attachments[name] for name in attached.in_order(self.attachments)},
            SALTS: canonical_json({name: salt.hex() for name, salt in self.salts.items()}),
            LEAF: self.leaf,
            PROOF: self.proof,
            VKEY: f"{self.vkey}\n".encode(),
            POLICY: policy_text(self.vkey, self.witnesses),
            SEAL_CERTIFICATES: to_pem(self.seal_certificates),
            TIMESTAMP: self.timestamp,
            TIMESTAMP_CERTIFICATES: to_pem(self.timestamp_certificates),
            **revocation,
            README_NAME: self.readme,
        }


def bundle_of(
    *,
    page: bytes,
    document: bytes,
    salts: Mapping[str, bytes],
    leaf: bytes,
    index: int,
    hashes: Sequence[bytes],
    checkpoint: bytes,
    vkey: str,
    witnesses: Sequence[str],
    seal_certificates: Sequence[bytes],
    timestamp: bytes,
    timestamp_certificates: Sequence[bytes],
    revocation: Sequence[bytes] = (),
    attachments: Mapping[str, bytes] | None = None,
    detached: Mapping[str, Detached] | None = None,
) -> Bundle:
    """Put a bundle together from what the engine has.

    Args:
        salts: of `page.html`, `document.pdf` and each attachment that is contained or detached, 32 bytes each.
        index, hashes, checkpoint: place of the leaf, inclusion proof and signed checkpoint that it leads to. Of the
            cosignatures those of `witnesses` are kept, the latest of each; all other signatures are left out.
        vkey, witnesses: key of the log; keys of the witnesses that count.
        attachments, detached: see Bundle.

    Raises:
        TlogError: the checkpoint is not signed by the log, or a witness did not sign what stands under its name.
    """
    keys = [parse_vkey(witness) for witness in witnesses]
    opened = open_checkpoint(checkpoint, [parse_vkey(vkey)], keys)
    latest: dict[VerifierKey, Signature] = {}
    own: list[Signature] = []
    for key, signature in opened.note.verified([opened.log, *keys]):
        if key == opened.log:
            own = own or [signature]
        elif key not in latest or latest[key].time < signature.time:
            latest[key] = signature
    cosigned = sorted(latest, key=witness_order)
    note = Note(opened.note.text, (*own, *(latest[key] for key in cosigned)))
    return Bundle(
        page=page,
        document=document,
        salts=dict(salts),
        leaf=leaf,
        proof=TlogProof(index, tuple(hashes), note.format()).format(),
        vkey=str(opened.log),
        witnesses=tuple(str(key) for key in cosigned),
        seal_certificates=tuple(seal_certificates),
        timestamp=timestamp,
        timestamp_certificates=tuple(timestamp_certificates),
        revocation=in_order(revocation),
        attachments=dict(attachments or {}),
        detached=detached,
    )


def witness_order(key: VerifierKey) -> tuple[bytes, bytes]:
    """Cosignatures in a bundle stand in this order, so that there is one way to write them."""
    return key.name.encode(), key.id


def in_order(revocation: Iterable[bytes]) -> tuple[bytes, ...]:
    """Revocation data stands in the order of its SHA-256."""
    return tuple(sorted(revocation, key=lambda data: hashlib.sha256(data).digest()))


def revocation_name(number: int, data: bytes) -> str:
    """OCSP responses begin with an ENUMERATED inside the outer SEQUENCE (RFC 6960), lists with a SEQUENCE (RFC 5280)."""
    header = 2 + (data[1] & 0x7F if len(data) > 1 and data[1] & 0x80 else 0)
    kind = "ocsp" if data[header : header + 1] == b"\x0a" else "crl"
    return f"revocation/{number:03}.{kind}"


def policy_text(vkey: str, witnesses: Sequence[str]) -> bytes:
    """The policy that follows from the keys of log and witnesses: all of them. Raises TlogError: a bad or repeated key."""
    named = tuple(Witness(f"w{number}", parse_vkey(witness)) for number, witness in enumerate(witnesses, start=1))
    groups = (Group("witnesses", len(named), tuple(witness.name for witness in named)),) if named else ()
    return Policy((Log(parse_vkey(vkey)),), named, groups, "witnesses" if named else "none").format()


def manifest_text(members: Mapping[str, bytes], detached: Mapping[str, Detached] | None = None) -> bytes:
    """The manifest: SHA-256 of every other member. It finds accidents; what it says is proven elsewhere. `detached`: see Bundle."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in members.items() if name != MANIFEST}
    if detached is None:
        return canonical_json({"format": FORMAT, "members": hashes, "v": VERSION})
    return canonical_json({"detached": attached.as_stated(detached), "format": FORMAT, "members": hashes, "v": WITH_ATTACHMENTS})


def write(bundle: Bundle) -> bytes:
    """The file of a bundle. Raises TlogError, ContainerError, ValueError: values that no bundle can have."""
    members = bundle.members()
    return pack([(MANIFEST, manifest_text(members, bundle.detached)), *members.items()])


def read(data: bytes) -> Bundle:
    """Read a bundle; nothing but the one file that `write` makes of it is accepted. Proves nothing.

    Raises:
        BundleError: with a code and the members concerned.
    """
    try:
        members = unpack(data)
    except ContainerError as error:
        raise BundleError(error.code) from None
    check_names([name for name, _ in members])
    parts = dict(members)
    check_manifest(parts)
    bundle = from_members(parts)
    if pack(members) != data:
        raise BundleError("repacked")
    return bundle


def check_names(names: list[str]) -> None:
    """All members once and in their order. Raises BundleError: `missing`, `extra`, `order`."""
    missing = [name for name in FIXED if name not in names]
    if missing:
        raise BundleError("missing", missing)
    revocation = [name for name in names if _REVOCATION.fullmatch(name)]
    attachments = [name for name in names if attached.NAME.fullmatch(name)]
    known = {*FIXED, *revocation, *attachments}
    extra = [name for place, name in enumerate(names) if name in names[:place] or name not in known]
    if extra or len(revocation) > MAX_REVOCATION:
        raise BundleError("extra", extra or revocation[MAX_REVOCATION:])
    counted = [attached.number_of(name) for name in attachments]
    numbered = [name for number, name in enumerate(revocation) if name.startswith(f"revocation/{number:03}.")]
    if numbered != revocation or counted != sorted(set(counted)):
        raise BundleError("order")
    if names != [*FIXED[:_BEHIND], *attachments, *FIXED[_BEHIND:-1], *revocation, FIXED[-1]]:
        raise BundleError("order")


def check_manifest(parts: Mapping[str, bytes]) -> None:
    """The manifest is the one of these members. Raises BundleError: `changed`, naming the members that differ."""
    if parts[MANIFEST] == manifest_text(parts, attached.detached_in(parts[MANIFEST])):
        return
    try:
        said = parse_canonical_json(parts[MANIFEST]).get("members")
    except NotCanonical:
        said = None
    known = said if isinstance(said, dict) else {}
    changed = [name for name, data in parts.items() if name != MANIFEST and known.get(name) != hashlib.sha256(data).hexdigest()]
    raise BundleError("changed", changed if known and changed and len(changed) < len(parts) - 1 else [MANIFEST])


def from_members(parts: Mapping[str, bytes]) -> Bundle:
    """The bundle of these members. Raises BundleError: `form`, naming those that `write` would write differently."""
    detached = attached.detached_in(parts[MANIFEST])
    attachments = {name: data for name, data in parts.items() if attached.NAME.fullmatch(name)}
    if detached is None and attachments:
        raise BundleError("extra", attachments)
    named = [attached.number_of(name) for name in (*attachments, *(detached or {}))]
    bad: list[str] = [MANIFEST] if len(named) != len(set(named)) else []
    salts: dict[str, bytes] = {}
    witnesses: tuple[str, ...] = ()
    certificates: dict[str, tuple[bytes, ...]] = {}
    vkey = ""
    try:
        salts = read_salts(parts[SALTS], [*ARTEFACTS, *map(attached.artefact, named)])
    except ValueError:
        bad.append(SALTS)
    try:
        vkey = str(read_vkey(parts[VKEY]))
    except TlogError:
        bad.append(VKEY)
    try:
        witnesses = tuple(str(witness.key) for witness in parse_policy(parts[POLICY]).witnesses)
    except TlogError:
        bad.append(POLICY)
    for name in (SEAL_CERTIFICATES, TIMESTAMP_CERTIFICATES):
        try:
            certificates[name] = from_pem(parts[name])
        except ValueError:
            bad.append(name)
    if bad:
        raise BundleError("form", bad)
    bundle = Bundle(
        page=parts[PAGE],
        document=parts[DOCUMENT],
        salts=salts,
        leaf=parts[LEAF],
        proof=parts[PROOF],
        vkey=vkey,
        witnesses=witnesses,
        seal_certificates=certificates[SEAL_CERTIFICATES],
        timestamp=parts[TIMESTAMP],
        timestamp_certificates=certificates[TIMESTAMP_CERTIFICATES],
        revocation=tuple(data for name, data in parts.items() if _REVOCATION.fullmatch(name)),
        readme=parts[README_NAME],
        attachments=attachments,
        detached=detached,
    )
    again = bundle.members()
    different = [name for name in parts if name != MANIFEST and again.get(name) != parts[name]]
    if different or len(again) != len(parts) - 1:
        raise BundleError("form", different)
    return bundle


def read_salts(data: bytes, names: Sequence[str] = ARTEFACTS) -> dict[str, bytes]:
    """The salts of exactly these artefacts. Raises ValueError."""
    values = parse_canonical_json(data)
    if sorted(values) != sorted(names) or not all(isinstance(salt, str) and re.fullmatch("[0-9a-f]{64}", salt) for salt in values.values()):
        raise NotCanonical("not the salts of these artefacts")
    return {name: bytes.fromhex(salt) for name, salt in values.items()}


def read_vkey(data: bytes) -> VerifierKey:
    """The key of the log: one line, a key of type 0x01. Raises TlogError."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise TlogError("encoding", "not UTF-8") from None
    if not text.endswith("\n"):
        raise TlogError("malformed", "no newline")
    key = parse_vkey(text[:-1])
    if key.kind != LOG:
        raise TlogError("unknown_key_type", "not the key of a log")
    return key
