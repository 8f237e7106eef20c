from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from allmende.core.errors import NotAllowed
from allmende.core.models import Body, Membership, Person
from allmende.core.permissions import Act, acts_of, bodies_of, capacity, may, require
from conftest import NOW, Role, person

DAY = timedelta(days=1)


def test_a_right_exists_in_a_body_only(town: Body, neighbour: Body, approver: Person) -> None:
    Membership.objects.create(person=approver, body=neighbour, role=Role.AUDITOR)

    assert may(approver, town, Act.APPROVE, at=NOW)
    assert not may(approver, neighbour, Act.APPROVE, at=NOW)
    assert may(approver, neighbour, Act.READ_INTERNAL, at=NOW)


def test_who_has_left_may_nothing(town: Body, approver: Person) -> None:
    approver.is_active = False

    assert not may(approver, town, Act.READ_INTERNAL, at=NOW)
    assert acts_of(approver, town, at=NOW) == frozenset()
    with pytest.raises(NotAllowed):
        capacity(approver, town, Act.APPROVE, at=NOW)


def test_an_operator_sees_no_draft(town: Body, operator: Person) -> None:
    assert acts_of(operator, town, at=NOW) == frozenset()
    with pytest.raises(NotAllowed):
        require(operator, town, Act.READ_INTERNAL, at=NOW)


def test_the_office_of_the_association_acts_for_its_members(town: Body, association: Body, neighbour: Body) -> None:
    vera = person("Vera", (association, Role.EDITOR))

    assert capacity(vera, town, Act.WRITE, at=NOW).body == association
    assert not may(vera, neighbour, Act.WRITE, at=NOW)
    assert list(bodies_of(vera, at=NOW)) == [town, association]


def test_an_auditor_of_the_association_does_not_read_its_members(town: Body, association: Body) -> None:
    rita = person("Rita", (association, Role.AUDITOR))

    assert may(rita, association, Act.AUDIT, at=NOW)
    assert not may(rita, town, Act.AUDIT, at=NOW)
    assert list(bodies_of(rita, at=NOW)) == [association]


def test_a_deputy_acts_in_the_period_and_the_capacity_says_for_whom(town: Body, editor: Person, approver: Person) -> None:
    Membership.objects.create(
        person=editor,
        body=town,
        role=Role.APPROVER,
        deputy_for=approver,
        valid_from=date(2026, 3, 2),
        valid_until=date(2026, 3, 6),
        reason="Urlaub",
    )

    assert capacity(editor, town, Act.APPROVE, at=NOW).deputy_for == approver
    assert [may(editor, town, Act.APPROVE, at=NOW + n * DAY) for n in (-1, 0, 4, 5)] == [False, True, True, False]


@pytest.mark.parametrize("missing", ["valid_from", "valid_until", "reason"])
def test_the_database_refuses_a_deputy_without_period_and_reason(town: Body, editor: Person, approver: Person, missing: str) -> None:
    values = {"valid_from": date(2026, 3, 2), "valid_until": date(2026, 3, 6), "reason": "Urlaub"}
    values[missing] = "" if missing == "reason" else None

    with pytest.raises(IntegrityError, match="core_membership_deputy_complete"), transaction.atomic():
        Membership.objects.create(person=editor, body=town, role=Role.APPROVER, deputy_for=approver, **values)


def test_nobody_is_their_own_deputy(town: Body, editor: Person) -> None:
    with pytest.raises(IntegrityError, match="core_membership_deputy_complete"), transaction.atomic():
        Membership.objects.create(
            person=editor, body=town, role=Role.APPROVER, deputy_for=editor, valid_from=NOW, valid_until=NOW, reason="Urlaub"
        )
