"""What the check page says of itself is true: what was compared with what, how many checks there are, where the file goes."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body, Record
from allmende.evidence.archive import selectors
from allmende.evidence.archive.stamping import stamp
from allmende.publication import store
from allmende.publication.models import Log
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")


@pytest.fixture
def record(ready: Body, make_approved: MakeApproved, monkeypatch: pytest.MonkeyPatch) -> Record:
    """A notice that has been public for some minutes."""
    cache.clear()
    found = make_approved().record
    outbox.work(NOW)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=5))
    return found


def bundle(record: Record) -> bytes:
    return store.read(store.file_of(record, "zip")) or b""


def ask(client: Client, content: bytes, *, language: str = "", status: int = 200, **more: object) -> str:
    response = client.post(f"{language}/pruefung/", {"bundle": SimpleUploadedFile("1.zip", content), **more})
    assert response.status_code == status
    return unescape(" ".join(response.content.decode().split()))


def test_a_key_that_nobody_gave_is_not_called_known(record: Record, client: Client) -> None:
    without = ask(client, bundle(record))
    given = ask(client, bundle(record), vkey=Log.objects.for_body(record.body).get().vkey)

    assert "dessen Schlüssel Sie kennen" not in without + given
    assert "Sein Schlüssel wurde mit dem verglichen, den diese Seite selbst führt; Sie haben keinen angegeben." in without
    assert "Ohne ihn sagt das Programm „niemand bürgt“." in without
    assert "dessen Schlüssel Sie angegeben haben" in given
    assert "you have stated none" in ask(client, bundle(record), language="/en")


def test_the_heading_counts_the_lines_below_it(record: Record, client: Client) -> None:
    for language, pattern in (("", r"<h2>(\d+) von (\d+) Prüfungen bestanden"), ("/en", r"<h2>(\d+) of (\d+) checks passed")):
        page = ask(client, bundle(record), language=language)
        found = re.search(pattern, page)
        lines = re.findall(r'<li class="is-(\w+)">', page[page.index('class="a-checks"') :])
        assert found is not None
        assert (int(found[1]), int(found[2])) == (lines.count("ok"), len(lines))


def test_the_answer_is_landed_on_and_nothing_false_is_said_of_the_file(record: Record, client: Client) -> None:
    form = client.get("/pruefung/").content.decode()

    assert 'action="/pruefung/#ergebnis"' in form
    assert '<h1 id="ergebnis" tabindex="-1">' in ask(client, bundle(record))
    assert "bleibt bei Ihnen" not in form
    assert "Sie wird hierher übertragen, gelesen und beantwortet. Aufbewahrt wird nichts davon." in form
    assert "noch einmal aus: Nach einem Fehler" not in form
    assert "noch einmal aus: Nach einem Fehler" in ask(client, bundle(record), status=422, vkey="x")


def test_an_archive_time_stamp_is_told_for_what_it_is_and_taken_beside_a_proof(record: Record, client: Client) -> None:
    stamp(record.body, NOW + timedelta(minutes=2))
    file = selectors.file_of(record.body, 1) or b""

    assert "Das ist ein Archivzeitstempel des Protokolls" in ask(client, file)
    assert "This is an archive time stamp of the log" in ask(client, file, language="/en")
    assert "Archivzeitstempel zur Vorführung" in ask(client, bundle(record), archive=SimpleUploadedFile("a.zip", file))
    alone = ask(client, file, status=422, archive=SimpleUploadedFile("a.zip", file))
    assert "Der Archivzeitstempel zählt nur mit einem Nachweis." in alone


def test_a_key_given_with_a_pdf_alone_is_not_passed_over_in_silence(record: Record, client: Client) -> None:
    pdf = store.read(store.file_of(record, "pdf")) or b""

    page = ask(client, pdf, vkey=Log.objects.for_body(record.body).get().vkey)
    assert "Ein Schlüssel lässt sich mit einem PDF allein nicht vergleichen" in page
    assert "Ein Schlüssel lässt sich mit einem PDF" not in ask(client, pdf)
