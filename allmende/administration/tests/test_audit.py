"""The audit trail as the auditor reads and takes it."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allmende.administration import audit_export, selectors
from allmende.administration.audit_words import WORDS
from allmende.administration.selectors import AuditFilter
from allmende.core import audit
from allmende.core.models import AuditEntry, AuditValues, Body, Person, Record
from allmende.tasks.models import Entry
from conftest import NOW

NOTE = re.compile(r'audit\.note\(\s*[^,]+,\s*"([a-z_.]+)"')


def text_of(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def notice(town: Body) -> Record:
    return Record.objects.create(body=town, kind="notice", titles={"de": "Hundesteuer"}, path="bekanntmachungen/2026/1/")


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert audit_export.safe_cell(cell) == f"'{cell}"
    assert audit_export.safe_cell("Hund") == "Hund"


def test_a_person_called_like_a_formula_does_no_harm(town: Body, auditor: Person, client: Client) -> None:
    bad = Person.objects.create_user(email="x@example.org", name='=HYPERLINK("http://boese.example")')
    record = Record.objects.create(body=town, kind="notice", titles={"de": "@SUM(1)"}, path="+1/")
    audit.note(record, "notice.drafted", {"title": "=1"}, by=bad, at=NOW)
    client.force_login(auditor)

    rows = list(csv.reader(io.StringIO(text_of(client.get("/verwaltung/protokollierung.csv"))[1:]), delimiter=";"))
    cells = [cell for row in rows[1:] for cell in row]
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_the_table_has_sentences_values_and_whether_they_are_unchanged(
    notice: Record, editor: Person, auditor: Person, client: Client
) -> None:
    audit.note(notice, "notice.drafted", {"title": "Ä;ö"}, by=editor, at=NOW)
    client.force_login(auditor)
    rows = list(csv.reader(io.StringIO(text_of(client.get("/verwaltung/protokollierung.csv"))[1:]), delimiter=";"))

    drafted = rows[-1]
    assert drafted[1:] == [
        "02.03.2026 09:00:00",
        "Erika hat einen Entwurf begonnen.",
        "notice.drafted",
        "Hundesteuer",
        "bekanntmachungen/2026/1/",
        '{"title": "Ä;ö"}',
        "ja",
    ]


def test_erased_values_are_not_shown_and_the_sentence_stays(notice: Record, editor: Person, auditor: Person, client: Client) -> None:
    audit.note(notice, "notice.drafted", {"title": "Geheim"}, by=editor, at=NOW)
    audit.erase_values(notice, by=editor, at=NOW)
    client.force_login(auditor)

    page = client.get("/verwaltung/protokollierung/").content.decode()
    table = text_of(client.get("/verwaltung/protokollierung.csv"))
    lines = [json.loads(line) for line in text_of(client.get("/verwaltung/protokollierung.jsonl")).splitlines()]
    assert "Geheim" not in page + table
    assert "Erika hat einen Entwurf begonnen." in page
    assert [line["values"] for line in lines if line["act"] == "notice.drafted"] == [None]


def test_changed_values_are_named(notice: Record, editor: Person, auditor: Person, client: Client) -> None:
    entry = audit.note(notice, "notice.drafted", {"title": "Wahr"}, by=editor, at=NOW)
    AuditValues._unscoped.filter(entry=entry).update(values={"title": "Falsch"})
    client.force_login(auditor)

    lines = [json.loads(line) for line in text_of(client.get("/verwaltung/protokollierung.jsonl")).splitlines()]
    assert {line["act"]: line["intact"] for line in lines}["notice.drafted"] is False
    assert "a-state--bad" in client.get("/verwaltung/protokollierung/").content.decode()


def test_the_trail_is_filtered_by_person_record_and_period(town: Body, notice: Record, editor: Person, administrator: Person) -> None:
    audit.note(notice, "notice.drafted", {}, by=editor, at=NOW)
    audit.note(town, "body.changed", {}, by=administrator, at=NOW + timedelta(days=3))

    def acts(**chosen: Any) -> list[str]:
        return [entry.act for entry in selectors.audit_entries(town, AuditFilter(**chosen))]

    assert acts() == ["body.changed", "notice.drafted"]
    assert acts(person=editor) == ["notice.drafted"]
    assert acts(record="hunde") == ["notice.drafted"]
    assert acts(since=date(2026, 3, 5)) == ["body.changed"]
    assert acts(until=date(2026, 3, 2)) == ["notice.drafted"]
    assert acts(since=date(2026, 3, 3), until=date(2026, 3, 4)) == []


def test_pages_follow_each_other_by_key(town: Body, editor: Person) -> None:
    for number in range(120):
        audit.note(town, "body.changed", {"n": number}, by=editor, at=NOW)
    seen: list[int] = []
    before: int | None = None
    while True:
        found, before = selectors.audit_page(town, AuditFilter(), before=before)
        seen += [entry.stored.values["n"] for entry in found]
        if before is None:
            break

    assert seen == list(range(119, -1, -1))


def test_the_trail_of_another_body_is_not_in_it(town: Body, neighbour: Body, editor: Person, foreigner: Person) -> None:
    audit.note(neighbour, "body.changed", {}, by=foreigner, at=NOW)

    assert not selectors.audit_entries(town, AuditFilter()).exists()
    assert list(selectors.actors_of(town)) == []


@pytest.mark.parametrize("number", [1, 9])
def test_a_page_costs_the_same_for_1_and_9_entries(
    notice: Record, editor: Person, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(number):
        audit.note(notice, "notice.edited", {"a": 1}, by=editor, at=NOW)
    with django_assert_num_queries(1):
        found, _before = selectors.audit_page(notice.body, AuditFilter())
        said = [(audit_export.sentence(e), audit_export.values(e), audit.is_intact(e), e.record and e.record.title) for e in found]

    assert len(said) == number


def test_an_export_is_one_query_however_long(town: Body, editor: Person, django_assert_num_queries: Callable[..., Any]) -> None:
    for _ in range(20):
        audit.note(town, "body.changed", {"a": 1}, by=editor, at=NOW)
    with django_assert_num_queries(1):
        assert len(list(audit_export.json_lines(selectors.audit_entries(town, AuditFilter())))) == 20


def test_every_act_has_its_sentence() -> None:
    root = Path(__file__).resolve().parents[2]
    written = {code for path in root.rglob("*.py") if "tests" not in path.parts for code in NOTE.findall(path.read_text("utf-8"))}

    written |= {f"task.{act}" for act in Entry.Act.values}
    assert written
    assert written - set(WORDS) == set()


def test_an_act_without_a_sentence_is_still_readable(town: Body) -> None:
    entry = audit.note(town, "somewhere.something", {}, by=None, at=NOW)

    assert audit_export.sentence(AuditEntry.objects.for_body(town).get(pk=entry.pk)) == "Die Plattform hat vermerkt: somewhere.something."


def test_values_are_said_in_the_words_of_the_forms(town: Body, administrator: Person, auditor: Person, client: Client) -> None:
    audit.note(town, "body.changed", {"before": {"phone": ""}, "after": {"phone": "0391 1"}}, by=administrator, at=NOW)
    audit.note(town, "people.invited", {"name": "Ida", "roles": ["editor", "approver"]}, by=administrator, at=NOW)
    client.force_login(auditor)
    page = client.get("/verwaltung/protokollierung/").content.decode()

    assert "nachher, Telefon" in page
    assert "Redaktion, Freigabe" in page
