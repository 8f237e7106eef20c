"""Findings that clerks see while they write."""

import pytest

from allmende.lib.richtext import MESSAGES, MISSING_CELL, from_html, from_plain, problems, to_html, to_plain

ID = "5c6d8a3e-0f63-4b5e-9d0b-3f0b6a1c9f11"
GOOD = f"""Die Stadt sperrt die Straße. Näheres steht im [Bauzeitenplan](https://a.example/plan).

## Wann

Tabelle: Termine
| Straße | Tag |
| Am Markt | Montag |

### Was zu tun ist

- Fahrzeuge umparken
- Rettungswege freihalten

![Lageplan der Straßen]({ID}) Lageplan

!({ID})

Stadt Quellstedt am Erlenbach
Marianne Hollweg, Bürgermeisterin
**Frist: 30. November 2026.**
"""


def codes(typed: str) -> list[str]:
    return [problem.code for problem in problems(from_plain(typed))]


def test_a_good_text_has_no_findings() -> None:
    assert problems(from_plain(GOOD)) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("## Nur eine Überschrift", "empty"),
        (f"!({ID})", "empty"),
        (f"![]({ID}) Lageplan", "alt_missing"),
        (f"![IMG_2041.jpg]({ID})", "alt_is_file_name"),
        (f"![Bild 3]({ID})", "alt_is_file_name"),
        ("Tabelle: T\n|---|\n| a | b |\n| c | d |", "table_without_header"),
        ("Tabelle: T\n| a | b |\n| c |", "table_row_short"),
        ("Tabelle: T\n| {2x1} a | b |\n| c | d |", "table_row_short"),
        ("Tabelle: T\n| a | b |\n| c | d | e |\n| f | g |", "table_row_long"),
        ("Tabelle: T\n| {2x1} a |\n| c | d |", "table_merged"),
        ("Tabelle: T\n| a | b |\n| c | |", "table_empty_cell"),
        ("Text\n\n[Hier fehlt ein Bild: Lageplan]", "picture_left_out"),
        ("Text\n\n[Hier fehlt Bild 2]", "picture_left_out"),
        ("Tabelle: T\n| a | b |\n| c | [Hier fehlt ein Bild] |", "picture_left_out"),
        ("Text\n\n[Hier fehlt eine Formel]", "left_out"),
        ("Tabelle: T\n| a | b |\n| {1x2} c | d |", "table_broken"),
        ("Tabelle: T\n| | b |\n| c | d |", "table_empty_header"),
        ("| a | b |\n| c | d |", "table_without_caption"),
        ("### Zu tief\n\nText", "heading_first"),
        ("## A\n\nText\n\n#### Zu tief\n\nText", "heading_skipped"),
        ("## A\n\n## B\n\nText", "heading_without_text"),
        ("Text\n\n## Ende", "heading_without_text"),
        ("Näheres steht [hier](https://a.example).", "link_says_nothing"),
        ("[Mehr erfahren …](https://a.example)", "link_says_nothing"),
        ("- [**mehr**](https://a.example)", "link_says_nothing"),
        ("[https://a.example/x](https://a.example/x)", "link_is_address"),
        ("DIE STADT SPERRT DIE STRASSE AM MARKT", "all_capitals"),
        ("**Was zu beachten ist**\n\nText", "bold_as_heading"),
        ("Bitte mitbringen:\n\\- Ausweis\n\\- Foto", "fake_list"),
        ("\\- Ausweis\n\n\\- Foto", "fake_list"),
        ("\\• Ausweis\n\n\\• Foto", "fake_list"),
        ("Wort " * 45 + "Ende.", "long_sentence"),
        ("Ein Satz. " * 90, "long_paragraph"),
    ],
)
def test_each_finding_has_its_case(typed: str, code: str) -> None:
    assert code in codes(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "[rathaus@quellstedt.example](mailto:rathaus@quellstedt.example) hilft weiter.",
        "KVG LSA, BauGB und DIN EN ISO sind Abkürzungen.",
        "Az. 10-20/2026 STADT",
        "**Wichtig: Die Frist endet am 30. November 2026.**",
        "- – ein Punkt mit Gedankenstrich",
        "Die Stadt – und nur sie – entscheidet\n– so steht es im Gesetz.",
        "Nach § 5 Abs. 2 Nr. 3 des Gesetzes vom 1. Mai 2026 gilt dies. " * 3,
    ],
)
def test_what_is_right_is_not_blamed(typed: str) -> None:
    assert codes(typed) == []


@pytest.mark.parametrize("typed", ["##\n\nText", "Text\n\n##"])
def test_a_heading_without_a_word_is_none(typed: str) -> None:
    assert codes(typed) == []
    assert "<h2" not in to_html(from_plain(typed))


def test_a_wrong_level_is_told_by_the_name_it_has_in_the_toolbar() -> None:
    first, second = problems(from_plain("### Zu tief\n\nText\n\n## A\n\nText\n\n#### Zu tief\n\nText"))

    assert "Machen Sie daraus eine „Überschrift“." in first.message()
    assert "Machen Sie daraus eine „Unterüberschrift“." in second.message()


def test_a_finding_says_where_it_is_and_what_to_do() -> None:
    (finding,) = problems(from_plain(f"Text\n\n![]({ID}) Lageplan"))

    assert (finding.code, finding.severity, finding.block, finding.excerpt) == ("alt_missing", "error", 1, "Lageplan")
    assert finding.message().endswith("schmückend.")
    assert finding.message("en").endswith("decorative.")


def test_a_finding_in_a_table_names_row_and_column() -> None:
    typed = "Tabelle: T\n| a | b |\n| c | d |\n\nTabelle: U\n| a | |\n| c | d |\n| e |\n| f | g |"
    found = [(problem.code, problem.place.words(), problem.excerpt) for problem in problems(from_plain(typed)) if problem.place]

    assert found == [("table_row_short", "Tabelle 2, Zeile 3", "U"), ("table_empty_header", "Tabelle 2, Zeile 1, Spalte 2", "U")]
    (picture,) = problems(from_plain(f"Text\n\n![Ein Plan]({ID})\n\n![]({ID})"))
    assert picture.place is not None
    assert picture.place.words("en") == "Image 2"


def test_a_gap_that_a_paste_has_left_is_an_error_of_its_row_until_somebody_has_put_it_right() -> None:
    gap = MISSING_CELL
    typed = f"Tabelle: T\n| a | b | c |\n| d | {gap} | {gap} |\n| e | f | {gap} |\n| g | | h |"
    found = [(problem.code, problem.severity, problem.place.words()) for problem in problems(from_plain(typed)) if problem.place]

    assert found == [
        ("table_cell_missing", "error", "Tabelle 1, Zeile 2, Spalte 2"),
        ("table_cell_missing", "error", "Tabelle 1, Zeile 3, Spalte 3"),
        ("table_empty_cell", "hint", "Tabelle 1, Zeile 4, Spalte 2"),
    ]
    document = from_plain(typed)
    assert from_plain(to_plain(document)) == document, "the note survives the typed form"
    assert from_html(to_html(document)) == document, "and the editor"
    assert codes(typed.replace(gap, "–")) == ["table_empty_cell"]


def test_a_long_broken_table_names_a_few_rows_at_once() -> None:
    typed = "Tabelle: T\n| a | b |\n" + "| c | d |\n" * 30 + "| e |\n" * 20

    assert codes(typed) == ["table_row_short"] * 5


def test_the_corner_between_two_heads_may_be_empty() -> None:
    assert codes("Tabelle: T\n| | Montag |\n|= Markt | 8 Uhr |") == []


def test_findings_stand_in_the_order_of_the_text() -> None:
    found = problems(from_plain("\\- a\n\n\\- b\n\n[hier](https://a.example)\n\n### Zu tief\n\nText"))

    assert [problem.block for problem in found] == [0, 2, 3]


def test_a_pasted_table_without_header_is_found_like_a_typed_one() -> None:
    pasted = from_html("<table><tr><td><b>Straße</b></td><td>Tag</td></tr><tr><td>Markt</td></tr></table>")

    assert [problem.code for problem in problems(pasted)] == ["table_row_short", "table_without_header", "table_without_caption"]


def test_every_finding_speaks_both_languages_in_whole_sentences() -> None:
    for severity, german, english in MESSAGES.values():
        assert severity in ("error", "hint")
        assert german.endswith((".", "“."))
        assert english.endswith(".")
        assert "!" not in german + english
