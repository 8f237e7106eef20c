import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.tlog import (
    EMPTY_ROOT,
    AddCheckpoint,
    Answer,
    Checkpoint,
    Head,
    Note,
    Signer,
    TlogError,
    add_signatures,
    bad_request,
    conflict,
    decide,
    monitoring_path,
    open_checkpoint,
    prove_consistency,
    read_cosignatures,
    read_request,
    read_size,
    tree_root,
)
from allmende.lib.tlog.tests.logs import COSIGNER, ORIGIN, OTHER, SIGNER, checkpoint, grown, leaves

LOG = grown(*range(1, 40))
HEADS = {size: Head(size, tree_root(leaves(size))) for size in range(40)}
NOW = 1_800_000_000


def request(old: int, new: int, **signed: object) -> AddCheckpoint:
    return AddCheckpoint(old, tuple(prove_consistency(LOG.get, min(old, new), new)), checkpoint(new, **signed))  # type: ignore[arg-type]


def answer(asked: AddCheckpoint, last: Head, *, known: bool = True) -> Answer:
    found = decide(read_request(asked.format()), trusted=[SIGNER.key] if known else [], last=last, cosigners=[COSIGNER], time=NOW)
    assert (found.status == 200) == (found.head is not None) == (found.checkpoint is not None)
    return found


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 5), (5, 5), (5, 6), (8, 39), (38, 39)])
def test_a_log_that_only_grew_is_cosigned(old: int, new: int) -> None:
    found = answer(request(old, new), HEADS[old])

    assert (found.status, found.head) == (200, HEADS[new])
    assert found.checkpoint is not None
    stored = open_checkpoint(found.checkpoint, [SIGNER.key], [COSIGNER.key])
    assert [(cosigned.key, cosigned.time) for cosigned in stored.cosigned] == [(COSIGNER.key, NOW)]
    (signature,) = read_cosignatures(found.body, checkpoint(new), [COSIGNER.key])
    assert add_signatures(checkpoint(new), [signature]) == found.checkpoint


def test_a_log_nobody_told_us_about_is_not_found() -> None:
    assert answer(request(0, 5), HEADS[0], known=False).status == 404


def test_a_checkpoint_without_a_valid_signature_of_the_log_is_forbidden() -> None:
    stranger = Signer(ORIGIN, bytes(32))
    text = Checkpoint(ORIGIN, 5, HEADS[5].root).text
    forged = Note(text, (SIGNER.sign(text + "x"),)).format()

    assert answer(request(0, 5, signer=stranger), HEADS[0]).status == 403
    assert answer(AddCheckpoint(0, (), forged), HEADS[0]).status == 403


def test_a_size_below_the_old_one_is_a_bad_request() -> None:
    assert answer(request(6, 5), HEADS[5]).status == 400


@pytest.mark.parametrize(("old", "last"), [(0, 5), (4, 5), (5, 4), (0, 39), (6, 39)])
def test_a_request_that_starts_elsewhere_is_told_where_to_start(old: int, last: int) -> None:
    found = answer(request(old, 39), HEADS[last])

    assert (found.status, found.content_type, found.body) == (409, "text/x.tlog.size", f"{last}\n".encode())
    assert read_size(found.body) == last
    assert conflict(last) == found


def test_a_fork_is_never_cosigned() -> None:
    fork = bytes(32)

    assert answer(request(5, 5, root=fork), HEADS[5]).status == 422
    assert answer(request(5, 9, root=fork), HEADS[5]).status == 422
    assert answer(request(5, 9), Head(5, fork)).status == 422
    assert answer(AddCheckpoint(5, (), checkpoint(9)), HEADS[5]).status == 422
    assert answer(AddCheckpoint(0, (bytes(32),), checkpoint(9)), HEADS[0]).status == 422


def test_an_empty_log_with_another_root_is_refused() -> None:
    body = f"old 0\n\n{ORIGIN}\n0\n{'A' * 43}=\n"
    signed = Note(body.split("\n\n")[1], (SIGNER.sign(body.split("\n\n")[1]),)).format()

    assert answer(AddCheckpoint(0, (), signed), Head()).status == 422
    assert Head() == Head(0, EMPTY_ROOT)


def test_signatures_of_strangers_are_not_stored() -> None:
    asked = request(0, 5)
    crowded = AddCheckpoint(0, (), add_signatures(asked.checkpoint, [OTHER.cosign(Checkpoint(ORIGIN, 5, HEADS[5].root).text, time=1)]))

    found = answer(crowded, HEADS[0])
    assert found.checkpoint is not None
    assert OTHER.name.encode() not in found.checkpoint


def test_a_witness_that_changes_its_key_signs_with_both() -> None:
    found = decide(request(0, 5), trusted=[SIGNER.key], last=Head(), cosigners=[COSIGNER, OTHER], time=NOW)

    assert len(read_cosignatures(found.body, checkpoint(5), [COSIGNER.key, OTHER.key])) == 2
    assert len(read_cosignatures(found.body, checkpoint(5), [OTHER.key])) == 1


def test_an_answer_for_another_checkpoint_is_refused() -> None:
    found = answer(request(0, 5), HEADS[0])

    with pytest.raises(TlogError) as error:
        read_cosignatures(found.body, checkpoint(6), [COSIGNER.key])
    assert error.value.code == "bad_signature"
    with pytest.raises(TlogError) as error:
        read_cosignatures(found.body, checkpoint(5), [OTHER.key])
    assert error.value.code == "no_known_signature"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"old 5\n", b"old 05\n"),
        (b"old 5\n", b"old  5\n"),
        (b"old 5\n", b"Old 5\n"),
        (b"old 5\n", b"old 5\nAAAA\n"),
        (b"old 5\n", b"old 5\r\n"),
        (b"old 5\n", b"old 5\n\n"),
        (b"old 5\n", b"old 5\n" + (b"A" * 43 + b"=\n") * 64),
        (b"\n\n", b"\n"),
        (b"old 5\n", b""),
    ],
)
def test_what_is_no_request_is_a_bad_request(old: bytes, new: bytes) -> None:
    with pytest.raises(TlogError) as error:
        read_request(request(5, 9).format().replace(old, new, 1))
    assert bad_request(error.value).status == 400


@given(st.binary(max_size=80))
def test_garbage_is_a_bad_request(data: bytes) -> None:
    with pytest.raises(TlogError):
        read_request(data)


@given(st.integers(0, 39), st.integers(0, 39), st.integers(0, 39), st.booleans())
def test_a_witness_moves_only_forward_along_one_history(old: int, new: int, last: int, forked: bool) -> None:
    """`forked`: the log shows another tree than the one the witness knows."""
    found = answer(request(old, new, root=bytes(32) if forked and new else None), HEADS[last])

    if found.status == 200:
        assert old == last <= new
        assert not (forked and last and new)
        assert found.head is not None
        assert found.head.size >= last


def test_the_last_checkpoint_of_a_log_is_shown_under_the_hash_of_its_origin() -> None:
    assert monitoring_path(ORIGIN) == hashlib.sha256(ORIGIN.encode()).hexdigest() + "/checkpoint"
