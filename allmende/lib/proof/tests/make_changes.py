"""Changes to the examples, one thing at a time, and the checks that find what is wrong with it."""

import base64
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allmende.lib.commitment import ARTEFACT, canonical_json, commit
from allmende.lib.proof import DOCUMENT, PAGE, published, void
from allmende.lib.proof.bundle import (
    LEAF,
    MANIFEST,
    POLICY,
    PROOF,
    README_NAME,
    SALTS,
    SEAL_CERTIFICATES,
    TIMESTAMP,
    TIMESTAMP_CERTIFICATES,
    VKEY,
    in_order,
    policy_text,
    read_salts,
    revocation_name,
)
from allmende.lib.proof.container import unpack
from allmende.lib.tlog import (
    LOG,
    Checkpoint,
    Cosigner,
    Note,
    Signature,
    Signer,
    TlogProof,
    VerifierKey,
    leaf_hash,
    parse_checkpoint,
    parse_proof,
    sign_checkpoint,
)

Change = dict[str, Any]


def replace(member: str, old: str, new: str) -> Change:
    return {"do": "replace", "member": member, "old": old, "new": new}


def content(member: str, data: bytes) -> Change:
    return {"do": "content", "member": member, **_written(data)}


def add(member: str, data: bytes, *, before: str) -> Change:
    return {"do": "add", "member": member, "before": before, **_written(data)}


def rename(member: str, to: str) -> Change:
    return {"do": "rename", "member": member, "to": to}


def remove(member: str) -> Change:
    return {"do": "remove", "member": member}


def move(member: str, *, before: str) -> Change:
    return {"do": "move", "member": member, "before": before}


def _written(data: bytes) -> Change:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"hex": data.hex()}


@dataclass
class Changes:
    """Collects them. `bundles`: the examples they start from; `log`: signs where a valid signature is wanted."""

    bundles: Mapping[str, bytes]
    log: Signer
    said: list[dict[str, Any]] = field(default_factory=list)

    def members(self, name: str, base: str, answer: str, *changes: Change, manifest: str = "anew") -> None:
        self.said.append({"name": name, "from": base, "answer": answer.split(), "manifest": manifest, "members": list(changes)})

    def file(self, name: str, base: str, answer: str, *, at: int, take: int = 0, put: bytes = b"") -> None:
        change = {"at": at, "take": take, "put": put.hex()}
        self.said.append({"name": name, "from": base, "answer": answer.split(), "file": [change]})

    def logged(self, name: str, answer: str, leaf: bytes, *changes: Change, extensions: tuple[str, ...] = ()) -> None:
        """`void.zip` with another entry, which is in a log that the same key has signed: nothing else is wrong."""
        signed = sign_checkpoint(Checkpoint(self.log.name, 1, leaf_hash(leaf), extensions), self.log)
        self.members(name, "void.zip", answer, content(LEAF, leaf), content(PROOF, TlogProof(0, (), signed).format()), *changes)

    def part(self, base: str, name: str) -> bytes:
        return dict(unpack(self.bundles[base]))[name]

    def revocation(self, base: str) -> dict[str, bytes]:
        return {name: data for name, data in unpack(self.bundles[base]) if name.startswith("revocation/")}


def changes(bundles: Mapping[str, bytes], answers: Mapping[str, bytes], log: Signer) -> list[dict[str, Any]]:
    """All of them, in the order of docs/log.md. `answers`: OCSP responses about the seal of `ocsp.zip` that will not do."""
    made = Changes(bundles, log)
    _of_what_may_be_changed(made)
    _of_the_file(made)
    _of_the_members(made)
    _of_the_entry(made)
    _of_the_proof(made)
    _of_the_keys(made)
    _of_the_witnesses(made)
    _of_the_seal(made)
    _of_revocation(made, answers)
    return made.said


def _of_what_may_be_changed(made: Changes) -> None:
    """No check finds these: what is left is genuine."""
    made.members("readme-rewritten", "ocsp.zip", "", content(README_NAME, "Gruß vom Amt".encode()))
    proof = parse_proof(made.part("cosigned.zip", PROOF))
    _, note = parse_checkpoint(proof.checkpoint)
    alone = TlogProof(proof.index, proof.hashes, Note(note.text, note.signatures[:1]).format()).format()
    policy = policy_text(str(made.log.key), [])
    made.members("cosignatures-taken-out", "cosigned.zip", "", content(PROOF, alone), content(POLICY, policy))
    answer = next(name for name in made.revocation("ocsp.zip") if name.endswith(".ocsp"))
    others = [remove(name) for name in made.revocation("ocsp.zip") if name != answer]
    made.members("revocation-not-demanded-taken-out", "ocsp.zip", "", *others, rename(answer, "revocation/000.ocsp"))


def _of_the_file(made: Changes) -> None:
    data = made.bundles["void.zip"]
    second = data.index(b"PK\x03\x04", 4)
    directory = data.index(b"PK\x01\x02")
    method, modified, check_sum = 8, 10, 14  # offsets in a local header
    made.file("byte-behind", "void.zip", "bundle:repacked", at=len(data), put=b"\0")
    made.file("byte-before", "void.zip", "bundle:unreadable", at=0, put=b"\0")
    made.file("byte-between-members", "void.zip", "bundle:unreadable", at=second, put=b"\0")
    made.file("byte-before-directory", "void.zip", "bundle:unreadable", at=directory, put=b"\0")
    made.file("cut-off", "void.zip", "bundle:unreadable", at=len(data) // 2, take=len(data) - len(data) // 2)
    made.file("comment", "void.zip", "bundle:repacked", at=len(data) - 2, take=2, put=b"\x02\0hi")
    made.file("time-of-day", "void.zip", "bundle:repacked", at=modified, take=2, put=b"\x01\0")
    made.file("check-sum", "void.zip", "bundle:repacked", at=check_sum, take=4, put=bytes(4))
    made.file("compressed", "void.zip", "bundle:repacked", at=method, take=2, put=struct.pack("<H", 8))
    made.file("streamed", "void.zip", "bundle:repacked", at=method - 2, take=2, put=struct.pack("<H", 8))
    named = data.index(PAGE.encode(), directory)
    made.file("other-name-in-directory", "void.zip", "bundle:repacked", at=named, take=4, put=b"Page")


def _of_the_members(made: Changes) -> None:
    ocsp = made.revocation("ocsp.zip")
    first, last = ocsp
    kind = first.rpartition(".")[2]
    made.members("member-missing", "ocsp.zip", "bundle:missing", remove(POLICY))
    made.members("member-extra", "ocsp.zip", "bundle:extra", add("verify.py", b"print('ok')\n", before=README_NAME))
    made.members("member-twice", "ocsp.zip", "bundle:extra", add(PAGE, b"<title>Zweimal</title>\n", before=DOCUMENT))
    made.members("members-in-other-order", "ocsp.zip", "bundle:order", move(SALTS, before=DOCUMENT))
    made.members("revocation-with-a-gap", "ocsp.zip", "bundle:order", rename(last, last.replace("001", "002")))
    wrong = first.replace(kind, "crl" if kind == "ocsp" else "ocsp")
    made.members("revocation-of-other-kind", "ocsp.zip", "bundle:form", rename(first, wrong))
    swapped = (content(first, ocsp[last]), content(last, ocsp[first]))
    renamed = (rename(first, revocation_name(0, ocsp[last])), rename(last, revocation_name(1, ocsp[first])))
    made.members("revocation-in-other-order", "ocsp.zip", "bundle:form", *swapped, *renamed)
    said = made.part("ocsp.zip", MANIFEST).decode()
    made.members("manifest-with-space", "ocsp.zip", "bundle:changed", replace(MANIFEST, '":{', '": {'), manifest="kept")
    made.members("manifest-of-version-2", "ocsp.zip", "bundle:changed", replace(MANIFEST, '"v":1', '"v":2'), manifest="kept")
    turned = f"{said[:-1]},{said[1:-1].split(',', 1)[0]}}}"  # its first member once more, behind
    made.members("manifest-names-twice", "ocsp.zip", "bundle:changed", content(MANIFEST, turned.encode()), manifest="kept")


def _of_the_entry(made: Changes) -> None:
    new_day = replace(PAGE, "2. März", "3. März")
    made.members("page-changed", "ocsp.zip", "bundle:changed content:page_changed", new_day, manifest="kept")
    made.members("page-changed-manifest-matches", "ocsp.zip", "content:page_changed", new_day)
    title = replace(DOCUMENT, "%PDF-1.", "%PDF-2.")
    made.members("document-changed-manifest-matches", "ocsp.zip", "content:document_changed seal:bad", title)
    both = (replace(PAGE, "2. März", "3. März"), replace(DOCUMENT, "%PDF-1.", "%PDF-2."))
    made.members("both-changed-manifest-matches", "ocsp.zip", "content:both_changed seal:bad", *both)
    salts = read_salts(made.part("ocsp.zip", SALTS))
    turned = {PAGE: salts[DOCUMENT].hex(), DOCUMENT: salts[PAGE].hex()}
    made.members("salts-exchanged", "ocsp.zip", "content:both_changed", content(SALTS, canonical_json(turned)))
    upper = {name: salt.hex().replace("2", "A").upper() for name, salt in salts.items()}
    made.members("salts-in-upper-case", "ocsp.zip", "bundle:form content:salts", content(SALTS, canonical_json(upper)))
    made.members("salts-with-newline", "ocsp.zip", "bundle:form content:salts", replace(SALTS, "}", "}\n"))
    leaf = made.part("void.zip", LEAF)
    made.members("entry-with-newline", "void.zip", "content:leaf log:inclusion", replace(LEAF, '"v":1}', '"v":1}\n'))
    made.members("entry-of-other-kind", "void.zip", "log:inclusion", replace(LEAF, '"notice"', '"bylaw"'))
    commitment = leaf.decode().split('"')[5]
    made.members("entry-of-other-document", "void.zip", "content:entry log:inclusion", replace(LEAF, commitment, "0" * 64))
    artefacts = {
        name: commit(ARTEFACT, read_salts(made.part("void.zip", SALTS))[name], made.part("void.zip", name)) for name in (PAGE, DOCUMENT)
    }
    made.logged("entry-void", "content:leaf", void(index=0, reason="day_passed"))
    made.logged("entry-of-later-event", "content:leaf", canonical_json({"event": "renewed", "v": 1}))
    made.logged("entry-of-version-2", "content:leaf", leaf.replace(b'"v":1', b'"v":2'))
    made.logged("entry-with-space", "content:leaf", leaf.replace(b'"event":', b'"event": '))
    made.logged("entry-with-third-artefact", "content:leaf", published(kind="notice", artefacts={**artefacts, "plan.pdf": bytes(32)}))
    made.logged("entry-with-one-artefact", "content:leaf", published(kind="notice", artefacts={PAGE: artefacts[PAGE]}))
    made.logged("entry-with-further-member", "content:leaf", leaf.replace(b'"v":1', b'"title":"Jahrmarkt","v":1'))
    other = commit(ARTEFACT, bytes(32), made.part("void.zip", PAGE))
    made.logged("salt-of-another", "content:page_changed", published(kind="notice", artefacts={**artefacts, PAGE: other}))


def _of_the_proof(made: Changes) -> None:
    unread = "log:form"
    proof = parse_proof(made.part("pss.zip", PROOF))
    one, two = (_base64(step) for step in proof.hashes)
    made.members("proof-with-extra", "pss.zip", unread, replace(PROOF, "index", "extra SGFsbG8=\nindex"))
    made.members("proof-index-with-zero", "pss.zip", unread, replace(PROOF, "index 3", "index 03"))
    made.members("proof-not-canonical-base64", "pss.zip", unread, replace(PROOF, one, _same_bytes(one)))
    made.members("proof-base64-without-padding", "pss.zip", unread, replace(PROOF, one, one.rstrip("=")))
    made.members("proof-with-crlf", "pss.zip", unread, replace(PROOF, "index 3\n", "index 3\r\n"))
    made.members("proof-of-other-index", "pss.zip", "log:inclusion", replace(PROOF, "index 3", "index 2"))
    made.members("proof-index-outside", "pss.zip", "log:inclusion", replace(PROOF, "index 3", "index 4"))
    made.members("proof-one-hash-less", "pss.zip", "log:inclusion", replace(PROOF, f"{two}\n", ""))
    made.members("proof-one-hash-more", "pss.zip", "log:inclusion", replace(PROOF, f"{two}\n", f"{two}\n{two}\n"))
    made.members("proof-hashes-exchanged", "pss.zip", "log:inclusion", replace(PROOF, f"{one}\n{two}", f"{two}\n{one}"))
    made.members("checkpoint-of-other-size", "pss.zip", "log:signature", replace(PROOF, "\n4\n", "\n5\n"))
    made.logged("checkpoint-with-extension", unread, made.part("void.zip", LEAF), extensions=("Zusatz",))
    made.members("checkpoint-without-last-newline", "pss.zip", unread, content(PROOF, made.part("pss.zip", PROOF)[:-1]))


def _of_the_keys(made: Changes) -> None:
    vkey = made.part("void.zip", VKEY).decode()
    name, kid, key = vkey.strip().split("+", 2)
    bad = "bundle:form log:key"
    made.members("key-without-newline", "void.zip", bad, content(VKEY, vkey.strip().encode()))
    made.members("key-with-crlf", "void.zip", bad, replace(VKEY, "\n", "\r\n"))
    made.members("key-with-id-in-upper-case", "void.zip", bad, replace(VKEY, kid, kid.upper()))
    made.members("key-with-other-id", "void.zip", bad, replace(VKEY, kid, "00000000"))
    witness = str(Cosigner(name, bytes(range(32))).key)
    made.members("key-of-a-witness", "void.zip", bad, content(VKEY, f"{witness}\n".encode()))
    other = str(Signer(name, bytes(32)).key)
    foreign = (content(VKEY, f"{other}\n".encode()), content(POLICY, policy_text(other, [])))
    made.members("key-of-another-log", "void.zip", "log:signature", *foreign)
    renamed = str(VerifierKey("wiesenmark.example/log", LOG, made.log.key.public))
    foreign = (content(VKEY, f"{renamed}\n".encode()), content(POLICY, policy_text(renamed, [])))
    made.members("key-named-otherwise", "void.zip", "log:signature", *foreign)
    made.members("key-base64-not-canonical", "void.zip", bad, replace(VKEY, key, key + "="))


def _of_the_witnesses(made: Changes) -> None:
    base = "cosigned.zip"
    proof = parse_proof(made.part(base, PROOF))
    _, note = parse_checkpoint(proof.checkpoint)
    own, *lines = note.signatures
    policy = made.part(base, POLICY).decode()
    keys = [line.split(" ")[2] for line in policy.splitlines() if line.startswith("witness ")]

    def signed(*signatures: Signature, by: list[str] = keys) -> tuple[Change, ...]:
        text = TlogProof(proof.index, proof.hashes, Note(note.text, signatures).format()).format()
        return content(PROOF, text), content(POLICY, policy_text(str(made.log.key), by))

    nobody = Signature("niemand.example/zeuge", b"\1\2\3\4", bytes(72))
    stranger = Cosigner("niemand.example/zeuge", bytes(32))
    late = Signature(lines[0].name, lines[0].key_id, (lines[0].time + 1).to_bytes(8, "big") + lines[0].data[8:])
    as_log = Signer("niemand.example/zeuge", bytes(32))
    made.members("signature-of-nobody", base, "witness:policy", signed(own, *lines, nobody)[0])
    made.members("signature-of-a-stranger", base, "witness:policy", signed(own, *lines, stranger.cosign(note.text, time=lines[0].time))[0])
    made.members("signature-of-the-log-twice", base, "witness:policy", signed(own, own, *lines)[0])
    made.members("cosignature-twice", base, "witness:policy", signed(own, lines[0], *lines)[0])
    made.members("cosignature-missing", base, "witness:policy", signed(own, *lines[1:])[0])
    made.members("witness-missing", base, "witness:policy", signed(own, *lines, by=keys[1:])[1])
    made.members("log-signs-second", base, "log:signature witness:cosignature", signed(lines[0], own, *lines[1:])[0])
    made.members("cosignatures-in-other-order", base, "witness:cosignature", signed(own, *lines[::-1])[0])
    turned = signed(own, *lines[::-1], by=keys[::-1])
    made.members("witnesses-in-other-order", base, "witness:policy", *turned)
    made.members("cosignature-of-other-time", base, "witness:cosignature", signed(own, late, *lines[1:])[0])
    made.members("cosignature-of-other-key", base, "witness:cosignature", signed(own, nobody, *lines[1:])[0])
    foreign = "bundle:form witness:policy"
    plain = policy.replace("group", f"witness w5 {as_log.key}\ngroup").replace("w4\n", "w4 w5\n")
    made.members(
        "witness-with-key-of-a-log", base, foreign, signed(own, *lines, as_log.sign(note.text))[0], content(POLICY, plain.encode())
    )
    same = policy.replace("witness w1 ", f"witness w0 {Cosigner('a.example/w', bytes(range(0xE0, 0x100))).key}\nwitness w1 ")
    made.members("key-under-two-names", base, foreign, content(POLICY, same.encode()))
    made.members("policy-with-comment", base, foreign, content(POLICY, f"# Zeugen\n{policy}".encode()))
    made.members("policy-with-two-spaces", base, foreign, replace(POLICY, "log ", "log  "))
    made.members("policy-with-address", base, foreign, replace(POLICY, "\nwitness w1", " https://erlenland.example/\nwitness w1"))
    made.members("policy-with-other-quorum", base, foreign, replace(POLICY, "witnesses all", "witnesses any"))


def _of_the_seal(made: Changes) -> None:
    base = "pss.zip"
    pem = made.part(base, SEAL_CERTIFICATES).decode()
    one, two = (f"-----BEGIN{block}" for block in pem.split("-----BEGIN")[1:])
    first = pem.splitlines()[1]
    form = "bundle:form seal:bad"
    made.members("pem-with-crlf", base, form, content(SEAL_CERTIFICATES, pem.replace("\n", "\r\n").encode()))
    made.members("pem-with-remark", base, form, content(SEAL_CERTIFICATES, f"Siegel\n{pem}".encode()))
    made.members("pem-in-longer-lines", base, form, replace(SEAL_CERTIFICATES, f"{first}\n", first))
    made.members("certificates-in-other-order", base, "seal:bad", content(SEAL_CERTIFICATES, (two + one).encode()))
    made.members("issuer-missing", base, "seal:bad", content(SEAL_CERTIFICATES, one.encode()))
    stamp = made.part(base, TIMESTAMP_CERTIFICATES)
    made.members("certificate-too-many", base, "seal:bad", content(SEAL_CERTIFICATES, pem.encode() + stamp))
    other = made.part("ocsp.zip", TIMESTAMP)
    made.members("time-stamp-of-another-seal", base, "time:other_token", content(TIMESTAMP, other))
    pdf = made.part("void.zip", DOCUMENT)
    digits = pdf[pdf.index(b"/Contents <") + 11 :][:64].decode()
    _sealed_otherwise(made, "seal-in-lower-case", digits, digits.lower())
    end = pdf[pdf.rindex(b"startxref") :].decode()
    _sealed_otherwise(made, "bytes-behind-the-seal", end, f"{end}% ein Nachtrag\n")


def _sealed_otherwise(made: Changes, name: str, old: str, new: str) -> None:
    """A PDF with another text in it, published as such: only its seal is wrong."""
    parts = {name: made.part("void.zip", name) for name in (PAGE, DOCUMENT)}
    parts[DOCUMENT] = parts[DOCUMENT].replace(old.encode(), new.encode(), 1)
    salts = read_salts(made.part("void.zip", SALTS))
    leaf = published(kind="notice", artefacts={part: commit(ARTEFACT, salts[part], data) for part, data in parts.items()})
    made.logged(name, "seal:bad", leaf, replace(DOCUMENT, old, new))


def _of_revocation(made: Changes, answers: Mapping[str, bytes]) -> None:
    held = made.revocation("ocsp.zip")
    answer = next(data for name, data in held.items() if name.endswith(".ocsp"))
    listed = next(data for name, data in held.items() if name.endswith(".crl"))
    foreign = next(iter(made.revocation("pss.zip").values()))

    def instead(*data: bytes) -> list[Change]:
        new = [add(revocation_name(number, one), one, before=README_NAME) for number, one in enumerate(in_order(data))]
        return [*(remove(name) for name in held), *new]

    made.members("revocation-missing", "ocsp.zip", "seal:bad", *instead(listed))
    made.members("revocation-twice", "ocsp.zip", "seal:bad", *instead(answer, answer, listed))
    made.members("revocation-says-nothing-new", "ocsp.zip", "seal:bad", *instead(answer, foreign, listed))
    made.members("revocation-not-der", "ocsp.zip", "seal:bad", *instead(answer, listed + b"\0"))
    for how, other in answers.items():
        made.members(f"revocation-{how}", "ocsp.zip", "seal:bad", *instead(other, listed))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _same_bytes(text: str) -> str:
    """Other base64 for the same bytes: the bits of the last letter that stand for nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = len(text.rstrip("=")) - 1
    return text[:last] + letters[letters.index(text[last]) | 1] + text[last + 1 :]
