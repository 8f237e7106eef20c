"""How a body publishes: what an administrator enters, what holds on a day, and what the database refuses."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from allmende.administration.publishing import errors, selectors, services
from allmende.administration.publishing.models import PublishingSettings
from allmende.administration.publishing.values import Publishing, in_force
from allmende.administration.rules.errors import ReasonMissing
from allmende.administration.tests.staff import logged_in
from allmende.administration.tests.test_rules_pages import said
from allmende.core.errors import DomainError, NotAllowed
from allmende.core.models import AuditEntry, Body, Person
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.legalcalendar.places import Land, LocalHoliday
from conftest import NOW

PAGE = "/verwaltung/recht/bekanntmachungsform/"
FILLED = {
    "form": "internet",
    "law": "Hauptsatzung",
    "section": "§ 22 Abs. 1",
    "address": "www.musterstedt.example",
    "opening": ["1", "3"],
    "valid_from": "1.1.2026",
    "reason": "Beschluss vom 4.11.2025",
}


def ways(begin: str = "2026-01-01", **changes: Any) -> Publishing:
    given: dict[str, Any] = {"form": Form.INTERNET, "law": "Hauptsatzung", "section": "§ 22", "valid_from": date.fromisoformat(begin)}
    return Publishing(**(given | changes))


def enter(new: Publishing, body: Body, by: Person, reason: str = "Beschluss") -> PublishingSettings:
    return services.enter(new, reason=reason, body=body, by=by, at=NOW)


@pytest.fixture
def manager(administrator: Person) -> Client:
    return logged_in(administrator)


def test_nobody_has_entered_anything(town: Body) -> None:
    assert selectors.publishing(town, on=NOW.date()) is None


def test_what_was_entered_holds_from_its_day_until_the_next_one(town: Body, administrator: Person) -> None:
    enter(ways(), town, administrator)
    enter(ways("2027-01-01", form=Form.GAZETTE), town, administrator)

    found = [selectors.publishing(town, on=date.fromisoformat(day)) for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")]
    assert [item and item.form for item in found] == [None, Form.INTERNET, Form.INTERNET, Form.GAZETTE]
    assert [row.form for row in selectors.known(town).after(NOW.date())] == ["gazette"]


def test_of_two_that_begin_on_one_day_the_later_entry_holds(town: Body, administrator: Person) -> None:
    enter(ways(section="§ 21"), town, administrator)
    enter(ways(section="§ 22"), town, administrator)

    found = selectors.publishing(town, on=NOW.date())
    assert found is not None
    assert found.section == "§ 22"
    assert selectors.known(town).on(NOW.date()).section == "§ 22"  # type: ignore[union-attr]


def test_what_is_kept_with_a_notice_is_read_again() -> None:
    full = ways(
        further=(Form.GAZETTE,),
        holidays=(LocalHoliday.CORPUS_CHRISTI,),
        opening=(1, 3),
        address="a",
        start_page="b",
        inspection="c",
        copies="d",
    )

    assert Publishing.of_json(full.as_json()) == full
    assert full.place(Land.SACHSEN).holiday(date(2026, 6, 4)) == "Fronleichnam"
    assert in_force([], NOW.date()) is None


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"law": " "}, errors.BasisMissing),
        ({"section": ""}, errors.BasisMissing),
        ({"further": (Form.INTERNET,)}, errors.FormTwice),
        ({"further": (Form.GAZETTE, Form.GAZETTE)}, errors.FormTwice),
        ({"form": Form.OTHER}, errors.FormTwice),
        ({"holidays": (LocalHoliday.ASSUMPTION,)}, errors.HolidayElsewhere),
        ({"opening": ()}, errors.NoOpeningDay),
        ({"opening": (7,)}, errors.NoOpeningDay),
    ],
)
def test_what_cannot_be_is_refused(town: Body, administrator: Person, changes: dict[str, Any], error: type[DomainError]) -> None:
    with pytest.raises(error):
        enter(ways(**changes), town, administrator)
    assert not PublishingSettings.objects.for_body(town).exists()


def test_only_who_manages_enters_and_says_why(town: Body, administrator: Person, editor: Person, foreigner: Person) -> None:
    for stranger in (editor, foreigner):
        with pytest.raises(NotAllowed):
            enter(ways(), town, stranger)
    with pytest.raises(ReasonMissing):
        enter(ways(), town, administrator, reason=" ")
    enter(ways(), town, administrator)
    assert AuditEntry.objects.for_body(town).get().act == "rules.publishing_entered"


@pytest.mark.parametrize(
    "statement", ["UPDATE administration_publishingsettings SET law = 'x'", "DELETE FROM administration_publishingsettings"]
)
def test_the_database_changes_nothing_that_was_entered(town: Body, administrator: Person, statement: str) -> None:
    enter(ways(), town, administrator)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_knows_no_other_form(town: Body, administrator: Person) -> None:
    values = ways().as_json() | {"form": "other"}
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishingSettings.objects.create(body=town, **values, reason="x", entered_by=administrator, entered_at=NOW)


@pytest.mark.parametrize("field", ["address", "start_page"])
@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "ftp://musterstedt.example", "im Rathaus", "https://"])
def test_what_is_no_web_address_is_refused(town: Body, manager: Client, field: str, wrong: str) -> None:
    refused = manager.post(f"{PAGE}eintragen/", FILLED | {field: wrong})

    assert refused.status_code == 422
    assert "Das ist keine Internetadresse" in said(refused)
    assert not PublishingSettings.objects.for_body(town).exists()


@pytest.mark.parametrize(
    "right", ["www.musterstedt.example/bekanntmachungen", "https://musterstedt.example", "HTTP://musterstedt.example/"]
)
def test_an_address_stands_as_local_law_writes_it(town: Body, manager: Client, right: str) -> None:
    assert manager.post(f"{PAGE}eintragen/", FILLED | {"address": right}).status_code == 302
    assert PublishingSettings.objects.for_body(town).get().address == right


def test_nothing_is_chosen_beforehand_and_no_day_lies_before_the_law(town: Body, manager: Client) -> None:
    assert not re.search(r'name="form"[^>]* checked', manager.get(f"{PAGE}eintragen/").content.decode())

    refused = manager.post(f"{PAGE}eintragen/", FILLED | {"valid_from": "1.1.1800"})
    assert "Der Tag liegt zu früh" in said(refused)


def test_an_administrator_enters_it_on_a_page(town: Body, manager: Client) -> None:
    assert "Noch nichts ist eingetragen" in said(manager.get(PAGE))

    refused = manager.post(f"{PAGE}eintragen/", FILLED | {"law": "", "valid_from": "31.2.2026", "inspection": "Markt 1"})
    assert refused.status_code == 422
    assert "Den Tag „31.2.2026“ gibt es nicht" in said(refused)
    assert "Markt 1" in said(refused)
    assert manager.post(f"{PAGE}eintragen/", FILLED | {"further": ["internet"]}).status_code == 409
    assert manager.post(f"{PAGE}eintragen/", FILLED).status_code == 302

    page = said(manager.get(PAGE))
    assert "Maßgebliche Form Internet" in page
    assert "§ 22 Abs. 1 Hauptsatzung" in page
    assert "Dienstag, Donnerstag" in page
    assert "Days with service Tuesday, Thursday" in said(manager.get(f"/en{PAGE}"))
    assert re.search(r'value="internet"[^>]* checked', manager.get(f"{PAGE}eintragen/").content.decode())


def test_holidays_of_single_municipalities_are_offered_where_the_land_has_them(town: Body, manager: Client) -> None:
    assert "Fronleichnam" not in said(manager.get(f"{PAGE}eintragen/"))
    Body.objects.filter(pk=town.pk).update(ars="14" + town.ars[2:])

    assert "Fronleichnam" in said(manager.get(f"{PAGE}eintragen/"))
    manager.post(f"{PAGE}eintragen/", FILLED | {"holidays": ["corpus_christi"]})
    assert "Feiertage der Gemeinde Fronleichnam" in said(manager.get(PAGE))


@pytest.mark.parametrize("rows", [1, 9])
def test_the_page_takes_the_same_number_of_queries_for_one_and_nine_entries(
    town: Body, manager: Client, administrator: Person, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        enter(ways(section=f"§ {number}"), town, administrator)
    manager.get(PAGE)
    with django_assert_num_queries(13):
        assert manager.get(PAGE).status_code == 200
