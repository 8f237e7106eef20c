from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.commitment import canonical_json
from allmende.lib.proof import (
    Erased,
    LeafError,
    Other,
    Published,
    Related,
    Relation,
    Removed,
    Void,
    erased,
    parse_leaf,
    published,
    related,
    removed,
    void,
)

HASH = bytes(range(32))
GOOD: dict[str, Any] = {"artefacts": {"page.html": HASH.hex()}, "event": "published", "kind": "notice", "v": 1}
TAKEN: dict[str, Any] = {"artefacts": ["page.html"], "event": "removed", "index": 1, "reason": "personal_data", "v": 1}


def test_an_entry_says_what_was_published_and_nothing_about_anybody() -> None:
    entry = published(kind="notice", artefacts={"page.html": HASH, "document.pdf": HASH[::-1]})

    assert entry == (
        b'{"artefacts":{"document.pdf":"' + HASH[::-1].hex().encode() + b'","page.html":"' + HASH.hex().encode() + b'"},'
        b'"event":"published","kind":"notice","v":1}'
    )
    assert parse_leaf(entry) == Published("notice", {"page.html": HASH, "document.pdf": HASH[::-1]})


def test_an_entry_that_came_too_late_is_taken_back_by_another_one() -> None:
    assert void(index=12, reason="day_passed") == b'{"event":"void","index":12,"reason":"day_passed","v":1}'
    assert parse_leaf(void(index=0, reason="day_passed")) == Void(0, "day_passed")


def test_a_reader_goes_on_at_an_event_of_the_future() -> None:
    entry = canonical_json({"event": "translated", "index": 3, "v": 1})

    assert parse_leaf(entry) == Other("translated", {"event": "translated", "index": 3, "v": 1})


def test_what_was_taken_away_and_what_belongs_together_are_entries_of_their_own() -> None:
    taken = removed(index=16, artefacts={"page.html", "attachment-2", "document.pdf"}, reason="personal_data")

    assert taken == (
        b'{"artefacts":["attachment-2","document.pdf","page.html"],"event":"removed","index":16,"reason":"personal_data","v":1}'
    )
    assert parse_leaf(taken) == Removed(16, ("attachment-2", "document.pdf", "page.html"), "personal_data")
    assert parse_leaf(erased(index=16, artefacts=["attachment-2"])) == Erased(16, ("attachment-2",))
    assert related(index=3, later=9, relation=Relation.HEALS) == b'{"event":"related","index":3,"later":9,"relation":"heals","v":1}'
    assert parse_leaf(related(index=3, later=9, relation=Relation.RENEWS)) == Related(3, 9, Relation.RENEWS)


@pytest.mark.parametrize(
    "values",
    [
        {},
        GOOD | {"v": 2},
        GOOD | {"v": True},
        GOOD | {"v": "1"},
        GOOD | {"title": "x"},
        GOOD | {"kind": "Notice"},
        GOOD | {"kind": 1},
        GOOD | {"event": "Published"},
        GOOD | {"event": 1},
        GOOD | {"artefacts": {}},
        GOOD | {"artefacts": []},
        GOOD | {"artefacts": {"page.html": HASH.hex().upper()}},
        GOOD | {"artefacts": {"page.html": HASH.hex()[:-2]}},
        GOOD | {"artefacts": {"page.html": 1}},
        GOOD | {"artefacts": {"../page.html": HASH.hex()}},
        {"event": "published", "v": 1},
        {"event": "void", "index": -1, "reason": "day_passed", "v": 1},
        {"event": "void", "index": True, "reason": "day_passed", "v": 1},
        {"event": "void", "index": 1, "reason": "Herr Meier", "v": 1},
        {"event": "void", "index": 1, "reason": "day_passed", "note": "x", "v": 1},
        {"event": "void", "index": 1, "v": 1},
        TAKEN | {"artefacts": []},
        TAKEN | {"artefacts": ["page.html", "page.html"]},
        TAKEN | {"artefacts": ["page.html", "document.pdf"]},
        TAKEN | {"artefacts": ["Liste der Einwender.pdf"]},
        TAKEN | {"artefacts": [1]},
        TAKEN | {"artefacts": "page.html"},
        TAKEN | {"index": -1},
        TAKEN | {"reason": "Herr Meier"},
        TAKEN | {"note": "x"},
        {"artefacts": ["page.html"], "event": "erased", "index": 1, "reason": "period_over", "v": 1},
        {"artefacts": ["page.html"], "event": "erased", "index": True, "v": 1},
        {"event": "erased", "index": 1, "v": 1},
        {"event": "related", "index": 1, "later": 1, "relation": "heals", "v": 1},
        {"event": "related", "index": 2, "later": 1, "relation": "heals", "v": 1},
        {"event": "related", "index": 1, "later": 2, "relation": "improves", "v": 1},
        {"event": "related", "index": 1, "later": 2, "v": 1},
    ],
)
def test_other_entries_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(LeafError):
        parse_leaf(canonical_json(values))


@pytest.mark.parametrize("entry", [b"", b"{}", b'{"event":"void","index":1,"reason":"day_passed","v":1}\n', b"[1]"])
def test_entries_in_another_spelling_are_refused(entry: bytes) -> None:
    with pytest.raises(LeafError):
        parse_leaf(entry)


def test_an_entry_that_could_not_be_read_is_not_written() -> None:
    for artefacts in ({}, {"page.html": b""}, {"Seite": HASH}):
        with pytest.raises(LeafError):
            published(kind="notice", artefacts=artefacts)
    with pytest.raises(LeafError):
        void(index=-1, reason="day_passed")


@given(st.binary(max_size=80))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(LeafError):
        parse_leaf(data)
