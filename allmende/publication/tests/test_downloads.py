"""Attachments over HTTP: whole, from the middle, and never more of them at once than pages can spare."""

from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import Http404, HttpRequest, HttpResponseBase
from django.test import RequestFactory

from allmende.core import outbox
from allmende.core.models import Body, Person, Record
from allmende.publication.errors import TooManyDownloads
from allmende.publication.models import Attachment
from allmende.publication.tests.attached import PLAN, TABLE, approved, two
from allmende.publication.views import parts
from allmende.publication.views.files import serve_attachment
from conftest import NOW

LATER = NOW.replace(hour=12)


@pytest.fixture
def record(ready: Body, editor: Person, approver: Person, one_seal: None, tmp_path: Path) -> Record:
    record = approved(ready, two(tmp_path / "upload"), author=editor, by=approver).record
    outbox.work(NOW)
    return record


def ask(request: HttpRequest, record: Record, number: int = 1, name: str = "Lageplan-Blatt-2.pdf", **options: Any) -> HttpResponseBase:
    return serve_attachment(request, record, number, name, at=LATER, **options)


def body_of(response: HttpResponseBase) -> bytes:
    return b"".join(response)


def test_a_pdf_is_shown_and_a_table_is_saved_and_neither_runs_anything(record: Record, rf: RequestFactory) -> None:
    plan, table = ask(rf.get("/"), record), ask(rf.get("/"), record, 2, "Flurstuecke.csv")

    assert (body_of(plan), body_of(table)) == (PLAN, TABLE)
    assert (plan["Content-Type"], plan["Content-Disposition"]) == ("application/pdf", 'inline; filename="Lageplan-Blatt-2.pdf"')
    assert (table["Content-Type"], table["Content-Disposition"]) == ("text/csv; charset=utf-8", 'attachment; filename="Flurstuecke.csv"')
    assert "sandbox" in table["Content-Security-Policy"]
    assert plan["Cache-Control"] == "public, no-cache"


def test_what_names_people_is_not_kept_and_not_found(record: Record, rf: RequestFactory) -> None:
    response = ask(rf.get("/"), record, indexable=False)

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"].startswith("noindex")


@pytest.mark.parametrize(
    ("asked", "status", "part", "place"),
    [
        ("bytes=0-3", 206, PLAN[:4], f"bytes 0-3/{len(PLAN)}"),
        ("bytes=5-", 206, PLAN[5:], f"bytes 5-{len(PLAN) - 1}/{len(PLAN)}"),
        ("bytes=-6", 206, PLAN[-6:], f"bytes {len(PLAN) - 6}-{len(PLAN) - 1}/{len(PLAN)}"),
        ("bytes=-99999", 206, PLAN, f"bytes 0-{len(PLAN) - 1}/{len(PLAN)}"),
        ("bytes=5-99999", 206, PLAN[5:], f"bytes 5-{len(PLAN) - 1}/{len(PLAN)}"),
        ("bytes=99999-", 416, b"", f"bytes */{len(PLAN)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(PLAN)}"),
        ("bytes=7-3", 200, PLAN, None),
        ("bytes=-", 200, PLAN, None),
        ("bytes=0-1,4-5", 200, PLAN, None),
        ("bytes=a-b", 200, PLAN, None),
        ("pages=0-1", 200, PLAN, None),
        (f"bytes={'9' * 30}-", 200, PLAN, None),
    ],
)
def test_a_download_goes_on_where_it_has_stopped(
    record: Record, rf: RequestFactory, asked: str, status: int, part: bytes, place: str | None
) -> None:
    response = ask(rf.get("/", HTTP_RANGE=asked), record)

    assert (response.status_code, body_of(response), response.get("Content-Range")) == (status, part, place)
    if status != 416:
        assert (response["Content-Length"], response["Accept-Ranges"]) == (str(len(part)), "bytes")


def test_it_goes_on_only_with_the_same_file(record: Record, rf: RequestFactory) -> None:
    tag = ask(rf.get("/"), record)["ETag"]

    assert ask(rf.get("/", HTTP_RANGE="bytes=0-3", HTTP_IF_RANGE=tag), record).status_code == 206
    assert ask(rf.get("/", HTTP_RANGE="bytes=0-3", HTTP_IF_RANGE='"other"'), record).status_code == 200
    assert ask(rf.get("/", HTTP_IF_NONE_MATCH=tag), record).status_code == 304
    head = ask(rf.head("/", HTTP_RANGE="bytes=0-3"), record)
    assert (head.status_code, head["Content-Length"], body_of(head)) == (200, str(len(PLAN)), b"")


def test_what_is_not_there_is_not_found(record: Record, rf: RequestFactory) -> None:
    for number, name in ((1, "Flurstuecke.csv"), (3, "Lageplan-Blatt-2.pdf"), (0, ""), (1, "../1")):
        with pytest.raises(Http404):
            ask(rf.get("/"), record, number, name)
    with pytest.raises(Http404):
        serve_attachment(rf.get("/"), record, 1, "Lageplan-Blatt-2.pdf", at=NOW)
    Attachment.objects.for_body(record.body).filter(number=1).update(removed_at=NOW)
    with pytest.raises(Http404):
        ask(rf.get("/"), record)


def test_large_files_leave_room_for_pages(record: Record, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "AT_ONCE", 10)
    monkeypatch.setattr(parts, "CHUNK", 16)
    first, second = ask(rf.get("/"), record), ask(rf.get("/"), record)
    assert first.streaming

    with pytest.raises(TooManyDownloads):
        ask(rf.get("/"), record)
    assert ask(rf.get("/", HTTP_RANGE="bytes=0-5"), record).status_code == 206  # small parts need no thread
    assert body_of(first) == PLAN  # fetched to its end
    request_finished.disconnect(close_old_connections)
    second.close()  # the visitor has gone away
    request_finished.connect(close_old_connections)
    for _ in range(4):
        assert body_of(ask(rf.get("/"), record)) == PLAN
    for _ in range(4):
        ask(rf.get("/"), record)  # nobody ever begins to read
