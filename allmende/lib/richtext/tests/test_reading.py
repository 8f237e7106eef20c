"""What somebody reads who compares two versions."""

from hypothesis import given

from allmende.lib.richtext import from_plain, lines_of, marks_of, plain_text
from allmende.lib.richtext.model import Document
from allmende.lib.richtext.tests.documents import documents

ID = "5c6d8a3e-0f63-4b5e-9d0b-3f0b6a1c9f11"


def test_lines_have_no_signs_and_leave_nothing_out() -> None:
    typed = (
        "## Zeiten\n\nEs gilt **sofort** der [Plan der Stadt](https://a.example/plan).\nZweite Zeile.\n\n"
        f"Tabelle: Abfuhr\n| Tag | Straße |\n| Montag | |\n\n3. drei\n   a) innen\n4. vier\n\n![Ein Plan]({ID}) Lageplan"
    )

    assert [(line.kind, line.text) for line in lines_of(from_plain(typed))] == [
        ("heading", "Zeiten"),
        ("text", "Es gilt sofort der Plan der Stadt (https://a.example/plan)."),
        ("text", "Zweite Zeile."),
        ("caption", "Abfuhr"),
        ("row", "Tag · Straße"),
        ("row", "Montag · –"),
        ("item", "3. drei"),
        ("item", "a) innen"),
        ("item", "4. vier"),
        ("figure", "Ein Plan. Lageplan"),
    ]


def test_marks_alone_make_a_difference() -> None:
    plain, bold = from_plain("Es gilt sofort."), from_plain("Es gilt **sofort**.")

    assert lines_of(plain) == lines_of(bold)
    assert marks_of(plain) != marks_of(bold)


@given(documents())
def test_every_word_of_any_text_is_in_its_lines(document: Document) -> None:
    shown = "".join("".join(line.text.split()) for line in lines_of(document))

    assert all(letter in shown for letter in "".join(plain_text(document).split()) if letter.isalnum())
