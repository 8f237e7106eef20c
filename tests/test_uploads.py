"""What is sent up: bounded before it is read, answered whatever it is, and nothing of it left behind."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from allmende.core.middleware import RequestSizeMiddleware
from allmende.core.models import Body, Office, Person
from allmende.lib import richtext
from allmende.lib.proof.container import MAX_BUNDLE
from allmende.notices import services, text
from allmende.notices.services import Draft
from conftest import NOW
from tests.entering import enter


def test_what_is_larger_than_any_upload_is_not_even_read(town: Body, client: Client, settings: Settings) -> None:
    class Untouched:
        def read(self, *_: int) -> bytes:
            raise AssertionError("read")

        readline = read

    room = RequestSizeMiddleware.ROOM
    large, small = settings.UPLOAD_MAX_BYTES_AT["/pruefung/"], settings.UPLOAD_MAX_BYTES
    for address, length, status, told in (
        ("/pruefung/", str(large + room + 1), 413, "bis 64 MB"),
        ("/en/pruefung/", str(large + room + 1), 413, "up to 64 MB"),
        ("/pruefung/", "9" * 30, 413, "../ANLAGE.pdf"),
        ("/en/pruefung/", "9" * 30, 413, "../ATTACHMENT.pdf"),
        ("/anmelden/", str(small + room + 1), 413, "bis 20 MB"),
        *(("/pruefung/", length, 400, "kann sie zu groß sein") for length in ("-1", "1e9", "²")),
    ):
        response = client.generic("POST", address, CONTENT_LENGTH=length, **{"wsgi.input": Untouched()})  # type: ignore[arg-type]
        assert (address, length, response.status_code) == (address, length, status)
        assert told in response.content.decode()


def test_a_bundle_that_is_too_large_is_said_to_be(town: Body, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allmende.portal.forms.MAX_BUNDLE", 1000)
    response = client.post("/pruefung/", {"bundle": SimpleUploadedFile("17.zip", b"x" * 1001)})

    assert response.status_code == 413
    assert "Die Datei ist größer als 64 MB" in response.content.decode()


def test_the_check_page_takes_what_a_proof_may_have(settings: Settings) -> None:
    assert settings.UPLOAD_MAX_BYTES_AT["/pruefung/"] == MAX_BUNDLE == 64 * 2**20


@pytest.mark.parametrize(
    "form",
    [
        {"vkey": "x" * (5 * 1024 * 1024 + 1)},
        {f"f{n}": "" for n in range(1001)},
        {f"f{n}": SimpleUploadedFile("a", b"x") for n in range(101)},
    ],
    ids=["long field", "many fields", "many files"],
)
def test_forms_have_an_end(town: Body, client: Client, form: dict[str, Any]) -> None:
    assert client.post("/pruefung/", form).status_code == 400


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html><script>alert(1)</script>", b"\x00" * 1000, b"PK\x05\x06" + bytes(18)])
def test_nonsense_is_answered_and_never_shown_as_it_came(town: Body, client: Client, content: bytes) -> None:
    name = '"><script>alert(1)</script>.zip'
    response = client.post("/pruefung/", {"bundle": SimpleUploadedFile(name, content, "text/html")})

    assert response.status_code in (200, 422)
    assert b"<script>alert" not in response.content


def test_nothing_of_an_upload_stays_on_the_disk(town: Body, client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads-in-hand")
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir()
    before = {path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size}
    client.post("/pruefung/", {"bundle": SimpleUploadedFile("17.zip", b"x" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))})

    assert {path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size} == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("bild.png", b"GIF89a" + bytes(100)),
        ("bild.jpg", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("../../bild.png", b"MZ" + bytes(100)),
    ],
)
def test_what_is_no_picture_becomes_none(town: Body, editor: Person, client: Client, name: str, content: bytes, settings: Settings) -> None:
    office = Office.objects.create(body=town, name="Bauamt")
    notice = services.draft(
        body=town, values=Draft(title="Bild", office=office.pk, content=text.write(richtext.from_plain("x"))), by=editor, at=NOW
    )
    enter(client, editor)
    response = client.post(f"/schreibtisch/bekanntmachungen/{notice.pk}/bilder/", {"file": SimpleUploadedFile(name, content, "image/png")})

    assert response.status_code == 422
    assert not [path for path in Path(settings.UPLOAD_DIR).rglob("*") if path.is_file()]
