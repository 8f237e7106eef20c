"""Copies on paper: large print for everybody, posters for the office, and who put them up where."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from allmende.administration.publishing import services as publishing
from allmende.administration.publishing.values import Publishing
from allmende.core.models import Body, Person
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.official.reading import pdf_text
from allmende.notices.models import Notice
from allmende.notices.paper import board, copies
from allmende.notices.tests.conftest import LogIn, Publish
from allmende.publication import files, store
from allmende.publication.models import Attempt
from allmende.tasks import services as tasks
from allmende.tasks.kinds import Evidence
from allmende.tasks.models import Task
from conftest import NOW

pytestmark = pytest.mark.usefixtures("at")
DONE = Evidence(day=date(2026, 3, 2), person="Hausmeister Krause")


def large(notice: Notice) -> str:
    return reverse("notices:large_print", args=[notice.year, notice.number])


def kept(notice: Notice) -> Path:
    return store.file_of(notice.record, files.LARGE_PRINT)


def test_large_print_is_made_once_and_linked_from_the_notice(publish: Publish, log_in: LogIn, editor: Person) -> None:
    notice = publish()
    client = log_in(editor)
    client.logout()
    assert not kept(notice).exists()
    assert large(notice) in client.get(f"/{notice.record.path}").content.decode()

    first = client.get(large(notice))
    made_at = kept(notice).stat().st_mtime_ns
    second = client.get(large(notice))

    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert first["Content-Disposition"] == 'inline; filename="bekanntmachung-2026-1.grossdruck.pdf"'
    assert first.content == second.content
    assert kept(notice).stat().st_mtime_ns == made_at
    said = pdf_text(first.content)
    assert "DieGehwegesindwerktags" in said
    assert "Abdruck.MaßgeblichistdieelektronischeFassungunterhttp" in said
    assert client.get(large(notice), headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_whatever_removes_the_document_removes_the_copy(publish: Publish, log_in: LogIn, editor: Person) -> None:
    notice = publish()
    client = log_in(editor)
    client.get(large(notice))
    with store.alone(notice.record.body, files.lock_of(notice.record)):
        files.remove(notice.record)
    assert not kept(notice).exists()


def test_nothing_is_copied_that_is_not_public(publish: Publish, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = publish()
    Attempt.objects.for_body(town).update(provided_at=datetime(2026, 3, 3, tzinfo=UTC))
    Notice.objects.for_body(town).update(provided_at=datetime(2026, 3, 3, tzinfo=UTC))

    client = log_in(editor)
    assert client.get(large(notice)).status_code == 404
    assert client.get(reverse("notices_staff:poster_a4", args=[notice.pk])).status_code == 404
    assert not kept(notice).exists()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (Form.INTERNET, "Abdruck. Maßgeblich ist die elektronische Fassung unter"),
        (Form.ELECTRONIC_GAZETTE, "Abdruck. Maßgeblich ist die elektronische Fassung unter"),
        (Form.NEWSPAPER, "Maßgeblich ist die Bekanntmachung in der Form: Zeitung"),
    ],
)
def test_a_copy_says_which_text_is_authentic(form: Form, words: str, make_public: Publish, town: Body, administrator: Person) -> None:
    ways = Publishing(form=form, law="Hauptsatzung", section="§ 22", valid_from=date(2026, 1, 1))
    publishing.enter(ways, reason="Beschluss", body=town, by=administrator, at=NOW)

    assert words in copies.note_of(make_public())


def test_a_poster_has_codes_and_lines(publish: Publish, log_in: LogIn, editor: Person) -> None:
    notice = publish()

    for paper in ("a4", "a3"):
        poster = log_in(editor).get(reverse(f"notices_staff:poster_{paper}", args=[notice.pk]))
        assert (poster.status_code, poster["Cache-Control"]) == (200, "no-store")
        assert poster["Content-Disposition"] == f'inline; filename="aushang-2026-1-{paper}.pdf"'
        assert "AusgehängtamOrtUnterschrift" in pdf_text(poster.content)


def test_put_up_and_taken_down_by_whom(publish: Publish, town: Body, editor: Person, log_in: LogIn) -> None:
    notice = publish()
    client = log_in(editor)
    address = reverse("notices_staff:put_up", args=[notice.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"place": "", "until": "31.2.2026"}).status_code == 422
    sent = client.post(address, {"place": "Schaukasten am Rathaus", "until": "16.3.2026"})
    assert sent.status_code == 302
    assert client.post(address, {"place": "Schaukasten am Rathaus", "until": ""})["Location"] == sent["Location"]
    task = Task.objects.for_body(town).get()
    page = client.get(sent["Location"]).content.decode()
    assert "Aushang drucken, A3" in page
    assert client.post(sent["Location"], {"done": "1", "day": "2.3.2026", "person": ""}).status_code == 422

    client.post(sent["Location"], {"done": "1", "day": "2.3.2026", "person": "Hausmeister Krause"})

    down = Task.objects.for_body(town).exclude(pk=task.pk).get()
    assert (down.kind, down.due_at) == (board.TAKE_DOWN.code, datetime(2026, 3, 16, 23, 0, tzinfo=UTC))
    assert board.postings(notice.pk, town) == [
        board.Posting("Schaukasten am Rathaus", down.pk, up_on=date(2026, 3, 2), up_by="Hausmeister Krause")
    ]
    tasks.finish(down.pk, DONE, body=town, by=editor, at=NOW)
    show = client.get(reverse("notices_staff:show", args=[notice.pk])).content.decode()
    assert show.count("Hausmeister Krause") == 2
    assert "Schaukasten am Rathaus" in show
    assert "Aufgaben dazu" in show


def test_the_page_of_a_notice_costs_the_same_with_one_place_and_with_nine(
    publish: Publish, editor: Person, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notice = publish()
    client, address = log_in(editor), reverse("notices_staff:show", args=[notice.pk])
    board.put_up(notice, place="Kasten 0", until=None, by=editor, at=NOW)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for n in range(1, 9):
        board.put_up(notice, place=f"Kasten {n}", until=None, by=editor, at=NOW)
    with django_assert_num_queries(len(one)):
        assert client.get(address).content.decode().count("Kasten 8") == 2
