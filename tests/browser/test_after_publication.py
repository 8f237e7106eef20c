"""What happens after the publication, from the click to the last trace: a service erased at its day, a leak, a call for large letters."""

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from allmende.lib.extraction.tests.papers import pdf
from tests.browser.conftest import Site, Visit
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
NAME = "Rautgundis"
LEAK = "Verpachtung der Gartenflächen am Anger"


def choose(page: Page, kind: str) -> None:
    page.get_by_role("link", name="Neue Bekanntmachung").first.click()
    page.get_by_role("link", name=kind, exact=True).click()
    page.locator(".ProseMirror").wait_for()


def submit(page: Page) -> None:
    """From the editor to the desk of who decides; whatever is asked there is so."""
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Die Angaben sind vollständig.").wait_for()
    for tick in page.get_by_role("main").locator("input[type=checkbox]").all():
        tick.check()
    if page.locator("[id='id_recht_recht-medium']").count():  # the Land wants a hint in another medium
        page.locator("[id='id_recht_recht-medium']").select_option(index=1)
        page.locator("[id='id_recht_recht-hint_on']").fill(f"{timezone.localdate():%d.%m.%Y}")
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Zur Freigabe gegeben.").wait_for()


def approve(approver: Visitor, address: str) -> Page:
    page = approver.go(address)
    page.get_by_role("link", name="Prüfen und entscheiden").click()
    return page


def decide(page: Page) -> None:
    page.get_by_role("button", name="Freigeben", exact=True).click()
    page.get_by_role("heading", name="Jetzt freigeben?").wait_for()
    page.get_by_role("button", name="Ja, freigeben und veröffentlichen").click()
    page.get_by_text("Freigegeben. Die Bekanntmachung wird jetzt gesiegelt").wait_for()


def public_address(visitor: Visitor, office: str) -> str:
    """Wait until the worker has published it."""
    deadline = time.monotonic() + 60
    page = visitor.go(office)
    link = page.get_by_role("link", name="Öffentliche Seite ansehen")
    while not link.count():
        assert time.monotonic() < deadline, "not published within a minute"
        page.wait_for_timeout(250)
        page.reload()
    return link.get_attribute("href") or ""


def look(visitor: Visitor, *addresses: str) -> list[str]:
    found: list[str] = []
    for address in addresses:
        visitor.go(address)
        found += visitor.defects()
    return found


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)


def holding(site: Site, word: str) -> list[str]:
    """Files of the running installation with this word in name or content: public folders, attachments, mails, database and its log."""
    files = [path for path in Path(site.env["ALLMENDE_DATA"]).rglob("*") if path.is_file()]
    return [path.name for path in files if word.encode() in path.read_bytes() or word in path.name]


def test_a_service_by_publication_is_deemed_served_and_erased_at_its_day(visit: Visit, site: Site) -> None:
    clerk = visit("petra.lindner")
    page = clerk.go("/schreibtisch/bekanntmachungen/")
    choose(page, "Öffentliche Zustellung")
    page.get_by_label("Titel", exact=True).fill("Öffentliche Zustellung eines Bescheides")
    page.get_by_label("Zuständiges Amt").select_option(label="Ordnungsamt")
    page.get_by_label("Name der Person oder Firma").fill(f"{NAME} Ellwanger")
    page.get_by_label("Letzte bekannte Anschrift").fill("Am Wehr 4, 06999 Quellstedt am Erlenbach")
    page.get_by_label("Datum des Dokuments").fill("2.11.2026")
    page.get_by_label("Aktenzeichen").fill("32-88/2026")
    page.get_by_label("Hier kann das Dokument eingesehen werden").fill("Rathaus, Markt 1, Zimmer 8, dienstags 9 bis 12 Uhr")
    page.get_by_label("Der Aufenthaltsort ist unbekannt").check()
    page.get_by_label("Angeordnet von").fill("Gunnar Stiebing")
    expect(page.locator("#pruefliste")).to_contain_text("Warum die Namen veröffentlicht werden müssen", timeout=15_000)
    page.get_by_label("Warum die Namen veröffentlicht werden müssen").fill("§ 10 Abs. 2 VwZG verlangt Namen und Anschrift.")
    submit(page)
    office = path_of(page)

    approver = visit("anna.vogt")
    deciding = approve(approver, office)
    assert "§ 10 Abs. 2 VwZG verlangt Namen und Anschrift." in deciding.get_by_role("main").inner_text()
    decide(deciding)
    address = public_address(clerk, office)
    resident = visit(scripts=False)
    text = resident.go(address).get_by_role("main").inner_text().replace("\xa0", " ")
    assert NAME in text
    assert "Gilt als zugestellt" in text
    assert "§ 10 Abs. 2 VwZG verlangt" not in text
    for elsewhere in ("/bekanntmachungen/", "/bekanntmachungen/archiv/", "/sitemap.xml", f"/bekanntmachungen/?q={NAME}"):
        found = resident.page.request.get(site.url + elsewhere).text()
        assert f"{NAME} E" not in found
    assert holding(site, NAME) != []

    # Nobody waits for two weeks: the worker comes on the day that the calendar names, and its later effects are done that day.
    site.python(
        "from datetime import timedelta\n"
        "from django.utils import timezone\n"
        "from allmende.core import housekeeping, outbox\n"
        "at = timezone.now() + timedelta(days=16)\n"
        "housekeeping.do('erasure', at)\n"
        "outbox.work(at)\n"
    )

    gone = resident.go(address, status=410).get_by_role("main").inner_text()
    assert NAME not in gone
    assert holding(site, NAME) == []
    staff = clerk.go(office).get_by_role("main").inner_text()
    assert "gelöscht" in staff.lower()
    assert NAME not in staff
    replayed = site.command("log", "check", "--body", "quellstedt")
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr


def test_a_leak_is_taken_down_from_a_phone_within_a_minute(visit: Visit, site: Site) -> None:
    clerk = visit("petra.lindner")
    page = clerk.go("/schreibtisch/bekanntmachungen/")
    choose(page, "Allgemeine Bekanntmachung")
    page.get_by_label("Titel", exact=True).fill(LEAK)
    page.get_by_label("Zuständiges Amt").select_option(label="Bauamt")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Die Flächen werden zum 1. März neu verpachtet.")
    page.get_by_role("button", name="Speichern und Dateien verwalten").click()
    page.get_by_role("heading", name="Dateien", exact=True).wait_for()
    file: FilePayload = {"name": "Pachtliste.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("input[name=role][value=attachment]").check()
    page.get_by_role("button", name="Hochladen", exact=True).click()
    page.locator(".f-card").first.wait_for()
    page.goto(f"{site.url}{path_of(page).replace('dateien/', 'bearbeiten/')}")
    page.locator(".ProseMirror").wait_for()
    submit(page)
    office = path_of(page)
    decide(approve(visit("anna.vogt"), office))
    address = public_address(clerk, office)
    resident = visit(scripts=False)
    link = resident.go(address).get_by_role("main").locator("a[href*='/anlage']").first
    attachment = link.evaluate("e => e.href")
    assert resident.page.request.get(attachment).status == 200

    begun = time.monotonic()
    phone = visit("petra.lindner", width=390)
    page = phone.go("/schreibtisch/bekanntmachungen/")
    page.get_by_role("link", name=LEAK).first.click()
    page.get_by_role("link", name="Vom Netz nehmen").click()
    page.get_by_label("Anlage 1").check()
    page.get_by_label("personenbezogene Daten").check()
    found = phone.defects()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Jetzt vom Netz nehmen").click()
    page.get_by_text("Es ist vom Netz.").wait_for()
    assert resident.page.request.get(attachment).status == 410
    assert time.monotonic() - begun < 60

    page = phone.go("/schreibtisch/aufgaben/")
    row = page.get_by_role("row").filter(has_text="Verletzung des Schutzes personenbezogener Daten melden").filter(has_text=LEAK)
    due = timezone.localdate() + timedelta(days=3)
    assert f"{due.day}.{due.month}.{due.year}" in row.inner_text().replace("\xa0", " ")
    found += phone.defects()
    row.get_by_role("link").first.click()
    assert "Binnen 72 Stunden" in page.get_by_role("main").inner_text().replace("\xa0", " ")
    found += phone.defects()
    said = resident.go(address).get_by_role("main").inner_text().replace("\xa0", " ")
    assert "nicht mehr veröffentlicht" in said
    deadline = time.monotonic() + 60
    while "personenbezogene Daten" not in resident.go("/protokoll/").get_by_role("main").inner_text():
        assert time.monotonic() < deadline, "the log does not say it within a minute"
        resident.page.wait_for_timeout(250)
    assert found + clerk.complaints + phone.complaints == []


def test_a_call_for_large_letters_is_found_printed_and_sent(visit: Visit, site: Site) -> None:
    clerk = visit("petra.lindner")
    page = clerk.go("/schreibtisch/aufgaben/")
    page.get_by_role("link", name="Anfrage per Telefon").click()
    page.locator(".a-tasks a").first.click()
    page.get_by_label("Telefon").check()
    page.get_by_label("groß, für Menschen").check()
    page.get_by_label("per Post").check()
    page.get_by_label("Vorname und Name").fill("Adelgunde Brettschneider")
    page.get_by_label("Straße und Hausnummer").fill("Lindenweg 2")
    page.get_by_label("Postleitzahl und Ort").fill("06999 Quellstedt am Erlenbach")
    page.get_by_role("button", name="Eintragen").click()
    page.get_by_role("heading", name="Für wen").wait_for()

    colleague = visit("jens.habermann")
    page = colleague.go("/schreibtisch/aufgaben/")
    assert "Brettschneider" not in page.content()
    page.get_by_role("link", name="Ausdruck in Großdruck per Post schicken").last.click()
    text = page.get_by_role("main").inner_text().replace("\xa0", " ")
    assert "Adelgunde Brettschneider" in text
    assert "Lindenweg 2" in text
    sheet = page.get_by_role("main").locator("a[href*='.pdf']").first.get_attribute("href") or ""
    printed = page.request.get(site.url + sheet)
    assert (printed.status, printed.body()[:5]) == (200, b"%PDF-")
    page.get_by_label("Abgeschickt oder abgeholt am").wait_for()
    task = path_of(page)
    page.get_by_role("button", name="Erledigt").click()
    page.get_by_text("Erledigt: Ausdruck in Großdruck per Post schicken").wait_for()

    page = clerk.go(task)
    assert "erledigt" in page.get_by_role("main").inner_text()
    assert colleague.complaints + clerk.complaints == []


def test_pages_of_an_issue_that_was_withdrawn(visit: Visit, site: Site) -> None:
    clerk, approver = visit("petra.lindner"), visit("anna.vogt")
    page = clerk.go("/schreibtisch/amtsblatt/")
    page.get_by_role("button", name="Nächste Ausgabe").click()
    page.get_by_label("Diese Ausgabe soll erscheinen am").fill("irgendwann")
    page.get_by_role("button", name="Tag vormerken").click()
    page.locator(".a-errors").wait_for()
    found = clerk.defects()
    page.goto(f"{site.url}{path_of(page)}")
    held = page.get_by_role("main").get_by_role("checkbox")
    for n in range(2):
        held.nth(n).check()
    page.get_by_role("button", name="Aufnehmen").click()
    page.get_by_role("button", name=re.compile("^Nach unten")).first.wait_for()
    office, title = path_of(page), page.locator("main th[scope=row] span").first.inner_text()
    approver.go(office).get_by_role("link", name="Prüfen und freigeben").click()
    approver.page.get_by_role("button", name="Freigeben und veröffentlichen").click()
    address = public_address(clerk, office)
    assert visit(scripts=False).go(address).locator("a[href$='.pdf']").count()

    page = clerk.go("/schreibtisch/bekanntmachungen/")
    page.get_by_role("link", name=title).first.click()
    notice = path_of(page)
    found += look(approver, f"{notice}loeschen/", f"/en{notice}loeschen/")
    page.get_by_role("link", name="Vom Netz nehmen").click()
    page.get_by_label("Die ganze Bekanntmachung").check()
    page.get_by_label("versehentlich veröffentlicht").check()
    page.get_by_role("button", name="Jetzt vom Netz nehmen").click()
    page.get_by_text("Es ist vom Netz.").wait_for()

    resident = visit()
    for language in ("", "/en"):
        resident.go(f"{language}{address}", status=410)
        found += resident.defects()
    found += look(resident, "/amtsblatt/") + look(clerk, office)
    page.get_by_role("button", name="Ersatzausgabe zusammenstellen").click()
    page.get_by_text("Ersatz für die zurückgezogene Ausgabe").wait_for()
    assert found + clerk.defects() == []
