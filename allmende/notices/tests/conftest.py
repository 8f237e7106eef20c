"""Drafts by the services, and people who have logged in with everything their role asks for."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from allmende.core import outbox
from allmende.core.models import Body, District, Office, Person, Record, Visibility
from allmende.lib import richtext
from allmende.notices import services, text
from allmende.notices.calendar.statement import NOTHING_STATED, Statement
from allmende.notices.models import Notice, NumberSeries
from allmende.notices.services import Draft
from allmende.publication.seals import set_up_demo_seal
from allmende.publication.setup import set_up_log
from conftest import NOW

WORDING = "Die Gehwege sind werktags von 7 bis 20 Uhr zu räumen.\n\n## Rechtsgrundlage\n\nGrundlage ist die Straßenreinigungssatzung."
MakeDraft = Callable[..., Notice]
LogIn = Callable[[Person], Client]
LATER = NOW + timedelta(minutes=5)
Publish = Callable[..., Notice]


def wording(plain: str = WORDING) -> dict[str, Any]:
    return text.write(richtext.from_plain(plain))


@pytest.fixture
def office(town: Body) -> Office:
    return Office.objects.create(body=town, name="Ordnungsamt", room="12", phone="03999 000-12", email="ordnung@example.org")


@pytest.fixture
def district(town: Body) -> District:
    return District.objects.create(body=town, name="Lindenbach")


@pytest.fixture
def make_draft(town: Body, editor: Person, office: Office) -> MakeDraft:
    """A complete draft by Erika; `plain` is its text, everything else goes into the Draft."""

    def make(*, by: Person | None = None, plain: str = WORDING, **values: Any) -> Notice:
        complete: dict[str, Any] = {"title": "Winterdienst auf Gehwegen", "office": office.pk, "content": wording(plain)} | values
        return services.draft(body=town, values=Draft(**complete), by=by or editor, at=NOW)

    return make


@pytest.fixture
def log_in(client: Client) -> LogIn:
    """Log in with password and second factor, as the log-in would leave the session."""

    def enter(person: Person) -> Client:
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client

    return enter


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The pages are asked for some minutes after NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return LATER


@pytest.fixture
def publish(make_draft: MakeDraft, town: Body, editor: Person, approver: Person, at: datetime) -> Publish:
    """Through the whole house: written, approved, sealed, logged, provided. `said`: what both state, see lawful.py."""

    def run(*, said: Statement = NOTHING_STATED, **values: Any) -> Notice:
        notice = make_draft(**values)
        services.submit(notice.pk, body=town, version=notice.version, by=editor, at=NOW, statement=said)
        services.approve(notice.pk, body=town, version=notice.version, by=approver, at=NOW, statement=said)
        outbox.work(NOW)
        return Notice.objects.for_body(town).select_related("record__body").get(pk=notice.pk)

    set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    set_up_demo_seal(town, at=NOW, by=None)
    return run


@pytest.fixture
def make_public(make_draft: MakeDraft, town: Body, approver: Person) -> Publish:
    """Many notices at once, as the engine would leave the rows of this module: for lists, where no seal is shown."""

    def make(number: int = 1, *, year: int = 2026, minutes: int = 0, **values: Any) -> Notice:
        notice = make_draft(**values)
        moment = NOW + timedelta(minutes=minutes)
        columns = {"submitted_at": NOW, "submitted_by": notice.created_by, "approved_at": NOW, "approved_by": approver}
        Notice.objects.for_body(town).filter(pk=notice.pk).update(state="approved", year=year, number=number, **columns)
        NumberSeries.objects.for_body(town).filter(year=year).exists() or NumberSeries.objects.create(body=town, year=year, last=number)
        records = Record.objects.for_body(town).filter(pk=notice.pk)
        records.update(path=f"bekanntmachungen/{year}/{number}/", visibility=Visibility.PUBLIC)
        services.provided(records.get(), moment)
        return Notice.objects.for_body(town).select_related("record__body").get(pk=notice.pk)

    return make


# In a browser

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).exists()), "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system. Its event loop runs in this thread, so Django must be told that its queries are meant."""
    if not CHROMIUM:
        pytest.skip("Chromium is missing")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Desk:
    """Erika's browser: logged in, every message of the console kept."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, name: str, *args: Any, query: str = "") -> Page:
        self.page.goto(self.address + reverse(f"notices_staff:{name}", args=args) + query)
        return self.page

    def write(self, name: str, *args: Any, query: str = "") -> Page:
        page = self.open(name, *args, query=query)
        page.locator(".ProseMirror").wait_for()
        return page


@pytest.fixture
def server(committed: None) -> Iterator[LiveServer]:
    """Not pytest-django's own fixture: that one would empty the tables before `committed` has taken the triggers off."""
    running = LiveServer("127.0.0.1")
    yield running
    running.stop()


@pytest.fixture
def desk(server: LiveServer, browser: Browser, log_in: LogIn, editor: Person, office: Office) -> Iterator[Desk]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    cookie = log_in(editor).cookies["sitzung"].value
    context.add_cookies([{"name": "sitzung", "value": cookie, "url": server.url}])
    yield Desk(context, server.url)
    context.close()


@pytest.fixture
def notice(committed: None, town: Body, editor: Person, office: Office) -> Notice:
    values = Draft(title="Sperrung", office=office.pk, content=wording("Erster Absatz."))
    return services.draft(body=town, values=values, by=editor, at=NOW)


def stored(notice: Notice) -> str:
    content = Notice.objects.for_body(notice.record.body).get(pk=notice.pk).content
    return richtext.to_html(text.read(content))


def paste(page: Page, html: str) -> None:
    page.locator(".ProseMirror").evaluate(
        """(element, html) => {
            const data = new DataTransfer()
            data.setData("text/html", html)
            element.focus()
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        html,
    )


def saved(page: Page) -> None:
    page.get_by_text(re.compile("Gespeichert um")).wait_for(timeout=10_000)


def to_the_end(page: Page) -> None:
    """As people do it: a click into the text, then the key. The editor that gets the focus by the key alone sets its own cursor first."""
    page.locator(".ProseMirror > *").first.click()
    page.keyboard.press("Control+End")
