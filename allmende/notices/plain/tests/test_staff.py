"""On the desk, without script: written, handed over, reviewed, published, taken back; nothing typed is lost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from allmende.core.models import Body, Person
from allmende.lib.video.tests.made import box, mp4
from allmende.notices.models import Explanation, Notice, Picture
from allmende.notices.models.explanation import Form
from allmende.notices.plain import films, services
from allmende.notices.plain.tests.conftest import CAPTIONS, Explain
from allmende.notices.services import pictures
from allmende.notices.services.errors import NotADraft
from allmende.notices.tests.conftest import LogIn, MakeDraft, Publish
from allmende.notices.tests.samples import DETAILS
from conftest import NOW


def to(name: str, notice: Notice, *args: object) -> str:
    return reverse(f"notices_staff:{name}", args=[notice.pk, *args])


def only(town: Body) -> Explanation:
    return Explanation.objects.for_body(town).get()


def test_easy_language_from_the_first_word_to_the_public_page(
    publish: Publish, log_in: LogIn, town: Body, editor: Person, approver: Person, client: Client
) -> None:
    notice = publish()
    clerk = log_in(editor)
    assert clerk.get(to("explain", notice, "leichte-sprache")).status_code == 200
    words = {"saved": "0", "title": "Schnee-Räumen", "text": "Im Winter liegt Schnee. Sie müssen den Schnee räumen.", "speichern": "1"}
    assert clerk.post(to("explain", notice, "leichte-sprache"), words).status_code == 302
    saved = clerk.get(to("explain", notice, "leichte-sprache")).content.decode()
    assert "Im Winter liegt Schnee.<br>Sie müssen den Schnee räumen." in saved
    clerk.post(to("explain", notice, "leichte-sprache"), words | {"saved": "1", "einreichen": "1"})
    row = only(town)
    assert (row.state, row.saved) == ("submitted", 2)
    assert clerk.get(to("explanation_review", notice, row.pk)).status_code == 403

    reviewer = log_in(approver)
    address = to("explanation_review", notice, row.pk)
    page = reviewer.get(address).content.decode()
    assert ('lang="de-simple"' in page, "Amtlicher Text daneben" in page) == (True, True)
    stated = {"saved": "2", "of_version": str(notice.version), "same": "on", "veroeffentlichen": "1"}
    refused = reviewer.post(address, stated)
    assert (refused.status_code, "Prüfgruppe" in refused.content.decode()) == (422, True)
    done = reviewer.post(address, stated | {"checked_by": "Prüfgruppe Erlenland", "checked_on": "27.2.2026"})
    assert done.status_code == 302
    shown = client.get("/bekanntmachungen/2026/1/leichte-sprache/").content.decode()
    assert "Prüfgruppe Erlenland, am 27." in shown


def test_what_cannot_be_saved_is_not_lost(explain: Explain, publish: Publish, log_in: LogIn, editor: Person) -> None:
    notice = publish()
    explain(notice, Form.PLAIN, until="draft")
    late = {"saved": "7", "title": "Mein Titel", "text": "Meine Wörter.", "speichern": "1"}
    answer = log_in(editor).post(to("explain", notice, "einfache-sprache"), late)

    assert answer.status_code == 409
    assert "Meine Wörter." in answer.content.decode()


def test_submitting_without_words_keeps_what_was_typed(publish: Publish, log_in: LogIn, town: Body, editor: Person) -> None:
    notice = publish()
    answer = log_in(editor).post(
        to("explain", notice, "einfache-sprache"), {"saved": "0", "title": "", "text": "Nur Text.", "einreichen": "1"}
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("Nur Text." in page, 'name="saved" value="1"' in page) == (True, True)
    assert only(town).state == "draft"


def test_a_film_with_captions_from_upload_to_review(publish: Publish, log_in: LogIn, town: Body, editor: Person, approver: Person) -> None:
    notice = publish()
    clerk = log_in(editor)
    place = b"+51.7506+11.9751/"
    data = mp4(extra=box(b"udta", box(b"\xa9xyz", place)))
    film = SimpleUploadedFile("aufnahme.mp4", data, "video/mp4")
    assert clerk.post(to("sign_film", notice), {"saved": "0", "file": film}).status_code == 302
    row = only(town)
    assert row.film is not None
    kept = films.path_of(town, row.film).read_bytes()
    assert (place in kept, len(kept), row.milliseconds, row.name) == (False, len(data), 10_000, "aufnahme.mp4")
    served = clerk.get(to("explanation_film", notice, row.pk))
    assert (served["Content-Type"], served["Cache-Control"]) == ("video/mp4", "no-store")
    early = clerk.post(to("sign_captions", notice), {"saved": "1", "captions": "Kein WebVTT", "einreichen": "1"})
    assert (early.status_code, "Zeile 1: Die erste Zeile muss WEBVTT heißen." in early.content.decode()) == (422, True)
    assert "Kein WebVTT" in early.content.decode()
    late = CAPTIONS + "\n01:00.000 --> 01:01.000\nZu spät.\n"
    assert "schon zu Ende" in clerk.post(to("sign_captions", notice), {"saved": "1", "captions": late}).content.decode()
    file = SimpleUploadedFile("untertitel.vtt", CAPTIONS.encode(), "text/vtt")
    assert clerk.post(to("sign_captions", notice), {"saved": "1", "captions": "", "file": file, "einreichen": "1"}).status_code == 302
    assert only(town).state == "submitted"

    reviewer = log_in(approver)
    page = reviewer.get(to("explanation_review", notice, row.pk)).content.decode()
    assert ("<video controls" in page, "Sie streuen vor dem Haus." in page) == (True, True)
    reviewer.post(to("explanation_review", notice, row.pk), {"zurueckgeben": "1", "remark": "Die Hände sind abgeschnitten."})
    assert "Die Hände sind abgeschnitten." in log_in(editor).get(to("sign_film", notice)).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><script>alert(1)</script></html>", "kein Video"),
        (mp4(brand=b"qt  "), "QuickTime"),
        (mp4(width=300, height=200), "zu klein"),
        (mp4() + b"PK\3\4", "eine andere Datei"),
    ],
)
def test_what_is_no_film_for_everybody_leaves_nothing_behind(
    data: bytes, words: str, publish: Publish, log_in: LogIn, town: Body, editor: Person
) -> None:
    notice = publish()
    answer = log_in(editor).post(to("sign_film", notice), {"saved": "0", "file": SimpleUploadedFile("film.mp4", data)})

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Explanation.objects.for_body(town).exists()
    assert list(films.folder(town).iterdir()) == []


def test_a_film_that_is_too_large_is_told_how_large_it_may_be(publish: Publish, log_in: LogIn, editor: Person, settings: Settings) -> None:
    settings.FILM_MAX_BYTES = 1024
    answer = log_in(editor).post(to("sign_film", publish()), {"saved": "0", "file": SimpleUploadedFile("film.mp4", mp4())})
    assert (answer.status_code, "größer als 0 MB" in answer.content.decode()) == (422, True)


def test_another_film_takes_the_place_of_the_first(explain: Explain, publish: Publish, log_in: LogIn, town: Body, editor: Person) -> None:
    notice = publish()
    row = explain(notice, Form.SIGN, until="draft")
    film = SimpleUploadedFile("neu.mp4", mp4(seconds=20))
    log_in(editor).post(to("sign_film", notice), {"saved": str(row.saved), "file": film})

    again = only(town)
    assert (again.milliseconds, [path.name for path in films.folder(town).iterdir()]) == (20_000, [str(again.film)])


def test_a_picture_of_an_explanation_comes_in_after_publication_and_is_shown_with_it_alone(
    publish: Publish, log_in: LogIn, town: Body, editor: Person, explain: Explain, client: Client
) -> None:
    notice = publish()
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    sent = {"file": SimpleUploadedFile("schaufel.png", out.getvalue())}
    assert log_in(editor).post(to("explanation_picture", notice, "leichte-sprache"), sent).status_code == 302
    shown = Picture.objects.for_body(town).get()
    address = f"/bekanntmachungen/2026/1/leichte-sprache/bilder/{shown.pk}/"
    explain(notice, words=f"Das ist eine Schaufel.\n\n![Eine Schaufel]({shown.pk})")
    client.logout()

    assert f'<img src="{address}"' in client.get("/bekanntmachungen/2026/1/leichte-sprache/").content.decode()
    assert client.get(address)["Content-Type"] == "image/png"
    assert client.get(address.replace("leichte", "einfache")).status_code == 404
    with pytest.raises(NotADraft):
        pictures.remove(shown.pk, body=town, by=editor, at=NOW)


def test_buttons_do_what_they_say(
    explain: Explain,
    publish: Publish,
    log_in: LogIn,
    town: Body,
    editor: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    notice = publish()
    clerk = log_in(editor)
    row = explain(notice, Form.SIGN, until="reviewed")
    address = to("explanation_act", notice, row.pk)
    clerk.post(address, {"veroeffentlichen": "1"})
    assert only(town).state == "published"
    answer = clerk.post(to("explanation_next", notice, "gebaerdensprache"))
    assert answer["Location"] == to("sign_film", notice)
    new = Explanation.objects.for_body(town).get(number=2)
    assert new.film != row.film
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(to("explanation_act", notice, new.pk), {"beenden": "1"})
    assert only(town).pk == row.pk
    clerk.post(address, {"beenden": "1"})
    assert only(town).state == "ended"
    assert [path.name for path in films.folder(town).iterdir()] == [str(row.film)]


@pytest.mark.parametrize("until", ["draft", "submitted", "reviewed", "published"])
def test_every_page_of_the_desk_shows_how_it_stands(
    until: str, explain: Explain, publish: Publish, log_in: LogIn, editor: Person, approver: Person
) -> None:
    notice = publish()
    rows = [explain(notice, form, until=until) for form in Form]
    for who in (editor, approver):
        client = log_in(who)
        for address in (
            to("explanations", notice),
            to("show", notice),
            reverse("notices_staff:explanations_waiting"),
            *(to("explanation", notice, row.pk) for row in rows),
        ):
            page = client.get(address)
            assert page.status_code == 200, address
    assert rows[0].get_state_display() in client.get(to("explanations", notice)).content.decode()


def test_the_overview_costs_the_same_for_one_and_for_nine(
    explain: Explain, make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person
) -> None:
    notice = make_draft()
    clerk = log_in(editor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.get(to("explanations", notice))
        return len(asked)

    explain(notice, Form.PLAIN)
    clerk.get(to("explanations", notice))
    one = queries()
    for form in (Form.EASY, Form.SIGN):
        explain(notice, form)
    for _number in range(6):
        row = services.next_version(notice.pk, Form.PLAIN, body=town, by=editor, at=NOW)
        services.end(row.pk, body=town, by=editor, at=NOW)

    assert queries() == one


def test_who_writes_and_who_reviews_read_the_fields_of_the_kind_too(
    explain: Explain, make_draft: MakeDraft, log_in: LogIn, approver: Person
) -> None:
    """Where the fields alone are the notice there is no wording to be read."""
    notice = make_draft(kind="meeting", details=DETAILS["meeting"])
    row = explain(notice, Form.PLAIN, until="submitted")
    page = log_in(approver).get(to("explanation_review", notice, row.pk)).content.decode()

    assert all(line in page for line in DETAILS["meeting"]["agenda"])
