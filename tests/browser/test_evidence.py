"""Evidence in the browser: the certificate of publication from the desk to the check page, and every answer accessible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from tests.browser.conftest import Site, Visit
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

CERTIFIED, ADDRESS = "Haushaltssatzung der Stadt Quellstedt für das Haushaltsjahr 2026", "/bekanntmachungen/2025/17"


@pytest.fixture(autouse=True)
def _nobody_was_here_before(site: Site) -> Iterator[None]:
    """One address may have 15 files a minute examined; other tests send some too."""
    empty = "from django.core.cache import cache\ncache.clear()"
    site.python(empty)
    yield
    site.python(empty)


def fetched(visitor: Visitor, address: str) -> bytes:
    answer = visitor.context.request.get(visitor.root + address)
    assert answer.ok, address
    return answer.body()


def heading(visitor: Visitor, language: str, **files: bytes) -> str:
    """Of the answer of the check page to these files."""
    page = visitor.go(f"{language}/pruefung/")
    for field, data in files.items():
        payload: FilePayload = {"name": f"{field}.bin", "mimeType": "application/octet-stream", "buffer": data}
        page.locator(f"#id_{field}").set_input_files(payload)
    page.locator("main button[type=submit]").click()
    page.locator(".a-kicker, .a-errors").first.wait_for()
    return page.locator("h1").inner_text()


def test_a_certificate_from_the_desk_to_the_check_page(visit: Visit) -> None:
    office = visit("petra.lindner")
    page = office.go("/schreibtisch/bekanntmachungen/")
    page.get_by_role("link", name=CERTIFIED).first.click()
    link = page.get_by_role("link", name="Nachweis 1 (PDF)")
    link.wait_for()
    found = office.defects()
    certificate = fetched(office, link.get_attribute("href") or "")
    bundle, other = fetched(office, f"{ADDRESS}.zip"), fetched(office, "/bekanntmachungen/2026/1.zip")
    changed = bytearray(certificate)
    changed[1000] ^= 1

    reader = visit()
    told = []
    for language, files in (
        ("", {"bundle": certificate}),
        ("", {"bundle": bundle, "certificate": certificate}),
        ("/en", {"bundle": other, "certificate": certificate}),
        ("", {"bundle": bundle, "certificate": bytes(changed)}),
        ("/en", {"bundle": certificate, "certificate": certificate}),
    ):
        told.append(heading(reader, language, **files))
        found += reader.defects()

    assert found == []
    assert told == [
        "Dieser Bekanntmachungsnachweis ist hier ausgestellt",
        "Dieses Dokument ist unverändert",
        "The certificate of publication does not belong to it",
        "Der Bekanntmachungsnachweis gehört nicht dazu",
        "Is my document unchanged?",
    ]


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_is_too_large_is_told_another_way(visit: Visit, tmp_path: Path, language: str) -> None:
    with (tmp_path / "plan.pdf").open("wb") as file:
        file.truncate(66 * 1024 * 1024)
    visitor = visit()
    page = visitor.go(f"{language}/pruefung/")
    page.locator("#id_bundle").set_input_files(tmp_path / "plan.pdf")
    page.locator("main button[type=submit]").click()
    page.get_by_text("--attachment").wait_for()

    assert visitor.defects() == []
