"""A notice explained in Easy language and in sign language, from the desk to the page that everybody reads."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

import allmende.lib.video.tests as videos
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

FILM = Path(videos.__file__).parent / "small.webm"
CAPTIONS = "WEBVTT\n\n00:00.200 --> 00:01.900\nDie Stadt streut.\n\n00:02.000 --> 00:03.800\nSie streuen vor dem Haus.\n"
PLAYS = """async () => {
    const film = document.querySelector('video')
    film.muted = true
    await film.play()
    await new Promise(done => film.addEventListener('timeupdate', () => film.currentTime > 0.5 && done()))
    film.pause()
    return [Math.round(film.duration), film.videoWidth, film.textTracks[0].mode, film.textTracks[0].cues.length]
}"""


def latest(page: Page) -> str:
    """The address, inside the office, of a notice that is public."""
    addresses = [link.get_attribute("href") or "" for link in page.get_by_role("main").get_by_role("link").all()]
    return next(address for address in reversed(addresses) if re.fullmatch(r"/schreibtisch/bekanntmachungen/[0-9a-f-]{36}/", address))


def test_written_reviewed_read_and_watched(visit: Visit) -> None:
    clerk = visit("petra.lindner")
    own = latest(clerk.go("/schreibtisch/"))
    clerk.go(own).get_by_role("link", name="Ansehen und bearbeiten").click()
    found = clerk.defects()
    page = clerk.go(f"{own}erklaerungen/leichte-sprache/")
    found += clerk.defects()
    page.get_by_role("button", name="Speichern und zur Prüfung geben").click()  # without a word
    page.locator(".a-errors").wait_for()
    found += clerk.defects()
    page.get_by_label("Überschrift").fill("Wer räumt den Schnee?")
    page.get_by_label("Text", exact=True).fill("Im Winter liegt Schnee. Sie müssen den Schnee vor Ihrem Haus (auf dem Gehweg) räumen.")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_role("heading", name="So sieht es gespeichert aus").wait_for()
    found += clerk.defects()
    assert "Klammer oder Sonderzeichen" in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Speichern und zur Prüfung geben").click()
    page.get_by_text("Eingereicht.").wait_for()

    page = clerk.go(f"{own}erklaerungen/gebaerdensprache/")
    found += clerk.defects()
    page.get_by_label("Video", exact=True).set_input_files(FILM)
    page.get_by_role("button", name="Video hochladen").click()
    page.get_by_text("Das Video ist da.").wait_for()
    page.get_by_label("Untertitel", exact=True).fill("Kein WebVTT")
    page.get_by_role("button", name="Untertitel speichern").click()
    page.locator(".a-errors").wait_for()
    found += clerk.defects()
    page.get_by_label("Untertitel", exact=True).fill(CAPTIONS)
    page.get_by_role("button", name="Speichern und zur Prüfung geben").click()
    page.get_by_text("Eingereicht.").wait_for()
    found += clerk.defects()

    approver = visit("anna.vogt")
    for form, group in (("Leichte Sprache", "Lesegruppe Mühlenhof"), ("Gebärdensprache", "")):
        approver.go("/schreibtisch/bekanntmachungen/erklaerungen/")
        found += approver.defects()
        page = approver.go(f"{own}erklaerungen/")
        page.get_by_role("region", name=form).get_by_role("link", name="Prüfen", exact=True).click()
        found += approver.defects()
        page.get_by_role("button", name="Geprüft, veröffentlichen").click()  # without saying anything
        page.locator(".a-errors").wait_for()
        found += approver.defects()
        if group:
            page.get_by_label("Prüfgruppe").fill(group)
            page.get_by_label("Gelesen am").fill("2.11.2026")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Geprüft, veröffentlichen").click()
        page.get_by_text("Geprüft und veröffentlicht.").wait_for()
        found += approver.defects()
    page.get_by_role("region", name="Gebärdensprache").get_by_role("link", name="Fassung 1").click()
    found += approver.defects()
    public = approver.go(own).get_by_role("link", name="Öffentliche Seite ansehen").get_attribute("href") or ""

    reader = visit()
    for way in ("", "/en"):
        for address in ("", "leichte-sprache/", "gebaerdensprache/"):
            reader.go(f"{way}{public}{address}")
            found += reader.defects()
    assert reader.page.evaluate(PLAYS) == [4, 320, "showing", 2]
    plain = visit(scripts=False)
    words = plain.go(f"{public}leichte-sprache/").get_by_role("main").inner_text()
    assert "Im Winter liegt Schnee.\nSie müssen den Schnee" in words
    assert "Lesegruppe Mühlenhof" in words

    assert found == []
