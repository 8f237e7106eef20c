import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.tlog import TlogError, TlogProof, leaf_hash, open_checkpoint, parse_proof, prove_inclusion
from allmende.lib.tlog.tests.logs import SIGNER, checkpoint, entry, flips, grown, lines

LOG = grown(300)


def proof_of(index: int, *, extra: bytes | None = None) -> TlogProof:
    return TlogProof(index, tuple(prove_inclusion(LOG.get, index, 300)), checkpoint(300), extra)


@pytest.mark.parametrize("index", [0, 255, 256, 299])
def test_a_proof_shows_an_entry_in_a_log(index: int) -> None:
    proof = parse_proof(proof_of(index).format())

    proof.verify_inclusion(leaf_hash(entry(index)))
    with pytest.raises(TlogError) as error:
        proof.verify_inclusion(leaf_hash(entry(index + 1)))
    assert error.value.code == "bad_proof"


def test_each_changed_byte_of_a_proof_is_refused() -> None:
    proof = proof_of(256).format()
    for changed in flips(proof):
        with pytest.raises(TlogError):  # noqa: PT012
            found = parse_proof(changed)
            found.verify_inclusion(leaf_hash(entry(256)))
            open_checkpoint(found.checkpoint, [SIGNER.key])


def test_extra_data_is_carried_along() -> None:
    assert parse_proof(proof_of(3, extra=b"\0salt").format()) == proof_of(3, extra=b"\0salt")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"@v1", b"@v2", "malformed"),
        (b"index 3", b"index 03", "encoding"),
        (b"index 3", b"index  3", "encoding"),
        (b"index 3\n", b"", "malformed"),
        (b"index 3", b"extra \nindex 3", "malformed"),
        (b"index 3", b"extra YQ\nindex 3", "encoding"),
        (b"index 3", b"extra YQ==\nextra YQ==\nindex 3", "malformed"),
        (b"index 3", b"note x\nindex 3", "malformed"),
        (b"index 3\n", lines("index 3", *["A" * 43 + "="] * 63), "too_long"),
        (b"index 3\n", b"index 3\nAAAA\n", "encoding"),
        (b"index 3\n", b"index 3\n\n", "malformed"),
    ],
)
def test_other_texts_are_refused(old: bytes, new: bytes, code: str) -> None:
    with pytest.raises(TlogError) as error:
        parse_proof(proof_of(3).format().replace(old, new, 1))
    assert error.value.code == code


@given(st.binary(max_size=100))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(TlogError):
        parse_proof(data)
