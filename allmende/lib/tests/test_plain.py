"""A value survives the way to JSON and back; nothing else comes in by that way, and nothing else than NotPlain comes out of it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.plain import NotPlain, of_plain, to_plain
from allmende.lib.tests.answers import anything, spoilt


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Pair(NamedTuple):
    de: str
    en: str


@dataclass(frozen=True)
class Part:
    name: str
    colour: Colour

    def __post_init__(self) -> None:
        if self.name == "none":
            raise ValueError(self.name)


@dataclass(frozen=True, slots=True)
class Whole:
    number: int
    there: bool | None
    data: bytes
    at: datetime | None
    pair: Pair
    parts: tuple[Part, ...] = ()


texts = st.text(st.characters(codec="utf-8"))
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]))
parts = st.builds(Part, texts.filter("none".__ne__), st.sampled_from(Colour))
wholes = st.builds(
    Whole,
    st.integers(),
    st.none() | st.booleans(),
    st.binary(),
    st.none() | moments,
    st.builds(Pair, texts, texts),
    st.lists(parts, max_size=3).map(tuple),
)
WHOLE = Whole(7, None, b"\x00", datetime(2026, 3, 2, tzinfo=UTC), Pair("ja", "yes"), (Part("a", Colour.RED),))


@given(wholes)
def test_what_went_out_comes_back(whole: Whole) -> None:
    assert of_plain(Whole, json.loads(json.dumps(to_plain(whole)))) == whole


@given(anything | spoilt(to_plain(WHOLE)))
def test_anything_else_is_refused_or_is_such_a_value(said: Any) -> None:
    try:
        whole = of_plain(Whole, said)
    except NotPlain:
        return
    assert isinstance(whole, Whole)
    assert to_plain(whole).keys() == said.keys()


@pytest.mark.parametrize(
    "change",
    [
        {"number": True},
        {"number": 7.0},
        {"number": "7"},
        {"there": 1},
        {"data": "0"},
        {"data": None},
        {"at": "gestern"},
        {"at": 5},
        {"pair": ["ja"]},
        {"pair": "ja"},
        {"parts": None},
        {"parts": {"name": "a", "colour": "red"}},
        {"parts": [{"name": "a", "colour": "green"}]},
        {"parts": [{"name": "none", "colour": "red"}]},
        {"parts": [{"name": "\ud800", "colour": "red"}]},
        {"parts": [{"name": "a"}]},
        {"more": 1},
    ],
)
def test_what_is_not_quite_right_is_not_bent(change: dict[str, object]) -> None:
    assert of_plain(Whole, to_plain(WHOLE)) == WHOLE
    with pytest.raises(NotPlain):
        of_plain(Whole, to_plain(WHOLE) | change)
