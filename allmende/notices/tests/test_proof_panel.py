"""The panel beside a notice: what proves it, in words that hold, and the ways to the proof."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from allmende.lib.seal import SealLevel
from allmende.notices.tests.conftest import Publish
from allmende.publication import selectors
from allmende.publication.selectors import Proof


@pytest.fixture
def page(publish: Publish, client: Client) -> str:
    """As a visitor sees it."""
    publish()
    return unescape(" ".join(client.get("/bekanntmachungen/2026/1/").content.decode().split()))


@pytest.fixture
def panel(page: str) -> str:
    return page[page.index('id="nachweis"') : page.index("</section>", page.index('id="nachweis"'))]


def test_proof_and_document_are_offered_once_and_the_panel_leads_to_the_check(page: str, panel: str) -> None:
    assert re.search(r'href="/bekanntmachungen/2026/1\.zip">Nachweis herunterladen \(ZIP, \d+\skB\)', page)
    assert re.search(r'href="/bekanntmachungen/2026/1\.pdf">Versiegeltes PDF \(\d+\skB\)', page)
    assert (page.count("2026/1.zip"), page.count("2026/1.pdf")) == (1, 1)
    assert '<a href="/pruefung/">Dokument prüfen</a>' in panel


def test_lines_are_counted_from_one(panel: str) -> None:
    assert "Zeile 1 von 1 im Protokoll" in panel


def test_a_demo_seal_and_a_demo_time_stamp_get_no_tick(panel: str) -> None:
    assert panel.count('class="is-off"') == 2
    assert panel.count('class="is-ok"') == 1  # entered in the log
    assert panel.count("Demo, nicht vertrauenswürdig") == 2
    assert not re.search(r"\b[Ee]cht", panel)


def shown(proof: Proof) -> str:
    return render_to_string("notices/proof.html", {"proof": proof, "files": []})


def test_a_real_seal_gets_its_tick_and_english_readers_hear_german_names_as_german(publish: Publish) -> None:
    demo = selectors.proof_of(publish().record)
    assert demo is not None
    real = replace(demo, seal_level=SealLevel.QUALIFIED, stamp_authority="Zeitstempeldienst", void=(0,))

    assert shown(real).count('class="is-ok"') == 3
    assert "a-proof--open" not in shown(real)
    assert "Zeile 1)" in shown(real)
    with translation.override("en"):
        english = re.sub(r'<(\w+)[^>]*lang="de"[^>]*>.*?</\1>', "", shown(demo))
    assert "Demo, not trustworthy" in english
    assert not re.search(r"\b(nicht|Siegel|Zeile|Nachweis|Stadt)\b", english)
