"""Retakes the pictures of the READMEs: `python -m tools.pictures [NAME …]` writes docs/pictures/NAME.png.

It starts an installation of its own with the demo, in a temporary folder, and looks at real pages with the system's Chromium.
Run it when a page that is shown has changed, and look at what it has made.
"""

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PIL import Image
from playwright.sync_api import Browser, FilePayload, FloatRect, Locator, Page, sync_playwright

from tools.suite import CHROMIUM

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
CLERK, APPROVER = "petra.lindner@quellstedt.example", "anna.vogt@quellstedt.example"
WIDE, PHONE = 1100, 390
SHARP = 1.25  # pixels of the picture for one of the page
COLOURS = 48  # text, its smoothed edges and a few areas need no more
MARGIN = 32
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Site:
    """The running installation: its address and the environment of its commands."""

    url: str
    env: dict[str, str]

    def demo(self, what: str) -> list[list[str]]:
        """The lines that `allmende demo …` prints, in words."""
        words = [sys.executable, "-m", "allmende.config.command", "demo", what]
        told = subprocess.run(words, cwd=ROOT, env=self.env, capture_output=True, text=True, check=True).stdout
        return [line.split() for line in told.splitlines() if line]

    def password(self) -> str:
        return self.demo("logins")[0][-1]

    def code(self, email: str) -> str:
        """What the second factor of this person shows now."""
        return next(line[1] for line in self.demo("codes") if line[0] == email)


@contextmanager
def site() -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as data:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("ALLMENDE_")}
        env |= {"DJANGO_SETTINGS_MODULE": "allmende.config.settings", "ALLMENDE_DATA": data, "PORT": port}
        words = [sys.executable, "-m", "allmende.config.command", "serve", "--workers", "1"]
        with subprocess.Popen(words, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                _wait_until_it_answers(int(port), process)
                yield Site(f"http://localhost:{port}", env)
            finally:
                process.terminate()


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
        else:
            return
    raise SystemExit(f"`allmende serve` ended with status {process.returncode}.")


@dataclass(frozen=True)
class View:
    """An open page, and which part of it is shown: from its beginning or `since`, down to the lower edge of `until`."""

    page: Page
    until: Locator
    since: Locator | None = None
    below: float = MARGIN

    def taken(self) -> bytes:
        """A PNG with few colours."""
        begin = 0.0 if self.since is None else self._edges(self.since)[0] - MARGIN
        end = self._edges(self.until)[1] + self.below
        clip = FloatRect(x=0, y=begin, width=self.page.evaluate("innerWidth"), height=end - begin)
        image = Image.open(io.BytesIO(self.page.screenshot(full_page=True, clip=clip))).convert("RGB")
        out = io.BytesIO()
        with_few_colours(image).save(out, "PNG", optimize=True)
        return out.getvalue()

    def _edges(self, element: Locator) -> tuple[float, float]:
        """Upper and lower edge on the page."""
        box = element.bounding_box()
        assert box is not None
        above = self.page.evaluate("scrollY") + box["y"]
        return above, above + box["height"]


def with_few_colours(image: Image.Image) -> Image.Image:
    """Each point in the nearest of the most frequent colours, so that areas and lines keep exactly theirs."""
    counted = cast("list[tuple[int, Colour]]", image.getcolors(image.width * image.height))
    chosen = [colour for _, colour in sorted(counted, reverse=True)[:COLOURS]]

    def nearest(colour: Colour) -> int:
        return min(range(len(chosen)), key=lambda at: sum((one - other) ** 2 for one, other in zip(colour, chosen[at], strict=True)))

    places = {colour: nearest(colour) for _, colour in counted}
    points = bytes(places[colour] for colour in cast("tuple[Colour, ...]", image.get_flattened_data()))
    few = Image.frombytes("P", image.size, points)
    few.putpalette([part for colour in chosen for part in colour])
    return few


@dataclass
class Photographer:
    """Goes through the installation in one browser."""

    site: Site
    browser: Browser

    def page(self, address: str, *, width: int = WIDE, email: str = "") -> Page:
        """The page at `address`, for `email` if given, else for a visitor."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 844}, device_scale_factor=SHARP, locale="de-DE", timezone_id="Europe/Berlin"
        )
        page = context.new_page()
        if email:
            page.goto(f"{self.site.url}/anmelden/")
            page.get_by_label("E-Mail-Adresse").fill(email)
            page.get_by_label("Kennwort", exact=True).fill(self.site.password())
            page.get_by_role("button", name="Anmelden", exact=True).click()
            if "zweiter-faktor" in page.url:
                page.get_by_label("Code").fill(self.site.code(email))
                page.get_by_role("button", name="Weiter").click()
            page.wait_for_url(lambda url: "/anmelden/" not in url)
        page.goto(self.site.url + address)
        return page

    def start(self) -> View:
        page = self.page("/")
        return View(page, page.get_by_role("heading", name="Ist mein Dokument echt?").locator(".."), below=4)

    def editor(self) -> View:
        page = self.page("/schreibtisch/bekanntmachungen/neu/", email=CLERK)
        page.get_by_role("link", name="Allgemeine Bekanntmachung", exact=True).click()
        page.get_by_label("Titel", exact=True).fill("Sperrung der Brücke am Mühlgraben")
        page.get_by_label("Kurz gesagt").fill("Die Brücke ist vom 7. bis 11. Dezember 2026 gesperrt.")
        page.locator("[contenteditable=true]").click()
        page.keyboard.type("Die Brücke am Mühlgraben wird vom 7. bis 11. Dezember 2026 für Fahrzeuge gesperrt.")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Überschrift", exact=True).click()
        page.keyboard.type("Umleitung")
        page.keyboard.press("Enter")
        page.keyboard.type("Über die Lindenstraße und den Marktplatz. Zu Fuß bleibt der Weg frei.")
        page.get_by_label("Zuständiges Amt").select_option(label="Bauamt")
        page.get_by_role("button", name="Speichern", exact=True).click()
        page.wait_for_url(lambda url: "/neu/" not in url)
        return View(page, page.locator("[contenteditable=true]"), below=MARGIN / 2)

    def approve(self) -> View:
        page = self.page("/schreibtisch/", width=PHONE, email=APPROVER)
        page.get_by_role("region", name="Wartet auf mich").get_by_role("link").first.click()
        return View(page, page.get_by_role("button", name="Zurückgeben"), page.get_by_role("heading", name="Ihre Entscheidung"))

    def notice(self) -> View:
        page = self.page("/bekanntmachungen/2026/3/")
        return View(page, page.get_by_role("listitem").filter(has_text="Nachweis herunterladen"))

    def check(self) -> View:
        page = self.page("/bekanntmachungen/2026/3/")
        with page.expect_download() as download:
            page.get_by_role("link", name="Nachweis herunterladen").click()
        page.goto(f"{self.site.url}/pruefung/")
        name, data = download.value.suggested_filename, download.value.path().read_bytes()
        page.set_input_files("input[type=file]", FilePayload(name=name, mimeType="application/zip", buffer=data))
        page.get_by_role("button", name="Prüfen").click()
        return View(page, page.get_by_role("listitem").filter(has_text="Es ist das Protokoll, das hier geführt wird"))

    def log(self) -> View:
        page = self.page("/protokoll/")
        return View(page, page.get_by_text("Das Protokoll enthält keine Namen"))


PICTURES: dict[str, Callable[[Photographer], View]] = {
    "start": Photographer.start,
    "editor": Photographer.editor,
    "approve": Photographer.approve,
    "notice": Photographer.notice,
    "check": Photographer.check,
    "log": Photographer.log,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description="Retake the pictures of the READMEs.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PICTURES)}; without any: all")
    names = parser.parse_args().names or list(PICTURES)
    if unknown := [name for name in names if name not in PICTURES]:
        parser.error(f"there is no picture {', '.join(unknown)}")
    program = next((place for place in CHROMIUM.places if Path(place).exists()), None)
    with site() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name in names:
            data = PICTURES[name](Photographer(running, browser)).taken()
            (FOLDER / f"{name}.png").write_bytes(data)
            sys.stdout.write(f"{name}.png: {len(data) // 1000} kB\n")
        browser.close()


if __name__ == "__main__":
    main()
