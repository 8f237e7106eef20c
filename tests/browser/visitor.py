"""Somebody at a browser, and what every page owes them."""

import json
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

# `preload` is off: axe would ask for the imported style sheet beside the page instead of beside its importer.
ALL = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}
TARGETS = {"runOnly": {"type": "rule", "values": ["target-size"]}, "preload": False}  # links wrap under each other there
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "preload": False}
# Dark mode changes colours and nothing else, so there only the rules about colours are asked again.
LOOKS: tuple[tuple[int, Literal["light", "dark"], dict[str, object]], ...] = (
    (390, "light", ALL),
    (390, "dark", COLOURS),
    (1280, "dark", COLOURS),
    (1280, "light", ALL),
    (320, "light", TARGETS),
)
# 320 px is also what is left of 1280 px at 400 % (WCAG 1.4.10); 200 % is the size of text alone (WCAG 1.4.4).
SIZES = ((320, "100%"), (390, "200%"), (1280, "200%"))
SIDEWAYS = """size => {
    const root = document.documentElement
    root.style.fontSize = size
    if (root.scrollWidth <= root.clientWidth) return ""
    const beyond = e => !e.closest(".a-scroll") && e.getBoundingClientRect().right > root.clientWidth + 1
    const wide = [...document.body.querySelectorAll("*")].filter(beyond)
    return wide.slice(-2).map(e => e.outerHTML.slice(0, 100)).join(" | ") || "something"
}"""
RUN = """options => axe.run(document, options).then(({ violations }) =>
    violations.map(found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 150)).join(" | ")}`))"""


class Visitor:
    """A browser that notes every complaint of its console."""

    def __init__(self, context: BrowserContext, root: str) -> None:
        self.context, self.root, self.page = context, root, context.new_page()
        self.complaints: list[str] = []
        self.page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") and not _refusal(m.text) else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, address: str, *, status: int = 200) -> Page:
        answer = self.page.goto(self.root + address)
        assert answer is not None
        assert answer.status == status, f"{address} answers {answer.status}"
        return self.page

    def defects(self) -> list[str]:
        """What is wrong with the open page, one line each; with its address in front."""
        page, found = self.page, []
        wanted = "en" if page.url.removeprefix(self.root).startswith("/en/") else "de"
        for what, is_so in (
            (f"lang is not {wanted}", page.locator("html").get_attribute("lang") == wanted),
            ("not exactly one h1", page.locator("h1").count() == 1),
            ("no title", len(page.title()) > 5),
        ):
            found += [] if is_so else [what]
        page.evaluate(Axe().axe_script)
        for width, scheme, options in LOOKS:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {finding}" for finding in page.evaluate(RUN, json.loads(json.dumps(options)))]
        for width, text in SIZES:
            page.set_viewport_size({"width": width, "height": 700})
            if wide := page.evaluate(SIDEWAYS, text):
                found.append(f"scrolls sideways at {width} px with text at {text}: {wide}")
        page.evaluate("document.documentElement.style.fontSize = ''")
        found += self.complaints
        self.complaints.clear()
        return [f"{page.url.removeprefix(self.root)}: {finding}" for finding in found]


def _refusal(text: str) -> bool:
    """A page that refuses is reported by the console as a failed resource; the tests look at the page itself."""
    return "the server responded with a status of 4" in text
