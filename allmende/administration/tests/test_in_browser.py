"""Every page of accounts and administration in a real browser: accessible, without complaint of the policy, with passkeys."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from allmende.accounts import demo, invitations
from allmende.administration.services import people as people_service
from allmende.core import audit
from allmende.core.models import Body, District, Host, Office, OutboxRow, Person
from allmende.lib.legalcalendar.profiles import Profile
from allmende.lib.seal import make_demo_authority, make_demo_seal
from allmende.publication import encoded
from conftest import NOW, Role, person

pytestmark = pytest.mark.browser

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).exists()), "")
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}
PASSWORD = "ein langes Kennwort 7"
VIEWS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "light"), (390, "dark"), (1280, "light"))


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


@pytest.fixture
def server(committed: None) -> Iterator[LiveServer]:
    cache.clear()
    running = LiveServer("127.0.0.1")
    yield running
    running.stop()


class Visitor:
    """A browser that notes every complaint of its console."""

    def __init__(self, context: BrowserContext, root: str) -> None:
        self.context, self.root, self.page = context, root, context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") and not _meant(m.text) else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, address: str) -> Page:
        self.page.goto(self.root + address)
        return self.page

    def log_in(self, who: Person) -> None:
        page = self.go("/anmelden/")
        page.get_by_label("E-Mail-Adresse").fill(who.email)
        page.get_by_label("Kennwort", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Anmelden", exact=True).click()

    def check(self) -> None:
        """No finding of axe and no sideways scrolling: narrow and wide, light and dark."""
        for width, scheme in VIEWS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            found = [(v["id"], [node["html"] for node in v["nodes"]]) for v in Axe().run(self.page, options=AXE).response["violations"]]
            too_wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (self.page.url, width, found, too_wide) == (self.page.url, width, [], 0)
        assert self.complaints == []


def _meant(text: str) -> bool:
    """A page that refuses is reported by the console as a failed resource; the tests look at the page itself."""
    return "the server responded with a status of 4" in text


@pytest.fixture
def visitor(server: LiveServer, browser: Browser) -> Iterator[Visitor]:
    context = browser.new_context(locale="de-DE")
    yield Visitor(context, server.url.replace("127.0.0.1", "localhost"))
    context.close()


@pytest.fixture
def furnished(server: LiveServer, town: Body, association: Body, administrator: Person, editor: Person, approver: Person) -> dict[str, Any]:
    """A town with something in every list."""
    at = timezone.now()
    District.objects.create(body=town, name="Lindenbach")
    Host.objects.create(body=town, name="bekannt.musterstedt.example", is_primary=False)
    person("Vera", (association, Role.APPROVER))
    invitation = invitations.invite(body=town, name="Ida Neu", email="ida@example.org", roles=[Role.EDITOR], by=administrator, at=at)
    today = timezone.localdate(at)
    people_service.appoint_deputy(
        deputy=administrator,
        stands_for=editor,
        role=Role.EDITOR,
        first=today,
        last=today,
        reason="Urlaub",
        body=town,
        by=administrator,
        at=at,
    )
    return {"office": Office.objects.create(body=town, name="Bauamt", phone="0391 1").pk, "invitation": invitation}


def test_pages_of_the_administration(visitor: Visitor, furnished: dict[str, Any], administrator: Person, editor: Person) -> None:
    visitor.log_in(administrator)
    for address in (
        "/verwaltung/",
        "/verwaltung/angaben/",
        "/verwaltung/kontakt/",
        "/verwaltung/farbe/",
        "/verwaltung/wappen/",
        "/verwaltung/rechnernamen/",
        "/verwaltung/ortsteile/",
        "/verwaltung/protokoll/",
        "/verwaltung/aemter/",
        f"/verwaltung/aemter/{furnished['office']}/",
        "/verwaltung/seiten/",
        "/verwaltung/seiten/datenschutz/deutsch/",
        "/verwaltung/personen/",
        "/verwaltung/personen/einladen/",
        f"/verwaltung/personen/{editor.pk}/",
        "/konto/",
        "/konto/kennwort/",
        "/konto/sitzungen/",
        "/konto/zweiter-faktor/",
        "/konto/zweiter-faktor/app/",
        "/konto/zweiter-faktor/passkeys/",
        "/konto/zweiter-faktor/passkeys/neu/",
        "/en/verwaltung/",
        "/verbund/verwaltung/",
    ):
        visitor.go(address)
        visitor.check()


def test_pages_with_errors(visitor: Visitor, furnished: dict[str, Any], administrator: Person) -> None:
    visitor.log_in(administrator)
    for address, button in (("/verwaltung/personen/einladen/", "Einladung senden"), ("/verwaltung/kontakt/", "Speichern")):
        page = visitor.go(address)
        if "kontakt" in address:
            page.get_by_label("Postleitzahl").fill("12")
        page.get_by_role("button", name=button).click()
        expect(page).to_have_title(re.compile("^Fehler:"))
        visitor.check()
    page = visitor.go(f"/verwaltung/personen/{administrator.pk}/")
    page.get_by_role("button", name="Entziehen: Administration").click()
    assert "Das wäre die letzte Person mit der Rolle Administration." in page.locator("main").inner_text()
    visitor.check()


def test_pages_without_log_in(visitor: Visitor, furnished: dict[str, Any], editor: Person) -> None:
    secret = invitations.secret_of(furnished["invitation"])
    for address in (
        "/anmelden/",
        "/konto/kennwort/vergessen/",
        "/konto/kennwort/vergessen/gesendet/",
        "/konto/kennwort/neu/1-kaputt/",
        "/konto/kennwort/neu/fertig/",
        "/anmelden/gesperrt/",
        f"/konto/einladung/{secret}/",
        "/konto/einladung/0/",
        "/en/anmelden/",
    ):
        visitor.go(address)
        visitor.check()
    page = visitor.go("/anmelden/")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page).to_have_title(re.compile("^Fehler: Anmelden"))
    visitor.check()


def test_pages_of_auditor_and_operator(visitor: Visitor, furnished: dict[str, Any], town: Body, auditor: Person, operator: Person) -> None:
    audit.note(town, "body.changed", {"before": {"name": "Alt"}, "after": {"name": "Neu"}}, by=auditor, at=NOW)
    OutboxRow._unscoped.create(body=town, queue="q", topic="publish", key="k", due_at=NOW, state="parked", last_error="ConnectionError")
    visitor.log_in(auditor)
    visitor.go("/verwaltung/protokollierung/")
    visitor.check()
    visitor.go("/verwaltung/protokollierung/?since=31.2.2026")
    visitor.check()
    visitor.page.context.clear_cookies()
    visitor.log_in(operator)
    for address in ("/betrieb/", "/betrieb/kommunen/"):
        visitor.go(address)
        visitor.check()


def test_the_first_run(visitor: Visitor) -> None:
    page = visitor.go("/")
    assert page.url.endswith("/einrichten/")
    visitor.check()
    page.get_by_role("button", name="Einrichten").click()
    expect(page).to_have_title(re.compile("^Fehler:"))
    visitor.check()


def test_who_approves_sets_up_an_app_and_logs_in_with_it(visitor: Visitor, town: Body, approver: Person) -> None:
    visitor.log_in(approver)
    page = visitor.go("/konto/")
    assert page.url.endswith("/konto/zweiter-faktor/")
    visitor.check()
    page.get_by_role("link", name="App einrichten").click()
    secret = page.locator("dd code").inner_text().replace(" ", "")
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Einrichten").click()
    page.wait_for_url("**/notfallcodes/")
    visitor.check()
    emergency = page.locator("li code").first.inner_text()
    visitor.go("/konto/zweiter-faktor/")
    visitor.check()
    visitor.context.clear_cookies()
    visitor.log_in(approver)
    page.wait_for_url("**/anmelden/zweiter-faktor/")
    visitor.check()
    page.get_by_label("Code").fill(emergency)
    page.get_by_role("button", name="Weiter").click()
    visitor.go("/konto/")
    assert "Zweiter Faktor eingerichtet" in page.locator("main").inner_text()
    visitor.check()


def passkeys(visitor: Visitor) -> Callable[[], int]:
    """A device with passkeys in the browser; returns how many it holds."""
    cdp = visitor.context.new_cdp_session(visitor.page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})["authenticatorId"]
    return lambda: len(cdp.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"])


def test_a_passkey_is_set_up_and_opens_the_door_alone(visitor: Visitor, town: Body, approver: Person) -> None:
    visitor.log_in(approver)
    held = passkeys(visitor)
    page = visitor.go("/konto/zweiter-faktor/passkeys/neu/")
    page.get_by_label("Name").fill("Dienst-Laptop")
    page.get_by_label("Auch zum Anmelden ohne Kennwort benutzen").check()
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url("**/notfallcodes/")
    assert held() == 1
    visitor.go("/konto/zweiter-faktor/passkeys/")
    assert "Dienst-Laptop" in page.locator("main").inner_text()
    visitor.check()
    visitor.context.clear_cookies()

    visitor.go("/anmelden/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(lambda url: "/anmelden/" not in url)
    visitor.go("/konto/")

    assert page.locator("h1").inner_text() == "Mein Konto"
    assert visitor.complaints == []


def test_a_refused_passkey_is_said_in_words(visitor: Visitor, town: Body, editor: Person) -> None:
    page = visitor.go("/anmelden/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('cancelled')) }")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_text("Das hat nicht geklappt").wait_for()
    visitor.check()


def test_the_demo_code_opens_the_door(visitor: Visitor, town: Body, approver: Person) -> None:
    demo.create_person(name=approver.name, email=approver.email, password="", second_factor=True)
    visitor.log_in(approver)
    code = demo.current_code(approver, at=timezone.now())
    assert code
    visitor.page.get_by_label("Code").fill(code)
    visitor.page.get_by_role("button", name="Weiter").click()

    visitor.go("/konto/")
    assert visitor.page.locator("h1").inner_text() == "Mein Konto"


def with_second_factor(visitor: Visitor, who: Person) -> None:
    demo.create_person(name=who.name, email=who.email, password="", second_factor=True)
    visitor.log_in(who)
    visitor.page.get_by_label("Code").fill(demo.current_code(who, at=timezone.now()) or "")
    visitor.page.get_by_role("button", name="Weiter").click()
    visitor.page.wait_for_url("**/schreibtisch/")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_seal_from_file_to_stop(server: LiveServer, browser: Browser, town: Body, seal_holder: Person, scripts: bool) -> None:
    context = browser.new_context(locale="de-DE")
    visitor = Visitor(context, server.url.replace("127.0.0.1", "localhost"))
    with_second_factor(visitor, seal_holder)
    if not scripts:
        plain = browser.new_context(locale="de-DE", java_script_enabled=False)
        plain.add_cookies(context.cookies())  # type: ignore[arg-type]
        visitor = Visitor(plain, visitor.root)
    at = timezone.now() - timedelta(days=1)
    made = make_demo_seal(organisation="Stadt Musterstedt", organisation_identifier="GOVDE-15", password="geheim", at=at)
    page = visitor.page

    def look() -> None:
        if scripts:
            visitor.check()

    visitor.go("/verwaltung/siegel/")
    look()
    page.get_by_role("link", name="Siegel einrichten").click()
    look()
    page.get_by_role("button", name="Siegel einrichten").click()
    expect(page).to_have_title(re.compile("^Fehler:"))
    look()
    page.get_by_label("Siegeldatei", exact=True).set_input_files(
        {"name": "siegel.p12", "mimeType": "application/x-pkcs12", "buffer": made.pkcs12}
    )
    page.get_by_label("Passwort der Siegeldatei").fill("geheim")
    page.get_by_label("Adresse des Zeitstempeldienstes").fill("https://zeitstempel.example/")
    page.get_by_label("Zertifikate des Zeitstempeldienstes").fill(encoded.to_pem(make_demo_authority(password="x", at=at).certificates))
    page.get_by_role("button", name="Siegel einrichten").click()
    page.wait_for_url("**/entsperren/")
    look()
    page.get_by_label("Passwort der Siegeldatei").fill("geheim")
    page.get_by_role("button", name="Entsperren").click()
    page.wait_for_url("**/siegel/")
    assert "Siegel nur zur Vorführung" in page.locator("main").inner_text()
    for address in (
        "/verwaltung/siegel/",
        "/en/verwaltung/siegel/",
        "/verwaltung/siegel/erneuern/",
        "/verwaltung/siegel/zeitstempeldienst/",
        "/schreibtisch/",
    ):
        visitor.go(address)
        look()
    visitor.go("/verwaltung/siegel/")
    page.get_by_role("button", name="Jetzt sperren").click()
    look()
    page.get_by_role("link", name="Siegel außer Betrieb nehmen").click()
    look()
    page.get_by_role("button", name="Für immer außer Betrieb nehmen").click()
    page.wait_for_url("**/siegel/")
    assert "Kein Siegel" in page.locator("main").inner_text()
    visitor.context.close()
    context.close()


def test_a_rule_from_the_open_list_to_its_end(visitor: Visitor, town: Body, administrator: Person) -> None:
    visitor.log_in(administrator)
    page = visitor.go("/verwaltung/recht/")
    visitor.check()
    page.get_by_role("button", name="Regeln übernehmen").click()
    visitor.check()
    page.get_by_role("link", name="Eintragen: Frist für Rügen").click()
    page.get_by_role("button", name="Ansehen, was sich ändert").click()
    expect(page).to_have_title(re.compile("^Fehler:"))
    visitor.check()
    page.get_by_label("Frist für Rügen").fill("6")
    page.get_by_label("Gesetz oder Satzung").fill("Hauptsatzung")
    page.get_by_label("Paragraf").fill("§ 22")
    page.get_by_label("Grund").fill("Beschluss vom 1. November 2026")
    page.get_by_role("button", name="Ansehen, was sich ändert").click()
    assert "bisher nicht bestätigt, neu sechs Monate (§ 22 Hauptsatzung)" in page.locator("main").inner_text()
    visitor.check()
    page.get_by_role("button", name="So speichern").click()
    visitor.check()
    page.get_by_role("link", name="Beenden: sechs Monate").click()
    visitor.check()
    page.get_by_label("Grund").fill("Satzung geändert")
    page.get_by_role("button", name="Regel beenden").click()
    page.get_by_text("Beendet. Es gilt wieder").wait_for()
    visitor.go("/verwaltung/recht/verlauf/")
    visitor.check()


def test_a_proposal_is_read_and_adopted(visitor: Visitor, ruled: Body, administrator: Person, next_release: Profile) -> None:
    visitor.log_in(administrator)
    page = visitor.go("/verwaltung/recht/")
    page.get_by_role("link", name="Vorschlag ansehen und entscheiden").click()
    visitor.check()
    page.get_by_role("button", name="Bei der bisherigen bleiben").click()
    expect(page).to_have_title(re.compile("^Fehler:"))
    visitor.check()
    page.get_by_role("button", name="Neue Fassung übernehmen").click()
    page.get_by_text("Die neue Fassung gilt ab jetzt").wait_for()
    visitor.check()
