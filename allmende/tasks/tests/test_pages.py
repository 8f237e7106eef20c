"""The work list as people meet it."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from allmende.core.models import Body, Person, Record
from allmende.tasks import selectors, services
from allmende.tasks.kinds import BREACH
from allmende.tasks.models import Scan, Task
from allmende.tasks.tests.conftest import LATER, PDF, SEEN, LogIn, MakeTask
from conftest import NOW, Role, person

pytestmark = pytest.mark.usefixtures("at")
LIST = "/schreibtisch/aufgaben/"
READERS = {Role.ADMINISTRATOR, Role.EDITOR, Role.APPROVER, Role.SEAL_HOLDER, Role.AUDITOR}


def address(task: Task) -> str:
    return reverse("tasks:show", args=[task.pk])


def test_overdue_comes_first_then_what_is_urgent_then_by_day(make_task: MakeTask, town: Body, record: Record, editor: Person) -> None:
    late = make_task("late", due=date(2026, 3, 1))
    later = make_task("later", due=date(2026, 3, 9))
    some_day = make_task("some day", due=None)
    soon = make_task("soon", due=date(2026, 3, 2))
    urgent = services.open(kind=BREACH.code, record=record, due=NOW + timedelta(hours=72), at=NOW)

    found, rows = selectors.page(town, selectors.OPEN, person=editor, number=None, at=LATER)

    assert list(found) == [late, urgent, soon, later, some_day]
    assert [row.words for row in rows] == ["überfällig", "eilt", "heute fällig", "offen", "offen"]
    assert [row.due for row in rows] == ["So, 1.3.2026", "Do, 5.3.2026, 9.00\xa0Uhr", "Mo, 2.3.2026", "Mo, 9.3.2026", ""]


def test_the_list_costs_the_same_for_one_row_and_for_nine(
    make_task: MakeTask, editor: Person, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_task()
    client = log_in(editor)
    client.get(LIST)
    # generation, body, session, person, second factor … of every page of the staff, rights, number in the navigation;
    # 2 for the list itself
    with django_assert_num_queries(11) as one:
        assert client.get(LIST).status_code == 200
    for n in range(8):
        make_task(str(n))
    with django_assert_num_queries(len(one)):
        assert client.get(LIST).content.decode().count("<tr") == 10


def test_the_navigation_says_how_many_are_open(make_task: MakeTask, editor: Person, log_in: LogIn) -> None:
    client = log_in(editor)
    assert ">Aufgaben</a>" in client.get("/schreibtisch/").content.decode()
    make_task()
    page = client.get("/schreibtisch/").content.decode()

    assert ">Aufgaben (1)</a>" in page
    assert "Hinweis geben" in page


def test_lists_of_mine_and_of_what_is_closed(make_task: MakeTask, town: Body, editor: Person, log_in: LogIn) -> None:
    mine, done = make_task("mine", titles={"de": "Meine Aufgabe"}), make_task("done", titles={"de": "Getane Aufgabe"})
    services.take(mine.pk, body=town, by=editor, at=NOW)
    services.finish(done.pk, SEEN, body=town, by=editor, at=NOW)
    client = log_in(editor)

    pages = {which: client.get(f"{LIST}?liste={which}").content.decode() for which in ("offen", "meine", "erledigt", "quatsch")}

    assert {which: ("Meine Aufgabe" in page, "Getane Aufgabe" in page) for which, page in pages.items()} == {
        "offen": (True, False),
        "meine": (True, False),
        "erledigt": (False, True),
        "quatsch": (True, False),
    }


def test_from_taking_to_evidence_without_javascript(make_task: MakeTask, town: Body, editor: Person, log_in: LogIn) -> None:
    task = make_task()
    client = log_in(editor)
    assert client.post(address(task), {"take": "1"}).status_code == 302
    refused = client.post(address(task), {"done": "1", "day": "31.2.2026", "medium": ""})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "<title>Fehler:" in page
    assert "gibt es nicht im Kalender" in page
    assert client.post(address(task), {"done": "1", "day": "3.3.2026", "medium": "board"}).status_code == 422  # that is tomorrow

    file = SimpleUploadedFile("seite.pdf", PDF)
    sent = client.post(address(task), {"done": "1", "day": "2.3.2026", "medium": "board", "text": "Am Rathaus", "scan": file})
    assert (sent.status_code, sent["Location"]) == (302, LIST)

    page = re.sub(r"\s+", " ", client.get(address(task)).content.decode())
    for words in ("erledigt: Erika", "Erschienen am: Mo, 2.3.2026", "Medium: Aushang", "Anmerkung: Am Rathaus", "seite.pdf"):
        assert words in page, words
    scan = client.get(reverse("tasks:scan", args=[task.pk, Scan.objects.for_body(town).get().pk]))
    assert scan.content == PDF
    assert scan["Content-Disposition"] == f'attachment; filename="nachweis-aufgabe-{task.pk}.pdf"'


def test_a_file_that_is_none_loses_no_word(make_task: MakeTask, editor: Person, log_in: LogIn) -> None:
    task = make_task()
    file = SimpleUploadedFile("seite.pdf", b"MZ")

    page = log_in(editor).post(address(task), {"done": "1", "day": "2.3.2026", "medium": "board", "text": "Am Rathaus", "scan": file})

    assert page.status_code == 422
    assert "weder PDF noch Bild" in page.content.decode()
    assert "Am Rathaus" in page.content.decode()


def test_not_needed_takes_a_reason_and_comes_back_with_one(make_task: MakeTask, editor: Person, log_in: LogIn) -> None:
    task, client = make_task(), log_in(editor)
    assert client.post(address(task), {"drop": "1", "reason": " "}).status_code == 422
    assert client.post(address(task), {"drop": "1", "reason": "Zeitung eingestellt."}).status_code == 302
    late = client.post(address(task), {"drop": "1", "reason": "Noch einmal."})
    assert (late.status_code, "inzwischen jemand abgeschlossen" in late.content.decode()) == (409, True)
    assert "Grund: Zeitung eingestellt." in client.get(address(task)).content.decode()
    assert client.post(address(task), {"reopen": "1", "reason": "Doch nicht."}).status_code == 302
    assert client.post(address(task), {"let_go": "1"}).status_code == 302
    task.refresh_from_db()
    assert task.state == "open"


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_as_far_as_it_should(role: Role, make_task: MakeTask, town: Body, log_in: LogIn) -> None:
    task = make_task()
    client = log_in(person("Rolf", (town, role)))

    assert [client.get(one).status_code for one in (LIST, address(task))] == [200 if role in READERS else 403] * 2
    status = client.post(address(task), {"drop": "1", "reason": "Nein."}).status_code
    assert status == (302 if role in (Role.EDITOR, Role.APPROVER) else 403)
    task.refresh_from_db()
    assert task.state == ("dropped" if status == 302 else "open")
    if role in READERS:
        assert ("Wenn es erledigt ist" in client.get(address(make_task("b"))).content.decode()) == (status == 302)


def test_next_door_nobody_learns_of_it(make_task: MakeTask, town: Body, foreigner: Person, editor: Person, log_in: LogIn) -> None:
    task = make_task()
    services.finish(task.pk, SEEN, body=town, by=editor, at=NOW)
    client = log_in(foreigner)

    assert client.get(address(task)).status_code == 403
    assert client.get(f"/nebenan{address(task)}").status_code == 404
    assert "Winterdienst" not in client.get(f"/nebenan{LIST}?liste=erledigt").content.decode()
