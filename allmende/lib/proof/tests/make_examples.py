"""Makes examples like those that docs/log.md, section 12, names: `python -m allmende.lib.proof.tests.make_examples FOLDER`.

What lies in `examples` was made once and stays: no later version may change its mind about it. The keys of log and witnesses
are in docs/log.md; those of seals, time stamps and their issuers were thrown away.
"""

import json
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from unittest import mock

import typst
from asn1crypto import algos
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from allmende.lib.commitment import ARTEFACT, commit
from allmende.lib.proof import DOCUMENT, PAGE, bundle_of, published, void, write
from allmende.lib.proof.pem import to_pem
from allmende.lib.proof.tests.make_changes import changes
from allmende.lib.seal import DemoAuthority, SealedPdf, SealKey, SignatureAlgorithm, load_pkcs12, seal_pdf, signing
from allmende.lib.seal.tests.conftest import LABEL, NOW
from allmende.lib.seal.tests.papers import Paper, authority, issue, name, usage
from allmende.lib.seal.tests.test_level import COMPLIANCE, DEVICE, ESEAL, statements
from allmende.lib.tlog import Checkpoint, Cosigner, Signer, add_signatures, cosign_checkpoint, extend, prove_inclusion, sign_checkpoint

LOG: Final = Signer("erlenland.example/log", bytes(range(0x80, 0xA0)))
#: Two of them have one name. A bundle has them in another order.
WITNESSES: Final = tuple(
    Cosigner(called, bytes(range(seed, seed + 32)))
    for called, seed in (
        ("übersee.example/zeuge", 0xA0),
        ("wiesenmark.example/witness", 0x20),
        ("wiesenmark.example/witness", 0xC0),
        ("archiv.example/zeuge", 0xE0),
    )
)
SOON: Final = timedelta(minutes=5)
LONG_BEFORE: Final = timedelta(minutes=-20)
BEFORE_MIDNIGHT: Final = datetime(2026, 3, 1, 22, 55, tzinfo=NOW.tzinfo)  # five to twelve in Germany


@dataclass(frozen=True)
class Notice:
    """One publication. `salt`: the byte that the salt of its page consists of; that of its PDF is the next one."""

    title: str
    day: str
    salt: int
    seal: SealKey
    revocation: tuple[bytes, ...]
    at: datetime = NOW

    @property
    def page(self) -> bytes:
        head = f'<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8"><title>{self.title}</title></head>'
        return f"{head}<body><h1>{self.title}</h1><p>Bereitgestellt am {self.day}.</p></body></html>\n".encode()

    @property
    def pdf(self) -> bytes:
        date = f"datetime(year: 2026, month: 3, day: {self.at.day})"
        source = f'#set document(title: "{self.title}", date: {date})\n#set text(lang: "de")\n#title()\nBereitgestellt am {self.day}.\n'
        return bytes(typst.compile(source.encode(), pdf_standards=["a-2a", "ua-1"], ignore_system_fonts=True))

    @property
    def salts(self) -> dict[str, bytes]:
        return {PAGE: bytes([self.salt]) * 32, DOCUMENT: bytes([self.salt + 1]) * 32}


@dataclass(frozen=True)
class PssKey:
    """A seal that signs with RSASSA-PSS, as some devices do."""

    key: rsa.RSAPrivateKey
    certificates: tuple[bytes, ...]
    algorithm: SignatureAlgorithm = SignatureAlgorithm.RSA_SHA256

    def sign(self, digest: bytes) -> bytes:
        return self.key.sign(digest, padding.PSS(padding.MGF1(hashes.SHA256()), 32), utils.Prehashed(hashes.SHA256()))


def pss_algorithm() -> bytes:
    sha256 = {"algorithm": "sha256"}
    parameters = {"hash_algorithm": sha256, "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": sha256}, "salt_length": 32}
    return bytes(algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)}).dump())


class Issuers:
    """Who issues seals and time stamps here, and says whether they are revoked. None of them has the mark of the demo."""

    def __init__(self) -> None:
        self.ca = authority("Ausstellerin der Beispiele")
        self.time_ca = authority("Ausstellerin der Zeitstempel der Beispiele")
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        self.stamper = issue(name("Zeitstempel der Beispiele", identifier=""), issuer=self.time_ca, extensions=[usage(), (stamping, True)])
        answering = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        self.responder = issue(name("Auskunft der Beispiele", identifier=""), issuer=self.ca, extensions=[usage(), (answering, False)])
        place = x509.UniformResourceIdentifier("http://auskunft.example/")
        asked = x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)])
        listed = x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])
        whose = name("Siegel der Stadt Erlenland", organisation="Stadt Erlenland", identifier="GOVDE-15999998")
        self.paper = issue(whose, issuer=self.ca, extensions=[usage(), (asked, False)])
        self.rsa = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        stated = statements(COMPLIANCE, DEVICE, ESEAL)
        self.qualified = issue(whose, issuer=self.ca, key=self.rsa, extensions=[usage(), (listed, False), stated])

    @property
    def seal(self) -> SealKey:
        return load_pkcs12(self.paper.pkcs12("Siegel", self.ca), "Siegel", at=NOW)

    @property
    def pss(self) -> SealKey:
        return PssKey(self.rsa, (self.qualified.der, self.ca.der))

    def seal_pdf(self, notice: Notice) -> SealedPdf:
        return self.sealed(notice.pdf, notice)

    def sealed(self, pdf: bytes, notice: Notice, *, reason: str = "") -> SealedPdf:
        """A PDF with seal and clock of the notice."""
        authority = DemoAuthority(self.stamper.pkcs12("Zeit", self.time_ca), "Zeit", clock=lambda: notice.at)
        usual = signing.signature_algorithm
        with mock.patch.object(signing, "signature_algorithm", lambda kind: pss_algorithm() if kind == "sha256_rsa" else usual(kind)):
            return seal_pdf(
                pdf,
                seal=notice.seal,
                authority=authority,
                authority_certificates=authority.certificates,
                field_label=LABEL,
                reason=reason,
                revocation=notice.revocation,
                clock=lambda: notice.at,
            )

    def answer(
        self,
        *,
        status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
        by: Paper | None = None,
        until: datetime = NOW + timedelta(days=1),
    ) -> bytes:
        """What the responder says about the seal certificate (RFC 6960)."""
        by = by or self.responder
        return (
            ocsp.OCSPResponseBuilder()
            .add_response(
                cert=self.paper.certificate,
                issuer=self.ca.certificate,
                algorithm=hashes.SHA256(),
                cert_status=status,
                this_update=NOW - timedelta(days=1),
                next_update=until,
                revocation_time=NOW - timedelta(days=2) if status == ocsp.OCSPCertStatus.REVOKED else None,
                revocation_reason=None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, by.certificate)
            .certificates([by.certificate])
            .sign(by.key, hashes.SHA256())
            .public_bytes(serialization.Encoding.DER)
        )

    def other_answers(self) -> dict[str, bytes]:
        """What it might have said instead; none of it will do."""
        return {
            "revoked": self.answer(status=ocsp.OCSPCertStatus.REVOKED),
            "unknown": self.answer(status=ocsp.OCSPCertStatus.UNKNOWN),
            "outdated": self.answer(until=NOW - timedelta(minutes=1)),
            "unauthorised": self.answer(by=self.stamper),
        }

    def list_of(self, issuer: Paper) -> bytes:
        """A list on which nothing stands (RFC 5280, 5)."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
        builder = builder.last_update(NOW - timedelta(days=1)).next_update(NOW + timedelta(days=1))
        return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


class Growing:
    """A log in memory that gives each notice its bundle at once."""

    def __init__(self, issuers: Issuers) -> None:
        self._issuers = issuers
        self._entries: list[bytes] = []
        self.files: dict[str, bytes] = {}

    def append(self, entry: bytes, *, cosigned: tuple[tuple[Cosigner, datetime], ...] = ()) -> None:
        extension = extend(self.files.get, len(self._entries), [entry])
        self._entries.append(entry)
        self.files |= extension.files
        signed = sign_checkpoint(Checkpoint(LOG.name, len(self._entries), extension.root), LOG)
        lines = [cosign_checkpoint(signed, witness, time=int(at.timestamp())) for witness, at in cosigned]
        self.files["checkpoint"] = add_signatures(signed, lines)

    def publish(self, notice: Notice, *, cosigned: tuple[tuple[Cosigner, datetime], ...] = ()) -> bytes:
        sealed = self._issuers.seal_pdf(notice)
        artefacts = {PAGE: notice.page, DOCUMENT: sealed.pdf}
        index = len(self._entries)
        made = {part: commit(ARTEFACT, notice.salts[part], data) for part, data in artefacts.items()}
        self.append(published(kind="notice", artefacts=made), cosigned=cosigned)
        return write(
            bundle_of(
                page=artefacts[PAGE],
                document=artefacts[DOCUMENT],
                salts=notice.salts,
                leaf=self._entries[index],
                index=index,
                hashes=prove_inclusion(self.files.get, index, index + 1),
                checkpoint=self.files["checkpoint"],
                vkey=str(LOG.key),
                witnesses=[str(witness.key) for witness, _ in cosigned],
                seal_certificates=sealed.certificates,
                timestamp=sealed.token,
                timestamp_certificates=sealed.timestamp_certificates,
                revocation=sealed.revocation,
            )
        )


def examples() -> dict[str, bytes]:
    """Path in the folder to content: an attempt, the entry that takes it back, the same notice anew, two more, and their log."""
    issuers = Issuers()
    log = Growing(issuers)
    asked = (issuers.answer(), issuers.list_of(issuers.time_ca))
    fair = partial(Notice, "Bekanntmachung Nr. 4/2026: Jahrmarkt", seal=issuers.seal, revocation=asked)
    road = Notice("Bekanntmachung Nr. 5/2026: Widmung", "2. März 2026", 0x30, issuers.pss, (issuers.list_of(issuers.ca),))
    vote = Notice("Bekanntmachung Nr. 6/2026: Wahlhelfer", "2. März 2026", 0x40, issuers.seal, asked)

    made = {"void.zip": log.publish(fair("1. März 2026", 0x10, at=BEFORE_MIDNIGHT))}
    log.append(void(index=0, reason="day_passed"))
    made["ocsp.zip"] = log.publish(fair("2. März 2026", 0x20))
    made["pss.zip"] = log.publish(road)
    times = (SOON, SOON, SOON, LONG_BEFORE)
    cosigned = tuple((witness, NOW + time) for witness, time in zip(WITNESSES, times, strict=True))
    made["cosigned.zip"] = log.publish(vote, cosigned=cosigned)

    current = ("checkpoint", "tile/0/000.p/5", "tile/entries/000.p/5")
    made |= {f"log/{path}": log.files[path] for path in current}
    made["issuers.pem"] = to_pem((issuers.ca.der, issuers.time_ca.der))
    said = {"about": "docs/log.md, section 12", "changes": changes(made, issuers.other_answers(), LOG)}
    made["changed.json"] = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    return made


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for path, data in examples().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
