import pytest
from django.db import IntegrityError, transaction
from django.db.models import Exists, Model, OuterRef

from allmende.core.models import Body, Link, Record
from allmende.core.models.body import RESERVED_NAMES


def test_there_is_no_read_without_a_body(town: Body) -> None:
    for name in ("all", "filter", "get", "exclude", "count"):
        assert not hasattr(Record.objects, name)


def test_rows_of_an_outer_row_cannot_be_read_on_their_own(town: Body, neighbour: Body) -> None:
    Record.objects.create(body=town, kind="idea", titles={"de": "Bank"}, path="ideen/1/")
    hanging = Record.objects.of_outer(body=OuterRef("pk"))

    assert list(Body.objects.filter(Exists(hanging))) == [town]
    with pytest.raises(ValueError, match="may only be used in a subquery"):
        list(hanging)
    for wrong in ({}, {"path": "ideen/1/"}, {"body": town}):
        with pytest.raises(TypeError, match="for_body"):
            Record.objects.of_outer(**wrong)


def test_an_update_of_a_body_has_its_conditions_on_the_row_itself(town: Body, neighbour: Body) -> None:
    """Over a join PostgreSQL would let two people win the same race: the races of the modules rest on this."""
    for body in (town, neighbour):
        old, new = (Record.objects.create(body=body, kind="notice", titles={"de": "Bank"}, path=f"{n}/") for n in (1, 2))
        Link.objects.create(source=new, relation=Link.Relation.TAKES_UP, target=old)

    assert Link.objects.for_body(town).update(relation=Link.Relation.REPLACES) == 1
    with pytest.raises(TypeError, match="decides no race"):
        Link.objects.for_body(town).filter(source__path="2/").update(relation=Link.Relation.REPLACES)


def test_many_rows_are_made_at_once(town: Body) -> None:
    new = (Record(body=town, kind="idea", titles={"de": "Bank"}, path=f"ideen/{number}/") for number in (1, 2))

    assert Record.objects.bulk_create(new) == list(Record.objects.for_body(town).order_by("path"))


def test_a_path_is_unique_in_its_body_only(town: Body, neighbour: Body) -> None:
    for body in (town, neighbour):
        Record.objects.create(body=body, kind="idea", titles={"de": "Bank"}, path="ideen/1/")

    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.create(body=town, kind="idea", titles={"de": "Bank"}, path="ideen/1/")


def test_a_record_has_a_german_title(town: Body) -> None:
    with pytest.raises(IntegrityError, match="core_record_has_german_title"), transaction.atomic():
        Record.objects.create(body=town, kind="idea", titles={"en": "Bench"}, path="ideen/1/")


@pytest.mark.parametrize(
    ("kind", "ars", "fits"), [("municipality", "", False), ("municipality", "1508100", False), ("special_purpose", "", True)]
)
def test_only_a_special_purpose_association_has_no_key(db: None, kind: str, ars: str, fits: bool) -> None:
    def create() -> Model:
        with transaction.atomic():
            return Body.objects.create(slug="x", name="X", short_name="X", kind=kind, ars=ars)

    if fits:
        create()
        return
    with pytest.raises(IntegrityError, match="core_body_ars_unless_special_purpose"):
        create()


def test_no_body_takes_an_address_of_the_platform(db: None) -> None:
    for name in sorted(RESERVED_NAMES):
        with pytest.raises(IntegrityError, match="core_body_slug_not_reserved"), transaction.atomic():
            Body.objects.create(slug=name, name="X", short_name="X", kind="special_purpose")


def test_there_is_one_default_body(town: Body, neighbour: Body) -> None:
    neighbour.is_default = True

    with pytest.raises(IntegrityError), transaction.atomic():
        neighbour.save()


def test_keys_are_derived_from_the_regional_key(town: Body) -> None:
    district = Body(kind=Body.Kind.DISTRICT, ars="150990000000")

    assert (town.ags, town.land) == ("15099001", "Sachsen-Anhalt")
    assert district.ags == "15099"
