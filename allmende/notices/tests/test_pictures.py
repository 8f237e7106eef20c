"""Pictures: read by their content, written anew, shown inside the office only."""

import io
import struct
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from PIL import Image, PngImagePlugin

from allmende.core.models import Body, Person
from allmende.notices import services
from allmende.notices.models import Notice, Picture
from allmende.notices.services import pictures
from allmende.notices.services.decision import authors_of
from allmende.notices.services.pictures import NotAPicture, PictureInUse, PictureTooLarge, TooManyPictures
from allmende.notices.tests.conftest import LogIn, MakeDraft, wording
from conftest import NOW


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 30), colour: str = "red", **extra: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **extra)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that claims to be huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@dataclass
class Intake:
    """Takes pictures in for one draft of Erika's."""

    notice: Notice
    editor: Person

    def __call__(self, data: bytes, name: str = "foto.jpg") -> Picture:
        body = self.notice.record.body
        return pictures.add(self.notice.pk, body=body, file=io.BytesIO(data), name=name, by=self.editor, at=NOW)


@pytest.fixture
def add(make_draft: MakeDraft, editor: Person) -> Intake:
    return Intake(make_draft(), editor)


def test_metadata_and_what_hangs_behind_the_picture_are_gone(add: Intake, town: Body) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Kamera von Erika"
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0)}
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<?php geheim ?>")
    jpeg = add(photo(exif=exif, comment=b"geheim") + b"PK\x03\x04 ein ZIP dahinter <script>")
    png = add(photo("PNG", pnginfo=notes, colour="blue") + SCRIPT)

    for picture in (jpeg, png):
        kept = pictures.read(picture, town)
        opened = Image.open(io.BytesIO(kept))
        assert not dict(opened.getexif())
        assert not {"comment", "Comment", "exif", "icc_profile"} & set(opened.info)
        for trace in (b"geheim", b"Kamera", b"script", b"PK\x03\x04"):
            assert trace not in kept


def test_the_content_decides_not_the_name(add: Intake) -> None:
    assert add(photo("PNG"), name="foto.exe").format == "png"
    assert add(photo("WEBP", colour="green"), name="../../etc/passwd").name == "passwd"

    for data in (SCRIPT, b"", b"GIF89a" + bytes(50), photo("GIF"), photo("BMP"), b"%PDF-1.7", photo()[:60], b"\xff\xd8\xff" + bytes(500)):
        with pytest.raises(NotAPicture):
            add(data, name="foto.jpg")


def test_a_turned_photo_is_turned_for_good(add: Intake) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    assert (add(photo(exif=exif)).width, add(photo(exif=exif)).height) == (30, 40)


def test_bombs_and_giants_are_refused(add: Intake) -> None:
    for data in (bomb(60_000, 60_000), bomb(9_000, 9_000), bytes(pictures.MAX_BYTES + 1)):
        with pytest.raises(PictureTooLarge):
            add(data)


def test_a_large_photo_is_made_smaller(add: Intake) -> None:
    assert add(photo(size=(4800, 1200))).width == pictures.MAX_SIDE


def test_the_same_picture_twice_is_one(add: Intake, town: Body) -> None:
    assert add(photo()).pk == add(photo()).pk
    assert len(list((Path(settings.UPLOAD_DIR) / town.slug).iterdir())) == 1


def test_the_number_of_pictures_is_limited(add: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PICTURES", 1)
    add(photo())

    with pytest.raises(TooManyPictures):
        add(photo(colour="blue"))


def test_a_picture_in_the_text_is_not_removed(add: Intake, town: Body, editor: Person) -> None:
    shown, spare = add(photo()), add(photo(colour="blue"))
    values = services.Draft(title="Mit Bild", content=wording(f"Text\n\n![Ein rotes Feld]({shown.pk})"))
    services.edit(add.notice.pk, body=town, version=1, values=values, by=editor, at=NOW)

    with pytest.raises(PictureInUse):
        pictures.remove(shown.pk, body=town, by=editor, at=NOW)
    pictures.remove(spare.pk, body=town, by=editor, at=NOW)
    assert [path.name for path in (Path(settings.UPLOAD_DIR) / town.slug).iterdir()] == [str(shown.pk)]


@pytest.mark.postgresql
@pytest.mark.usefixtures("committed")
def test_a_picture_that_comes_into_the_text_at_this_moment_is_not_removed(add: Intake, town: Body, editor: Person) -> None:
    """SQLite has one writer at a time, so there it cannot happen."""
    shown = add(photo())
    values = services.Draft(title="Mit Bild", content=wording(f"Text\n\n![Ein rotes Feld]({shown.pk})"))
    refused: list[PictureInUse] = []

    def other() -> None:
        try:
            pictures.remove(shown.pk, body=town, by=editor, at=NOW)
        except PictureInUse as error:
            refused.append(error)
        connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        services.edit(add.notice.pk, body=town, version=1, values=values, by=editor, at=NOW)
        thread.start()
        with connection.cursor() as cursor:
            while thread.is_alive():  # until it waits for this transaction
                cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
                if cursor.fetchone() == (True,):
                    break
    thread.join()

    assert len(refused) == 1
    assert Picture.objects.for_body(town).filter(pk=shown.pk).exists()


def test_who_brought_a_picture_of_the_text_does_not_approve_it(make_draft: MakeDraft, town: Body, editor: Person, approver: Person) -> None:
    notice = make_draft()
    shown, spare = (
        pictures.add(notice.pk, body=town, file=io.BytesIO(photo(colour=colour)), name="foto.jpg", by=approver, at=NOW)
        for colour in ("red", "blue")
    )

    notice.content = wording(f"Text\n\n![Ein rotes Feld]({shown.pk})")
    assert authors_of(notice) == sorted([editor, approver], key=lambda author: author.pk)
    notice.content = wording("Text ohne Bild")
    assert authors_of(notice) == [editor]
    assert spare.uploaded_by == approver


def test_discarding_takes_the_files_too(add: Intake, town: Body, editor: Person, django_capture_on_commit_callbacks: Any) -> None:
    add(photo())
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(add.notice.pk, body=town, version=1, by=editor, at=NOW)

    assert not list((Path(settings.UPLOAD_DIR) / town.slug).iterdir())


def test_a_changed_file_is_noticed(add: Intake, town: Body) -> None:
    picture = add(photo())
    (Path(settings.UPLOAD_DIR) / town.slug / str(picture.pk)).write_bytes(photo(colour="blue"))

    with pytest.raises(ValueError, match="other bytes"):
        pictures.read(picture, town)


def test_pictures_of_drafts_are_shown_to_the_office_only(add: Intake, log_in: LogIn, auditor: Person, foreigner: Person) -> None:
    picture = add(photo())
    address = reverse("notices_staff:picture", args=[add.notice.pk, picture.pk])

    answer = log_in(auditor).get(address)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert log_in(foreigner).get(address).status_code == 403
    client = log_in(foreigner)
    client.logout()
    assert client.get(address).status_code == 302


def test_upload_by_form_and_by_the_editor_say_what_is_wrong(add: Intake, log_in: LogIn, editor: Person) -> None:
    client = log_in(editor)
    address = reverse("notices_staff:pictures", args=[add.notice.pk])

    page = client.post(address, {"file": io.BytesIO(SCRIPT)})
    assert page.status_code == 422
    assert "kein Bild" in page.content.decode()
    answer = client.post(address, {"file": io.BytesIO(SCRIPT)}, headers={"Accept": "application/json"})
    assert (answer.status_code, "kein Bild" in answer.json()["error"]) == (422, True)
    answer = client.post(address, {"file": io.BytesIO(photo())}, headers={"Accept": "application/json"})
    assert answer.json()["src"].endswith(f"/bilder/{answer.json()['id']}/")
    assert client.post(address, {"file": io.BytesIO(photo())}).status_code == 302
