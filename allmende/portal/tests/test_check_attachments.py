"""The check page and the page of the log where attachments are concerned, and what was taken away."""

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body, Person, Record
from allmende.lib import proof
from allmende.publication import attachments, store
from allmende.publication.models import Removal
from allmende.publication.services import take_down
from allmende.publication.tests.attached import PLAN, TABLE, approved, two
from conftest import NOW

SOON = NOW + timedelta(hours=1)

HEADING = '<h1 id="ergebnis" tabindex="-1">'


@pytest.fixture
def record(ready: Body, editor: Person, approver: Person, one_seal: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    """Public for a while, with one attachment in the bundle and one beside it."""
    monkeypatch.setattr(attachments, "IN_BUNDLE", len(PLAN))
    found = approved(ready, two(tmp_path / "upload"), author=editor, by=approver).record
    outbox.work(NOW)
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON + timedelta(minutes=5))
    cache.clear()

    def verify(data: bytes, *, turn: object, **trust: Any) -> proof.Report:
        return proof.verify(data, **trust)

    monkeypatch.setattr(proof, "verify_limited", verify)
    return found


def ask(client: Client, main: bytes, *beside: tuple[str, bytes], status: int = 200) -> str:
    files = [SimpleUploadedFile(name, data) for name, data in beside]
    response = client.post("/pruefung/", {"bundle": SimpleUploadedFile("1.zip", main), "attachments": files})
    assert response.status_code == status
    return unescape(" ".join(response.content.decode().split()))


def bundle(record: Record) -> bytes:
    return store.read(store.file_of(record, "zip")) or b""


def test_what_is_not_at_hand_is_not_checked_and_nothing_is_wrong(record: Record, client: Client) -> None:
    page = ask(client, bundle(record))

    assert "Nicht geprüft, weil die Datei nicht vorliegt: Anlage 2" in page
    assert "is-bad" not in page


def test_the_attachment_beside_the_proof_is_proven(record: Record, client: Client) -> None:
    page = ask(client, bundle(record), ("f.csv", TABLE), ("plan.pdf", PLAN))

    assert "Anlagen unverändert" in page
    assert "Anlage 1 und Anlage 2" in page


def test_another_file_is_named(record: Record, client: Client) -> None:
    page = ask(client, bundle(record), ("f.csv", TABLE), ("anders.pdf", PLAN + b"?"))

    assert f"{HEADING}Eine Datei gehört nicht zu diesem Nachweis</h1>" in page
    assert "Keine Anlage aus diesem Nachweis: anders.pdf" in page


def test_an_attachment_alone_leads_to_its_notice_as_long_as_it_is_provided(record: Record, client: Client, editor: Person) -> None:
    for data in (PLAN, TABLE):
        page = ask(client, data)
        assert f"{HEADING}Genau diese Datei ist hier veröffentlicht</h1>" in page
        assert 'bekanntmachungen/2026/1/" lang="de">Auslegung eines Plans</a>' in page
    take_down(record, artefacts=["attachment-2"], reason=Removal.Reason.RIGHTS, by=editor, at=SOON)
    cache.clear()

    assert "Genau diese Datei ist hier veröffentlicht" not in ask(client, TABLE)
    assert "Genau diese Datei ist hier veröffentlicht" in ask(client, PLAN)


def test_attachments_without_a_proof_are_asked_for_one(record: Record, client: Client) -> None:
    page = ask(client, PLAN, ("f.csv", TABLE), status=422)

    assert "Anlagen lassen sich nur zusammen mit dem Nachweis prüfen" in page


def test_a_proof_of_what_was_taken_down_says_what_the_log_says(record: Record, client: Client, editor: Person) -> None:
    earlier = bundle(record)
    take_down(record, artefacts=["attachment-1"], reason=Removal.Reason.PERSONAL_DATA, by=editor, at=SOON)
    outbox.work(SOON)
    for data in (earlier, bundle(record)):
        cache.clear()
        page = ask(client, data)
        assert "Das Protokoll sagt dazu seit dem 2. März 2026" in page.replace("\xa0", " ")
        assert "Nicht mehr veröffentlicht: Anlage 1." in page
        assert "Das steht in Zeile 2." in page


def test_the_page_of_the_log_tells_what_was_taken_down(record: Record, client: Client, editor: Person) -> None:
    assert "Was später dazu vermerkt wurde" not in client.get("/protokoll/").content.decode()
    take_down(record, reason=Removal.Reason.COURT_ORDER, by=editor, at=SOON)
    outbox.work(SOON)
    page = unescape(" ".join(client.get("/protokoll/").content.decode().split()))

    assert "Was später dazu vermerkt wurde" in page
    assert "Nicht mehr veröffentlicht: die ganze Veröffentlichung. Grund: Anordnung eines Gerichts oder einer Behörde." in page
