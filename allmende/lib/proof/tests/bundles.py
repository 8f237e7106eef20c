"""A real sealed notice, its log and its bundle, made once for all tests; what a verifier says of it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import typst

from allmende.lib.commitment import ARTEFACT, commit
from allmende.lib.proof import DOCUMENT, PAGE, Bundle, Detached, Report, bundle_of, published
from allmende.lib.proof.bundle import MANIFEST, manifest_text
from allmende.lib.proof.container import pack
from allmende.lib.seal import DemoAuthority, SealedPdf, load_pkcs12, make_demo_authority, make_demo_seal, seal_pdf
from allmende.lib.seal.demo import DemoIdentity
from allmende.lib.tlog import (
    Checkpoint,
    Cosigner,
    Signer,
    add_signatures,
    cosign_checkpoint,
    extend,
    prove_inclusion,
    sign_checkpoint,
)

ORIGIN = "quellstedt.example/log"
LOG = Signer(ORIGIN, bytes(range(32)))
KEY = str(LOG.key)
OTHER_LOG = Signer("wiesenmark.example/log", bytes(range(1, 33)))
WITNESS = Cosigner("wiesenmark.example/witness", bytes(range(32, 64)))
SECOND = Cosigner("erlenland.example/witness", bytes(range(64, 96)))

PAGE_SALT, DOCUMENT_SALT = bytes(range(100, 132)), bytes(range(132, 164))
HTML = (
    b'<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8"><title>Bekanntmachung Nr. 17/2026</title></head>'
    b"<body><h1>Sitzung des Stadtrates</h1><p>Der Stadtrat tagt am 24. November 2026.</p></body></html>\n"
)

_SOURCE = b"""
#set document(title: "Bekanntmachung Nr. 17/2026", date: datetime(year: 2026, month: 11, day: 24))
#set text(lang: "de")
#title()
Der Stadtrat tagt am 24. November 2026.
"""


@cache
def keys_of(organisation: str) -> tuple[DemoIdentity, DemoIdentity]:
    """A demo seal and the demo authority for time stamps; the password of both is x."""
    begin = datetime.now(UTC) - timedelta(days=1)
    seal = make_demo_seal(organisation=organisation, organisation_identifier="GOVDE-15999999", password="x", at=begin)
    return seal, make_demo_authority(password="x", at=begin)


@cache
def sealed() -> SealedPdf:
    """The PDF with a demo seal and a demo time stamp."""
    seal, authority = keys_of("Stadt Quellstedt")
    pdf = typst.compile(_SOURCE, pdf_standards=["a-2a", "ua-1"], ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return seal_pdf(
        pdf,
        seal=load_pkcs12(seal.pkcs12, "x"),
        authority=DemoAuthority(authority.pkcs12, "x"),
        authority_certificates=authority.certificates,
        field_label="Elektronisches Siegel der Stadt Quellstedt",
        revocation=[seal.crl, authority.crl],
    )


def cosigned_at() -> int:
    """When the witnesses sign: five minutes after the seal, in seconds since 1970."""
    return int(sealed().stamped_at.timestamp()) + 300


PLAN, TABLE = b"%PDF-1.7\nLageplan\n", "Flurstück;Größe\n12/3;400\n".encode()


@dataclass(frozen=True)
class Notice:
    """A published notice: what the engine has when it makes the bundle.

    `attachments`: what the entry names; `contained`, `detached`: the numbers of those that the bundle holds or states.
    """

    page: bytes = HTML
    index: int = 300
    size: int = 301
    attachments: tuple[bytes, ...] = ()
    contained: tuple[int, ...] = ()
    detached: tuple[int, ...] = ()

    @property
    def leaf(self) -> bytes:
        artefacts = {PAGE: commit(ARTEFACT, PAGE_SALT, self.page), DOCUMENT: commit(ARTEFACT, DOCUMENT_SALT, sealed().pdf)}
        for number, data in enumerate(self.attachments, start=1):
            artefacts[f"attachment-{number}"] = commit(ARTEFACT, salt_of(number), data)
        return published(kind="notice", artefacts=artefacts)

    def _stated(self) -> dict[str, Detached] | None:
        if not self.attachments:
            return None
        data = {number: self.attachments[number - 1] for number in self.detached}
        return {f"attachments/{number}.pdf": Detached(hashlib.sha256(one).digest(), len(one)) for number, one in data.items()}

    def bundle(self, *cosigners: Cosigner, leaf: bytes | None = None, signer: Signer = LOG, time: int | None = None) -> Bundle:
        entry = self.leaf if leaf is None else leaf
        files: dict[str, bytes] = {}
        before = [b"entry %d" % number for number in range(self.index)]
        after = [b"entry %d" % number for number in range(self.index + 1, self.size)]
        extension = extend(files.get, 0, [*before, entry, *after])
        files.update(extension.files)
        checkpoint = sign_checkpoint(Checkpoint(signer.name, extension.size, extension.root), signer)
        cosignatures = [cosign_checkpoint(checkpoint, cosigner, time=cosigned_at() if time is None else time) for cosigner in cosigners]
        return bundle_of(
            page=self.page,
            document=sealed().pdf,
            salts={PAGE: PAGE_SALT, DOCUMENT: DOCUMENT_SALT}
            | {f"attachment-{number}": salt_of(number) for number in (*self.contained, *self.detached)},
            leaf=entry,
            index=self.index,
            hashes=prove_inclusion(files.get, self.index, extension.size),
            checkpoint=add_signatures(checkpoint, cosignatures),
            vkey=str(signer.key),
            witnesses=[str(cosigner.key) for cosigner in cosigners],
            seal_certificates=sealed().certificates,
            timestamp=sealed().token,
            timestamp_certificates=sealed().timestamp_certificates,
            revocation=sealed().revocation,
            attachments={f"attachments/{number}.pdf": self.attachments[number - 1] for number in self.contained},
            detached=self._stated(),
        )


def salt_of(number: int) -> bytes:
    return bytes([number] * 32)


def packed(members: dict[str, bytes], detached: dict[str, Detached] | None = None) -> bytes:
    """A ZIP of these members whose manifest was made to match."""
    rest = {name: data for name, data in members.items() if name != MANIFEST}
    return pack([(MANIFEST, manifest_text(rest, detached)), *rest.items()])


def policy(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def states(report: Report) -> dict[str, str]:
    """Check → state and reason."""
    return {check.code: f"{check.state}:{check.reason}" for check in report.checks}
