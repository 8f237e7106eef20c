"""Typed text: the form without JavaScript."""

import pytest

from allmende.lib.richtext import Cell, Figure, Paragraph, RichTextTooLarge, Run, from_plain, plain_text, to_html, to_plain

ID = "5c6d8a3e-0f63-4b5e-9d0b-3f0b6a1c9f11"


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Erste Zeile\nzweite Zeile\n\nNächster Absatz", "<p>Erste Zeile<br>zweite Zeile</p>\n<p>Nächster Absatz</p>"),
        ("# Titel\n## Kapitel\n### Teil", "<h2>Titel</h2>\n<h2>Kapitel</h2>\n<h3>Teil</h3>"),
        ("#5 ist keine", "<p>#5 ist keine</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("– a\n• b\n* c", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("Bitte mitbringen:\n- Ausweis\n- Foto\nDanke", "<p>Bitte mitbringen:</p>\n<ul><li>Ausweis</li><li>Foto</li></ul>\n<p>Danke</p>"),
        ("- a\n  1. b\n  2. c\n- d", "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>"),
        ("- a\n\n  Absatz\n- b", "<ul><li><p>a</p><p>Absatz</p></li><li>b</li></ul>"),
        ("1. a\n\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1. a\n1. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1. a\n\n1. b", "<ol><li>a</li></ol>\n<ol><li>b</li></ol>"),
        ("a) x\nb) y", '<ol type="a"><li>x</li><li>y</li></ol>'),
        ("24. September 2026 um 18 Uhr", "<p>24. September 2026 um 18 Uhr</p>"),
        ("1. Mai: geschlossen", "<p>1. Mai: geschlossen</p>"),
        ("(1) Absatz eins", "<p>(1) Absatz eins</p>"),
        ("- - - -", "<ul><li>- - -</li></ul>"),
        ("**fett** und *kursiv* und ***beides***", "<p><strong>fett</strong> und <em>kursiv</em> und <strong><em>beides</em></strong></p>"),
        ("Bürger*innen und Einwohner*innen", "<p>Bürger*innen und Einwohner*innen</p>"),
        ("5 * 3 * 2 und **offen", "<p>5 * 3 * 2 und **offen</p>"),
        ("Haupt<b>amt</b>", "<p>Haupt<strong>amt</strong></p>"),
        ("[Antrag auf **Wohngeld**](https://a.example/x)", '<p><a href="https://a.example/x">Antrag auf <strong>Wohngeld</strong></a></p>'),
        ("[Anlage 1] (siehe dort) [x](javascript:y)", "<p>[Anlage 1] (siehe dort) [x](javascript:y)</p>"),
        ("C:\\Users\\*brandt* \\*kein Kursiv\\*", "<p>C:\\Users*brandt* *kein Kursiv*</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_typed_signs_mean_what_a_clerk_expects(typed: str, html: str) -> None:
    assert to_html(from_plain(typed)) == html


def test_the_first_row_of_a_typed_table_is_its_header() -> None:
    html = to_html(from_plain("Tabelle: Termine\n| Straße | Tag |\n| Am Markt | Mo<br>Di |"))

    assert html == (
        '<table><caption>Termine</caption><thead><tr><th scope="col">Straße</th><th scope="col">Tag</th></tr></thead>'
        "<tbody><tr><td>Am Markt</td><td>Mo<br>Di</td></tr></tbody></table>"
    )


def test_a_line_of_dashes_says_where_the_header_of_a_table_ends() -> None:
    assert from_plain("| a |\n|---|\n| b |") == from_plain("| a |\n| b |")
    assert 'scope="col"' not in to_html(from_plain("|---|\n| a |\n| b |"))
    assert to_html(from_plain("| a |\n| b |\n|---|\n| c |")).count('scope="col"') == 2
    assert 'scope="row">a' in to_html(from_plain("|= a | b |\n|= c | d |"))


def test_a_typed_table_may_span_columns_and_hold_bars() -> None:
    table = from_plain("| {2x1} a |\n| b \\| c | d").blocks[0]

    assert to_plain(from_plain("| {2x1} a |\n| b \\| c | d")) == "| {2x1} a |\n| b \\| c | d |"
    assert table.rows[0] == (Cell((Run("a"),), header=True, colspan=2),)  # type: ignore[union-attr]


def test_pictures_are_typed_by_their_number() -> None:
    assert from_plain(f"![Plan \\[neu\\]]({ID}) Der Plan\n!({ID})").blocks == (
        Figure(ID, "Plan [neu]", (Run("Der Plan"),)),
        Figure(ID, decorative=True),
    )
    assert from_plain("![Plan](bild.png)").blocks == (Paragraph((Run("![Plan](bild.png)"),)),)


@pytest.mark.parametrize(
    "text",
    [
        "Bürger*innen",
        "5 * 3",
        "C:\\Users",
        "[Anlage 1]",
        "24. September",
        "a*b*c",
        "§ 5 <Absatz>",
        "100 % * 2",
        "E-Mail: a_b@c.de",
    ],
)
def test_plain_words_look_the_same_when_they_are_edited_again(text: str) -> None:
    assert to_plain(from_plain(text)) == text


def test_bare_words_are_for_search_and_mail() -> None:
    typed = f"## Titel\n\n**Text** mit [Ziel](https://a.example)\n\n- a\n  1. b\n\n| x | y |\n| 1 | 2 |\n\n![Plan]({ID}) Unterschrift"

    assert plain_text(from_plain(typed)) == "Titel\n\nText mit Ziel\n\n- a\n  1. b\n\nx | y\n1 | 2\n\nPlan\nUnterschrift"


def test_too_much_is_refused() -> None:
    with pytest.raises(RichTextTooLarge):
        from_plain("x" * 1_000_001)
    with pytest.raises(RichTextTooLarge):
        from_plain("\n".join("  " * depth + "- x" for depth in range(9)))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "*a" * 100_000, "\\" * 100_000, "|" * 100_000, "<b>" * 50_000, "- " * 100_000, "[x](" * 50_000]
)
def test_hostile_text_is_read_in_reasonable_time(text: str) -> None:
    try:
        from_plain(text)
    except RichTextTooLarge as refusal:
        assert refusal.limit in ("table_columns", "table_cells")  # noqa: PT017 - both outcomes are right, only hanging is not


def test_text_alone_from_a_word_processor_keeps_its_tables_and_lists() -> None:
    word = "Vorher\nTag\tOrt\nMontag\tMarkt | Ring\nDienstag\t\nDanach\n·\teins\n1.\tzwei\nEin\tAbstand\n\ufffc"

    assert to_html(from_plain(word)) == (
        "<p>Vorher</p>\n<table><tbody><tr><td>Tag</td><td>Ort</td></tr><tr><td>Montag</td><td>Markt | Ring</td></tr>"
        "<tr><td>Dienstag</td><td></td></tr></tbody></table>\n<p>Danach</p>\n<ul><li>eins</li></ul>\n<ol><li>zwei</li></ol>\n"
        "<p>Ein Abstand<br>[Hier fehlt ein Bild]</p>"
    )
