"""What the database refuses of decisions about rules and of own rules."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from allmende.administration.rules import services
from allmende.administration.rules.models import OwnRule, ProfileDecision
from allmende.administration.tests.legal_rules import LATER, TODAY, rule
from allmende.core.models import Body, Person
from conftest import NOW


def refused(statement: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            statement()
    except IntegrityError:
        return True
    return False


def test_decisions_stay_as_they_were_made(ruled: Body) -> None:
    here = ProfileDecision.objects.for_body(ruled)

    assert refused(lambda: here.update(version=7))
    assert refused(lambda: here.delete())
    assert here.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 1},  # again
        {"version": 0},
        {"version": 2, "profile": "XX"},
        {"version": 2, "content": None},
        {"version": 2, "reason": "ein Grund"},
        {"version": 2, "answer": "kept", "reason": "ein Grund"},
        {"version": 2, "answer": "kept", "content": None},
        {"version": 2, "answer": "perhaps"},
    ],
)
def test_the_database_refuses_wrong_decisions(ruled: Body, administrator: Person, changes: dict[str, Any]) -> None:
    fields = {"body": ruled, "profile": "ST", "answer": "adopted", "content": {}, "decided_by": administrator, "decided_at": NOW}

    assert refused(lambda: ProfileDecision.objects.create(**(fields | changes)))
    assert not refused(lambda: ProfileDecision.objects.create(**(fields | {"version": 2})))


def test_the_database_refuses_to_go_back(ruled: Body, administrator: Person) -> None:
    fields = {"body": ruled, "profile": "ST", "answer": "adopted", "content": {}, "decided_by": administrator, "decided_at": NOW}
    ProfileDecision.objects.create(**fields, version=3)

    assert refused(lambda: ProfileDecision.objects.create(**fields, version=2))
    kept = fields | {"answer": "kept", "content": None, "reason": "Rechtsamt prüft noch."}
    assert refused(lambda: ProfileDecision.objects.create(**kept, version=3))
    assert not refused(lambda: ProfileDecision.objects.create(**kept, version=4))


@pytest.mark.parametrize(
    "changes",
    [
        {"value": "P1Y"},
        {"law": "Gesetz"},
        {"kinds": ["by_law"]},
        {"valid_until": TODAY},
        {"key": "hint.required"},
        {"entered_at": LATER},
        {"reason": "anders"},
    ],
)
def test_the_database_refuses_to_change_a_rule_even_while_ending_it(ruled: Body, administrator: Person, changes: dict[str, Any]) -> None:
    row = services.set_rule(rule(), body=ruled, by=administrator, at=NOW)
    ended = {"ended_at": LATER, "ended_by": administrator, "end_reason": "Irrtum"}
    here = OwnRule.objects.for_body(ruled).filter(pk=row.pk)

    assert refused(lambda: here.update(**changes))
    assert refused(lambda: here.update(**ended, **changes))
    assert refused(lambda: here.update(**(ended | {"ended_at": NOW - timedelta(days=1)})))
    assert refused(lambda: here.update(**(ended | {"end_reason": ""})))
    assert refused(lambda: here.update(**(ended | {"ended_by": None})))
    assert not refused(lambda: here.update(**ended))
    assert refused(lambda: here.update(**(ended | {"end_reason": "doch nicht"})))
    assert refused(lambda: here.update(ended_at=None, ended_by=None, end_reason=""))
    assert refused(lambda: here.delete())


@pytest.mark.parametrize("changes", [{"key": ""}, {"law": ""}, {"section": ""}, {"reason": ""}, {"valid_until": date(2020, 1, 1)}])
def test_the_database_refuses_rules_without_source_or_with_crossed_days(
    ruled: Body, administrator: Person, changes: dict[str, Any]
) -> None:
    fields = {"key": "complaint.period", "value": "P6M", "law": "HS", "section": "§ 1", "reason": "Beschluss", "valid_from": TODAY}
    fields |= {"body": ruled, "entered_by": administrator, "entered_at": NOW}

    assert refused(lambda: OwnRule.objects.create(**(fields | changes)))
    assert not refused(lambda: OwnRule.objects.create(**fields))
    assert refused(lambda: OwnRule.objects.create(**fields))  # twice for one case


def test_insert_or_replace_is_no_way_around(ruled: Body) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has it")
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("INSERT OR REPLACE INTO administration_profiledecision SELECT * FROM administration_profiledecision")
