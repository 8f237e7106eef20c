import pytest
from django.db import DatabaseError, connection, transaction

from allmende.core.audit import erase_values, is_intact, note
from allmende.core.models import AuditEntry, AuditValues, Body, Person, Record
from conftest import NOW

CHANGE = ["UPDATE core_auditentry SET act = 'forged'", "DELETE FROM core_auditentry"]
REPLACE = "INSERT OR REPLACE INTO core_auditentry SELECT * FROM core_auditentry"
FORGERIES = {"sqlite": [*CHANGE, REPLACE], "postgresql": [*CHANGE, "TRUNCATE core_auditentry CASCADE"]}


@pytest.fixture
def entry(town: Body, editor: Person) -> AuditEntry:
    record = Record.objects.create(body=town, kind="idea", titles={"de": "Idee"}, path="ideen/1/")
    entry = note(record, "idea.sent", {"name": "Kim", "street": "Am Markt 1"}, by=editor, at=NOW)
    connection.check_constraints()  # as at a commit: PostgreSQL refuses TRUNCATE while checks are pending
    return entry


@pytest.mark.parametrize("number", [0, 1, 2])
def test_not_even_plain_sql_changes_the_envelope(entry: AuditEntry, number: int) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FORGERIES[connection.vendor][number])

    entry.refresh_from_db()
    assert entry.act == "idea.sent"


def test_erasing_takes_the_values_and_is_noted_itself(town: Body, editor: Person, entry: AuditEntry) -> None:
    assert entry.record
    erase_values(entry.record, by=editor, at=NOW)

    assert not AuditValues.objects.for_body(town).filter(entry=entry).exists()
    assert [e.act for e in AuditEntry.objects.for_body(town).order_by("pk")] == ["idea.sent", "audit.values_erased"]
    assert is_intact(entry)


def test_changed_values_are_found(town: Body, entry: AuditEntry) -> None:
    assert is_intact(entry)

    AuditValues.objects.for_body(town).update(values={"name": "Sam", "street": "Am Markt 1"})

    assert not is_intact(AuditEntry.objects.for_body(town).get(pk=entry.pk))


def test_changes_of_people_and_settings_are_noted_about_the_body(town: Body, editor: Person) -> None:
    entry = note(town, "body.renamed", {"name": "Neu"}, by=editor, at=NOW)

    assert (entry.body, entry.record) == (town, None)
    assert is_intact(entry)
