"""Tools and notes of the editor leave room for the text, and say only what is so now."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from allmende.notices.models import Notice
from allmende.notices.tests.conftest import Desk, paste, saved, stored, to_the_end

pytestmark = pytest.mark.browser

TABLE = "<table><tr><td>Abschnitt</td><td>Ende</td></tr><tr><td>Nr. 2</td><td>11. Dezember</td></tr><tr><td>Nr. 4</td></tr></table>"
PICTURE = "<p><img width=60 height=40 src='file:///C:/Temp/clip_image001.png'></p>"


def lines_of_tools(page: Page) -> int:
    tops = page.locator(".a-toolbar button:visible").evaluate_all("buttons => buttons.map(b => b.getBoundingClientRect().top)")
    return len(set(tops))


def test_tools_take_two_lines_at_most_also_inside_a_table(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    paste(page, TABLE)
    for width in (1280, 1100, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for place, tools in ((".ProseMirror > p", ("h2", "table", "undo")), (".ProseMirror td", ("row", "headrow", "leave", "undo"))):
            page.locator(place).first.click()
            expect(page.locator("[data-key=row]")).to_be_visible(visible="row" in tools)
            assert lines_of_tools(page) <= 2
            for key in tools:
                expect(page.locator(f"[data-key={key}]")).to_be_visible()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert page.locator(".a-toolbar button:visible[tabindex='0']").count() == 1


def test_whether_a_table_has_a_head_is_seen_at_its_tools(desk: Desk, notice: Notice) -> None:
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    paste(page, TABLE)
    row, column = (page.get_by_role("button", name=name, exact=True) for name in ("Kopfzeile", "Kopfspalte"))
    page.locator(".ProseMirror td").last.click()
    expect(row).to_have_attribute("aria-pressed", "false")
    row.click()
    expect(row).to_have_attribute("aria-pressed", "true")
    expect(column).to_have_attribute("aria-pressed", "false")
    row.click()
    column.click()

    expect(row).to_have_attribute("aria-pressed", "false")
    expect(column).to_have_attribute("aria-pressed", "true")


def test_the_note_of_a_paste_folds_and_says_only_what_is_still_so(desk: Desk, notice: Notice, tmp_path: Path) -> None:
    file = tmp_path / "plan.png"
    Image.new("RGB", (60, 40), "navy").save(file)
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    paste(page, f"<p>Vorher <s>nie</s></p>{TABLE}{PICTURE}")
    box = page.locator("#eingefuegt")
    expect(box.locator("li")).to_have_count(3)
    expect(box.locator("details")).to_have_attribute("open", "")
    page.locator(".ProseMirror td", has_text="Nr. 4").click()
    expect(box.locator("details")).not_to_have_attribute("open", "")
    assert box.evaluate("box => box.offsetHeight") < 60, "it covers one line"

    box.locator("summary").click()
    page.locator(".ProseMirror > p").first.click()
    expect(box.locator("li")).to_have_count(3)
    page.locator(".ProseMirror td", has_text="Hier fehlt").click()
    expect(page.locator("[data-key=row]")).to_be_visible()  # the cursor has arrived in the table
    page.keyboard.press("Home")
    for _sign in "[Hier fehlt eine Zelle]":
        page.keyboard.press("Delete")
    page.keyboard.type("18. Dezember")
    expect(box).not_to_contain_text("Tabelle 1, Zeile 3")
    saved(page)
    page.locator("#pruefliste").get_by_role("link", name="Hier kam ein Bild nicht mit").click()
    page.locator("#bild-datei").set_input_files(file)
    page.locator("#bild-alt").fill("Ein dunkelblaues Feld")
    page.locator("#dialog-bild [data-ok]").click()
    expect(box.locator("li")).to_have_count(1)
    expect(box).to_contain_text("Eine durchgestrichene Stelle")
    expect(page.locator("#pruefliste")).not_to_contain_text("Hier kam ein Bild nicht mit", timeout=10_000)
    assert "Hier fehlt" not in stored(notice)
    page.locator(".ProseMirror").press("Control+a")
    page.keyboard.press("Delete")
    expect(box).to_be_empty()
    assert desk.complaints == []


def test_what_is_wrong_in_a_dialog_is_said_at_its_field(desk: Desk, notice: Notice, tmp_path: Path) -> None:
    file = tmp_path / "plan.png"
    Image.new("RGB", (60, 40), "navy").save(file)
    page = desk.write("edit", notice.pk)
    page.locator("[data-key=picture]").click()
    done, source, words = page.locator("#dialog-bild [data-ok]"), page.locator("#bild-datei"), page.locator("#bild-alt")
    done.click()
    expect(source).to_be_focused()
    expect(source).to_have_attribute("aria-invalid", "true")
    source.set_input_files(file)
    for wrong, told in (
        ("", "Beschreiben Sie, was das Bild zeigt"),
        ("lageplan.png", "Das ist der Name einer Datei."),
        ("Bild 3", "Das ist der Name"),
    ):
        words.fill(wrong)
        done.click()
        expect(words).to_be_focused()
        expect(words).to_have_attribute("aria-invalid", "true")
        expect(words).to_have_attribute("aria-describedby", "bild-alt-hinweis bild-fehler")
        expect(page.locator("#bild-alt").locator("xpath=preceding-sibling::*[1]")).to_contain_text(told)
        expect(source).not_to_have_attribute("aria-invalid", "true")
    words.fill("Ein dunkelblaues Feld")
    done.click()

    page.locator(".ProseMirror figure img").wait_for()
    page.locator("[data-key=link]").click()
    page.locator("#verweis-adresse").fill("javascript:alert(1)")
    page.locator("#dialog-verweis [data-ok]").click()
    expect(page.locator("#verweis-adresse")).to_have_attribute("aria-describedby", "verweis-fehler")
    assert desk.complaints == []


def test_no_address_keeps_the_browser_busy(desk: Desk, notice: Notice) -> None:
    """What looks like an address for long and is none in the end is looked at once, not once from every dot in it."""
    page = desk.write("edit", notice.pk)
    to_the_end(page)
    page.locator("[data-key=link]").click()
    address = page.locator("#verweis-adresse")

    for wrong in ("https://" + "." * 400_000 + " x", "a@" + "." * 400_000 + "@"):
        address.fill(wrong)
        page.locator("#dialog-verweis [data-ok]").click()
        expect(address).to_have_attribute("aria-invalid", "true")
    for right, written in (
        ("www.stadt.example/plan?a=1", "https://www.stadt.example/plan?a=1"),
        ("amt@stadt.example", "mailto:amt@stadt.example"),
        ("erika.muster@post.stadt.example", "mailto:erika.muster@post.stadt.example"),
    ):
        address.fill(right)
        page.locator("#dialog-verweis [data-ok]").click()
        expect(page.locator(f'.ProseMirror a[href="{written}"]').first).to_be_visible()
        page.locator("[data-key=link]").click()
    assert desk.complaints == []
