"""Two versions side by side, as somebody reads them who has never seen the typed notation."""

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
