"""Residents who want to know what is new and what held: local law with its versions, mail about notices, without an account."""

import re
import time
from pathlib import Path

import pytest

from tests.browser.conftest import Site, Visit

pytestmark = pytest.mark.browser


def mail_to(site: Site, address: str) -> str:
    """The newest mail to an address, as the worker has put it down; it is waited for."""
    folder = Path(site.env["ALLMENDE_DATA"]) / "mail"
    for _second in range(60):
        found = [path.read_text("utf-8", "replace") for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)]
        mine = [text for text in found if f"To: {address}" in text]
        if mine:
            return mine[-1].replace("=\n", "").replace("=3D", "=")
        time.sleep(1)
    raise AssertionError(f"no mail to {address}")


@pytest.mark.parametrize("language", ["", "/en"])
def test_from_the_start_page_to_an_old_by_law_in_two_clicks(visit: Visit, language: str) -> None:
    resident = visit()
    page = resident.go(f"{language}/")
    page.locator("main").get_by_role("link", name="Zum Ortsrecht" if not language else "To local law").click()
    found = resident.defects()
    page.locator("main .a-rows a").first.click()
    page.get_by_role("table").wait_for()
    found += resident.defects()
    page.get_by_role("link", name=re.compile("Bekanntmachung Nr|Notice no")).first.click()
    page.locator("#wortlaut").wait_for()

    assert "/bekanntmachungen/" in page.url
    assert found == []


def test_mail_is_ordered_confirmed_changed_and_left(visit: Visit, site: Site) -> None:
    resident = visit()
    page = resident.go("/bekanntmachungen/")
    page.get_by_role("link", name="Neue per E-Mail oder Feed").click()
    page.get_by_role("button", name="Bestellen").click()  # without an address
    page.locator(".a-errors").wait_for()
    found = resident.defects()
    page.get_by_label("E-Mail", exact=True).fill("kim@example.org")
    page.get_by_role("button", name="Bestellen").click()
    page.get_by_role("heading", name="Sehen Sie in Ihre E-Mail").wait_for()
    found += resident.defects()
    link = re.search(r"/bekanntmachungen/abo/\d+/\w+/", mail_to(site, "kim@example.org"))
    assert link
    resident.go(link[0])
    found += resident.defects()
    page.get_by_label("Ausschreibung", exact=True).uncheck()
    page.get_by_role("button", name="Ja, bestellen").click()
    page.get_by_role("heading", name="Die Bekanntmachungen sind bestellt").wait_for()
    found += resident.defects()
    resident.go(f"/en{link[0]}")
    found += resident.defects()
    assert not page.get_by_label("Invitation to tender", exact=True).is_checked()
    page.get_by_role("link", name="Unsubscribe from notices").click()
    page.get_by_role("button", name="Yes, unsubscribe").wait_for()
    found += resident.defects()
    page.get_by_role("button", name="Yes, unsubscribe").click()
    page.get_by_role("heading", name="You have unsubscribed from notices").wait_for()
    found += resident.defects()
    resident.go(link[0], status=404)

    assert found == []
