"""What clerk, approver, resident and administration see of the calendar."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from allmende.administration.rules import services as rules
from allmende.administration.rules.services import NewRule
from allmende.core.models import Body, Person
from allmende.core.outbox import work
from allmende.notices import models, selectors, services
from allmende.notices.calendar import keeping
from allmende.notices.calendar.statement import Statement
from allmende.notices.calendar.tests.conftest import HINT, Approve, Begin
from allmende.notices.models import Notice
from allmende.notices.tests.conftest import LogIn
from allmende.notices.tests.lawful import APPROVED, make_lawful, stated
from allmende.publication.seals import set_up_demo_seal
from allmende.publication.setup import set_up_log
from allmende.tasks.models import Task
from conftest import NOW

LATER = NOW + timedelta(minutes=5)
STATED = {"recht-medium": "notice_board", "recht-hint_on": "2.3.2026"}
MEETING: dict[str, Any] = {
    "committee": "Rat",
    "session_at": "2026-03-12T19:00:00+01:00",
    "place": "Rathaus",
    "agenda": ["Haushalt", "Anfragen"],
}


@pytest.fixture(autouse=True)
def _some_minutes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def said(response: Any) -> str:
    """The words of the page, with single blanks."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text).replace("\N{NO-BREAK SPACE}", " "))


def address(name: str, notice: Notice) -> str:
    return reverse(f"notices_staff:{name}", args=[notice.pk, 1] if name not in ("edit", "show") else [notice.pk])


# --- While writing ------------------------------------------------------------------------


def test_the_draft_says_what_would_follow_and_the_preview_says_why(lawful: Body, begin: Begin, editor: Person, log_in: LogIn) -> None:
    notice, client = begin(), log_in(editor)

    page = said(client.get(address("edit", notice)))
    assert "Wenn sie am 2. März 2026 erscheint" in page
    assert "Inkrafttreten Dienstag, 3. März 2026" in page
    assert "Nach den Regeln des Rechts kann sie erscheinen" in page
    preview = said(client.get(address("preview", notice)))
    assert "weil sie den Tag nach der Bekanntmachung bestimmt" in preview
    assert "§ 9 Abs. 2 S. 2 KVG LSA" in preview
    assert "Gesetzestext eingesehen" in preview
    assert "Rathaus, Markt 1, Zimmer 12" in preview
    english = said(client.get("/en" + address("preview", notice)))
    assert "The by-law enters into force on Tuesday, 3 March 2026" in english


def test_without_rules_the_clerk_reads_who_can_help_and_the_administrator_gets_there(
    town: Body, begin: Begin, editor: Person, administrator: Person, client: Client, log_in: LogIn
) -> None:
    notice = begin()
    page = log_in(editor).get(address("edit", notice)).content.decode()

    assert "Die Administration übernimmt die Regeln" in page
    assert "/verwaltung/recht/" not in page


def test_an_unconfirmed_rule_names_what_to_enter_and_leads_to_the_field(lawful: Body, begin: Begin, editor: Person, log_in: LogIn) -> None:
    notice = begin(entry="silent")
    page = log_in(editor).get(address("edit", notice)).content.decode()

    assert "muss den Tag ihres Inkrafttretens selbst nennen" in page
    assert 'href="#id_details-entry"' in page


def test_the_saved_answer_brings_the_days_along(lawful: Body, begin: Begin, editor: Person, log_in: LogIn) -> None:
    notice, client = begin(), log_in(editor)
    form = {"version": "1", "kind": "bylaw", "title": "Hundesteuersatzung", "text": "Wortlaut.", "details-entry": "next_day"}
    answer = client.post(reverse("notices_staff:autosave", args=[notice.pk]), form).json()

    assert "Inkrafttreten" in answer["checks"]


# --- Submitting and approving ------------------------------------------------------------


def test_who_submits_confirms_each_point_and_nothing_typed_is_lost(lawful: Body, begin: Begin, editor: Person, log_in: LogIn) -> None:
    notice, client = begin("meeting", MEETING), log_in(editor)
    page = said(client.get(address("submit", notice)))
    assert "Rechtzeitig, mit Ort, Zeit und Tagesordnung." in page

    refused = client.post(address("submit", notice), {"recht-hint_on": "2.3.2026"})
    assert refused.status_code == 422
    assert "Bestätigen Sie diesen Punkt" in said(refused)
    assert 'value="2.3.2026"' in refused.content.decode()
    assert client.post(address("submit", notice), STATED | {"recht-confirm-meeting.in_good_time": "on"}).status_code == 302

    [row] = keeping.statements(lawful, notice)
    assert Statement.of_json(row.content).confirmed == {"meeting.in_good_time"}
    assert row.by == editor


def test_the_approver_sees_the_days_and_who_confirmed_what_and_confirms_the_original(
    approve: Approve, begin: Begin, lawful: Body, editor: Person, approver: Person, log_in: LogIn
) -> None:
    notice = begin()
    services.submit(notice.pk, body=lawful, version=1, by=editor, at=NOW, statement=HINT)
    client = log_in(approver)

    page = said(client.get(address("decide", notice)))
    assert "Was folgt, wenn sie am 2. März 2026 erscheint" in page
    assert "Erika, beim Einreichen" in page
    assert "Hinweis: Aushang am 2. März 2026" in page
    asked = client.get(address("approve", notice))
    assert "Der Text gleicht der unterzeichneten Satzung" in said(asked)
    refused = client.post(address("approve", notice), {"freigeben": "1"})
    assert refused.status_code == 422
    assert "Bestätigen Sie diesen Punkt" in said(refused)
    assert client.post(address("approve", notice), {"freigeben": "1", "recht-confirm-text.equals_original": "on"}).status_code == 302
    assert Notice.objects.for_body(lawful).get(pk=notice.pk).state == Notice.State.APPROVED


def test_what_has_changed_since_stands_before_the_decision(
    begin: Begin, lawful: Body, editor: Person, approver: Person, administrator: Person, log_in: LogIn
) -> None:
    notice = begin()
    services.submit(notice.pk, body=lawful, version=1, by=editor, at=NOW, statement=HINT)
    forbidden = NewRule(key="internet", value="no", law="Hauptsatzung", section="§ 22", reason="Beschluss")
    rules.set_rule(forbidden, body=lawful, by=administrator, at=NOW)
    client = log_in(approver)

    assert "nicht in dieser Form bekannt gemacht" in said(client.get(address("decide", notice)))
    answer = client.post(address("approve", notice), {"freigeben": "1", "recht-confirm-text.equals_original": "on"})
    assert answer.status_code == 422
    assert "nicht in dieser Form bekannt gemacht" in said(answer)


def test_what_holds_it_up_today_stands_on_its_page(approve: Approve, lawful: Body, editor: Person, log_in: LogIn) -> None:
    notice = approve(entry="stated_day", entry_on="2026-03-03", at=NOW - timedelta(days=1))
    client = log_in(editor)
    assert "Heute darf sie so nicht erscheinen" not in said(client.get(address("show", notice)))
    Notice.objects.for_body(lawful).filter(pk=notice.pk).update(details=notice.details | {"entry_on": "2026-03-02"})

    page = said(client.get(address("show", notice)))
    assert "Heute darf sie so nicht erscheinen" in page
    assert "frühestens möglich ist Dienstag, 3. März 2026" in page


# --- The public ---------------------------------------------------------------------------


def test_residents_read_days_and_reasons_in_german_and_english_without_scripts(approve: Approve, client: Client) -> None:
    approve()
    work(NOW)

    page = said(client.get("/bekanntmachungen/2026/1/"))
    assert "Wirkung und Fristen" in page
    assert "Bekannt gemacht Montag, 2. März 2026, 9.00 Uhr" in page
    assert "Warum?" in page
    assert "Die Satzung tritt am Dienstag, 3. März 2026 in Kraft" in page
    assert "Hinweis überfällig" not in page
    assert "<details" in client.get("/bekanntmachungen/2026/1/").content.decode()
    english = said(client.get("/en/bekanntmachungen/2026/1/"))
    assert "Entry into force Tuesday, 3 March 2026" in english
    assert "Monday, 2 March 2026, 9:00" in english


def test_a_rule_that_changes_later_changes_nothing_on_the_page(
    approve: Approve, lawful: Body, administrator: Person, client: Client
) -> None:
    approve()
    work(NOW)
    before = said(client.get("/bekanntmachungen/2026/1/"))
    changed = NewRule(key="completion.internet", value="end_of_provision_day", law="Hauptsatzung", section="§ 22", reason="Beschluss")
    rules.set_rule(changed, body=lawful, by=administrator, at=NOW)

    assert said(client.get("/bekanntmachungen/2026/1/")) == before


def test_where_completion_is_not_confirmed_no_effect_is_claimed(
    town: Body, administrator: Person, client: Client, begin: Begin, editor: Person, approver: Person
) -> None:
    """Hessen: the by-law names its own day; when its publication is complete is not confirmed."""
    Body.objects.filter(pk=town.pk).update(ars="06" + town.ars[2:])
    town.refresh_from_db()
    make_lawful(town, administrator)
    notice = begin(entry="stated_day", entry_on="2026-04-01")
    services.submit(notice.pk, body=town, version=1, by=editor, at=NOW, statement=stated("bylaw", notice.details, body=town))
    services.approve(notice.pk, body=town, version=1, by=approver, at=NOW, statement=APPROVED)
    set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    set_up_demo_seal(town, at=NOW, by=None)
    work(NOW)

    page = said(client.get("/bekanntmachungen/2026/1/"))
    assert "Bereitgestellt seit Montag, 2. März 2026, 9.00 Uhr" in page
    assert "für Hessen nicht bestätigt" in page
    assert "behauptet keine Rechtswirkung" in page
    assert "Inkrafttreten" not in page


def test_what_is_over_leaves_the_list_and_stays_readable(approve: Approve, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    said_all = HINT.also(Statement(confirmed=frozenset({"meeting.in_good_time"})))
    approve("meeting", MEETING, said=said_all)
    work(NOW)
    assert "Hundesteuersatzung" in said(client.get("/bekanntmachungen/"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=12))

    assert "Hundesteuersatzung" not in said(client.get("/bekanntmachungen/"))
    assert "Hundesteuersatzung" not in said(client.get("/"))
    assert "Hundesteuersatzung" in said(client.get("/bekanntmachungen/?standing=past"))
    assert "Hundesteuersatzung" in said(client.get("/bekanntmachungen/2026/"))
    assert "Hundesteuersatzung" in said(client.get("/bekanntmachungen/?q=hundesteuer"))
    assert "war bis zum Freitag, 13. März 2026 aktuell" in said(client.get("/bekanntmachungen/2026/1/"))


# --- Deadlines -----------------------------------------------------------------------------


def test_the_desk_lists_the_days_that_come_up(approve: Approve, lawful: Body, editor: Person, log_in: LogIn) -> None:
    approve()
    work(NOW)
    work(LATER)  # opens the task of the hint

    page = said(log_in(editor).get("/schreibtisch/bekanntmachungen/fristen/"))
    assert "Inkrafttreten Di, 3.3.2026 Hundesteuersatzung" in page
    assert "Hinweis überfällig ab Do, 5.3.2026 Hundesteuersatzung" in page
    assert "morgen" in page


def test_a_hint_that_was_given_is_no_deadline(approve: Approve, lawful: Body, editor: Person) -> None:
    approve()
    work(NOW)
    work(LATER)
    assert [row.what for row in selectors.next_deadlines(lawful, at=LATER)] == ["Inkrafttreten", "Hinweis überfällig ab"]
    Task.objects.for_body(lawful).filter(kind="notices.hint").update(state="done", closed_at=LATER, closed_by=editor)

    assert [row.what for row in selectors.next_deadlines(lawful, at=LATER)] == ["Inkrafttreten"]


@pytest.mark.parametrize("rows", [1, 9])
def test_the_list_of_deadlines_takes_the_same_number_of_queries(
    approve: Approve, lawful: Body, editor: Person, log_in: LogIn, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notice = approve()
    work(NOW)
    codes = ["entry", "effect", "complaint_end", "deemed_valid", "comments_end", "online_until", "take_down_from", "erase_from", "erase_by"]
    models.LegalDay.objects.for_body(lawful).filter(notice=notice).delete()
    models.LegalDay.objects.bulk_create(models.LegalDay(notice=notice, code=code, day=NOW.date()) for code in codes[:rows])
    client = log_in(editor)
    client.get("/schreibtisch/bekanntmachungen/fristen/")
    with django_assert_num_queries(12):
        client.get("/schreibtisch/bekanntmachungen/fristen/")
