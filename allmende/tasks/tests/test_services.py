"""Tasks are opened once, done by somebody who may, with evidence, and never twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from allmende.core.errors import NotAllowed
from allmende.core.models import AuditEntry, Body, OutboxRow, Person, Record
from allmende.tasks import kinds, services
from allmende.tasks.days import end_of, last_day, next_morning
from allmende.tasks.errors import AlreadyClosed, DropReasonMissing, EvidenceMissing, StillOpen, TakenMeanwhile
from allmende.tasks.kinds import BREACH, BREACH_TIME, Evidence, KindTaken, TaskKind
from allmende.tasks.models import Entry, Task, Words
from allmende.tasks.tests.conftest import HINT, SEEN, MakeTask, followed
from conftest import NOW

Act = Callable[[], None]


def acts(task: Task) -> list[str]:
    return [str(act) for act in Entry.objects.for_body(task.body).filter(task=task).order_by("pk").values_list("act", flat=True)]


def test_the_same_task_is_opened_once(make_task: MakeTask, town: Body) -> None:
    first, second, other = make_task(), make_task(), make_task("second")

    assert first == second != other
    assert acts(first) == ["opened"]
    assert AuditEntry.objects.for_body(town).filter(act="task.opened").count() == 2


def test_a_day_counts_with_its_end_and_a_moment_to_the_second(make_task: MakeTask) -> None:
    whole, exact = make_task(), make_task("b", due=NOW + BREACH_TIME)

    assert (whole.due_at, whole.by_day) == (datetime(2026, 3, 4, 23, 0, tzinfo=UTC), True)
    assert (exact.due_at, exact.by_day) == (NOW + timedelta(hours=72), False)
    assert whole.due_at is not None
    assert last_day(whole.due_at) == date(2026, 3, 4)


def test_days_end_at_midnight_of_the_town_in_summer_too() -> None:
    assert end_of(date(2026, 3, 28)) == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert end_of(date(2026, 3, 29)) == datetime(2026, 3, 29, 22, 0, tzinfo=UTC)  # the day on which clocks go forward
    assert next_morning(datetime(2026, 3, 29, 3, 59, tzinfo=UTC)) == datetime(2026, 3, 29, 4, 0, tzinfo=UTC)
    assert next_morning(datetime(2026, 3, 28, 5, 0, tzinfo=UTC)) == datetime(2026, 3, 29, 4, 0, tzinfo=UTC)


def test_a_task_can_be_about_the_body_itself(town: Body) -> None:
    task = services.open(kind="test.hint", body=town, at=NOW, titles={"de": "Hauptsatzung ändern", "en": "Change main statute"})

    assert (task.record, str(task.title)) == (None, "Hauptsatzung ändern")
    with pytest.raises(ValueError, match="record or a body"):
        services.open(kind="test.hint", at=NOW)


def test_done_with_evidence_and_what_follows(make_task: MakeTask, town: Body, editor: Person) -> None:
    task = make_task()

    services.finish(task.pk, SEEN, body=town, by=editor, at=NOW)

    task.refresh_from_db()
    assert (task.state, task.closed_at, task.closed_by) == ("done", NOW, editor)
    entry = Entry.objects.for_body(town).select_related("words").get(task=task, act="done")
    assert (entry.by, entry.day, entry.medium, entry.words.values) == (editor, date(2026, 3, 2), "newspaper", {"text": "Seite 3"})
    assert followed == [(task.pk, SEEN)]


@pytest.mark.parametrize(
    "evidence", [Evidence(), Evidence(day=date(2026, 3, 2)), Evidence(day=date(2026, 3, 2), medium="pigeon"), Evidence(medium="newspaper")]
)
def test_evidence_that_is_not_complete_closes_nothing(evidence: Evidence, make_task: MakeTask, town: Body, editor: Person) -> None:
    task = make_task()

    with pytest.raises(EvidenceMissing):
        services.finish(task.pk, evidence, body=town, by=editor, at=NOW)

    task.refresh_from_db()
    assert (task.state, acts(task), followed) == ("open", ["opened"], [])


def test_what_fails_behind_a_task_takes_it_back(make_task: MakeTask, town: Body, editor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_values: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(kinds._KINDS, HINT.code, TaskKind(code=HINT.code, name="x", on_done=fails))
    task = make_task()

    with pytest.raises(RuntimeError):
        services.finish(task.pk, Evidence(), body=town, by=editor, at=NOW)

    task.refresh_from_db()
    assert (task.state, acts(task)) == ("open", ["opened"])


def test_what_is_closed_is_closed_until_somebody_says_why_not(make_task: MakeTask, town: Body, editor: Person, approver: Person) -> None:
    task = make_task()
    with pytest.raises(DropReasonMissing):
        services.drop(task.pk, " ", body=town, by=editor, at=NOW)
    services.drop(task.pk, "Die Zeitung erscheint nicht mehr.", body=town, by=editor, at=NOW)

    acting: list[Act] = [
        lambda: services.finish(task.pk, SEEN, body=town, by=approver, at=NOW),
        lambda: services.drop(task.pk, "Doch.", body=town, by=approver, at=NOW),
        lambda: services.take(task.pk, body=town, by=approver, at=NOW),
    ]
    for act in acting:
        with pytest.raises(AlreadyClosed):
            act()
    services.add_evidence(task.pk, Evidence(text="Schreiben des Verlags"), body=town, by=approver, at=NOW)
    services.reopen(task.pk, "Sie erscheint doch.", body=town, by=approver, at=NOW)

    assert acts(task) == ["opened", "dropped", "evidence", "reopened"]
    with pytest.raises(StillOpen):
        services.reopen(task.pk, "Noch einmal.", body=town, by=approver, at=NOW)
    with pytest.raises(StillOpen):
        services.add_evidence(task.pk, Evidence(text="x"), body=town, by=approver, at=NOW)


def test_a_task_belongs_to_whoever_has_taken_it(make_task: MakeTask, town: Body, editor: Person, approver: Person) -> None:
    task = make_task()
    services.take(task.pk, body=town, by=editor, at=NOW)
    services.take(task.pk, body=town, by=editor, at=NOW)  # pressed twice

    with pytest.raises(TakenMeanwhile):
        services.take(task.pk, body=town, by=approver, at=NOW)
    services.let_go(task.pk, body=town, by=approver, at=NOW)
    services.take(task.pk, body=town, by=approver, at=NOW)

    task.refresh_from_db()
    assert (task.assigned_to, acts(task)) == (approver, ["opened", "taken", "let_go", "taken"])


def test_who_may_not_do_it_changes_nothing(make_task: MakeTask, town: Body, auditor: Person, foreigner: Person) -> None:
    task = make_task()
    acting: list[Callable[[Person], None]] = [
        lambda by: services.take(task.pk, body=town, by=by, at=NOW),
        lambda by: services.let_go(task.pk, body=town, by=by, at=NOW),
        lambda by: services.finish(task.pk, SEEN, body=town, by=by, at=NOW),
        lambda by: services.drop(task.pk, "Nein.", body=town, by=by, at=NOW),
        lambda by: services.reopen(task.pk, "Nein.", body=town, by=by, at=NOW),
        lambda by: services.add_evidence(task.pk, SEEN, body=town, by=by, at=NOW),
    ]
    for nobody in (auditor, foreigner):
        for act in acting:
            with pytest.raises(NotAllowed):
                act(nobody)

    assert acts(task) == ["opened"]


def test_a_task_of_another_town_is_not_there(make_task: MakeTask, neighbour: Body, foreigner: Person) -> None:
    with pytest.raises(Task.DoesNotExist):
        services.finish(make_task().pk, SEEN, body=neighbour, by=foreigner, at=NOW)


def test_two_kinds_of_one_code_are_refused() -> None:
    with pytest.raises(KindTaken):
        kinds.register(TaskKind(code="test.hint", name="Etwas anderes"))
    with pytest.raises(KeyError):
        kinds.get("test.unknown")


def test_a_breach_has_72_hours_and_says_so(record: Record, editor: Person) -> None:
    task = services.open(kind=BREACH.code, record=record, due=NOW + BREACH_TIME, by=editor, at=NOW)

    assert (task.urgent, task.due_at, task.opened_by) == (True, NOW + timedelta(hours=72), editor)
    assert "72 Stunden" in str(task.what.hint)


def test_history_only_grows(make_task: MakeTask, town: Body, editor: Person) -> None:
    task = make_task()
    services.finish(task.pk, SEEN, body=town, by=editor, at=NOW)
    entries, words = Entry.objects.for_body(town), Words.objects.for_body(town)

    acting: list[Callable[[], object]] = [
        lambda: entries.update(at=NOW - timedelta(days=1)),
        lambda: entries.filter(act="opened")._raw_delete("default"),
        lambda: words.update(values={"text": "Seite 4"}),
    ]
    for act in acting:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()

    assert acts(task) == ["opened", "done"]


def test_a_task_is_never_half_closed(make_task: MakeTask, town: Body, editor: Person) -> None:
    task = Task.objects.for_body(town).filter(pk=make_task().pk)
    for values in ({"state": "done"}, {"closed_at": NOW}, {"state": "lost"}, {"titles": {"en": "x"}}, {"due_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            task.update(**values)


@pytest.mark.usefixtures("committed")
def test_one_of_many_finishes_a_task(town: Body, editor: Person) -> None:
    record = Record.objects.create(body=town, kind="idea", titles={"de": "Idee"}, path="ideen/9/")
    found: list[int] = []
    outcomes: list[str] = []

    def work() -> None:
        try:
            found.append(services.open(kind="test.hint", record=record, at=NOW).pk)
            services.finish(found[0], SEEN, body=town, by=editor, at=NOW)
            outcomes.append("done")
        except AlreadyClosed:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [Thread(target=work) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", *["late"] * 5]
    assert len(set(found)) == 1
    assert OutboxRow.objects.for_body(town).filter(topic="tasks.morning").count() == 1
