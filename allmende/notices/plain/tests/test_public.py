"""What everybody reads: beside the notice, under its own address, never before its review, and gone with the notice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.lib.video.tests.made import webm
from allmende.notices import services as notices
from allmende.notices.after import amending
from allmende.notices.models import Amendment, Notice
from allmende.notices.models.explanation import SLUGS, Form
from allmende.notices.plain import services
from allmende.notices.plain.tests.conftest import Explain
from allmende.notices.tests.conftest import Publish, wording
from allmende.notices.tests.lawful import make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from allmende.publication.models import Removal
from allmende.publication.services import take_down
from conftest import NOW

PAGE = "/bekanntmachungen/2026/1/"


@pytest.mark.parametrize("form", list(Form))
def test_the_notice_leads_to_what_is_published_and_to_nothing_else(form: Form, explain: Explain, publish: Publish, client: Client) -> None:
    notice = publish()
    own = f"{PAGE}{SLUGS[form]}/"
    explain(notice, form, until="reviewed")
    assert own not in client.get(PAGE).content.decode()
    assert client.get(own).status_code == 404


@pytest.mark.parametrize(("form", "language"), [(Form.EASY, "de-simple"), (Form.PLAIN, "de"), (Form.SIGN, "de")])
@pytest.mark.parametrize("way", ["", "/en"])
def test_each_form_has_its_own_address_and_says_what_it_is_not(
    form: Form, language: str, way: str, explain: Explain, publish: Publish, client: Client
) -> None:
    explain(publish(), form)
    notice, own = client.get(way + PAGE).content.decode(), client.get(f"{way}{PAGE}{SLUGS[form]}/")
    page = own.content.decode()

    assert f'href="{way}{PAGE}{SLUGS[form]}/" hreflang="{language}"' in notice
    assert own.status_code == 200
    assert f'lang="{language}"' in page
    assert f'href="{way}{PAGE}"' in page
    easy, other = "Nur der amtliche Text gilt.", "Only the official text counts." if way else "Es gilt nur der amtliche Text."
    assert (easy if form == Form.EASY else other) in page
    assert ("Prüfgruppe der Werkstatt Musterland, am 2.\N{NO-BREAK SPACE}März" in page) == (form == Form.EASY)


def test_in_easy_language_every_sentence_stands_on_its_own_line(explain: Explain, publish: Publish, client: Client) -> None:
    explain(publish())
    page = client.get(f"{PAGE}leichte-sprache/").content.decode()
    assert "Der Schnee muss weg.<br>Sie müssen räumen." in page
    assert "p-easy" in page


def test_the_film_has_captions_a_transcript_and_nothing_that_starts_by_itself(explain: Explain, publish: Publish, client: Client) -> None:
    explain(publish(), Form.SIGN)
    page = client.get(f"{PAGE}gebaerdensprache/").content.decode()

    for part in (
        *(
            "<video controls",
            'preload="metadata"',
            'kind="captions"',
            'srclang="de"',
            "default>",
            "<p>Die Stadt streut. Sie streuen vor dem Haus.</p>",
        ),
        *(f'src="{PAGE}gebaerdensprache.mp4"', f'src="{PAGE}gebaerdensprache.vtt"', "download>", "0:10"),
    ):
        assert part in page, part
    assert "autoplay" not in page
    assert "media-src 'self'" in client.get(f"{PAGE}gebaerdensprache/")["Content-Security-Policy"]
    captions = client.get(f"{PAGE}gebaerdensprache.vtt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.decode().startswith("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nDie Stadt streut.")


def test_the_film_is_sent_in_parts_and_runs_nothing(explain: Explain, publish: Publish, client: Client) -> None:
    film = webm(media=9_000_000)
    explain(publish(), Form.SIGN, film=film)
    address = f"{PAGE}gebaerdensprache.webm"

    whole, rest, middle = (client.get(address, headers={"Range": asked}) for asked in ("", "bytes=0-", "bytes=100-199"))
    assert (whole.status_code, whole["Content-Type"], whole["Accept-Ranges"]) == (200, "video/webm", "bytes")
    assert (rest.status_code, rest["Content-Range"], rest.content) == (206, f"bytes 0-4194303/{len(film)}", film[:4194304])
    assert (middle.status_code, middle.content) == (206, film[100:200])
    assert client.get(address, headers={"Range": f"bytes={len(film)}-"}).status_code == 416
    for header, value in (("Content-Security-Policy", "default-src 'none'; sandbox"), ("X-Content-Type-Options", "nosniff")):
        assert whole[header] == value
    assert client.get(f"{PAGE}gebaerdensprache.mp4").status_code == 404


@pytest.mark.parametrize("ended", ["taken down", "ended"])
def test_nobody_is_answered_any_more_from_then_on(
    ended: str, explain: Explain, publish: Publish, client: Client, town: Body, editor: Person
) -> None:
    notice = publish()
    rows = [explain(notice, form) for form in Form]
    if ended == "ended":
        for row in rows:
            services.end(row.pk, body=town, by=editor, at=NOW)
    else:
        take_down(notice.record, reason=Removal.Reason.PERSONAL_DATA, by=editor, at=NOW + timedelta(minutes=1))

    status = 404 if ended == "ended" else 410
    files = ("gebaerdensprache.mp4", "gebaerdensprache.vtt")
    for address in (*(f"{slug}/" for slug in SLUGS.values()), *files):
        assert client.get(PAGE + address).status_code == status, address


def test_of_a_correction_the_explanation_says_that_it_is_about_what_stood_before(
    explain: Explain, publish: Publish, client: Client, town: Body, editor: Person, approver: Person
) -> None:
    notice = publish()
    for form in Form:
        explain(notice, form)
    later = amending.begin(notice.pk, Amendment.Word.CORRECTS, body=town, by=editor, at=NOW)
    before = [client.get(f"{PAGE}{slug}/").content.decode() for slug in SLUGS.values()]
    notices.submit(later.pk, body=town, version=later.version, by=editor, at=NOW)
    notices.approve(later.pk, body=town, version=later.version, by=approver, at=NOW)
    outbox.work(NOW)

    assert not any("/bekanntmachungen/2026/2/" in page for page in before)
    easy, plain, sign = (client.get(f"{PAGE}{slug}/").content.decode() for slug in SLUGS.values())
    assert "Diese Erklärung ist für die alte Bekanntmachung." in easy
    for page in (plain, sign):
        assert "Diese Erklärung beschreibt den Stand vor der Bekanntmachung Nr. 2/2026." in page


def test_where_people_are_named_no_cache_keeps_it_and_no_search_engine_lists_it(
    explain: Explain, publish: Publish, client: Client, town: Body, administrator: Person
) -> None:
    make_lawful(town, administrator)
    details = DETAILS["service"]
    notice = publish(kind="service", details=details, content=wording("Zugestellt wird."), said=stated("service", details, body=town))
    for form in Form:
        explain(notice, form)
    address = reverse("notices:page", args=[notice.year, notice.number])

    for path in (*(f"{slug}/" for slug in SLUGS.values()), "gebaerdensprache.mp4", "gebaerdensprache.vtt"):
        answer = client.get(address + path)
        assert (answer.status_code, answer["Cache-Control"], answer["X-Robots-Tag"][:7]) == (200, "no-store", "noindex"), path
    assert "sprache/" not in client.get("/sitemap.xml").content.decode()


def test_a_change_is_seen_at_once_on_the_kept_page(
    committed: None, explain: Explain, publish: Publish, town: Body, editor: Person, client: Client
) -> None:
    """The generation is raised by what is published and ended, and by no draft."""
    from allmende.core import generation

    row = explain(publish(), until="draft")
    numbers = [generation.current()]
    services.submit(row.pk, body=town, saved=1, by=editor, at=NOW)
    numbers.append(generation.current())
    other = explain(Notice.objects.for_body(town).get(), Form.PLAIN)
    numbers.append(generation.current())
    services.end(other.pk, body=town, by=editor, at=NOW)
    numbers.append(generation.current())

    assert numbers[0] == numbers[1] < numbers[2] < numbers[3]


def test_search_engines_find_what_is_shown(explain: Explain, publish: Publish, client: Client, town: Body, editor: Person) -> None:
    notice = publish()
    row, _draft = explain(notice), explain(notice, Form.PLAIN, until="reviewed")
    sitemap = client.get("/sitemap.xml").content.decode()
    assert (f"{PAGE}leichte-sprache/</loc>" in sitemap, "einfache-sprache" in sitemap) == (True, False)
    services.end(row.pk, body=town, by=editor, at=NOW)
    assert "leichte-sprache" not in client.get("/sitemap.xml").content.decode()
