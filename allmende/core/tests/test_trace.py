"""What the operator finds when something has failed, and what the visitor sees."""

import io
import logging
import re
import signal
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from allmende.config import urls as addresses
from allmende.core import lease, outbox, views
from allmende.core.errors import ChangedMeanwhile
from allmende.core.management.commands import work
from allmende.core.middleware import TownMiddleware
from allmende.core.models import Body, OutboxRow
from allmende.core.trace import Trace, address, said
from conftest import NOW

NAME, MAIL = "Erika Mustermann", "erika@example.org"


def boom(request: HttpRequest, secret: str = "") -> HttpResponse:
    try:
        raise KeyError(NAME)
    except KeyError as error:
        raise OSError(f"Platte voll, schreibt an {MAIL}\n{request.GET}") from error


urlpatterns = [
    *addresses.urlpatterns,
    path("boom/", boom),
    path("boom/<secret>/", boom),
]
handler500 = views.server_error


def handler(row: OutboxRow, at: object) -> None:
    raise ValueError(NAME)


def foreseen(row: OutboxRow, at: object) -> None:
    raise ChangedMeanwhile


@pytest.fixture
def stderr() -> Iterator[io.StringIO]:
    """What the configured handler writes."""
    (configured,) = (found for found in logging.getLogger().handlers if isinstance(found.formatter, Trace))
    assert isinstance(configured, logging.StreamHandler)
    written = io.StringIO()
    before = configured.setStream(written)
    yield written
    configured.setStream(before)


@pytest.fixture
def visitor(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_an_unexpected_error_leaves_time_address_and_traceback_and_nothing_personal(
    visitor: Client, town: Body, stderr: io.StringIO
) -> None:
    response = visitor.get("/boom/geheimes-zeichen-eines-verweises/?name=Erika&wort=geheim")

    told = stderr.getvalue()
    assert response.status_code == 500
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4} ERROR django.request 500 GET /boom/…/\n", told)
    assert "in boom" in told
    assert f'File "{__file__}"' in told
    assert "which led to:\n" in told
    assert told.rstrip().endswith("OSError: Platte voll, schreibt an …")
    assert told.count("\nKeyError\n") == 1
    for trace in ("Erika", "erika@", "geheim", "QueryDict"):
        assert trace not in told
    assert told.count(" ERROR ") == 1


def test_what_is_refused_is_no_failure(visitor: Client, town: Body, stderr: io.StringIO) -> None:
    assert visitor.get("/gibt/es/nicht/").status_code == 404
    assert visitor.get("/boom/", headers={"host": "fremd.example"}).status_code == 400
    assert stderr.getvalue() == ""


@pytest.mark.parametrize(
    ("where", "language", "headline", "root"),
    [("/boom/", "de", "Hier ist ein Fehler passiert", "/"), ("/en/boom/", "en", "An error has happened here", "/en/")],
)
def test_the_page_says_it_in_the_language_of_the_address(
    visitor: Client, town: Body, where: str, language: str, headline: str, root: str
) -> None:
    response = visitor.get(where)
    html = response.content.decode()

    assert f'<html lang="{language}">' in html
    assert f"<h1>{headline}</h1>" in html
    assert response["Content-Language"] == language
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"
    assert f'<a href="{root}">' in html
    assert f"{where}<br>" in html
    assert re.search(r"<time datetime=", html)


@pytest.mark.parametrize(("where", "language"), [("/boom/", "de"), ("/en/boom/", "en")])
def test_without_a_database_the_page_comes_all_the_same(
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    stderr: io.StringIO,
    django_assert_num_queries: DjangoAssertNumQueries,
    db: None,
    where: str,
    language: str,
) -> None:
    def away(self: TownMiddleware, host: str, first: str) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(TownMiddleware, "_find", away)
    with django_assert_num_queries(0):
        response = visitor.get(where)

    assert response.status_code == 500
    assert f'<html lang="{language}">' in response.content.decode()
    assert "OperationalError: connection refused" in stderr.getvalue()


def test_work_that_fails_unexpectedly_leaves_a_traceback_and_what_is_foreseen_a_line(
    town: Body, settings: Settings, stderr: io.StringIO
) -> None:
    settings.OUTBOX_HANDLERS = {"unforeseen": f"{__name__}.handler", "foreseen": f"{__name__}.foreseen"}
    with transaction.atomic():
        outbox.put(town, "unforeseen", at=NOW)
    outbox.work(NOW)
    told = stderr.getvalue()
    assert "ERROR allmende.outbox outbox_failed topic=unforeseen body=musterstedt error=ValueError attempt=1\n" in told
    assert "in handler" in told
    assert told.rstrip().endswith("\nValueError")
    assert "Erika" not in told

    stderr.seek(0)
    stderr.truncate()
    with transaction.atomic():
        outbox.put(town, "foreseen", at=NOW)
    outbox.work_one(NOW)
    told = stderr.getvalue()
    assert "WARNING allmende.outbox outbox_failed topic=foreseen body=musterstedt error=ChangedMeanwhile attempt=1\n" in told
    assert told.count("\n") == 1


class Stopped(Exception):
    """Ends the loop of the worker."""


def test_the_worker_waits_for_a_database_that_is_away(db: None, monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO) -> None:
    answers: list[Exception] = [OperationalError("server closed the connection"), OperationalError("starting up"), Stopped(NAME)]

    def take(name: str, holder: str, *, at: object) -> bool:
        raise answers.pop(0)

    monkeypatch.setattr(lease, "take", take)
    monkeypatch.setattr(work, "PATIENCE", 0)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda number, act: None)
    with pytest.raises(SystemExit) as ended:
        call_command("work", verbosity=0)

    told = stderr.getvalue()
    assert ended.value.code == 1
    assert told.count("ERROR allmende.work database_away") == 2
    assert "OperationalError: starting up" in told
    assert "CRITICAL allmende.work worker_stopped" in told
    assert "Stopped" in told
    assert "Erika" not in told


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "/"),
        ("/bekanntmachungen/2026/17/?suche=Erika", "/bekanntmachungen/2026/17/"),
        ("/konto/einladung/AbCdEfGhIjKlMnOpQrSt/", "/konto/einladung/…/"),
        (
            "/schreibtisch/bekanntmachungen/0b8f5a3e-1111-4222-8333-444455556666/",
            "/schreibtisch/bekanntmachungen/0b8f5a3e-1111-4222-8333-444455556666/",
        ),
        ("/x/erika@example.org", "/x/…"),
    ],
)
def test_an_address_is_told_without_query_and_secrets(path: str, told: str) -> None:
    assert address(path) == told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("Erika"), "ValueError"),
        (ChangedMeanwhile(), "allmende.core.errors.ChangedMeanwhile changed_meanwhile"),
        (IntegrityError("duplicate key\nDETAIL: (email)=(erika@example.org)"), "django.db.utils.IntegrityError: duplicate key"),
        (DatabaseError(""), "django.db.utils.DatabaseError: "),
        (FileNotFoundError(2, "No such file", "public/log"), "FileNotFoundError: [Errno 2] No such file: 'public/log'"),
        (OSError("x" * 1000), "OSError: " + "x" * 300),
    ],
)
def test_an_exception_says_only_what_is_about_the_machine(error: Exception, told: str) -> None:
    assert said(error) == told
