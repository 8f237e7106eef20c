"""What the program sees of the rules for Easy language, and that it changes no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.easy_language import Finding, Rule, findings, message, one_a_line


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Der Rat tagt. Sie dürfen kommen!", ["Der Rat tagt.", "Sie dürfen kommen!"]),
        ("Die Sitzung ist am 3. März um 18 Uhr. Sie ist im Rathaus.", ["Die Sitzung ist am 3. März um 18 Uhr.", "Sie ist im Rathaus."]),
        ("Das steht in Nr. 4 der Satzung.", ["Das steht in Nr. 4 der Satzung."]),
        ("## Was ist neu? Alles.", ["## Was ist neu? Alles."]),
        ("- Ein Punkt. Noch einer.", ["- Ein Punkt. Noch einer."]),
        ("Rufen Sie an: Telefon 0 34 91. Wir helfen.", ["Rufen Sie an: Telefon 0 34 91. Wir helfen."]),
    ],
)
def test_every_sentence_begins_a_line(text: str, lines: list[str]) -> None:
    assert one_a_line(text).split("\n") == lines


@given(st.text())
def test_no_word_is_changed(text: str) -> None:
    assert one_a_line(text).replace(" ", "").replace("\t", "").replace("\n", "") == text.replace(" ", "").replace("\t", "").replace(
        "\n", ""
    )


def test_places_worth_a_second_look_are_named() -> None:
    text = (
        "Sie müssen den Schnee auf dem Gehweg vor Ihrem Haus jeden Tag bis um 7 Uhr räumen.\n"
        "Das gilt z. B. für Hausbesitzer (auch Mieter).\nSie könnten eine Grundstückseigentümergemeinschaft sein."
    )

    assert [(found.rule, found.excerpt[:12]) for found in findings(text, easy=True)] == [
        (Rule.LONG, "Sie müssen d"),
        (Rule.SHORTENED, "z. B."),
        (Rule.BRACKETS, "(auch Mieter"),
        (Rule.SUBJUNCTIVE, "könnten"),
        (Rule.COMPOUND, "Grundstückse"),
    ]
    assert findings(text, easy=False) == []
    assert {message(Finding(rule, ""), language) for rule in Rule for language in ("de", "en")} >= {"A long sentence. Split it."}


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(len(found.excerpt) <= 60 for found in findings(text, easy=True))
