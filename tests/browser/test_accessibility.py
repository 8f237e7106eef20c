"""Every page, as everyone meets it: accessible, in its language, never wider than the screen, without a word in the console."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload

from allmende.lib.extraction.tests.office import by_law
from allmende.lib.extraction.tests.papers import pdf, scan
from tests.browser.conftest import Site, Visit
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

TOWNS = ("", "/wiesenmark")
PUBLIC = (
    "/",
    "/bekanntmachungen/",
    "/bekanntmachungen/?year=2026",
    "/bekanntmachungen/?q=gibtesnicht",
    "/bekanntmachungen/?page=99",
    "/bekanntmachungen/archiv/",
    "/bekanntmachungen/2026/",
    "/bekanntmachungen/2026/1/",
    "/bekanntmachungen/2026/1/ausdruck/",
    "/bekanntmachungen/2026/1/ausdruck/eingegangen/",
    "/amtsblatt/",
    "/amtsblatt/abo/",
    "/bekanntmachungen/abo/",
    "/ortsrecht/",
    "/pruefung/",
    "/protokoll/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
)


def look(visitor: Visitor, *addresses: str) -> list[str]:
    found: list[str] = []
    for address in addresses:
        visitor.go(address)
        found += visitor.defects()
    return found


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_public_pages(visit: Visit, town: str, language: str) -> None:
    assert look(visit(), *(f"{language}{town}{address}" for address in PUBLIC)) == []


def test_pages_that_refuse(visit: Visit, site: Site) -> None:
    found = []
    visitor = visit()
    for address in ("/gibt/es/nicht/", "/en/gibt/es/nicht/", "/bekanntmachungen/2026/999/"):
        visitor.go(address, status=404)
        found += visitor.defects()
    editor = visit("petra.lindner")
    editor.go("/verwaltung/personen/", status=403)
    found += editor.defects()
    removed = (
        "from allmende.core.models import Record, Visibility\n"
        "record = Record._unscoped.get(body__slug='wiesenmark', path='bekanntmachungen/2025/1/')\n"
        "record.visibility = Visibility.REMOVED\nrecord.save()"
    )
    site.python(removed)
    for address in ("/wiesenmark/bekanntmachungen/2025/1/", "/en/wiesenmark/bekanntmachungen/2025/1/"):
        visitor.go(address, status=410)
        found += visitor.defects()

    assert found == []


@pytest.mark.parametrize("language", ["", "/en"])
def test_answers_of_the_check_page(visit: Visit, site: Site, tmp_path: Path, language: str) -> None:
    visitor = visit()
    good, pdf = (visitor.context.request.get(f"{site.url}/bekanntmachungen/2026/1.{suffix}").body() for suffix in ("zip", "pdf"))
    broken, changed = bytearray(good), bytearray(pdf)
    broken[good.index(b"page.html") + 2000] ^= 1
    changed[1000] ^= 1
    found = []
    for content, sign in (
        (good, ".is-off"),
        (pdf, ".is-off"),
        (bytes(broken), ".is-bad"),
        (bytes(changed), ".is-bad"),
        (b"kein Nachweis", ".a-kicker"),
        (b"<!DOCTYPE html>", ".a-kicker"),
        (None, ".a-errors"),
    ):
        page = visitor.go(f"{language}/pruefung/")
        if content is not None:
            page.locator("#id_bundle").set_input_files({"name": "1.zip", "mimeType": "application/zip", "buffer": content})
        page.locator("main button[type=submit]").click()
        page.locator(sign).first.wait_for()
        found += visitor.defects()

    assert found == []


def test_doors(visit: Visit) -> None:
    visitor = visit()
    found = look(visitor, "/anmelden/", "/en/anmelden/", "/wiesenmark/anmelden/", "/konto/kennwort/vergessen/")
    visitor.go("/konto/einladung/0/", status=410)
    found += visitor.defects()
    for language in ("", "/en"):
        visitor.go(f"{language}/abmelden/", status=405)
        found += visitor.defects()
    page = visitor.go("/anmelden/")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.locator(".a-errors").wait_for()

    assert found + visitor.defects() == []


DESKS = {
    "petra.lindner": (
        "/schreibtisch/",
        "/en/schreibtisch/",
        "/schreibtisch/bekanntmachungen/",
        "/schreibtisch/bekanntmachungen/neu/",
        "/schreibtisch/bekanntmachungen/ausdruck/",
        "/schreibtisch/aufgaben/",
        "/en/schreibtisch/aufgaben/",
        "/schreibtisch/amtsblatt/",
        "/konto/",
    ),
    "anna.vogt": (
        "/schreibtisch/",
        "/schreibtisch/bekanntmachungen/",
        "/schreibtisch/bekanntmachungen/fristen/",
        "/konto/",
        "/konto/sitzungen/",
        "/konto/zweiter-faktor/",
    ),
    "adam.krueger": (
        "/schreibtisch/",
        "/verwaltung/",
        "/en/verwaltung/",
        "/verwaltung/angaben/",
        "/verwaltung/kontakt/",
        "/verwaltung/farbe/",
        "/verwaltung/wappen/",
        "/verwaltung/rechnernamen/",
        "/verwaltung/ortsteile/",
        "/verwaltung/aemter/",
        "/verwaltung/protokoll/",
        "/verwaltung/seiten/",
        "/verwaltung/seiten/datenschutz/deutsch/",
        "/verwaltung/personen/",
        "/verwaltung/personen/einladen/",
        "/verwaltung/recht/",
        "/en/verwaltung/recht/",
        "/verwaltung/recht/verlauf/",
        "/verwaltung/recht/bekanntmachungsform/",
        "/verwaltung/recht/bekanntmachungsform/eintragen/",
        "/en/verwaltung/recht/bekanntmachungsform/eintragen/",
        "/verwaltung/recht/regel/completion.internet/",
        "/verwaltung/recht/regel/hint.media/eintragen/",
        "/en/verwaltung/recht/regel/complaint.period/eintragen/",
        "/schreibtisch/bekanntmachungen/archiv/",
        "/en/schreibtisch/bekanntmachungen/archiv/",
        "/verwaltung/zeugen/",
        "/verwaltung/zeugen/neu/",
        "/verwaltung/zeugen/protokolle/neu/",
    ),
    "paula.reuter": (
        "/schreibtisch/",
        "/verwaltung/protokollierung/",
        "/en/verwaltung/protokollierung/",
        "/verwaltung/protokollierung/?since=31.2.2026",
        "/verwaltung/recht/",
    ),
    "martin.otte": ("/konto/",),
    "vera.thiele": ("/erlenland/schreibtisch/", "/wiesenmark/schreibtisch/", "/konto/kommunen/"),
    "karin.seidel": ("/schreibtisch/", "/konto/zweiter-faktor/passkeys/"),
    "otto.franke": ("/betrieb/", "/en/betrieb/", "/betrieb/kommunen/"),
}


@pytest.mark.parametrize("login", DESKS)
def test_pages_behind_the_door(visit: Visit, login: str) -> None:
    assert look(visit(login), *DESKS[login]) == []


def test_a_council_member_has_a_desk_with_what_a_mandate_may_do(visit: Visit) -> None:
    visitor = visit("martin.otte")
    page = visitor.go("/schreibtisch/")

    assert visitor.defects() == []
    assert "Sie haben ein Mandat" in page.get_by_role("main").inner_text()
    addresses = [link.get_attribute("href") or "" for link in page.get_by_role("main").get_by_role("link").all()]
    assert {"/bekanntmachungen/", "/pruefung/", "/konto/"} <= set(addresses)
    for address in addresses:
        visitor.go(address)


def draft(visitor: Visitor, title: str) -> str:
    """The address of this draft, found on the list of the office."""
    page = visitor.go("/schreibtisch/bekanntmachungen/")
    address = page.get_by_role("link", name=re.compile(title)).first.get_attribute("href") or ""
    return re.sub(r"(bearbeiten|fassung/.*)/?$", "", address)


def test_a_draft_in_every_state(visit: Visit) -> None:
    clerk = visit("petra.lindner")
    market, grit = draft(clerk, "Wochenmarkt in der Weihnachtszeit"), draft(clerk, "Streusplitt")
    clerk.go(f"{market}bearbeiten/").locator(".ProseMirror").wait_for()
    found = clerk.defects()
    for address in ("", "bilder/", "fassung/1/vorschau/", "fassung/1/einreichen/", "fassung/1/verwerfen/"):
        found += look(clerk, market + address)
    found += look(clerk, grit, f"{grit}bearbeiten/", f"/en{grit}bearbeiten/")
    approver = visit("anna.vogt")
    count = draft(approver, "Verkehrszählung")
    found += look(approver, count, *(f"{way}{count}fassung/1/{step}/" for way in ("", "/en") for step in ("freigeben", "entscheiden")))
    approver.page.get_by_role("button", name="Send back").click()  # without the comment that it takes
    approver.page.locator(".a-errors").wait_for()
    found += approver.defects()

    assert found == []


def test_a_request_for_paper_from_the_call_to_the_envelope(visit: Visit) -> None:
    clerk = visit("petra.lindner")
    page = clerk.go("/schreibtisch/aufgaben/")
    page.get_by_role("link", name="Anfrage per Telefon").click()
    found = clerk.defects()
    page.locator(".a-tasks a").first.click()
    page.get_by_role("button", name="Eintragen").click()  # without a name
    page.locator(".a-errors").wait_for()
    found += clerk.defects()
    page.get_by_label("groß, für Menschen").check()
    page.get_by_label("zum Abholen").check()
    page.get_by_label("Vorname und Name").fill("Hedwig Altmann")
    page.get_by_role("button", name="Eintragen").click()
    page.get_by_role("heading", name="Für wen").wait_for()
    found += clerk.defects()
    page.get_by_role("link", name=re.compile(r"^Nr\.")).first.click()
    found += clerk.defects()
    page.get_by_role("link", name="Aushang an einem Ort").click()
    found += clerk.defects()
    page.get_by_label("Ort des Aushangs").fill("Schaukasten am Rathaus")
    page.get_by_role("button", name="Aufgabe anlegen").click()
    page.get_by_label("Von wem").wait_for()
    found += clerk.defects()
    for address in ("/schreibtisch/aufgaben/", "/schreibtisch/"):
        found += look(clerk, address)

    assert found == []


def test_a_by_law_from_its_word_file_and_its_scan(visit: Visit) -> None:
    clerk = visit("petra.lindner")
    page = clerk.go("/schreibtisch/bekanntmachungen/neu/aus-datei/")
    found = clerk.defects()
    word: FilePayload = {"name": "Satzung.docx", "mimeType": "application/octet-stream", "buffer": by_law()}
    page.locator("input[type=file]").set_input_files(word)
    page.get_by_role("button", name="Hochladen und Text ansehen").click()
    page.get_by_role("button", name="In den Entwurf übernehmen").wait_for()
    found += clerk.defects()
    page.get_by_role("button", name="In den Entwurf übernehmen").click()
    page.locator(".ProseMirror").wait_for()
    found += clerk.defects()
    page.get_by_role("button", name="Speichern und Dateien verwalten").click()
    page.get_by_role("heading", name="Dateien", exact=True).wait_for()
    files = (("Original.pdf", scan(), "original"), ("Plan.pdf", pdf(tagged=False), "attachment"), ("Scan.pdf", scan(pages=2), "source"))
    for number, (name, data, role) in enumerate(files, start=1):
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": data})
        page.locator(f"input[name=role][value={role}]").check()
        page.get_by_role("button", name="Hochladen", exact=True).click()
        page.locator(".f-card").nth(number).wait_for()
    found += clerk.defects()
    address = re.sub(r"^https?://[^/]+|#.*$", "", page.url)
    page.get_by_role("link", name="Bezeichnung und Zweck ändern: Plan").click()
    page.get_by_label("Bezeichnung").fill("")
    page.get_by_role("button", name="Speichern").click()
    page.locator(".a-errors").wait_for()
    found += clerk.defects() + look(clerk, f"/en{address}")
    page.get_by_role("button", name="Upload", exact=True).click()  # without a file
    page.locator(".a-errors").wait_for()

    assert found + clerk.defects() == []


def test_an_issue_of_the_gazette_while_it_is_put_together(visit: Visit) -> None:
    clerk = visit("petra.lindner")
    page = clerk.go("/schreibtisch/amtsblatt/")
    page.get_by_role("button", name="Nächste Ausgabe").click()
    found = clerk.defects()
    for n in range(2):
        page.locator("input[name=add]").nth(n).check()
    page.get_by_role("button", name="Aufnehmen").click()
    page.get_by_role("button", name=re.compile("^Nach unten")).first.wait_for()
    found += clerk.defects()
    address = re.sub(r"^https?://[^/]+", "", page.url)
    approver = visit("anna.vogt")
    approver.go(address).get_by_role("link", name="Prüfen und freigeben").click()

    assert found + approver.defects() == []


@pytest.mark.parametrize("address", ["/bekanntmachungen/", "/bekanntmachungen/2026/1/", "/protokoll/"])
def test_forced_colours_keep_marks_and_borders(visit: Visit, address: str) -> None:
    visitor = visit()
    visitor.page.emulate_media(forced_colors="active")
    page = visitor.go(address)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    lost = page.evaluate(
        """() => [...document.querySelectorAll('.a-state, .a-checks li, .a-proof, .a-note')].filter(mark => {
            const drawing = mark.querySelector('svg, img, [class*=icon]')
            const edge = ['Top', 'Left'].some(side => parseFloat(getComputedStyle(mark)[`border${side}Width`]) > 0)
            const seen = drawing && drawing.getBoundingClientRect().width > 0
            return mark.innerText.trim() === '' || !(seen || edge)
        }).map(mark => mark.outerHTML.slice(0, 200))"""
    )
    assert lost == []


WALK = ("/", "/bekanntmachungen/", "/bekanntmachungen/2026/1/", "/pruefung/", "/anmelden/")
FOCUS = """() => {
    const at = document.activeElement
    if (!at || at === document.body || at.tagName === 'HTML') return null
    const box = at.getBoundingClientRect(), style = getComputedStyle(at), ring = parseFloat(style.outlineWidth)
    return { n: [...document.querySelectorAll('*')].indexOf(at), what: at.outerHTML.slice(0, 120), skip: at.matches('.a-skip'),
        visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && ((style.outlineStyle !== 'none' && ring >= 2) || style.boxShadow !== 'none') }
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0)
    .filter(e => !(e.type === 'radio' && !e.checked)).map(e => [...document.querySelectorAll('*')].indexOf(e))"""


@pytest.mark.parametrize("address", WALK)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_everything_without_scripts(visit: Visit, address: str, width: int) -> None:
    visitor = visit(scripts=False, width=width)
    page = visitor.go(address)
    wanted = set(page.evaluate(REACHABLE))
    steps: list[dict[str, Any]] = []
    for _ in range(len(wanted) + 5):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUS)
        if step is None or (steps and step["n"] == steps[0]["n"]):
            break
        steps.append(step)

    assert steps[0]["skip"]
    assert [step["what"] for step in steps if not step["visible"]] == []
    assert wanted - {step["n"] for step in steps} == set()
