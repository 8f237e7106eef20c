"""One real installation for all tests of this folder: `allmende serve` with the demo, visited by browsers."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from allmende.config.demo import PASSWORD, PEOPLE
from tests.browser.visitor import Visitor

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).exists()), "")
EMAILS = {somebody.login: somebody.email for somebody in PEOPLE}
Visit = Callable[..., Visitor]


@dataclass
class Site:
    """The running installation: its address, its commands, and who has logged in already."""

    url: str
    env: dict[str, str]
    sessions: dict[str, StorageState] = field(default_factory=dict)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`allmende …` on this installation."""
        words = [sys.executable, "-m", "allmende.config.command", *arguments]
        return subprocess.run(words, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)

    def python(self, program: str) -> None:
        """A few lines inside this installation, for what no page does."""
        subprocess.run([sys.executable, "-c", f"import django\ndjango.setup()\n{program}"], cwd=ROOT, env=self.env, check=True)

    def code(self, login: str) -> str:
        """What the second factor of this person shows now."""
        lines = [line.split() for line in self.command("demo", "codes").stdout.splitlines() if "@" in line]
        return str(dict(lines)[EMAILS[login]])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Started as an operator starts it, with an empty data folder; stopped by SIGTERM, which must end it cleanly."""
    if not CHROMIUM:
        pytest.skip("Chromium is missing")
    data, port = tmp_path_factory.mktemp("data"), free_port()
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("ALLMENDE_")}
    settings = {"DJANGO_SETTINGS_MODULE": "allmende.config.settings", "ALLMENDE_DATA": str(data), "PORT": str(port)}
    env = inherited | settings | {"PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "allmende.config.command", "serve", "--workers", "2"]
    with (data / "serve.log").open("w+") as log, subprocess.Popen(words, cwd=ROOT, env=env, stdout=log, stderr=log) as process:
        try:
            _wait_until_it_answers(f"http://localhost:{port}/", process)
            yield Site(f"http://localhost:{port}", env)
        finally:
            process.send_signal(signal.SIGTERM)
            status = process.wait(timeout=30)
    assert status == 0, (data / "serve.log").read_text()


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    """Ask until somebody answers: nothing on the outside tells when a port is open but asking."""
    while process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except OSError:
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    raise AssertionError(f"`allmende serve` ended with status {process.returncode}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """visit(login, width=…, scripts=…): somebody at a browser of their own; without a login a visitor of the public pages."""
    opened: list[Visitor] = []

    def start(login: str = "", *, width: int = 1280, scripts: bool = True) -> Visitor:
        if login and login not in site.sessions:
            site.sessions[login] = _log_in(site, browser, login)
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            java_script_enabled=scripts,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            storage_state=site.sessions.get(login),
        )
        opened.append(Visitor(context, site.url))
        return opened[-1]

    yield start
    for visitor in opened:
        visitor.context.close()


def _log_in(site: Site, browser: Browser, login: str) -> StorageState:
    """Through the page, once a session: a code of the second factor is good for one log-in only."""
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"{site.url}/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill(EMAILS[login])
    page.get_by_label("Kennwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    if "zweiter-faktor" in page.url:
        page.get_by_label("Code").fill(site.code(login))
        page.get_by_role("button", name="Weiter").click()
    page.wait_for_url(lambda url: "/anmelden/" not in url)
    state = context.storage_state()
    context.close()
    return state
