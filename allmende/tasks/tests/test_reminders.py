"""One mail a day for each person with something due, at once for what is urgent, and never a title."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from allmende.core import outbox
from allmende.core.models import Body, OutboxRow, Person, Record
from allmende.tasks import services
from allmende.tasks.kinds import BREACH
from allmende.tasks.tests.conftest import SEEN, MakeTask
from conftest import NOW, Role, person

TUESDAY = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)  # six o'clock in Germany
DAY = timedelta(days=1)


def sent() -> list[tuple[str, str]]:
    found = [(message.to[0], str(message.subject)) for message in mail.outbox]
    mail.outbox.clear()
    return sorted(found)


def test_nothing_is_sent_before_the_day(make_task: MakeTask, editor: Person) -> None:
    make_task(due=date(2026, 3, 4))

    outbox.work(TUESDAY)
    assert sent() == []
    outbox.work(TUESDAY + DAY)
    assert sent() == [("erika@example.org", "Musterstedt: 1 Aufgabe ist fällig")]


def test_everybody_who_may_do_it_gets_one_mail_a_day(
    make_task: MakeTask, town: Body, editor: Person, approver: Person, auditor: Person
) -> None:
    make_task(due=date(2026, 3, 2))
    task = make_task("b", due=date(2026, 3, 3))
    make_task("later", due=date(2026, 3, 9))

    outbox.work(TUESDAY)
    outbox.work(TUESDAY + timedelta(hours=5))
    assert [message.to for message in mail.outbox] == [["anna@example.org"], ["erika@example.org"]]
    text = str(mail.outbox[0].body)
    assert "- Hinweis geben (2)" in text
    assert "1 davon ist überfällig." in text
    assert text.endswith("/schreibtisch/aufgaben/")
    assert "Winterdienst" not in f"{text}{mail.outbox[0].subject}"
    sent()

    services.take(task.pk, body=town, by=approver, at=TUESDAY)
    outbox.work(TUESDAY + DAY)
    subjects = dict(sent())
    assert subjects == {
        "anna@example.org": "Musterstedt: 2 Aufgaben sind fällig",
        "erika@example.org": "Musterstedt: 1 Aufgabe ist fällig",
    }


def test_who_has_taken_it_and_left_is_not_the_only_one_to_know(make_task: MakeTask, town: Body, editor: Person) -> None:
    gone = person("Gerd", (town, Role.EDITOR))
    task = make_task(due=date(2026, 3, 3))
    services.take(task.pk, body=town, by=gone, at=NOW)
    Person.objects.filter(pk=gone.pk).update(is_active=False)

    outbox.work(TUESDAY)

    assert sent() == [("erika@example.org", "Musterstedt: 1 Aufgabe ist fällig")]


def test_where_a_town_has_nobody_the_office_of_the_association_is_told(make_task: MakeTask, town: Body, association: Body) -> None:
    person("Carla", (association, Role.EDITOR))
    make_task(due=date(2026, 3, 3))

    outbox.work(TUESDAY)

    assert sent() == [("carla@example.org", "Musterstedt: 1 Aufgabe ist fällig")]


def test_the_mornings_end_with_the_last_task_and_begin_with_the_next(make_task: MakeTask, town: Body, editor: Person) -> None:
    def waiting() -> int:
        return OutboxRow.objects.for_body(town).filter(topic="tasks.morning", state="waiting").count()

    task = make_task(due=date(2026, 3, 3))
    outbox.work(TUESDAY)
    assert waiting() == 1
    services.finish(task.pk, SEEN, body=town, by=editor, at=TUESDAY)
    outbox.work(TUESDAY + DAY)
    assert waiting() == 0
    services.reopen(task.pk, "Doch nicht.", body=town, by=editor, at=TUESDAY + DAY)
    assert waiting() == 1


def test_a_worker_that_was_away_sends_one_mail_not_three(make_task: MakeTask, editor: Person) -> None:
    make_task(due=date(2026, 3, 3))

    outbox.work(TUESDAY + 3 * DAY)

    assert len(sent()) == 1


def test_what_was_done_meanwhile_is_not_reminded_of(make_task: MakeTask, town: Body, editor: Person) -> None:
    task = make_task(due=date(2026, 3, 3))
    while not OutboxRow.objects.for_body(town).filter(topic="tasks.mail").exists():
        assert outbox.work_one(TUESDAY)
    services.finish(task.pk, SEEN, body=town, by=editor, at=TUESDAY)

    outbox.work(TUESDAY)

    assert sent() == []


@pytest.mark.parametrize("closed", [False, True])
def test_what_is_urgent_is_told_at_once(record: Record, town: Body, editor: Person, approver: Person, closed: bool) -> None:
    task = services.open(kind=BREACH.code, record=record, due=NOW + timedelta(hours=72), by=editor, at=NOW)
    if closed:
        services.drop(task.pk, "Kein Risiko.", body=town, by=editor, at=NOW)

    outbox.work(NOW)

    if closed:
        assert sent() == []
        return
    assert "5. März 2026, 9.00 Uhr" in str(mail.outbox[0].body).replace("\xa0", " ")
    assert f"/schreibtisch/aufgaben/{task.pk}/" in mail.outbox[0].body
    assert [to for to, _subject in sent()] == ["anna@example.org", "erika@example.org"]


def test_a_mail_sent_twice_is_the_same_mail(make_task: MakeTask, town: Body, editor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from allmende.tasks import reminders

    make_task(due=date(2026, 3, 3))
    outbox.work(TUESDAY)
    row = OutboxRow.objects.for_body(town).select_related("body").get(topic="tasks.mail")
    reminders.mail(row, TUESDAY)

    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second
