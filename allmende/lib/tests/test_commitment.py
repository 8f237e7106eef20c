import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.commitment import ARTEFACT, AUDIT, NotCanonical, canonical_json, commit, parse_canonical_json

SALT = bytes(range(32))

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.dictionaries(
    TEXT,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


def test_commitment_is_tag_salt_and_hash_of_the_payload() -> None:
    assert commit(ARTEFACT, SALT, b"x") == hashlib.sha256(b"allmende/artefact/v1\n" + SALT + hashlib.sha256(b"x").digest()).digest()


def test_another_domain_or_salt_is_another_commitment() -> None:
    assert len({commit(ARTEFACT, SALT, b"x"), commit(AUDIT, SALT, b"x"), commit(ARTEFACT, SALT[::-1], b"x")}) == 3


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="31 bytes"):
        commit(ARTEFACT, SALT[:31], b"x")


def test_order_of_keys_does_not_matter() -> None:
    assert canonical_json({"b": 1, "a": "ä"}) == canonical_json({"a": "ä", "b": 1}) == '{"a":"ä","b":1}'.encode()


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, -(2**53), {1: 2}, b"x", {1}, "\ud800", [{"a": 1.0}]])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical_json({"a": value})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"1",
        b"null",
        b'{"a":1} ',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"x":{"a":1,"a":1}}',
        b'{"b":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e0}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":9007199254740992}',
        b'{"a":"\\u0062"}',
        b'{"a":"\\/"}',
        b'{"a":"\\u00e4"}',
        b'{"a":"\\ud800"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\xff"}',
        b'{"a":' + b"[" * 100_000,
        b'{"a":' + b"1" * 5000 + b"}",
    ],
)
def test_other_bytes_than_the_canonical_ones_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_canonical_json(data)


@given(JSON)
def test_what_was_written_is_read(values: dict[str, Any]) -> None:
    assert parse_canonical_json(canonical_json(values)) == values


@given(JSON, st.data())
def test_no_other_bytes_say_the_same(values: dict[str, Any], data: st.DataObject) -> None:
    good = canonical_json(values)
    at = data.draw(st.integers(0, len(good)))
    other = data.draw(st.sampled_from([good[:at] + b" " + good[at:], good[:at] + good[at + 1 :], good[:at] + b"\n" + good[at:]]))
    try:
        read = parse_canonical_json(other)
    except NotCanonical:
        return
    assert canonical_json(read) == other
