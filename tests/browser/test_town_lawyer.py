"""The town lawyer reads what the rules rest on, changes the period for complaints of one kind, and sees what that reaches."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Site, Visit

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent

DRAFTS = """
from django.utils import timezone
from allmende.core.models import Body, Person
from allmende.notices import services, text
from allmende.notices.services import Draft
body, by = Body.objects.get(slug="quellstedt"), Person.objects.get(email="petra.lindner@quellstedt.example")
details = {"adopted_on": "2026-09-29", "signed_on": "2026-10-01", "signed_by": "Marianne Hollweg, Bürgermeisterin", "entry": "next_day"}
for title, kind in (("Marktsatzung", "bylaw"), ("Satzung über den Wasserschutz", "replacement")):
    more = {} if kind == "bylaw" else {"part": "Karte", "description": "Grenzen", "begins_on": "2027-03-01", "last_on": "2027-03-31"}
    services.draft(body=body, values=Draft(title=title, kind=kind, content=text.empty(), details=details | more), by=by, at=timezone.now())
"""


def test_the_period_of_one_kind_is_changed_after_a_look_at_what_it_reaches(visit: Visit, site: Site) -> None:
    site.python(DRAFTS)
    read = (ROOT / "docs" / "law.md").read_text("utf-8")
    assert re.search(r"^\| ST Sachsen-Anhalt \| usable .* \| not confirmed \|$", read, re.MULTILINE), "what the lawyer has read before"
    lawyer = visit("adam.krueger")

    # The profile: what holds, what is open, and on what it rests.
    page = lawyer.go("/verwaltung/recht/")
    main = page.get_by_role("main")
    assert "So rechnet die Plattform für Ihre Kommune" in main.inner_text()
    assert "§ 9 Abs. 2 S. 2 KVG LSA" in main.inner_text()
    page.get_by_role("link", name="Frist für Rügen").first.click()
    assert "nicht bestätigt" in page.get_by_role("main").inner_text()

    # The change, for by-laws alone; before it is stored it says what it does, and to which drafts.
    page.get_by_role("link", name="Eigene Regel eintragen").click()
    page.get_by_label("Frist für Rügen").fill("6")
    page.get_by_label("Satzung", exact=True).check()
    page.get_by_label("Gesetz oder Satzung").fill("KVG LSA")
    page.get_by_label("Paragraf").fill("§ 8 Abs. 3")
    page.get_by_label("Grund").fill("Wortlaut eingesehen am 30. November 2026")
    page.get_by_role("button", name="Ansehen, was sich ändert").click()
    effect = page.get_by_role("region", name="Was sich ändert")
    effect.wait_for()
    assert "Frist für Rügen: bisher nicht bestätigt, neu sechs Monate (§ 8 Abs. 3 KVG LSA)" in effect.inner_text()
    assert "Ende der Rügefrist: bisher nicht ausgerechnet" in effect.inner_text()
    assert "Marktsatzung" in effect.inner_text()
    assert "Wasserschutz" not in effect.inner_text(), "the rule is for by-laws alone"
    assert lawyer.defects() == []

    # Stored with source, person and time; the draft says it too.
    effect.get_by_role("button", name="So speichern").click()
    page.get_by_text("Die Regel gilt ab jetzt für neue Berechnungen").wait_for()
    told = page.get_by_role("main").inner_text()
    for words in ("sechs Monate", "nur für: Satzung", "§ 8 Abs. 3 KVG LSA", "eigene Regel, von der Kommune eingetragen", "Adam Krüger"):
        assert words in told
    clerk = visit("petra.lindner")
    page = clerk.go("/schreibtisch/bekanntmachungen/")
    page.get_by_role("link", name="Marktsatzung").first.click()
    page.get_by_text("Frist für Rügen").or_(page.get_by_text("Rügen bis")).first.wait_for()
