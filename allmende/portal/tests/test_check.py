"""The check page: what somebody brings is recognised, and nobody is told that a file is forged because it is something else."""

import io
import re
import zipfile
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body, Person, Record, Visibility
from allmende.evidence.certificates import kinds
from allmende.evidence.certificates import services as certificates
from allmende.evidence.certificates.selectors import document_of
from allmende.lib import proof, tlog
from allmende.lib.commitment import ARTEFACT, commit
from allmende.lib.limited import Cause, NotDone
from allmende.lib.proof import limited
from allmende.publication import store
from allmende.publication.models import Attempt, Log
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")

HEADING = '<h1 id="ergebnis" tabindex="-1">'  # where the answer is landed on


@pytest.fixture
def record(ready: Body, make_approved: MakeApproved, monkeypatch: pytest.MonkeyPatch) -> Record:
    """A notice that has been public for some minutes."""
    found = make_approved().record
    outbox.work(NOW)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=5))
    return found


@pytest.fixture(autouse=True)
def _nobody_was_here_before() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _examined_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the child process, which has its own tests; one test here goes through it."""
    if "child" not in request.fixturenames:

        def verify(data: bytes, *, turn: object, **trust: Any) -> proof.Report:
            return proof.verify(data, **trust)

        monkeypatch.setattr(proof, "verify_limited", verify)


@pytest.fixture
def child() -> None:
    """This test has the file read by a process of its own."""


def answer(client: Client, content: bytes, *, language: str = "", vkey: str = "", name: str = "datei") -> str:
    """The text of the answer; states and links stay in."""
    response = client.post(f"{language}/pruefung/", {"bundle": SimpleUploadedFile(name, content), "vkey": vkey})
    assert response.status_code == 200
    return unescape(" ".join(response.content.decode().split()))


def file(record: Record, suffix: str) -> bytes:
    return store.read(store.file_of(record, suffix)) or b""


def tone(page: str) -> str:
    found = re.search(r"a-proof--(\w+)", page)
    return found[1] if found else ""


def test_the_towns_own_sealed_pdf_is_recognised_and_leads_to_the_proof(record: Record, client: Client) -> None:
    page = answer(client, file(record, "pdf"))

    assert f"{HEADING}Genau diese Datei ist hier veröffentlicht</h1>" in page
    assert "Zeile 1 im Protokoll von Stadt Musterstedt" in page
    assert 'bekanntmachungen/2026/1/" lang="de">Straßensperrung 1</a>' in page
    assert re.search(r'bekanntmachungen/2026/1\.zip">\s*Nachweis herunterladen \(ZIP, \d+\skB\)\s*</a>', page)
    assert "Stadt Musterstedt" in page
    assert "is-bad" not in page


def test_a_demo_seal_gets_a_neutral_mark_and_nothing_is_called_genuine(record: Record, client: Client) -> None:
    vkey = Log.objects.for_body(record.body).get().vkey
    for content, key in ((file(record, "pdf"), ""), (file(record, "zip"), ""), (file(record, "zip"), vkey)):
        page = answer(client, content, vkey=key)
        main = page[page.index("<main") : page.index("</main>")]
        assert tone(page) == "open"
        assert main.count('class="is-off"') == 2
        assert "Demo, nicht vertrauenswürdig" in main
        assert not re.search(r"\b[Ee]cht", main)


def test_the_proof_says_its_line_and_that_this_site_has_published_it(record: Record, client: Client) -> None:
    page = answer(client, file(record, "zip"), name="1.zip")

    assert f"{HEADING}Dieses Dokument ist unverändert</h1>" in page
    assert "Genau dieses PDF ist hier veröffentlicht" in page
    assert "Zeile 1 von 1 im Protokoll" in page
    assert "1 von 1 (<code>index 0</code>)" in page


def of_another_log(data: bytes, vkey_name: str) -> bytes:
    """A proof that agrees with itself: the real PDF, another page beside it, and a log that calls itself like the town's."""
    opened, signer = proof.read(data), tlog.Signer(vkey_name, bytes(32))
    page = opened.page.replace("Stra\u00dfensperrung".encode(), b"Freibier")
    artefacts = {proof.PAGE: commit(ARTEFACT, opened.salts[proof.PAGE], page)}
    artefacts[proof.DOCUMENT] = commit(ARTEFACT, opened.salts[proof.DOCUMENT], opened.document)
    leaf = proof.published(kind="notice", artefacts=artefacts)
    grown = tlog.extend(lambda path: None, 0, [leaf])
    checkpoint = tlog.sign_checkpoint(tlog.Checkpoint(signer.name, grown.size, grown.root), signer)
    made = proof.bundle_of(
        page=page,
        document=opened.document,
        salts=opened.salts,
        leaf=leaf,
        index=0,
        hashes=[],
        checkpoint=checkpoint,
        vkey=str(signer.key),
        witnesses=[],
        seal_certificates=opened.seal_certificates,
        timestamp=opened.timestamp,
        timestamp_certificates=opened.timestamp_certificates,
        revocation=opened.revocation,
    )
    return proof.write(made)


def test_a_proof_of_another_log_around_our_pdf_is_not_vouched_for(record: Record, client: Client) -> None:
    forged = of_another_log(file(record, "zip"), Log.objects.for_body(record.body).get().origin)
    assert proof.verify(forged).ok  # it agrees with itself
    page = answer(client, forged)

    assert tone(page) == "bad"
    assert f"{HEADING}Dieser Nachweis ist nicht von dieser Stelle</h1>" in page
    assert "wird hier geführt, der Nachweis ist aber mit einem anderen Schlüssel unterschrieben: er ist nicht von dieser Stelle." in page
    assert "Genau dieses PDF ist hier veröffentlicht" not in page
    assert "is-bad" in page


def test_a_proof_under_a_name_of_its_own_around_our_pdf_is_not_vouched_for(record: Record, client: Client) -> None:
    page = answer(client, of_another_log(file(record, "zip"), "anderswo.example/log"))

    assert tone(page) == "bad"
    assert f"{HEADING}Dieser Nachweis ist nicht der hier ausgegebene</h1>" in page
    assert "Genau dieses PDF ist hier veröffentlicht" not in page
    assert 'bekanntmachungen/2026/1/" lang="de">' in page


def test_the_page_knows_the_true_key_of_every_log_kept_here(record: Record, neighbour: Body, client: Client) -> None:
    """Also on the pages of a neighbour, and whatever key was typed in."""
    origin = Log.objects.for_body(record.body).get().origin
    forged = of_another_log(file(record, "zip"), origin)
    typed = str(tlog.Signer(origin, bytes(32)).key)

    for page in (answer(client, forged, language="/nebenan"), answer(client, forged, vkey=typed)):
        assert f"{HEADING}Dieser Nachweis ist nicht von dieser Stelle</h1>" in page
    assert "Es ist das Protokoll, das hier geführt wird" in answer(client, file(record, "zip"), language="/nebenan")


def test_what_a_file_says_is_written_out(ready: Body, client: Client) -> None:
    page = answer(client, b"<!DOCTYPE html><title>Sit\xe2\x80\xaezung\x1b</title>", name="a\u202eb.html")

    assert "Sit\\u202ezung\\x1b" in page
    assert not re.search("[\u202e\x1b]", page)


def test_a_sealed_pdf_that_was_changed_is_told_so_and_not_recognised(record: Record, client: Client) -> None:
    page = answer(client, file(record, "pdf") + b"\n%\n")

    assert tone(page) == "bad"
    assert f"{HEADING}Dieses PDF ist nicht mehr so, wie es gesiegelt wurde</h1>" in page
    assert "hier veröffentlicht" not in page


def test_a_page_as_it_was_published_is_recognised_a_saved_one_is_not(record: Record, client: Client) -> None:
    stored = bytes(Attempt.objects.for_body(record.body).get().page or b"")
    title = proof.verify(stored).facts.title.rpartition(" – ")[0]
    Record.objects.for_body(record.body).filter(pk=record.pk).update(titles={"de": title})
    same, saved = answer(client, stored, name="1.html"), answer(client, stored + b"<!-- saved -->", name="1.html")

    assert f"{HEADING}Genau diese Datei ist hier veröffentlicht</h1>" in same
    assert f"{HEADING}Eine gespeicherte Webseite ist kein Nachweis</h1>" in saved
    assert (tone(same), tone(saved)) == ("ok", "")
    assert "is-bad" not in same + saved


def office_file() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as office:
        office.writestr("word/document.xml", "<w:document/>" * 100)
    return data.getvalue()


@pytest.mark.parametrize(
    ("content", "headline"),
    [
        (b"Guten Tag", "Diese Datei ist kein Nachweis"),
        (office_file(), "Diese Datei ist kein Nachweis"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "Diese Datei ist kein Nachweis"),
        (b"<!DOCTYPE html><title>Sitzung</title>", "Eine gespeicherte Webseite ist kein Nachweis"),
        (b"%PDF-1.7\nohne Siegel", "Dieses PDF allein lässt sich hier nicht prüfen"),
    ],
)
def test_any_other_file_is_neutral_and_shows_the_way_to_the_proof(ready: Body, client: Client, content: bytes, headline: str) -> None:
    page = answer(client, content)

    assert f"{HEADING}{headline}</h1>" in page
    assert tone(page) in ("", "open")
    assert "So kommen Sie zum Nachweis" in page
    assert "„Nachweis herunterladen“" in page
    assert not re.search("is-bad|gefälscht|Fälschung|wurde verändert", page)


def test_english_readers_get_english(record: Record, client: Client) -> None:
    for content in (file(record, "pdf"), file(record, "zip"), b"x", b"<html>", b"%PDF-1.7"):
        page = answer(client, content, language="/en")
        main = page[page.index("<main") : page.index("</main>")]
        shown = re.sub(r"<(\w+)[^>]*lang=\"de\"[^>]*>.*?</\1>", "", main)
        assert not re.search(r"\b(nicht|Siegel|Nachweis|Datei|vertrauenswürdig)\b", shown), shown


def test_a_notice_that_is_not_public_is_not_recognised(record: Record, client: Client) -> None:
    content = file(record, "pdf")
    Record.objects.for_body(record.body).filter(pk=record.pk).update(visibility=Visibility.REMOVED)
    page = answer(client, content)

    assert "Auf dieser Seite nicht veröffentlicht" in page
    assert "Straßensperrung" not in page


def test_a_neighbours_notice_on_the_same_installation_is_recognised(record: Record, neighbour: Body, client: Client) -> None:
    page = answer(client, file(record, "pdf"), language="/nebenan")

    assert 'Bekannt gemacht von <span lang="de">Stadt Musterstedt</span>' in page


@pytest.mark.usefixtures("child")
def test_the_file_is_read_by_a_process_of_its_own(record: Record, client: Client) -> None:
    assert "Genau diese Datei ist hier veröffentlicht" in answer(client, file(record, "pdf"))


@pytest.mark.usefixtures("child")
def test_who_comes_while_another_file_is_examined_is_asked_to_try_again(
    ready: Body, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise NotDone(Cause.BUSY)

    monkeypatch.setattr(limited, "run", busy)
    page = answer(client, b"PK")

    assert "Diese Datei wurde noch nicht geprüft" in page
    assert tone(page) == "open"


def test_the_form_helps_who_holds_paper_and_refuses_an_empty_file(ready: Body, client: Client) -> None:
    assert "Wenn Sie Papier in der Hand haben" in client.get("/pruefung/").content.decode()
    response = client.post("/pruefung/", {"bundle": SimpleUploadedFile("leer.pdf", b"")})
    assert response.status_code == 422
    assert "Diese Datei ist leer" in response.content.decode()


def test_nobody_gets_the_one_turn_as_often_as_they_like(ready: Body, client: Client) -> None:
    answers = [client.post("/pruefung/", {"bundle": SimpleUploadedFile("datei", b"x")}) for _ in range(16)]

    assert [page.status_code for page in answers] == [200] * 15 + [429]
    assert "Warten Sie eine Minute" in answers[-1].content.decode()
    assert client.get("/pruefung/").status_code == 200
    assert client.post("/pruefung/", {"bundle": SimpleUploadedFile("datei", b"x")}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_file_field_is_not_wrong_before_anybody_has_chosen(client: Client, town: Body) -> None:
    page = client.get("/pruefung/").content.decode()
    field = re.search(r'<input type="file"[^>]*>', page)

    assert field is not None
    assert 'aria-required="true"' in field[0]
    assert not re.search(r"\srequired\b", field[0]), "browsers call an empty one invalid at once"
    assert "aria-invalid" not in field[0]
    sent = client.post("/pruefung/").content.decode()
    assert 'aria-invalid="true"' in sent
    assert sent.index('id="zu-beheben"') < sent.index("<h1>")


@pytest.mark.parametrize("address", ["/pruefung/", "/protokoll/"])
def test_the_way_to_a_verifier_of_ones_own_is_told(ready: Body, client: Client, settings: Any, address: str) -> None:
    page = client.get(address).content.decode()
    assert "v/bin/pip install --require-hashes -r requirements/verify.txt" in page
    assert "Eine Adresse für diesen ist hier nicht hinterlegt; fragen Sie die Verwaltung danach." in page

    settings.SOURCE = "https://quelltext.example/allmende"
    assert '<a href="https://quelltext.example/allmende">' in client.get("/en" + address).content.decode()
    settings.SOURCE = "javascript:alert(1)"
    assert "javascript:" not in client.get(address + "?neu").content.decode()


def test_a_certificate_issued_here_is_recognised_and_sends_to_the_proof(
    record: Record, editor: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified = kinds.CertifiedKind(Record.Kind.NOTICE, about=lambda _record: ("Satzung", "1/2026"), effects=lambda _record: ())
    monkeypatch.setattr(kinds, "_KINDS", {Record.Kind.NOTICE: certified})
    certificates.ask(record, by=editor, at=NOW + timedelta(minutes=1))
    outbox.work(NOW + timedelta(minutes=1))
    said = answer(client, document_of(record, 1) or b"")

    assert "Dieser Bekanntmachungsnachweis ist hier ausgestellt" in said
    assert "Prüfen Sie beide zusammen" in said
    assert "Straßensperrung 1</a>" in said
    assert "Zeile 1 im Protokoll <code>log.musterstedt.example/amtlich</code>" in said
    assert "Auf dieser Seite nicht veröffentlicht" not in said
