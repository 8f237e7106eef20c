"""Two versions side by side, as somebody reads them who has never seen the typed notation."""

import pytest

from allmende.core.models import Body, District, Office
from allmende.notices.difference import difference
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import wording


def test_every_field_that_has_changed_is_named_and_no_other(town: Body, office: Office, district: District) -> None:
    before = Draft(title="Abfuhr", summary="Laub wird geholt.", office=office.pk, content=wording("Um 7 Uhr."))
    after = Draft(title="Abfuhr", summary="Laub und Äste werden geholt.", districts=(district.pk,), content=wording("Um 8 Uhr."))

    fields = difference(before, after, body=town)

    assert [field.name for field in fields] == ["Kurz gesagt", "Amtlicher Text", "Zuständiges Amt", "Ortsteile"]
    assert [(part.kind, part.text) for part in fields[2].parts] == [("gone", "Ordnungsamt")]
    assert [(part.kind, part.text) for part in fields[3].parts] == [("gone", "die ganze Kommune"), ("new", "Lindenbach")]
    assert difference(before, before, body=town) == []


def test_the_wording_stands_there_without_signs_and_changed_words_are_marked(town: Body) -> None:
    before = Draft(content=wording("## Zeiten\n\nDie Abfuhr ist **montags** um 7 Uhr.\n\nTabelle: Tage\n| Tag | Weg |\n| Mo | Markt |"))
    after = Draft(content=wording("## Zeiten\n\nDie Abfuhr ist **montags** um 8 Uhr.\n\nTabelle: Tage\n| Tag | Weg |\n| Di | Markt |"))

    (field,) = difference(before, after, body=town)

    text = [part.text for part in field.parts]
    assert text[:3] == ["Überschrift: Zeiten", "Die Abfuhr ist montags um 8 Uhr.", "Tabellenüberschrift: Tage"]
    assert not any(sign in line for line in text for sign in "|#*")
    assert [(piece.kind, piece.text) for piece in field.parts[1].pieces] == [
        ("same", "Die Abfuhr ist montags um "),
        ("gone", "7"),
        ("new", "8"),
        ("same", " Uhr."),
    ]


def test_a_change_of_marks_alone_is_said(town: Body) -> None:
    (field,) = difference(Draft(content=wording("Es gilt sofort.")), Draft(content=wording("Es gilt **sofort**.")), body=town)

    assert (field.name, field.parts, field.marks_only) == ("Amtlicher Text", [], True)


@pytest.mark.parametrize(
    ("added", "marked"),
    [
        (" Sie führt über die Mühlstraße, den Lindenweg und dann am Friedhof vorbei.", "Die Umleitung ist ausgeschildert."),
        (", sie führt über die Mühlstraße, den Lindenweg und dann am Friedhof vorbei.", "Die Umleitung ist "),
    ],
)
def test_what_is_added_to_a_paragraph_is_marked_and_the_paragraph_is_not_struck(town: Body, added: str, marked: str) -> None:
    short = "Die Umleitung ist ausgeschildert."
    long = short.removesuffix(".") + added if added.startswith(",") else short + added

    (grown,) = difference(Draft(content=wording(short)), Draft(content=wording(long)), body=town)
    (shrunk,) = difference(Draft(content=wording(long)), Draft(content=wording(short)), body=town)

    for (part,), kind in ((grown.parts, "new"), (shrunk.parts, "gone")):
        assert part.kind == "changed"
        assert part.pieces[0].text == marked
        assert any(piece.kind == kind and "Lindenweg" in piece.text for piece in part.pieces)


def test_another_paragraph_that_shares_small_words_is_another(town: Body) -> None:
    before = Draft(content=wording("Die Abfuhr ist am Montag."))
    after = Draft(
        content=wording("Das Rathaus ist vom 24. Dezember an bis zum Ende der Ferien geschlossen, am Montag danach wieder offen.")
    )

    (field,) = difference(before, after, body=town)

    assert [part.kind for part in field.parts] == ["gone", "new"]
