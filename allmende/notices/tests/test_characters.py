"""An emoji is found while writing, with its field, and no form of the town takes one."""

from typing import Any

import pytest

from allmende.administration.tests.staff import logged_in, said
from allmende.core.models import Body, Office, Person
from allmende.lib import richtext
from allmende.notices import checks, text
from allmende.notices.services import Draft


@pytest.mark.parametrize(
    ("values", "title", "anchor"),
    [
        ({"title": "Sommerfest 😀"}, "Bitte ändern: Titel", "id_title"),
        ({"content": text.write(richtext.from_plain("Wir feiern 😀."))}, "Bitte ändern: Amtlicher Text", "id_text"),
        ({"kind": "meeting", "details": {"committee": "Rat 😀"}}, "Bitte ändern: Gremium", "id_details-committee"),
        (
            {"kind": "meeting", "details": {"agenda": ["Eröffnung", "Fest 😀"]}},
            "Bitte ändern: Tagesordnung, öffentlicher Teil",
            "id_details-agenda",
        ),
    ],
)
def test_the_check_list_names_the_field_and_the_character(values: dict[str, Any], title: str, anchor: str) -> None:
    found = [check for check in checks.missing(Draft(**values), pictures=()) if "😀" in check.advice]

    assert [(check.title, check.state) for check in found] == [(title, "open")]
    assert found[0].anchor.startswith(anchor)


def test_what_only_lists_show_may_have_any_character() -> None:
    values = Draft(summary="Fest 😀", title_en="Party 😀")

    assert not any("😀" in check.advice for check in checks.missing(values, pictures=()))


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/verwaltung/angaben/", "name"),
        ("/verwaltung/kontakt/", "phone"),
        ("/verwaltung/aemter/", "name"),
        ("/verwaltung/aemter/{pk}/", "phone"),
    ],
)
def test_no_form_of_the_town_takes_what_cannot_be_printed(town: Body, administrator: Person, address: str, field: str) -> None:
    office = Office.objects.create(body=town, name="Bauamt")
    filled = {"name": "Bauamt", "short_name": "Muster", "kind": "municipality", "ars": town.ars} | {field: "😀 03999 1"}
    page = logged_in(administrator).post(address.format(pk=office.pk), filled)

    assert "Im amtlichen Dokument lässt sich das nicht darstellen: 😀" in said(page)
    office.refresh_from_db()
    town.refresh_from_db()
    assert "😀" not in f"{town.name}{town.phone}{office.phone}{Office.objects.for_body(town).values_list('name', flat=True)}"
