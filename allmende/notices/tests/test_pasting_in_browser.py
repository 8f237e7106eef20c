"""What a paste brings, what it leaves out, and that the page says so; nothing that is written gets lost."""

import base64
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from allmende.core.models import Body, Person
from allmende.notices import services
from allmende.notices.models import Notice, Picture
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import Desk, LogIn, saved, stored, to_the_end, wording
from conftest import NOW

pytestmark = pytest.mark.browser

PICTURE = "<p class=MsoNormal><img width=60 height=40 src='file:///C:/Temp/clip_image001.png' alt='Lageplan'></p>"
# Word: a footnote, a comment, a tracked deletion, a text box, a table whose last row has lost a cell.
WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml"><body><!--StartFragment-->
<p class=MsoNormal>Die <b style='mso-bidi-font-weight:normal'>Mühlgasse</b>, 120 m<sup>2</sup>, ist gesperrt<a href="#_ftn1"
name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.<del>Nicht für Anlieger.</del><ins> Auch für Anlieger.</ins><span
class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[PL1]</a></span> <s>Bis Freitag.</s>
<span style='display:none;mso-hide:all'>Aktenvermerk</span></p>
<table class=MsoTableGrid><tr><th>Abschnitt</th><th>bis</th></tr><tr><td><ul><li>Markt</li></ul></td><td>5. Dezember</td></tr>
<tr><td>Brücke</td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="Textfeld_x0020_2"><v:textbox><![if !mso]><table><tr><td><![endif]><div><p
class=MsoNormal>Rückfragen an das Bauamt.</p></div><![if !mso]></td></tr></table><![endif]></v:textbox></v:shape><![endif]-->
<![if !vml]><img width=270 height=60 src="file:///C:/Temp/clip_image003.png" v:shapes="Textfeld_x0020_2"><![endif]>Ende.</p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>[1] Gemessen am
2. November.</p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Stimmt das, Holger?</p></div></div>
<!--EndFragment--></body></html>"""


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


def rtf(*pictures: bytes) -> str:
    """As Word puts pictures beside the HTML: once as PNG, once for old programs."""
    groups = [f"{{\\*\\shppict{{\\pict{{\\*\\picprop{{\\sp}}}}\\pngblip\\bliptag7 {picture.hex()}}}}}" for picture in pictures]
    return "{\\rtf1 " + " ".join(f"{group}{{\\nonshppict{{\\pict\\wmetafile8 0102}}}}" for group in groups) + "}"


def paste_all(page: Page, kinds: dict[str, str]) -> None:
    page.locator(".ProseMirror").evaluate(
        """(element, kinds) => {
            const data = new DataTransfer()
            for (const [kind, value] of Object.entries(kinds)) data.setData(kind, value)
            element.focus()
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        kinds,
    )


def told(page: Page) -> str:
    page.locator("#eingefuegt strong").wait_for()
    return page.locator("#eingefuegt").inner_text()


def checked(page: Page) -> Any:
    return expect(page.locator("#pruefliste"))


def test_the_page_says_what_did_not_come_along(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    page.locator(".ProseMirror").press("Control+a")
    paste_all(page, {"text/html": WORD})
    words = told(page)
    checked(page).to_contain_text("Bitte ändern: Tabelle 1, Zeile 3, Spalte 2", timeout=10_000)

    for sentence in (
        "Ein Kommentar wurde weggelassen.",
        "Eine Streichung aus der Änderungsverfolgung wurde weggelassen.",
        "Eine durchgestrichene Stelle steht jetzt ohne Strich da.",
        "Ein verborgener Text wurde weggelassen.",
        "Eine Fußnote steht jetzt am Ende des Textes.",
        "Der Inhalt eines Textfelds steht jetzt als Absatz im Text.",
        "Tabelle 1, Zeile 3: Hier fehlt eine Zelle.",
    ):
        assert sentence in words
    html = stored(notice)
    assert "Die <strong>Mühlgasse</strong>, 120 m², ist gesperrt[1]. Auch für Anlieger." in html
    assert "<p>[1] Gemessen am 2. November.</p>" in html
    assert "<p>Rückfragen an das Bauamt.</p>" in html
    assert "<td>– Markt</td>" in html
    for secret in ("Stimmt das", "PL1", "Nicht für Anlieger", "Aktenvermerk"):
        assert secret not in html
    page.get_by_role("button", name="Hinweis schließen").click()
    assert page.locator("#eingefuegt").inner_text() == ""
    assert desk.complaints == []


def test_a_picture_that_did_not_come_along_leaves_a_note_that_cannot_be_submitted(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    paste_all(page, {"text/html": f"<p>Davor</p>{PICTURE}<p>Danach</p>"})

    assert "Ein Bild kam nicht mit. An seiner Stelle steht ein Vermerk" in told(page)
    checked(page).to_contain_text("Bitte ändern: „[Hier fehlt Bild 1: Lageplan]“", timeout=10_000)
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("heading", name="Noch nicht zur Freigabe gegeben").wait_for()
    assert page.get_by_role("main").get_by_role("button", name="Zur Freigabe geben").count() == 0


def test_a_row_that_lacked_a_cell_cannot_be_submitted_until_somebody_has_looked(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    rows = "<tr><th>Straße</th><th>von</th><th>bis</th></tr><tr><td>Markt</td><td>1. Mai</td><td>3. Mai</td></tr>"
    paste_all(page, {"text/html": f"<table>{rows}<tr><td>Brücke</td><td>9. Mai</td></tr></table>"})
    box = page.locator("#eingefuegt")
    expect(box).to_contain_text("Tabelle 1, Zeile 3")
    expect(box).to_be_in_viewport(ratio=0.9)
    saved(page)
    assert "<td>Brücke</td><td>9. Mai</td><td>[Hier fehlt eine Zelle]</td>" in stored(notice)

    page = desk.write("edit", notice.pk)  # closed and opened again
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("heading", name="Noch nicht zur Freigabe gegeben").wait_for()
    expect(page.get_by_role("main")).to_contain_text("1 ist zu ändern")
    assert page.get_by_role("main").get_by_role("button", name="Zur Freigabe geben").count() == 0
    page.get_by_role("link", name=re.compile("Prüfen Sie, ob jeder Wert")).click()
    page.locator(".ProseMirror td", has_text="9. Mai").click()
    page.get_by_role("button", name="Lücke hierher").click()
    for _sign in "[Hier fehlt eine Zelle]":
        page.keyboard.press("Delete")
    page.keyboard.type("–")
    checked(page).not_to_contain_text("Zeile 3", timeout=10_000)
    assert "<td>Brücke</td><td>–</td><td>9. Mai</td>" in stored(notice)
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("main").get_by_role("button", name="Zur Freigabe geben").wait_for()
    assert desk.complaints == []


def test_a_short_row_typed_without_the_editor_is_never_filled_in_silence(desk: Desk, notice: Notice, town: Body, editor: Person) -> None:
    typed = Draft(title="Sperrung", content=wording("Tabelle: T\n| a | b |\n| c |"))
    services.edit(notice.pk, body=town, version=1, values=typed, by=editor, at=NOW)
    page = desk.write("edit", notice.pk)
    expect(page.locator(".ProseMirror td").last).to_have_text("[Hier fehlt eine Zelle]")
    assert "Hier fehlt" not in stored(notice), "nothing is saved by opening"
    page.locator(".ProseMirror td").first.click()
    page.keyboard.type("x")
    saved(page)
    assert "<td>[Hier fehlt eine Zelle]</td>" in stored(notice)


def test_a_letter_never_replaces_a_picture_and_a_note_gives_way_to_one(desk: Desk, notice: Notice, tmp_path: Path) -> None:
    file = tmp_path / "plan.png"
    file.write_bytes(png("navy"))
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    paste_all(page, {"text/html": f"<p>Davor</p>{PICTURE}<p>Danach</p>"})
    page.locator(".ProseMirror p", has_text="Hier fehlt Bild 1").click()
    page.locator("[data-key=picture]").click()
    page.locator("#bild-datei").set_input_files(file)
    page.locator("#bild-alt").fill("Ein blaues Feld")
    page.locator("#dialog-bild [data-ok]").click()
    page.locator(".ProseMirror figure img").click()
    page.keyboard.type("Neu.")
    checked(page).not_to_contain_text("Hier fehlt", timeout=10_000)
    saved(page)
    html = stored(notice)
    assert re.search(r"Davor</p>\n<figure>.*</figure>\n<p>Neu.</p>\n<p>Danach", html)

    page.locator(".ProseMirror").press("Control+a")
    paste_all(page, {"text/html": PICTURE})
    page.locator(".ProseMirror p", has_text="[Hier fehlt Bild 1: Lageplan]").wait_for()


def test_pictures_of_the_clipboard_come_in_and_ask_for_their_description(desk: Desk, notice: Notice) -> None:
    page = desk.write("new", query="?kind=general")
    page.get_by_label("Titel", exact=True).fill("Mit Bildern")
    paste_all(page, {"text/html": f"<p>Davor</p>{PICTURE}<p>Danach</p>", "text/rtf": rtf(png("green"))})
    page.locator("#dialog-bild[open]").wait_for()
    assert page.locator("#bild-alt").input_value() == "Lageplan"
    page.locator("#dialog-bild [data-cancel]").click()
    checked(page).to_contain_text("Bitte ändern: Bild 1", timeout=10_000)

    # From the page of submitting, the link leads to the picture and opens its description.
    page.get_by_label("Zuständiges Amt").select_option(label="Ordnungsamt")
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_role("heading", name="Noch nicht zur Freigabe gegeben").wait_for()
    page.get_by_role("link", name=re.compile("Dem Bild fehlt die Beschreibung")).click()
    page.locator("#dialog-bild[open]").wait_for()
    page.locator("#bild-alt").fill("Ein grünes Feld")
    page.locator("#dialog-bild [data-ok]").click()
    page.get_by_role("button", name="Zur Freigabe geben").click()
    page.get_by_text("Die Angaben sind vollständig.").wait_for()

    new = Notice.objects.for_body(notice.record.body).exclude(pk=notice.pk).select_related("record__body").get()
    picture = Picture.objects.for_body(notice.record.body).get(notice=new)
    assert f'<p>Davor</p>\n<figure><img src="image:{picture.pk}" alt="Ein grünes Feld"' in stored(new)
    assert "Hier fehlt" not in stored(new)
    assert desk.complaints == []


def test_pictures_written_into_the_page_come_in_one_after_another(desk: Desk, notice: Notice) -> None:
    sources = [f"data:image/png;base64,{base64.b64encode(png(colour)).decode()}" for colour in ("red", "blue")]
    page = desk.write("edit", notice.pk)
    page.locator(".ProseMirror").press("Control+a")
    inside = (
        f"<p>Text</p><ul><li>Punkt<img src='{sources[0]}'></li></ul><p><img src='{sources[1]}'></p><img src='https://example.org/x.png'>"
    )
    paste_all(page, {"text/html": inside})
    page.locator("#dialog-bild[open]").wait_for()
    assert "2 Bilder wurden übernommen." in told(page)
    page.locator("#bild-schmuck").check()
    page.locator("#dialog-bild [data-ok]").click()
    page.locator("#dialog-bild[open] #bild-alt:not([disabled])").fill("Blau")
    page.locator("#dialog-bild [data-ok]").click()

    assert "Ein Bild kam nicht mit." in told(page)
    assert "2 Bilder wurden übernommen." not in told(page), "they are described by now"
    checked(page).to_contain_text("[Hier fehlt Bild 3]", timeout=10_000)
    html = stored(notice)
    assert "<ul><li>Punkt</li></ul>\n<figure>" in html
    assert html.count("<figure>") == 2
    assert 'role="presentation"' in html
    assert 'alt="Blau"' in html


def test_a_line_of_the_check_list_leads_to_the_cell(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    paste_all(page, {"text/html": "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr><tr><td>e</td><td></td></tr></table>"})
    checked(page).to_contain_text("Hinweis zu Tabelle 1, Zeile 3, Spalte 2", timeout=10_000)
    page.get_by_role("link", name=re.compile("Die Zelle ist leer")).click()
    page.keyboard.type("–")

    checked(page).not_to_contain_text("Zeile 3", timeout=10_000)
    assert "<td>e</td><td>–</td>" in stored(notice)


def test_a_log_in_that_ends_while_writing_costs_nothing(desk: Desk, notice: Notice, editor: Person, log_in: LogIn) -> None:
    page = desk.write("edit", notice.pk)
    desk.context.clear_cookies(name="sitzung")
    to_the_end(page)
    page.keyboard.type(" Zweiter Satz.")
    link = page.get_by_role("link", name="In einem neuen Fenster anmelden")
    link.wait_for(timeout=10_000)
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator("#gespeichert")).to_contain_text("Nicht gespeichert")
    assert "Zweiter Satz." in page.locator(".ProseMirror").inner_text()
    assert "Zweiter Satz." not in stored(notice)

    cookie = log_in(editor).cookies["sitzung"].value
    desk.context.add_cookies([{"name": "sitzung", "value": cookie, "url": desk.address}])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page)
    assert "Zweiter Satz." in stored(notice)


def test_a_second_click_does_nothing_and_the_way_back_goes_on_where_it_was(desk: Desk, town: Body) -> None:
    page = desk.write("new", query="?kind=general")
    page.get_by_label("Titel", exact=True).fill("Einmal")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Erster Satz.")
    page.get_by_role("button", name="Speichern", exact=True).dblclick()
    page.get_by_text("Der Entwurf ist gespeichert.").wait_for()
    notice = Notice.objects.for_body(town).select_related("record__body").get()
    to_the_end(page)
    page.keyboard.type(" Zweiter Satz.")
    saved(page)
    page.goto(desk.address + reverse("notices_staff:list"))
    page.go_back()
    page.locator(".ProseMirror > p", has_text="Zweiter Satz.").click()
    to_the_end(page)
    page.keyboard.type(" Dritter Satz.")
    saved(page)

    assert "Erster Satz. Zweiter Satz. Dritter Satz." in stored(notice)


def test_a_heading_that_says_what_the_title_says_goes_in_one_step(desk: Desk, notice: Notice) -> None:
    html = "<div><h1>Sperrung</h1><p>Ab Montag.</p><h2>Umleitung</h2><p>Über den Markt.</p></div>"
    page = desk.write("edit", notice.pk)
    page.locator(".ProseMirror").press("Control+a")
    paste_all(page, {"text/html": html})
    assert "Die erste Überschrift wurde weggelassen" in told(page)
    saved(page)
    left = "<p>Ab Montag.</p>\n<h2>Umleitung</h2>\n<p>Über den Markt.</p>"
    assert stored(notice) == left

    # It came with a title that was not there yet: a button does the same, and one step back brings it again.
    page.get_by_label("Titel", exact=True).fill("Baustelle")
    page.locator(".ProseMirror").press("Control+a")
    paste_all(page, {"text/html": html.replace("Sperrung", "Große Baustelle")})
    page.get_by_label("Titel", exact=True).fill("Große Baustelle 2026")
    button = page.get_by_role("button", name="Überschrift weglassen")
    button.click(timeout=10_000)
    expect(page.locator(".ProseMirror h2")).to_have_text("Umleitung")
    button.wait_for(state="detached", timeout=10_000)
    assert stored(notice) == left
    checked(page).to_contain_text("Nichts fehlt")
    page.keyboard.press("Control+z")
    expect(page.locator(".ProseMirror h2")).to_have_text("Große Baustelle")
    assert desk.complaints == []


def test_a_heading_in_which_nothing_stands_is_no_fault(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    page.keyboard.type(" Noch einer.")
    page.keyboard.press("Enter")
    page.locator("[data-key=h2]").click()
    expect(page.locator(".ProseMirror h2")).to_have_text("")
    saved(page)

    checked(page).to_contain_text("Nichts fehlt")
    assert stored(notice) == "<p>Erster Absatz. Noch einer.</p>"
