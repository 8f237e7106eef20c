"""What people come for, done from the first click to the last: the clerk, the approver, three residents."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit

pytestmark = pytest.mark.browser

# As Word puts it on the clipboard; the last row has lost a cell, no row is a head, and the picture lies on somebody's disk.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"></head>
<body lang=DE><!--StartFragment--><h1>Zeiten der Abfuhr<o:p></o:p></h1>
<p class=MsoNormal style='margin-bottom:8pt'>Laub wird <b>kostenlos</b> abgeholt.<o:p></o:p></p>
<p class=MsoNormal><img width=100 src="file:///C:/Users/petra/bild001.png"></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Tag</p></td><td><p class=MsoNormal>Ortsteil</p></td></tr>
<tr><td><p class=MsoNormal>Montag</p></td><td><p class=MsoNormal>Lindenbach</p></td></tr>
<tr><td><p class=MsoNormal>Dienstag</p></td></tr></table><p class=MsoNormal>Bitte keine Plastiksäcke.</p><!--EndFragment--></body></html>"""
TITLE = "Abfuhr von Herbstlaub"
KIND = "Allgemeine Bekanntmachung"
PASTE = """(element, html) => {
    const data = new DataTransfer()
    data.setData("text/html", html)
    element.focus()
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


def saved(page: Page) -> None:
    page.get_by_text(re.compile("Gespeichert um")).wait_for(timeout=15_000)


def test_clerk_approver_and_the_published_page(visit: Visit, site: Site, tmp_path: Path) -> None:
    # The clerk pastes from Word. What is broken is named before she can submit.
    clerk = visit("petra.lindner")
    page = clerk.go("/schreibtisch/")
    page.get_by_role("link", name="Neue Bekanntmachung").click()
    page.get_by_role("link", name=KIND, exact=True).click()
    page.locator(".ProseMirror").wait_for()
    page.get_by_label("Titel", exact=True).fill(TITLE)
    page.get_by_label("Zuständiges Amt").select_option(label="Bauamt")
    page.locator(".ProseMirror").evaluate(PASTE, WORD)
    saved(page)
    told = page.locator("#eingefuegt").inner_text()
    assert "Ein Bild kam nicht mit." in told
    assert "Lücke hierher" in told
    expect(page.locator("#pruefliste")).to_contain_text("Der Tabelle fehlen Kopfzellen", timeout=15_000)
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("heading", name="Noch nicht zur Freigabe gegeben").wait_for()
    assert "Der Tabelle fehlen Kopfzellen" in page.get_by_role("main").inner_text()
    assert page.get_by_role("main").get_by_role("button", name="Zur Freigabe geben").count() == 0
    page.get_by_role("link", name="Zurück zum Entwurf").click()

    # She repairs the table: the first row becomes its head, the note gives way to what belongs there.
    surface = page.locator(".ProseMirror")
    surface.wait_for()
    surface.locator("td, th").first.click()
    page.get_by_role("button", name="Kopfzeile", exact=True).click()
    surface.locator("td").last.click(click_count=3)  # the note that a cell was missing
    page.keyboard.type("Steinhütte")
    expect(page.locator("#pruefliste")).not_to_contain_text("Kopfzellen", timeout=15_000)

    # The note shows where the picture was. It cannot come in without a description.
    file = tmp_path / "laub.png"
    Image.new("RGB", (80, 50), "darkgreen").save(file)
    surface.locator("p", has_text="[Hier fehlt Bild 1]").click(click_count=3)
    page.locator("[data-key=picture]").click()
    page.locator("#bild-datei").set_input_files(file)
    page.locator("#dialog-bild [data-ok]").click()
    assert "Beschreiben Sie, was das Bild zeigt" in page.locator("#bild-fehler").inner_text()
    page.locator("#bild-alt").fill("Ein Haufen Laub am Straßenrand")
    page.locator("#dialog-bild [data-ok]").click()
    page.locator(".ProseMirror figure img").wait_for()
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Die Angaben sind vollständig.").wait_for()
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Zur Freigabe gegeben.").wait_for()
    assert page.get_by_role("button", name="Freigeben", exact=True).count() == 0

    # The approver, on the telephone, sends it back once.
    approver = visit("anna.vogt", width=390)
    phone = approver.go("/schreibtisch/")
    phone.get_by_role("link", name=TITLE).first.click()
    assert "Steinhütte" in phone.get_by_role("main").inner_text()
    assert phone.locator("main img[alt='Ein Haufen Laub am Straßenrand']").count() == 1
    phone.get_by_role("button", name="Zurückgeben").click()
    assert phone.title().startswith("Fehler")
    phone.locator("textarea").fill("Bitte sagen, ab wann.")
    phone.get_by_role("button", name="Zurückgeben").click()
    phone.get_by_text("Zurückgegeben. Die Redaktion sieht Ihre Anmerkung.").wait_for()
    phone.go_back()  # to the answer with the error, which the browser has kept
    assert phone.title().startswith("Fehler")

    # The clerk finds the comment, changes, submits again.
    page = clerk.go("/schreibtisch/")
    page.get_by_role("link", name=TITLE).first.click()
    if page.get_by_role("link", name="Weiter bearbeiten").count():
        page.get_by_role("link", name="Weiter bearbeiten").click()
    page.locator(".ProseMirror").wait_for()
    assert "Bitte sagen, ab wann." in page.get_by_role("main").inner_text()
    page.locator(".ProseMirror > p", has_text="Laub wird").click()
    page.keyboard.press("End")
    page.keyboard.type(" Ab dem 1. Dezember.")
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Die Angaben sind vollständig.").wait_for()
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Zur Freigabe gegeben.").wait_for()
    approver.go("/schreibtisch/")
    phone.get_by_role("link", name=TITLE).first.click()
    phone.get_by_role("link", name="Was sich seit der Rückgabe geändert hat").click()
    assert "Ab dem 1. Dezember." in phone.get_by_role("main").inner_text()
    phone.go_back()
    phone.get_by_role("button", name="Freigeben", exact=True).click()
    phone.get_by_role("heading", name="Jetzt freigeben?").wait_for()
    phone.get_by_role("button", name="Ja, freigeben und veröffentlichen").click()
    phone.get_by_text("Freigegeben. Die Bekanntmachung wird jetzt gesiegelt").wait_for()

    # The worker publishes. The page answers, and both files can be fetched.
    resident = visit(scripts=False).page
    deadline = time.monotonic() + 60
    resident.goto(f"{site.url}/bekanntmachungen/")
    while not resident.get_by_role("link", name=TITLE).count():
        assert time.monotonic() < deadline, "not published within a minute"
        resident.wait_for_timeout(250)
        resident.reload()
    resident.get_by_role("link", name=TITLE).click()
    assert "Ab dem 1. Dezember." in resident.get_by_role("main").inner_text().replace("\xa0", " ")
    for suffix, begin in ((".pdf", b"%PDF-"), (".zip", b"PK")):
        address = resident.locator(f"main a[href$='{suffix}']").first.get_attribute("href")
        answer = resident.request.get(f"{site.url}{address}")
        assert (answer.status, answer.body()[: len(begin)]) == (200, begin)
    assert clerk.complaints == approver.complaints == []


def test_an_own_draft_cannot_be_approved(visit: Visit) -> None:
    page = visit("anna.vogt", width=390).go("/schreibtisch/bekanntmachungen/neu/")
    page.get_by_role("link", name=KIND, exact=True).click()
    page.locator(".ProseMirror").wait_for()
    page.get_by_label("Titel", exact=True).fill("Annas eigener Entwurf")
    page.get_by_label("Zuständiges Amt").select_option(label="Bauamt")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Der Bauhof ist am Freitag geschlossen.")
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Die Angaben sind vollständig.").wait_for()
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Zur Freigabe gegeben.").wait_for()
    page.get_by_text("Sie haben diesen Text geschrieben. Freigeben muss jemand anderes.").wait_for()
    assert page.get_by_role("button", name="Freigeben", exact=True).count() == 0


def test_a_resident_without_scripts_finds_and_prints(visit: Visit) -> None:
    page = visit(scripts=False).go("/")
    page.get_by_role("link", name="Alle Bekanntmachungen").click()
    page.get_by_role("link", name="Versteigerung von Fundsachen").click()
    page.emulate_media(media="print")

    for gone in (".a-nav", ".a-skip", ".a-tools"):
        assert not page.locator(gone).first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    sheet = page.locator(".a-sheet")
    assert "öffentlich versteigert" in sheet.inner_text()
    assert float(sheet.locator("p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 14  # 10.5 pt
    ink = sheet.locator("p").first.evaluate("e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number)")
    assert max(ink) < 80
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_a_blind_resident_reads_the_day_from_the_accessibility_tree_alone(visit: Visit) -> None:
    visitor = visit()
    page = visitor.go("/bekanntmachungen/")
    cdp = visitor.context.new_cdp_session(page)

    def tree() -> list[tuple[str, str]]:
        """(role, name) of all that is heard, in the order of hearing."""
        nodes = {node["nodeId"]: node for node in cdp.send("Accessibility.getFullAXTree")["nodes"]}

        def heard(key: str) -> Iterator[tuple[str, str]]:
            node = nodes[key]
            if not node.get("ignored"):
                yield node["role"]["value"], str(node.get("name", {}).get("value", "")).replace("\xa0", " ")
            for child in node.get("childIds", []):
                yield from heard(child) if child in nodes else ()

        return list(heard(next(iter(nodes))))

    links = [name for role, name in tree() if role == "link"]
    [link] = [name for name in links if name.startswith("Versteigerung von Fundsachen")]
    page.get_by_role("link", name=link).press("Enter")
    page.wait_for_url("**/2026/1/")
    there = tree()
    title = "Versteigerung von Fundsachen am 7. Februar 2026"

    assert ("heading", title) in there
    words = " ".join(name.strip() for role, name in there if role == "StaticText")
    assert "Bereitgestellt seit Montag, 12. Januar 2026, 10.25 Uhr" in words
    assert {"main", "navigation", "complementary", "table"} <= {role for role, _ in there}


# Where the system does not let a process drop its network, every way to open a socket is closed in Python instead.
CUT = """import socket
class Cut(socket.socket):
    def connect(self, *_): raise OSError("there is no network")
    connect_ex = sendto = bind = connect
socket.socket = Cut
"""
NO_NETWORK = (
    ["unshare", "-rn"]
    if shutil.which("unshare") and not subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode
    else []
)


def verify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`allmende verify` where there is nothing but the file: no settings, no data, no network."""
    (folder / ".cut").mkdir(exist_ok=True)
    (folder / ".cut" / "sitecustomize.py").write_text(CUT)
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder / ".cut"), "HOME": str(folder), "LANG": "de_DE.UTF-8"}
    program = Path(sys.executable).parent / "allmende"
    return subprocess.run([*NO_NETWORK, program, "verify", *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_a_sceptic_checks_without_us_and_finds_one_changed_byte(visit: Visit, site: Site, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.go("/bekanntmachungen/2026/1/")
    address = page.get_by_role("link", name=re.compile(r"^Nachweis herunterladen \(ZIP, ")).get_attribute("href")
    good = page.request.get(f"{site.url}{address}").body()
    (tmp_path / "1.zip").write_bytes(good)
    page.get_by_role("link", name="Zum Protokoll").click()
    vkey = page.locator("main code", has_text="+").first.inner_text()

    told = verify(tmp_path, "1.zip", "--vkey", vkey, "--language", "de")
    assert told.returncode == 0, told.stdout + told.stderr
    report = json.loads(verify(tmp_path, "1.zip", "--vkey", vkey, "--json").stdout)
    alone = verify(tmp_path, "1.zip", "--language", "de")
    assert (report["ok"], report["trusted"]) == (True, True)
    assert alone.returncode == 0
    assert alone.stdout != told.stdout  # without a key it says that trust is missing

    broken = bytearray(good)
    broken[good.index(b"Fundsachen")] ^= 1  # a letter of the page
    (tmp_path / "broken.zip").write_bytes(broken)
    refused = verify(tmp_path, "broken.zip", "--vkey", vkey, "--language", "de")
    assert refused.returncode == 1
    assert "page.html" in refused.stdout or "Seite" in refused.stdout

    page = visitor.go("/pruefung/")
    page.locator("#id_bundle").set_input_files({"name": "1.zip", "mimeType": "application/zip", "buffer": bytes(broken)})
    page.get_by_label("Schlüssel des Protokolls").fill(vkey)
    page.get_by_role("button", name="Prüfen").click()
    assert page.get_by_role("heading", level=1).inner_text() in refused.stdout
    assert page.locator(".a-proof--bad .is-bad").count() >= 1

    replayed = site.command("log", "check", "--body", "quellstedt")
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr
