"""Whoever searches need not know how the office spells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.search_words import asked_words, nearest, needle, place_of, stored_words, words_of

NOTICE = (
    "Rückschnitt der Weißdorn-Hecke an der Mühl\u00adstraße, Nr. 17/2026",
    "Az. 20.09.01-3. Fragen: E-Mail bauamt@quellstedt.example (12,30 €, § 5 Abs. 2), Friedrich-Ebert-Platz, Café „Zur Post“",
)


def finds(query: str, *texts: str) -> bool:
    stored = stored_words(*texts)
    return all(needle(word) in stored for word in words_of(query))


@pytest.mark.parametrize(
    "query",
    [
        "hecke",
        "HECKE",
        "Weißdornhecke",
        "weissdorn-hecke",
        "rueckschnitt",
        "RÜCKSCHNITT",
        "Ru\u0308ckschnitt",  # u and its dots as two signs, as some telephones type it
        "muehlstrasse",
        "Mühlstraße",
        "Ebert Friedrich",
        "friedrich-ebert-platz",
        "Friedrichebertplatz",
        "email",
        "e-mail",
        "bauamt@quellstedt.example",
        "17/2026",
        "Nr. 17/2026",
        "nr 17",
        "20.09.01-3",
        "20.09.01",
        "cafe",
        "„Zur Post“",
        "Hecke Bauamt",
        "12,30 €",
        "",
    ],
)
def test_found_as_people_type_it(query: str) -> None:
    assert finds(query, *NOTICE)


@pytest.mark.parametrize("query", ["Baum", "Hecke Baum", "7/2026", "117/2026", "2026/17", "9.01"])
def test_every_word_must_occur_and_numbers_begin_where_they_begin(query: str) -> None:
    assert not finds(query, *NOTICE)


@given(st.text())
def test_every_text_is_found_by_itself(text: str) -> None:
    assert finds(text, text)


@given(st.text(), st.text())
def test_stored_words_are_plain_and_each_stands_once(one: str, other: str) -> None:
    stored = stored_words(one, other, one)

    assert len(stored.split()) == len(set(stored.split()))
    assert stored == stored.casefold() or words_of(stored) == stored.split()


KNOWN = {"freibades", "freibad", "hecke", "baum", "muehlgraben", "sperrung", "17/2026"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("baeume", "baum"),
        ("hecken", "hecke"),
        ("hekce", "hecke"),
        ("freibda", "freibad"),
        ("mulhgraben", None),
        ("muelhgraben", "muehlgraben"),
        ("sprrung", "sperrung"),
        ("einhorn", None),
        ("17/2025", None),
        ("bam", None),
    ],
)
def test_one_mistake_and_another_number_are_forgiven(word: str, meant: str | None) -> None:
    assert nearest(word, KNOWN) == meant


def test_a_question_is_what_it_is_about() -> None:
    assert asked_words("Wann wird die Mühlstraße gesperrt?") == ["muehlstrasse", "gesperrt"]
    assert asked_words("wer") == ["wer"]
    assert asked_words("?!") == []


def test_the_place_is_cut_out_around_the_word() -> None:
    text = "Erste Zeile.\n" + " ".join(f"w{n}" for n in range(20)) + " Mühl-Graben " + " ".join(f"v{n}" for n in range(20))

    place = place_of(["muehlgraben"], text)

    assert place is not None
    assert place[0].startswith("… w12 ")
    assert place[1] == "Mühl-Graben"
    assert place[2].endswith("v7 …")
    assert place_of(["nichts"], text) is None


@given(st.text(min_size=1, max_size=30), st.sets(st.text(max_size=12), max_size=8))
def test_what_was_meant_is_a_known_word(word: str, known: set[str]) -> None:
    assert nearest(word, known) in known | {None}
