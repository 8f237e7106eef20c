"""The editor in a real browser, under the real content security policy."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from allmende.core import outbox
from allmende.core.models import Body, Office, Person
from allmende.notices import kinds, services
from allmende.notices.models import Notice, Picture
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import Desk, LogIn, paste, saved, stored, to_the_end, wording
from allmende.publication.seals import set_up_demo_seal
from allmende.publication.setup import set_up_log
from conftest import NOW

pytestmark = pytest.mark.browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}
# As Word puts it on the clipboard: styles, conditional comments, a list that is none, a picture on somebody's disk.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt} --></style></head><body lang=DE style='word-wrap:break-word'>
<!--StartFragment--><h1 style='mso-margin-top-alt:12pt'>Sperrung der Mühlgasse<o:p></o:p></h1>
<p class=MsoNormal style='margin-bottom:8pt'>Wegen <b>Bauarbeiten</b> wird die Straße <span style='font-style:italic'>voll</span>
gesperrt. <a href="https://example.org/plan" style='color:blue'>Plan der Umleitung</a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Fußgänger
kommen vorbei.<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o </span>auch mit Rad</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>· </span>Busse halten am Markt.</p>
<p class=MsoNormal><img width=100 src="file:///C:/Users/erika/bild001.png" onerror="alert(1)"></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr><td width=200 style='width:150pt'>
<p class=MsoNormal><b>Tag</b></p></td><td><p class=MsoNormal>Zeit</p></td></tr><tr><td><p class=MsoNormal>Montag</p></td>
<td><p class=MsoNormal>8 bis 16 Uhr</p></td></tr></table>
<!--EndFragment--></body></html>"""


def test_a_text_from_word_is_pasted_clean_and_saved_by_itself(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    page.locator(".ProseMirror").press("Control+a")
    paste(page, WORD)
    saved(page)

    html = stored(notice)
    assert "<h2>Sperrung der Mühlgasse</h2>" in html
    assert "Wegen <strong>Bauarbeiten</strong> wird die Straße <em>voll</em>" in html
    assert '<a href="https://example.org/plan">Plan der Umleitung</a>' in html
    assert "<ul><li>Fußgänger kommen vorbei.<ul><li>auch mit Rad</li></ul></li><li>Busse halten am Markt.</li></ul>" in html
    assert "<td><strong>Tag</strong></td>" in html
    for trace in ("mso", "style", "file:", "<img", "·"):
        assert trace not in html
    assert "Der Tabelle fehlen Kopfzellen" in page.locator("#pruefliste").inner_text()
    assert desk.complaints == []


def test_table_link_and_picture_with_the_keyboard_alone(desk: Desk, notice: Notice, tmp_path: Path) -> None:
    file = tmp_path / "plan.png"
    Image.new("RGB", (60, 40), "navy").save(file)
    page = desk.write("edit", notice.pk)
    surface = page.locator(".ProseMirror")
    to_the_end(page)
    surface.press("Enter")
    surface.press("Alt+F10")
    page.keyboard.press("End")
    while page.evaluate("document.activeElement.dataset.key") != "table":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.locator("#tabelle-titel").fill("Umleitungen")
    page.locator("#tabelle-titel").press("Enter")
    for word in ("Linie", "Weg", "1", "Markt", "2"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.type("Bahnhof")
    page.keyboard.press("Tab")  # out of the last cell
    page.keyboard.type("Danach steht ")
    page.keyboard.press("Control+k")
    page.locator("#verweis-text").fill("der Plan der Stadt")
    page.locator("#verweis-adresse").fill("javascript:alert(1)")
    page.locator("#verweis-adresse").press("Enter")
    assert "Schreiben Sie eine Adresse" in page.locator("#verweis-fehler").inner_text()
    page.locator("#verweis-adresse").fill("www.example.org/plan")
    page.locator("#verweis-adresse").press("Enter")
    page.locator("[data-key=picture]").click()
    page.locator("#bild-datei").set_input_files(file)
    page.locator("#dialog-bild [data-ok]").click()
    assert "Beschreiben Sie, was das Bild zeigt" in page.locator("#bild-fehler").inner_text()
    page.locator("#bild-alt").fill("Ein dunkelblaues Feld")
    page.locator("#bild-unterschrift").fill("Der Plan")
    page.locator("#dialog-bild [data-ok]").click()
    page.locator(".ProseMirror figure img").wait_for()
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_text("Der Entwurf ist gespeichert.").wait_for()

    html = stored(notice)
    assert '<table><caption>Umleitungen</caption><thead><tr><th scope="col">Linie</th><th scope="col">Weg</th></tr></thead>' in html
    assert "<tr><td>2</td><td>Bahnhof</td></tr>" in html
    assert 'Danach steht <a href="https://www.example.org/plan">der Plan der Stadt</a>' in html
    picture = Picture.objects.for_body(notice.record.body).get()
    assert f'alt="Ein dunkelblaues Feld" data-image="{picture.pk}"><figcaption>Der Plan</figcaption>' in html
    assert desk.complaints == []
    assert page.locator(".ProseMirror figure img").evaluate("image => image.naturalWidth") == 60
    to_the_end(page)  # opened again and written on, nothing moves
    page.keyboard.type("Ende.")
    saved(page)
    assert stored(notice) == html.rstrip() + "\n<p>Ende.</p>"


def test_escape_and_tab_lead_out_of_a_table(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    page.locator("[data-key=table]").click()
    page.locator("#dialog-tabelle [data-ok]").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.id") == "id_office"


def test_somebody_else_was_faster_and_no_word_is_lost(desk: Desk, notice: Notice, approver: Person, town: Body) -> None:
    page = desk.write("edit", notice.pk)
    values = Draft(title="Von Anna", content=wording("Annas Satz."))
    services.edit(notice.pk, body=town, version=1, values=values, by=approver, at=NOW)
    to_the_end(page)
    page.keyboard.type(" Erikas Satz.")
    page.get_by_role("button", name="Beide Fassungen vergleichen").click()

    page.get_by_role("heading", name=re.compile("Gespeichert ist jetzt: Fassung von Anna")).wait_for()
    assert "Erikas Satz." in page.locator(".ProseMirror").inner_text()
    assert "Annas Satz." in page.get_by_role("group", name="Amtlicher Text").inner_text()
    assert "Annas Satz." in stored(notice)


def test_a_new_notice_is_saved_before_anybody_presses_a_button(desk: Desk, town: Body) -> None:
    page = desk.write("new", query="?kind=general")
    page.locator("#id_title").fill("Neue Bekanntmachung über Laub")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Laub wird abgeholt.")
    saved(page)

    notice = Notice.objects.for_body(town).select_related("record").get()
    assert page.url.endswith(reverse("notices_staff:edit", args=[notice.pk]))
    page.keyboard.type(" Jeden Freitag.")
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("heading", name="Noch nicht zur Freigabe gegeben").wait_for()
    assert "Laub wird abgeholt. Jeden Freitag." in stored(notice)
    page.locator("a[href$='#id_office']").click()
    page.locator(".ProseMirror").wait_for()
    assert page.evaluate("location.hash") == "#id_office"
    assert desk.complaints == []


def test_without_the_network_the_text_stays_and_the_page_says_so(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    desk.context.set_offline(True)
    to_the_end(page)
    page.keyboard.type(" Weiter.")

    page.get_by_text(re.compile("Nicht gespeichert: Der Server antwortet nicht")).wait_for(timeout=10_000)
    assert "Weiter." in page.locator(".ProseMirror").inner_text()
    banner = page.locator("#gespeichert")
    expect(banner).to_be_in_viewport(ratio=1)
    page.locator("#id_title_en").scroll_into_view_if_needed()
    expect(banner).to_be_in_viewport(ratio=1)


def test_what_the_page_says_of_itself_goes_along_with_each_save(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    page.get_by_label("Titel", exact=True).fill("Sperrung der Brücke")
    saved(page)

    assert page.get_by_role("heading", level=1).inner_text() == "Sperrung der Brücke"
    assert page.title().startswith("Entwurf: Sperrung der Brücke")
    assert page.get_by_role("main").inner_text().lower().count("gespeichert") == 1, "when it was saved is said once"


def test_what_has_changed_since_the_return_is_said_as_soon_as_it_is_saved(
    desk: Desk, notice: Notice, town: Body, editor: Person, approver: Person
) -> None:
    services.submit(notice.pk, body=town, version=1, by=editor, at=NOW)
    services.send_back(notice.pk, body=town, version=1, reason="Bitte ergänzen.", by=approver, at=NOW)
    page = desk.write("edit", notice.pk)
    assert "Seit der Rückgabe ist noch nichts geändert." in page.get_by_role("main").inner_text()
    to_the_end(page)
    page.keyboard.type(" Zweiter Satz.")
    saved(page)

    way = page.get_by_role("link", name="Was sich seit der Rückgabe geändert hat")
    assert way.get_attribute("href") == reverse("notices_staff:compare", args=[notice.pk, 1])
    assert "noch nichts geändert" not in page.get_by_role("main").inner_text()


def test_a_tab_that_was_forgotten_says_what_has_happened_and_sends_nothing(desk: Desk, notice: Notice, town: Body, editor: Person) -> None:
    page = desk.write("edit", notice.pk)
    services.submit(notice.pk, body=town, version=1, by=editor, at=NOW)
    to_the_end(page)
    page.keyboard.type(" Zu spät.")

    banner = page.locator("#gespeichert")
    expect(banner).to_contain_text("Diese Bekanntmachung liegt zur Freigabe.", timeout=10_000)
    assert banner.get_by_role("link", name="Zum Vorgang").get_attribute("href") == reverse("notices_staff:show", args=[notice.pk])
    assert page.get_by_role("button", name="Speichern", exact=True).is_disabled()
    assert page.locator(".ProseMirror").get_attribute("contenteditable") == "false"
    assert "Zu spät." in page.locator(".ProseMirror").inner_text()
    assert "Zu spät." not in stored(notice)


def test_on_a_telephone_tools_stay_in_view_and_tables_are_pushed_sideways(desk: Desk, notice: Notice) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    page = desk.write("edit", notice.pk)
    heads = "".join(f"<th>{word}</th>" for word in ("Straßenabschnitt", "Sperrungsbeginn", "Umleitungsstrecke", "Bauabschnitt"))
    paste(page, f"<p>{'Langer Text. ' * 120}</p><table><tr>{heads}</tr><tr>{'<td>Wert</td>' * 4}</tr></table><p>{'Danach. ' * 150}</p>")
    page.locator(".ProseMirror td").first.click()

    expect(page.locator("[data-key=paragraph]")).to_be_hidden()  # in a cell there are no headings
    expect(page.locator("[data-key=bold]")).to_be_in_viewport()
    expect(page.locator("[data-key=row]")).to_be_in_viewport()
    assert page.locator(".n-tablescroll").evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.locator(".ProseMirror th").first.evaluate("cell => cell.clientHeight < 60"), "no word is broken"
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_pages_of_the_office_are_accessible_on_the_phone_and_on_the_desk(
    desk: Desk, notice: Notice, town: Body, editor: Person, approver: Person, log_in: LogIn, client: Client
) -> None:
    found: list[str] = []

    def look(name: str, *args: Any, ready: str = "h1", query: str = "") -> None:
        for width in (390, 1280):
            desk.page.set_viewport_size({"width": width, "height": 844})
            page = desk.open(name, *args, query=query)
            page.locator(ready).first.wait_for()
            for violation in Axe().run(page, options=AXE).response["violations"]:
                found.append(f"{name}{query} {width}: {violation['id']} {[node['html'][:120] for node in violation['nodes']]}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{name}{query} {width}: scrolls sideways")

    look("list")
    look("new")
    look("patterns", query="?kind=bylaw")
    for kind in kinds.all_kinds():
        look("new", ready=".ProseMirror", query=f"?kind={kind.code}")
    look("kind", notice.pk)
    look("edit", notice.pk, ready=".ProseMirror")
    look("pictures", notice.pk)
    look("preview", notice.pk, 1)
    look("submit", notice.pk, 1)
    look("discard", notice.pk, 1)
    services.submit(notice.pk, body=town, version=1, by=editor, at=NOW)
    look("show", notice.pk)
    cookie = log_in(approver).cookies["sitzung"].value
    desk.context.add_cookies([{"name": "sitzung", "value": cookie, "url": desk.address}])
    look("decide", notice.pk, 1)
    services.send_back(notice.pk, body=town, version=1, reason="Bitte ergänzen.", by=approver, at=NOW)
    look("show", notice.pk)
    look("compare", notice.pk, 1)

    assert found == []


def in_a_thread(act: Callable[[], object]) -> None:
    """Sealing has an event loop of its own, and the browser's runs in this thread."""

    def do() -> None:
        act()
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(copy_context().run, do).result()


def test_public_pages_are_accessible_and_work_without_scripts(
    server: LiveServer, browser: Browser, town: Body, editor: Person, approver: Person, office: Office
) -> None:
    set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    set_up_demo_seal(town, at=NOW, by=None)
    plain = "## Zeiten\n\nTabelle: Abfuhr\n| Tag | Straße |\n|---|---|\n| Montag | Markt |\n\n- eins\n- zwei"
    values = Draft(
        title="Abfuhr von Laub", title_en="Leaf collection", office=office.pk, content=wording(plain), summary="Laub wird geholt."
    )
    notice = services.draft(body=town, values=values, by=editor, at=NOW)
    services.submit(notice.pk, body=town, version=1, by=editor, at=NOW)
    services.approve(notice.pk, body=town, version=1, by=approver, at=NOW)
    in_a_thread(lambda: outbox.work(NOW))
    found: list[str] = []
    for width, scheme in ((320, "light"), (390, "light"), (1280, "light"), (1280, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, locale="de-DE")  # type: ignore[arg-type]
        page = context.new_page()
        for path in ("/bekanntmachungen/", "/bekanntmachungen/?year=2026", "/bekanntmachungen/2026/1/", "/en/bekanntmachungen/2026/1/"):
            page.goto(server.url + path)
            for violation in Axe().run(page, options=AXE).response["violations"]:
                found.append(f"{path} {width} {scheme}: {violation['id']} {[node['html'][:120] for node in violation['nodes']]}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path} {width}: scrolls sideways")
        context.close()
    assert found == []

    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url + "/bekanntmachungen/")
    page.get_by_label("Suchworte oder Nummer").fill("laub")
    page.get_by_role("button", name="Anzeigen").click()
    page.get_by_role("link", name="Abfuhr von Laub").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Abfuhr von Laub"
    assert "Montag, 2.\xa0März\xa02026" in page.get_by_role("main").inner_text()
    context.close()


def test_the_plain_form_works_without_scripts(desk: Desk, browser: Browser, town: Body, tmp_path: Path) -> None:
    file = tmp_path / "plan.png"
    Image.new("RGB", (60, 40), "navy").save(file)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(desk.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(desk.address + reverse("notices_staff:new"))
    page.get_by_role("link", name="Allgemeine Bekanntmachung").click()
    page.get_by_label("Titel", exact=True).fill("Ohne Skript")
    page.get_by_label("Amtlicher Text").fill("## Kopf\n\nEin Absatz.")
    page.get_by_role("button", name="Speichern und Bilder verwalten").click()
    page.get_by_label("Bild hochladen").set_input_files(file)
    page.get_by_role("button", name="Hochladen", exact=True).click()
    line = page.locator(".n-pictures code").inner_text()
    page.get_by_role("link", name="Zurück zum Entwurf").click()
    text_field = page.get_by_label("Amtlicher Text")
    text_field.fill(text_field.input_value() + "\n\n" + line)
    page.get_by_label("Zuständiges Amt").select_option(label="Ordnungsamt")
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Zur Freigabe gegeben.").wait_for()
    context.close()

    notice = Notice.objects.for_body(town).select_related("record__body").get()
    assert notice.state == "submitted"
    assert 'alt="Was das Bild zeigt"' in stored(notice)
