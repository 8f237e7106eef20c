"""One value, one encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.seal.der import CONTEXT, OCTETS, SEQUENCE, SET, is_der, tlv

leaves = st.one_of(
    st.binary(max_size=300).map(lambda data: tlv(OCTETS, data)),
    st.booleans().map(lambda value: b"\x01\x01\xff" if value else b"\x01\x01\x00"),
    st.integers(-(2**70), 2**70).map(lambda n: tlv(2, n.to_bytes(((n + (n < 0)).bit_length()) // 8 + 1, "big", signed=True))),
)
values = st.recursive(
    leaves, lambda inner: st.tuples(st.sampled_from([SEQUENCE, SET, CONTEXT]), st.lists(inner, max_size=4)).map(lambda v: tlv(v[0], *v[1]))
)


@given(values)
def test_what_was_written_piece_by_piece_is_der(data: bytes) -> None:
    assert is_der(data)


@given(values, st.binary(min_size=1, max_size=3))
def test_nothing_stands_behind_or_is_missing(data: bytes, more: bytes) -> None:
    assert not is_der(data + more)
    assert not is_der(data[:-1])


@given(st.binary(max_size=60))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert is_der(data) in (True, False)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "30",
        "308000000000",  # indefinite length
        "30810100",  # a length longer than needed
        "3082000401020304",
        "010101",  # true is FF
        "0202007f",  # leading zeros
        "0202ff80",
        "0200",
        "050100",
        "03020801",  # more unused bits than a byte has
        "03020101",  # an unused bit that is set
        "2403040161",  # a string in pieces
        "1000",  # a sequence that is not constructed
        "1f810100",  # a tag in several bytes
    ],
)
def test_other_ways_to_write_a_value_are_refused(data: str) -> None:
    assert not is_der(bytes.fromhex(data))


def test_nesting_without_end_is_refused() -> None:
    data = b""
    for _ in range(2000):
        data = tlv(SEQUENCE, data)

    assert not is_der(data)
