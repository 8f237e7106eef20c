"""By-laws and their versions, as promulgation enters them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from allmende.core.models import Body, Link, Record, Visibility
from allmende.law import services
from allmende.law.models import ByLaw, Version
from conftest import NOW

SAID = services.Promulgation(
    adopted_on=date(2026, 2, 3), signed_on=date(2026, 2, 5), signed_by="Marianne Hollweg, Bürgermeisterin", in_force_on=date(2027, 1, 1)
)


def notice_of(body: Body, title: str = "Satzung über die Erhebung der Hundesteuer", number: int = 1) -> Record:
    path = f"bekanntmachungen/2026/{number}/"
    return Record.objects.create(body=body, kind=Record.Kind.NOTICE, titles={"de": title}, path=path, visibility=Visibility.PUBLIC)


def test_a_new_by_law_has_version_one_and_an_address(town: Body) -> None:
    notice = notice_of(town)

    version = services.promulgate(notice, SAID, at=NOW)

    record = version.bylaw.record
    assert (version.number, version.in_force_on, version.promulgated_by, version.promulgated_at) == (1, date(2027, 1, 1), notice, NOW)
    assert (record.kind, record.title, record.path) == ("bylaw", notice.title, "ortsrecht/satzung-ueber-die-erhebung-der-hundesteuer/")
    assert record.visibility == Visibility.PUBLIC
    assert Link.objects.for_body(town).filter(source=notice, relation="promulgates", target=record).exists()
    assert services.promulgated_by(notice, body=town) == version.bylaw


def test_once_more_changes_nothing(town: Body) -> None:
    notice = notice_of(town)
    first = services.promulgate(notice, SAID, at=NOW)

    assert services.promulgate(notice, replace(SAID, signed_by="Jemand anderes"), at=NOW) == first
    assert (ByLaw.objects.for_body(town).count(), Version.objects.for_body(town).count()) == (1, 1)


def test_the_next_version_is_one_of_the_same_by_law(town: Body) -> None:
    first = services.promulgate(notice_of(town), SAID, at=NOW)

    second = services.promulgate(notice_of(town, number=2), SAID, at=NOW, of=first.bylaw)

    assert (second.bylaw, second.number) == (first.bylaw, 2)


def test_two_by_laws_of_one_name_have_two_addresses(town: Body, neighbour: Body) -> None:
    paths = [services.promulgate(notice_of(town, "Haushaltssatzung", n), SAID, at=NOW).bylaw.record.path for n in (1, 2)]
    abroad = services.promulgate(notice_of(neighbour, "Haushaltssatzung"), SAID, at=NOW).bylaw.record.path

    assert paths == ["ortsrecht/haushaltssatzung/", "ortsrecht/haushaltssatzung-2026-2/"]
    assert abroad == "ortsrecht/haushaltssatzung/"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hundesteuersatzung 2027", "hundesteuersatzung-2027"),
        ("Größe & Übermaß – Łódź (§ 5)", "groesse-uebermass-odz-5"),
        ("Straßen- und Wegesatzung der Stadt Quellstedt am Erlenbach über " + "sehr " * 20, None),
        ("x" * 200, "x" * 80),
        ("北京", ""),
    ],
)
def test_an_address_is_made_of_plain_words(title: str, slug: str | None) -> None:
    made = services.slug(title)
    assert made == slug if slug is not None else (len(made) <= 80 and not made.endswith("-"))


def test_a_title_without_letters_still_gives_an_address(town: Body) -> None:
    assert services.promulgate(notice_of(town, "北京"), SAID, at=NOW).bylaw.record.path == "ortsrecht/2026-1/"


@pytest.mark.parametrize(
    "wrong",
    [{"signed_on": date(2026, 2, 2)}, {"signed_by": ""}, {"approval_authority": "Landkreis"}, {"approval_on": date(2026, 2, 4)}],
)
def test_the_database_refuses_what_cannot_be(wrong: dict[str, Any], town: Body) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        services.promulgate(notice_of(town), replace(SAID, **wrong), at=NOW)
    assert not ByLaw.objects.for_body(town).exists()


def test_the_list_of_local_law_costs_the_same_for_one_by_law_and_for_nine(
    town: Body, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    services.promulgate(notice_of(town), SAID, at=NOW)
    client.get("/ortsrecht/")
    with CaptureQueriesContext(connection) as one:
        assert "Hundesteuer" in client.get("/ortsrecht/").content.decode()
    for number in range(2, 10):
        services.promulgate(notice_of(town, f"Satzung {number}", number), SAID, at=NOW)
    with django_assert_num_queries(len(one)):
        assert client.get("/ortsrecht/").content.decode().count('class="a-title"') == 9
