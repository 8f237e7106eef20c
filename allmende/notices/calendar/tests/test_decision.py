"""What the law asks is asked when a notice is submitted and approved, recorded by name, and kept with the rules."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from allmende.administration.publishing import services as publishing
from allmende.administration.rules import services as rules
from allmende.administration.rules.services import NewRule
from allmende.administration.start_page.models import StartPageCheck
from allmende.core.models import AuditEntry, Body, Person
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices import models, services
from allmende.notices.calendar import keeping
from allmende.notices.calendar.duties import EQUALS_ORIGINAL, START_PAGE
from allmende.notices.calendar.errors import LawRefuses, NotStated
from allmende.notices.calendar.statement import NOTHING_STATED, Statement
from allmende.notices.calendar.tests.conftest import HINT, Begin
from allmende.notices.models import Notice
from allmende.notices.tests.lawful import APPROVED, WAYS, make_lawful, stated
from conftest import NOW

Act = models.Statement.Act


def submit(notice: Notice, by: Person, statement: Statement = NOTHING_STATED) -> None:
    services.submit(notice.pk, body=notice.record.body, version=notice.version, by=by, at=NOW, statement=statement)


def approve(notice: Notice, by: Person, statement: Statement = NOTHING_STATED) -> None:
    services.approve(notice.pk, body=notice.record.body, version=notice.version, by=by, at=NOW, statement=statement)


# --- Submitting ------------------------------------------------------------------------


def test_a_body_without_rules_or_form_publishes_no_by_law(begin: Begin, town: Body, editor: Person, administrator: Person) -> None:
    with pytest.raises(LawRefuses, match="Regeln ihres Landes nicht übernommen"):
        submit(begin(), editor, HINT)
    rules.begin(body=town, by=administrator, at=NOW)
    with pytest.raises(LawRefuses, match="in welcher Form die Kommune bekannt macht"):
        submit(begin(), editor, HINT)


def test_a_general_notice_needs_neither(begin: Begin, editor: Person) -> None:
    submit(begin("general", {}), editor)


def test_in_sachsen_anhalt_a_by_law_must_name_its_day(begin: Begin, lawful: Body, editor: Person) -> None:
    with pytest.raises(LawRefuses, match="muss den Tag ihres Inkrafttretens selbst nennen"):
        submit(begin(entry="silent"), editor, HINT)
    submit(begin(), editor, HINT)


def test_the_hint_in_another_medium_is_stated_before(begin: Begin, lawful: Body, editor: Person) -> None:
    notice = begin()
    with pytest.raises(NotStated):
        submit(notice, editor)
    submit(notice, editor, HINT)

    [row] = keeping.statements(lawful, notice)
    assert (row.act, row.by, Statement.of_json(row.content)) == (Act.SUBMITTED, editor, HINT)


def test_what_local_law_has_to_name_is_seen_in_the_settings(begin: Begin, town: Body, editor: Person, administrator: Person) -> None:
    make_lawful(town, administrator, replace(WAYS, inspection=""))
    with pytest.raises(LawRefuses, match="eingesehen und kopiert"):
        submit(begin(), editor, HINT)
    publishing.enter(WAYS, reason="ergänzt", body=town, by=administrator, at=NOW)
    submit(begin(), editor, HINT)


def test_a_second_prescribed_form_needs_its_day(begin: Begin, town: Body, editor: Person, administrator: Person) -> None:
    make_lawful(town, administrator, replace(WAYS, further=(Form.GAZETTE,)))
    rules.set_rule(
        NewRule(key="completion.several", value="last_of_several", law="Hauptsatzung", section="§ 22", reason="Beschluss"),
        body=town,
        by=administrator,
        at=NOW,
    )
    with pytest.raises(NotStated):
        submit(begin(), editor, HINT)
    submit(begin(), editor, HINT.also(Statement(days={Form.GAZETTE: NOW.date()})))


def test_what_only_people_know_is_confirmed_by_name(begin: Begin, lawful: Body, editor: Person) -> None:
    details = {"committee": "Rat", "session_at": "2026-03-12T19:00:00+01:00", "place": "Rathaus", "agenda": ["Haushalt"]}
    notice = begin("meeting", details)
    with pytest.raises(NotStated):
        submit(notice, editor, HINT)
    said = stated("meeting", details, body=lawful)

    assert "meeting.in_good_time" in said.confirmed
    submit(notice, editor, said)


def test_a_setting_cannot_be_confirmed_away(begin: Begin, town: Body, editor: Person, administrator: Person) -> None:
    """A tick does not replace the address that local law has to name."""
    make_lawful(town, administrator, replace(WAYS, address=""))
    with pytest.raises(LawRefuses, match="Örtlich festgelegt ist die Internetadresse"):
        submit(begin(), editor, HINT.also(Statement(confirmed=frozenset({"form.address_named"}))))


# --- Approving -------------------------------------------------------------------------


def test_the_approver_confirms_that_the_text_equals_the_original(begin: Begin, lawful: Body, editor: Person, approver: Person) -> None:
    notice = begin()
    submit(notice, editor, HINT.also(APPROVED))  # who wrote it cannot confirm that for the approver
    with pytest.raises(NotStated):
        approve(notice, approver)
    approve(notice, approver, APPROVED)

    rows = keeping.statements(lawful, notice)
    assert [(row.act, row.by.name) for row in rows] == [(Act.SUBMITTED, "Erika"), (Act.APPROVED, "Anna")]
    assert EQUALS_ORIGINAL in Statement.of_json(rows[1].content).confirmed


def test_when_the_start_page_was_seen_is_kept_with_the_approval(
    begin: Begin, town: Body, editor: Person, approver: Person, administrator: Person
) -> None:
    """Baden-Württemberg: a court asks whether the area was to be recognised on the page that the by-law names."""
    Body.objects.filter(pk=town.pk).update(ars="08" + town.ars[2:])
    town.refresh_from_db()
    make_lawful(town, administrator, replace(WAYS, start_page="www.altstadt.example"))
    seal = NewRule(key="seal.level", value="none", law="Muster", section="§ 1", reason="ohne Siegel geprüft")
    rules.set_rule(seal, body=town, by=administrator, at=NOW)
    notice = begin()
    assert START_PAGE in stated("bylaw", notice.details, body=town).confirmed, "without a look somebody has to say it"
    look = {"body": town, "address": "www.altstadt.example", "area": "Ortsrecht", "checked_at": NOW}
    StartPageCheck.objects.create(**look)
    said = stated("bylaw", notice.details, body=town)
    assert START_PAGE not in said.confirmed

    submit(notice, editor, said)
    approve(notice, approver, APPROVED)

    kept = AuditEntry.objects.for_body(town).get(act="notice.start_page_seen")
    assert kept.stored.values == {"address": "www.altstadt.example", "area": "Ortsrecht", "checked_at": NOW.isoformat()}


def test_rules_that_have_changed_since_it_was_submitted_block_the_approval(
    begin: Begin, lawful: Body, editor: Person, approver: Person, administrator: Person
) -> None:
    notice = begin()
    submit(notice, editor, HINT)
    forbidden = NewRule(key="internet", value="no", law="Hauptsatzung", section="§ 22", reason="Beschluss")
    rules.set_rule(forbidden, body=lawful, by=administrator, at=NOW)

    with pytest.raises(LawRefuses, match="nicht in dieser Form"):
        approve(notice, approver, APPROVED)
    assert not models.Basis.objects.for_body(lawful).exists()
    assert Notice.objects.for_body(lawful).get(pk=notice.pk).state == Notice.State.SUBMITTED


def test_the_whole_book_is_kept_with_the_notice_and_once_for_the_same_rules(
    begin: Begin, lawful: Body, editor: Person, approver: Person
) -> None:
    for _number in range(2):
        notice = begin()
        submit(notice, editor, HINT)
        approve(notice, approver, APPROVED)

    found = keeping.kept(lawful, notice.pk)
    assert found is not None
    basis, statement = found
    assert basis.book.land.id == "ST"
    assert basis.on(NOW.date()) == WAYS
    assert statement == HINT.also(APPROVED)
    assert models.KeptRules.objects.for_body(lawful).count() == 1
    assert models.Basis.objects.for_body(lawful).count() == 2


@pytest.mark.parametrize("table", ["notices_keptrules", "notices_basis", "notices_statement"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET kept_at = '2020-01-01'"])
def test_the_database_lets_nothing_of_it_be_changed(
    begin: Begin, lawful: Body, editor: Person, approver: Person, table: str, act: str
) -> None:
    notice = begin()
    submit(notice, editor, HINT)
    approve(notice, approver, APPROVED)
    statement = act.format(table).replace("kept_at", "at" if table == "notices_statement" else "kept_at")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
