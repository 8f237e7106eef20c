"""Sealing and provision: the same days on page, in the document and in the store; nothing changes them afterwards."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from allmende.administration.rules import services as rules
from allmende.administration.rules.services import NewRule
from allmende.core.models import Body, Person
from allmende.core.outbox import work
from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.places import Land
from allmende.lib.official.reading import html_text
from allmende.notices import models, services
from allmende.notices.calendar import provision, stored
from allmende.notices.calendar.tests.cases import Entered
from allmende.notices.calendar.tests.conftest import Approve
from allmende.notices.models import Notice
from allmende.publication import sealing, worker
from allmende.publication.clock import from_
from allmende.publication.errors import DayRefused, SealTooLow
from allmende.publication.models import Attempt, SealKey, State
from allmende.publication.selectors import state_of
from conftest import NOW

TODAY = NOW.date()


def calendar_of(notice: Notice) -> stored.Stored:
    return stored.read(models.Calendar.objects.for_body(notice.record.body).get(notice=notice).content)


def again(notice: Notice) -> Notice:
    return Notice.objects.for_body(notice.record.body).select_related("record__body").get(pk=notice.pk)


def sealed_words(notice: Notice) -> str:
    attempt = Attempt.objects.for_body(notice.record.body).filter(publication=notice.record.pk).order_by("-number")[0]
    return html_text(bytes(attempt.page or b""))


def plain(text: str) -> str:
    return "".join(text.split())


# --- What is sealed ----------------------------------------------------------------------


def test_the_sealed_lines_equal_the_stored_days(approve: Approve) -> None:
    notice = approve()
    work(NOW)

    found, page = calendar_of(notice), sealed_words(notice)
    assert found.timeline.day(Code.ENTRY) == TODAY + timedelta(days=1)
    assert "InkrafttretenDienstag,3.März2026.DieSatzungtrittamDienstag,3.März2026inKraft,weilsiedenTagnachderBekanntmachungbestimmt" in page
    for line in (*found.lines, *found.notes):
        assert plain(line.label.de + line.value.de) in page
    assert "Rathaus,Markt1,Zimmer12" in page


def test_the_moment_itself_is_stored_in_addition(approve: Approve) -> None:
    notice = approve()
    work(NOW)

    step = calendar_of(notice).timeline.step(Code.COMPLETION)
    provided = again(notice).provided_at
    assert step is not None
    assert step.at == provided
    assert provided is not None


def test_what_was_approved_stays_and_a_copy_made_later_says_the_same(approve: Approve) -> None:
    notice = approve()
    work(NOW)
    publication = notice.record.publication
    attempt = Attempt.objects.for_body(notice.record.body).get(publication=publication)

    assert b"Inkrafttreten" not in bytes(publication.payload or b"")
    assert sealing.render(publication, attempt.day).page == bytes(attempt.page or b"")


def test_a_general_notice_has_no_lines_and_no_calendar(
    approve: Approve, lawful: Body, begin: object, editor: Person, approver: Person
) -> None:
    notice = begin("general", {})  # type: ignore[operator]
    services.submit(notice.pk, body=lawful, version=1, by=editor, at=NOW)
    services.approve(notice.pk, body=lawful, version=1, by=approver, at=NOW)
    work(NOW)

    assert again(notice).state == Notice.State.PUBLIC
    assert "FormderBekanntmachung" not in sealed_words(notice)
    assert not models.Calendar.objects.for_body(lawful).exists()
    assert not models.Basis.objects.for_body(lawful).exists()


# --- The printed day ---------------------------------------------------------------------


def test_a_day_on_which_it_may_not_appear_holds_it_up_and_says_so(approve: Approve) -> None:
    """It names 3 March as its day; the seal is locked until then, and on 3 March that day does not lie after publication any more."""
    notice = approve(entry="stated_day", entry_on="2026-03-03")
    locked = SealKey.objects.for_body(notice.record.body).get()
    SealKey.objects.for_body(notice.record.body).update(state="locked", secret=None, unlocked_until=None)
    work(NOW)
    SealKey.objects.for_body(notice.record.body).update(state="active", secret=locked.secret, unlocked_until=locked.unlocked_until)
    work(NOW + timedelta(days=1))

    progress = state_of(notice.record)
    assert progress is not None
    assert (progress.step, progress.error_code) == (State.SEALING, DayRefused.code)
    assert again(notice).state == Notice.State.APPROVED


def test_a_seal_that_no_longer_has_the_level_holds_it_up(approve: Approve, lawful: Body, administrator: Person) -> None:
    SealKey.objects.for_body(lawful).update(level="advanced")
    level = NewRule(key="seal.level", value="advanced", law="Hauptsatzung", section="§ 22", reason="Beschluss")
    rules.set_rule(level, body=lawful, by=administrator, at=NOW)
    notice = approve()
    SealKey.objects.for_body(lawful).update(level="advanced_demo")
    work(NOW)

    progress = state_of(notice.record)
    assert progress is not None
    assert progress.error_code == SealTooLow.code


def test_a_day_that_passed_gives_new_lines(approve: Approve) -> None:
    """Sealed for Monday, opened on Tuesday: the attempt is void, the next one prints and stores the days of Tuesday."""
    notice = approve()
    for step in (State.SEALED, State.APPENDED, State.CHECKPOINTED):
        assert worker.advance(notice.record.pk, body=notice.record.body, clock=from_(NOW)) == step
    later = NOW + timedelta(days=1)
    while worker.advance(notice.record.pk, body=notice.record.body, clock=from_(later)) is not State.PUBLIC:
        pass

    assert calendar_of(notice).timeline.day(Code.ENTRY) == TODAY + timedelta(days=2)
    assert "Mittwoch,4.März2026" in sealed_words(notice)


# --- Nothing changes them afterwards -----------------------------------------------------


def test_a_rule_that_changes_later_never_changes_a_published_notice(approve: Approve, lawful: Body, administrator: Person) -> None:
    notice = approve()
    work(NOW)
    before = models.Calendar.objects.for_body(lawful).get(notice=notice).content
    changed = NewRule(key="completion.internet", value="end_of_provision_day", law="Hauptsatzung", section="§ 22", reason="Beschluss")
    rules.set_rule(changed, body=lawful, by=administrator, at=NOW)
    publication = notice.record.publication
    attempt = Attempt.objects.for_body(lawful).get(publication=publication)

    assert sealing.render(publication, attempt.day).page == bytes(attempt.page or b"")
    services.provided(notice.record, again(notice).provided_at or NOW + timedelta(seconds=5))  # called once more, as a worker may
    assert models.Calendar.objects.for_body(lawful).get(notice=notice).content == before


def test_an_approved_notice_is_computed_with_what_held_at_its_approval(approve: Approve, lawful: Body, administrator: Person) -> None:
    notice = approve()
    changed = NewRule(key="completion.internet", value="end_of_provision_day", law="Hauptsatzung", section="§ 22", reason="Beschluss")
    rules.set_rule(changed, body=lawful, by=administrator, at=NOW)
    work(NOW)

    [line] = [line for line in calendar_of(notice).lines if line.label.de == "Bekannt gemacht"]
    assert "mit der Bereitstellung bewirkt" in line.value.de


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notices_calendar SET content = '{}'",
        "DELETE FROM notices_calendar",
        "UPDATE notices_calendar SET provided_at = '2027-01-01'",
    ],
)
def test_the_database_keeps_the_calendar_of_a_public_notice(approve: Approve, statement: str) -> None:
    approve()
    work(NOW)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_moment_that_moves_forward_brings_its_own_calendar(approve: Approve) -> None:
    notice = approve()
    work(NOW)
    later = NOW + timedelta(minutes=1)
    services.provided(notice.record, later)

    row = models.Calendar.objects.for_body(notice.record.body).get(notice=notice)
    step = stored.read(row.content).timeline.step(Code.COMPLETION)
    assert step is not None
    assert (row.provided_at, step.at) == (later, later)


def test_a_void_attempt_takes_its_calendar_away(approve: Approve, lawful: Body) -> None:
    notice = approve()
    work(NOW)
    services.voided(notice.record, Attempt.Reason.DAY_PASSED, NOW)

    assert not models.Calendar.objects.for_body(lawful).exists()
    assert not models.LegalDay.objects.for_body(lawful).exists()


# --- What is current ---------------------------------------------------------------------


def test_the_days_of_a_notice_can_be_found(approve: Approve, lawful: Body) -> None:
    notice = approve()
    work(NOW)

    days = dict(models.LegalDay.objects.for_body(lawful).filter(notice=notice).values_list("code", "day"))
    assert days["entry"] == date(2026, 3, 3)
    assert days["hint_warning"] == date(2026, 3, 5)
    assert again(notice).shown_until is None


@pytest.mark.parametrize(
    ("code", "details", "last"),
    [
        ("meeting", {"session_at": "2026-03-12T19:00:00+01:00"}, date(2026, 3, 13)),
        ("service", {}, date(2026, 3, 16)),
        # The draft is published until Saturday, comments can be made until Monday.
        (
            "plan",
            {"begins_on": "2026-03-12", "last_on": "2026-05-02", "second_form": "gazette", "second_on": "2026-03-04"},
            date(2026, 5, 4),
        ),
        ("election", {"result_on": "2026-03-01", "names": True, "erase_on": "2026-09-01"}, date(2026, 8, 31)),
        ("bylaw", {"entry": "next_day"}, None),
        ("order", {}, None),
    ],
)
def test_a_notice_is_current_until_its_purpose_ends(code: str, details: dict[str, str], last: date | None) -> None:
    found = Entered(code, Land.SACHSEN_ANHALT, "2026-03-02", details).outlook()

    assert found.timeline is not None
    assert provision.shown_until(found.kind, found.timeline) == last
