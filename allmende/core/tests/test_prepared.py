"""Queries that are built once must answer as the same queries built each time."""

import pytest
from django.db.models import CharField
from pytest_django import DjangoAssertNumQueries

from allmende.core.models import Body, Record, Visibility
from allmende.core.prepared import BODY, Hole, Prepared

TITLES: Prepared[tuple[object, ...]] = Prepared(
    lambda: (
        Record.objects.for_body(BODY)
        .filter(path__startswith="bekanntmachungen/", visibility=Hole("visibility", CharField()))
        .order_by("path")
        .values_list("id", "titles", "body__is_default")
    )
)


@pytest.fixture
def records(town: Body, neighbour: Body) -> list[Record]:
    return [
        Record.objects.create(
            body=body, kind="notice", titles={"de": f"{body.slug} {n}"}, path=f"bekanntmachungen/2026/{n}/", visibility=seen
        )
        for body in (town, neighbour)
        for n, seen in ((1, Visibility.PUBLIC), (2, Visibility.INTERNAL), (3, Visibility.PUBLIC))
    ]


def test_each_body_gets_its_own_rows_in_types_of_python(
    records: list[Record], town: Body, neighbour: Body, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        here = TITLES.rows(body=town.pk, visibility="public")
        there = TITLES.rows(body=neighbour.pk, visibility="internal")

    assert here == [(records[0].pk, {"de": "musterstedt 1"}, True), (records[2].pk, {"de": "musterstedt 3"}, True)]
    assert there == [(records[4].pk, {"de": "nebenan 2"}, False)]
    assert TITLES.first(body=town.pk, visibility="removed") is None


def test_a_value_is_a_value_and_never_a_part_of_the_query(records: list[Record], town: Body) -> None:
    assert TITLES.rows(body=town.pk, visibility="public' OR '1'='1") == []
    assert TITLES.rows(body=town.pk, visibility="%s") == []


def test_every_hole_must_be_filled(town: Body) -> None:
    with pytest.raises(KeyError):
        TITLES.rows(body=town.pk)
