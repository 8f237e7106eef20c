"""Bundles that are whole and yet claim what is not so: other leaves, signatures, cosignatures, certificates."""

from dataclasses import replace

import pytest

from allmende.lib.proof import Bundle, published, verify, void, write
from allmende.lib.proof.bundle import DOCUMENT, PAGE, POLICY, TIMESTAMP, VKEY, policy_text
from allmende.lib.proof.tests.bundles import DOCUMENT_SALT, KEY, LOG, OTHER_LOG, PAGE_SALT, WITNESS, Notice, packed, policy, states
from allmende.lib.tlog import Note, Signature, TlogProof, parse_checkpoint, parse_proof


def with_checkpoint(bundle: Bundle, note: Note) -> Bundle:
    proof = parse_proof(bundle.proof)
    return replace(bundle, proof=TlogProof(proof.index, proof.hashes, note.format(), proof.extra).format())


def note_of(bundle: Bundle) -> Note:
    return parse_checkpoint(parse_proof(bundle.proof).checkpoint)[1]


def test_another_time_stamp_than_the_one_in_the_document_is_refused(plain: Bundle) -> None:
    token = plain.timestamp
    assert states(verify(packed({**plain.members(), TIMESTAMP: token[:-1]})))["time"] == "bad:other_token"
    assert states(verify(packed({**plain.members(), TIMESTAMP: b""})))["time"] == "bad:other_token"


def test_certificates_and_revocation_data_are_exactly_those_that_are_needed(plain: Bundle) -> None:
    for changed in (
        replace(plain, seal_certificates=plain.seal_certificates[:1]),
        replace(plain, seal_certificates=plain.seal_certificates + plain.timestamp_certificates),
        replace(plain, seal_certificates=plain.seal_certificates[::-1]),
        replace(plain, timestamp_certificates=plain.timestamp_certificates[:1]),
        replace(plain, timestamp_certificates=()),
        replace(plain, revocation=plain.revocation[:1] * 2),
        replace(plain, revocation=()),
    ):
        assert not verify(write(changed)).ok


def test_an_entry_that_is_not_in_the_log_is_refused(plain: Bundle) -> None:
    other = published(kind="notice", artefacts={PAGE: bytes(32), DOCUMENT: bytes(32)})
    assert states(verify(write(replace(plain, leaf=other))))["log"] == "bad:inclusion"
    moved = TlogProof(299, parse_proof(plain.proof).hashes, parse_proof(plain.proof).checkpoint).format()
    assert states(verify(write(replace(plain, proof=moved))))["log"] == "bad:inclusion"


@pytest.mark.parametrize(
    "leaf", [void(index=1, reason="day_passed"), b"{}", published(kind="notice", artefacts={PAGE: bytes(32)}), b'{"event":"erased","v":1}']
)
def test_an_entry_about_something_else_proves_nothing(leaf: bytes) -> None:
    report = verify(write(Notice().bundle(leaf=leaf)))

    assert (states(report)["log"], states(report)["content"]) == ("ok:ok", "bad:leaf")
    assert report.headline.de == "Dieser Nachweis stimmt nicht"


def test_the_signature_of_the_log_stands_first_and_is_genuine(plain: Bundle) -> None:
    note = note_of(plain)
    for signatures in (
        (Signature(LOG.name, LOG.key.id, bytes(64)),),
        (OTHER_LOG.sign(note.text),),
        (WITNESS.cosign(note.text, time=1),),
        (WITNESS.cosign(note.text, time=1), *note.signatures),
    ):
        assert states(verify(write(with_checkpoint(plain, Note(note.text, signatures)))))["log"] == "bad:signature"


def test_unknown_signatures_in_a_bundle_are_refused(plain: Bundle) -> None:
    note = note_of(plain)
    for stranger in (OTHER_LOG.sign(note.text), WITNESS.cosign(note.text, time=1), *note.signatures):
        report = verify(
            write(
                with_checkpoint(plain, note.plus([stranger]) if stranger not in note.signatures else Note(note.text, note.signatures * 2))
            )
        )
        assert states(report)["witness"] == "bad:policy"


def test_a_forged_cosignature_is_refused(witnessed: Bundle) -> None:
    note = note_of(witnessed)
    forged = Signature(WITNESS.name, WITNESS.key.id, note.signatures[2].data[:-1] + bytes([note.signatures[2].data[-1] ^ 1]))
    report = verify(write(with_checkpoint(witnessed, Note(note.text, (*note.signatures[:2], forged)))))
    assert states(report)["witness"] == "bad:cosignature"
    known = policy(f"log {KEY}", f"witness A {WITNESS.key}", "quorum none")
    assert (
        states(verify(write(with_checkpoint(witnessed, Note(note.text, (*note.signatures[:2], forged)))), policy=known))["trust"]
        == "bad:cosignature"
    )


def test_cosignatures_in_another_order_or_under_another_policy_are_refused(witnessed: Bundle, plain: Bundle) -> None:
    note = note_of(witnessed)
    swapped = with_checkpoint(witnessed, Note(note.text, (note.signatures[0], note.signatures[2], note.signatures[1])))
    assert states(verify(write(replace(swapped, witnesses=swapped.witnesses[::-1]))))["witness"] == "bad:policy"
    assert states(verify(write(replace(witnessed, witnesses=()))))["witness"] == "bad:policy"
    assert states(verify(write(replace(plain, witnesses=witnessed.witnesses))))["witness"] == "bad:policy"
    other = {**plain.members(), POLICY: policy_text(str(OTHER_LOG.key), [])}
    assert states(verify(packed(other)))["witness"] == "bad:policy"


def test_lines_that_prove_nothing_are_refused(plain: Bundle) -> None:
    proof = parse_proof(plain.proof)
    extra = TlogProof(proof.index, proof.hashes, proof.checkpoint, b"x").format()
    assert states(verify(write(replace(plain, proof=extra))))["log"] == "bad:form"
    text = note_of(plain).text + "extension\n"
    assert states(verify(write(with_checkpoint(plain, Note(text, (LOG.sign(text),))))))["log"] == "bad:form"
    assert states(verify(packed({**plain.members(), VKEY: f"{WITNESS.key}\n".encode()})))["log"] == "bad:key"


def test_the_salts_are_one_for_each_artefact() -> None:
    assert PAGE_SALT != DOCUMENT_SALT
    assert verify(packed({**Notice().bundle().members(), "salts.json": b"{}"})).check("content") is not None
    assert states(verify(packed({**Notice().bundle().members(), "salts.json": b"{}"})))["content"] == "bad:salts"
