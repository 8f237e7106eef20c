import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allmende.lib.tlog import (
    EMPTY_ROOT,
    TlogError,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from allmende.lib.tlog.tests.logs import Files, entry, grown, leaves

SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 700]


@pytest.fixture(scope="module")
def log() -> Files:
    return grown(*range(1, 701))


def refused(code: str, check: object, *values: object) -> None:
    with pytest.raises(TlogError) as error:
        check(*values)  # type: ignore[operator]
    assert error.value.code == code


def test_every_entry_of_a_small_log_is_proven_at_every_size(log: Files) -> None:
    for size in range(1, 40):
        for index in range(size):
            verify_inclusion(leaf_hash(entry(index)), index, size, root(log.get, size), prove_inclusion(log.get, index, size))


def test_every_size_of_a_small_log_continues_every_earlier_one(log: Files) -> None:
    for new in range(40):
        for old in range(new + 1):
            verify_consistency(old, root(log.get, old), new, root(log.get, new), prove_consistency(log.get, old, new))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_proof_proves_one_thing_only(log: Files, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 700))
    index = data.draw(st.integers(0, size - 1))
    leaf, proof, head = leaf_hash(entry(index)), prove_inclusion(log.get, index, size), root(log.get, size)
    verify_inclusion(leaf, index, size, head, proof)

    refused("bad_proof", verify_inclusion, leaf_hash(b"other"), index, size, head, proof)
    refused("bad_proof", verify_inclusion, leaf, index, size, bytes(32), proof)
    refused("bad_proof", verify_inclusion, leaf, index, size, head, [*proof, bytes(32)])
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        refused("bad_proof", verify_inclusion, leaf, other, size, head, proof)
    if proof:
        cut = data.draw(st.integers(0, len(proof) - 1))
        refused("bad_proof", verify_inclusion, leaf, index, size, head, proof[:cut] + proof[cut + 1 :])
        refused("bad_proof", verify_inclusion, leaf, index, size, head, [*proof[:cut], bytes(32), *proof[cut + 1 :]])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_fork_has_no_consistency_proof(log: Files, data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 700))
    old = data.draw(st.integers(1, new - 1))
    old_root, new_root, proof = root(log.get, old), root(log.get, new), prove_consistency(log.get, old, new)
    verify_consistency(old, old_root, new, new_root, proof)

    refused("bad_proof", verify_consistency, old, bytes(32), new, new_root, proof)
    refused("bad_proof", verify_consistency, old, old_root, new, bytes(32), proof)
    refused("bad_proof", verify_consistency, old, old_root, new, new_root, [*proof, bytes(32)])
    cut = data.draw(st.integers(0, len(proof) - 1))
    refused("bad_proof", verify_consistency, old, old_root, new, new_root, proof[:cut] + proof[cut + 1 :])
    refused("bad_proof", verify_consistency, old, old_root, new, new_root, [*proof[:cut], bytes(32), *proof[cut + 1 :]])
    other = data.draw(st.integers(1, new - 1))
    if other != old:
        refused("bad_proof", verify_consistency, other, old_root, new, new_root, proof)


def test_ranges_outside_the_tree_are_refused(log: Files) -> None:
    refused("bad_range", prove_inclusion, log.get, 3, 3)
    refused("bad_range", prove_inclusion, log.get, -1, 3)
    refused("bad_range", prove_consistency, log.get, 4, 3)
    refused("bad_range", verify_inclusion, bytes(32), 1, 1, bytes(32), [])
    refused("bad_range", verify_consistency, 2, bytes(32), 1, bytes(32), [])


def test_an_empty_log_has_the_root_of_nothing() -> None:
    verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    verify_consistency(0, EMPTY_ROOT, 5, bytes(32), [])
    refused("bad_proof", verify_consistency, 0, bytes(32), 5, bytes(32), [])
    refused("bad_proof", verify_consistency, 0, EMPTY_ROOT, 0, bytes(32), [])
    refused("bad_proof", verify_consistency, 0, EMPTY_ROOT, 5, bytes(32), [bytes(32)])
    refused("bad_proof", verify_consistency, 5, bytes(32), 5, bytes(31) + b"\1", [])


def test_another_library_computes_the_same_roots_and_accepts_them(log: Files) -> None:
    other = pymerkle.InmemoryTree(algorithm="sha256")
    for size in range(1, 513):
        other.append_entry(entry(size - 1))
        if size in SIZES:
            assert other.get_root() == root(log.get, size) == tree_root(leaves(size))
            for index in {0, size // 2, size - 1}:
                path = other.prove_inclusion(index + 1, size).path  # counts from 1, begins with the leaf
                assert path[1:] == prove_inclusion(log.get, index, size)
