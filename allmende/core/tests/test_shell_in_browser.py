"""The shells and forms in a real browser: accessible in every width and mode, usable by keyboard and without scripts."""

import mimetypes
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import set_urlconf
from playwright.sync_api import Browser, Page, sync_playwright

from allmende.core.errors import ChangedMeanwhile
from allmende.core.templatetags.allmende import Row, Step
from allmende.core.tests.test_forms import NoticeForm
from allmende.core.tests.test_templates import MORNING, SHELL, TOWN

pytestmark = pytest.mark.browser

STATIC = [Path(settings.BASE_DIR, "allmende", "core", "static"), Path(settings.BASE_DIR, "build", "static")]
# `preload` is off: axe would ask for the imported style sheet beside the page instead of beside its importer.
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}
FORM = """{% extends frame %}{% load allmende %}
{% block title %}Entwurf{% endblock %}
{% block crumbs %}{% crumbs "Bekanntmachungen" "/liste/" %}{% endblock %}
{% block content %}{% include "core/error_summary.html" %}<h1>Winterdienst</h1>
<p>{% state "warn" "2 Angaben fehlen noch" %}</p>
<form method="post" novalidate>{{ form }}<div class="a-actions">
<button class="kern-btn kern-btn--primary"><span class="kern-label">Speichern</span></button></div></form>{% endblock %}
{% block aside %}<section class="a-panel" aria-labelledby="vier"><h2 id="vier">Vier Augen</h2>
{% include "core/thread.html" %}</section>{% endblock %}"""
LIST = """{% extends "core/base.html" %}{% load allmende %}
{% block title %}Bekanntmachungen{% endblock %}
{% block content %}<h1>Bekanntmachungen</h1><section class="a-section" aria-labelledby="treffer">
<div class="a-head"><h2 id="treffer">121 Bekanntmachungen</h2></div>{% rows items %}{% pager page %}</section>{% endblock %}"""
EDITOR = """{% extends "core/desk.html" %}{% load allmende static %}
{% block head %}<link rel="stylesheet" href="{% static "allmende/editor.css" %}">{% endblock %}
{% block content %}<h1>Text</h1><div class="a-editor"><div class="a-toolbar" role="toolbar" aria-label="Text gestalten">
<div role="group" aria-label="Zeichen"><button type="button" aria-pressed="true">Fett</button><button type="button">Kursiv</button></div>
<div role="group" aria-label="Einfügen"><button type="button">{% icon "table" %}Tabelle</button></div></div>
<div class="ProseMirror" contenteditable="true" role="textbox" aria-multiline="true" aria-label="Amtlicher Text"><h2>Artikel 1</h2>
<p>Wort</p><table><tbody><tr><th><p>Tag</p></th><td class="selectedCell"><p>Montag</p></td></tr></tbody></table></div></div>
{% endblock %}"""


def documents() -> dict[str, str]:
    set_urlconf("allmende.core.tests.urls")
    request = RequestFactory().get("/liste/?page=2")
    request.user = SimpleNamespace(name="Jana Brandt", is_authenticated=True)  # type: ignore[assignment]
    common = {
        "request": request,
        "town": TOWN,
        "shell": SHELL,
        "messages": [SimpleNamespace(level_tag="success"), SimpleNamespace(level_tag="warning")],
        "steps": [
            Step("Erstellt", MORNING),
            Step("Zur Prüfung", MORNING.date(), state="now", word="Heute"),
            Step("Freigeben", state="next"),
        ],
        "items": [Row("Einladung zur Sitzung", f"/{n}/", MORNING.date(), f"Nr. {n}", "Rathaus", ("run", "hängt aus")) for n in range(3)],
        "page": Paginator(range(200), 10).page(2),
    }

    def draw(source: str, **more: object) -> str:
        return str(Template(source).render(Context(common | more)))

    try:
        return {
            "entwurf": draw(FORM, frame="core/desk.html", form=NoticeForm()),
            "fehler": draw(FORM, frame="core/desk.html", form=NoticeForm({"until": "31.2.26"})),
            "oeffentlich": draw(FORM, frame="core/base.html", form=NoticeForm({"version": "2"})),
            "anmelden": draw(FORM, frame="core/plain.html", form=NoticeForm()),
            "liste": draw(LIST),
            "editor": draw(EDITOR),
            "leer": draw(FORM, frame="core/base.html", form=NoticeForm(), town=None, shell={}),
            "404": render_to_string("404.html", {"town": TOWN, "shell": SHELL}),
            "500": render_to_string("500.html"),
            "nein": render_to_string("core/error.html", {"error": ChangedMeanwhile(), "town": TOWN, "shell": SHELL}),
        }
    finally:
        set_urlconf(None)


class Handler(BaseHTTPRequestHandler):
    pages: dict[str, str]

    def log_message(self, format: str, *args: object) -> None:
        pass

    def answer(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data:")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].strip("/")
        files = [path for folder in STATIC if name.startswith("static/") and (path := folder / name.removeprefix("static/")).is_file()]
        if name in self.pages:
            self.answer(self.pages[name].encode(), "text/html; charset=utf-8")
        elif name == "stadt.css":
            self.answer(b":root{--town:#7a1f5c}", "text/css")
        elif name in ("wappen", "favicon.ico"):
            self.answer((STATIC[0] / "allmende/icons/wappen.svg").read_bytes(), "image/svg+xml")
        elif files:
            self.answer(files[0].read_bytes(), mimetypes.guess_type(files[0].name)[0] or "font/woff2")
        else:
            self.answer(b"", "text/plain", 404)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    storages = settings.STORAGES
    settings.STORAGES = storages | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    try:
        Handler.pages = documents()
    finally:
        settings.STORAGES = storages
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


def findings(page: Page) -> list[str]:
    violations = Axe().run(page, options=AXE).response["violations"]
    return [f"{violation['id']}: {node['html'][:120]}" for violation in violations for node in violation["nodes"]]


PAGES = ["entwurf", "fehler", "oeffentlich", "anmelden", "liste", "editor", "leer", "404", "500", "nein"]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "light"), (1280, "dark")])
def test_every_shell_is_accessible_and_never_wider_than_the_screen(browser: Browser, address: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light")
    failed: list[str] = []
    page.on("response", lambda response: failed.append(f"{response.status} {response.url}") if response.status >= 400 else None)
    for name in PAGES:
        page.goto(f"{address}/{name}")
        failed += [f"{name}: {finding}" for finding in findings(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            failed.append(f"{name}: scrolls sideways")
    page.close()

    assert not failed


def test_the_keyboard_starts_at_the_summary_and_reaches_the_field(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=True)
    page.goto(f"{address}/fehler")

    assert page.title() == "Fehler: Entwurf – Stadt Quellstedt am Erlenbach"
    assert page.evaluate("document.activeElement.className") == "a-errors"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_title"
    page.close()


def test_a_group_is_reached_from_the_summary_too(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/fehler")
    page.get_by_role("link", name="Wo: Wählen Sie mindestens eine Möglichkeit aus.").click()

    assert page.evaluate("document.activeElement.id") == "id_places_0"
    page.close()


def test_a_screen_reader_hears_name_hint_and_error(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/fehler")
    field = page.get_by_role("textbox", name="Aushang bis")

    heard = page.evaluate(
        "n => n.getAttribute('aria-describedby').split(' ').map(i => document.getElementById(i).innerText).join(' ')",
        field.element_handle(),
    )
    assert "Tag, Monat, Jahr" in heard
    assert "gibt es nicht im Kalender" in heard
    assert page.get_by_role("group", name="Wo").get_by_role("checkbox").count() == 2
    page.close()


def test_the_menu_opens_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/liste")
    link = page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Ortsrecht")

    assert not link.is_visible()
    page.get_by_text("Menü").click()
    assert link.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.reload()
    assert link.is_visible()
    context.close()


@pytest.mark.parametrize("name", ["liste", "fehler"])
def test_what_is_printed_has_no_navigation_but_the_log_line(browser: Browser, address: str, name: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/{name}")
    page.emulate_media(media="print")

    assert not page.locator(".a-nav").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator(".a-sealline").is_visible()
    page.close()
