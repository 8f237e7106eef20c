"""Legal pages: made from facts, missing facts left out, own words instead."""

import re
from datetime import date

import pytest
from django.test import Client

from allmende.administration import legal, selectors
from allmende.administration.legal.laender import ENFORCEMENT, enforcement_of, unconfirmed_of
from allmende.administration.models import LegalFacts, PageText
from allmende.administration.services import pages
from allmende.core.errors import NotAllowed
from allmende.core.models import Body, Person
from allmende.lib.regional_key import LAENDER
from allmende.lib.richtext import from_plain, to_html
from conftest import NOW

KINDS = list(PageText.Kind)
FULL = {
    "editor_name": "Maria Beispiel, Markt 1, 39999 Musterstedt",
    "supervisor": "Landkreis Muster, Kommunalaufsicht",
    "officer_name": "Paul Schutz",
    "officer_email": "datenschutz@example.org",
    "privacy_authority": "Landesbeauftragte für den Datenschutz",
    "log_days": 7,
    "conformity": "partial",
    "barriers": "Alte Pläne sind Bilder ohne Text; auf Nachfrage als Text.",
    "method": "self",
    "statement_day": date(2026, 3, 1),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_without_any_fact_a_page_is_still_a_page_and_asks_nobody_to_complete_it(town: Body, kind: str, language: str) -> None:
    page = selectors.page_text(town, kind, language)

    assert page.startswith(("<h2>", "<p>"))
    assert "ergänzen" not in page
    assert "None" not in page
    assert legal.missing(kind, town, LegalFacts(body=town))


@pytest.mark.parametrize("kind", KINDS)
def test_with_all_facts_nothing_is_missing_and_all_are_said(town: Body, administrator: Person, kind: str) -> None:
    town.street, town.postal_code, town.city, town.phone = "Markt 1", "39999", "Musterstedt", "0391 1"
    town.email, town.represented_by = "post@example.org", "Bürgermeisterin Maria Beispiel"
    town.save()
    facts = pages.change_facts(town, FULL, by=administrator, at=NOW)
    facts.refresh_from_db()

    assert legal.missing(kind, town, facts) == []
    text = " ".join(selectors.page_text(town, k, "de") for k in KINDS)
    for said in (
        "Maria Beispiel, Markt 1",
        "Kommunalaufsicht",
        "Paul Schutz",
        "nach 7 Tagen",
        "Alte Pläne",
        "1.\xa0März\xa02026",
        "§ 16d BGG LSA",
    ):
        assert said in text


def test_facts_are_text_and_never_markup(town: Body, administrator: Person) -> None:
    pages.change_facts(town, {"supervisor": "<script>alert(1)</script> **Amt**"}, by=administrator, at=NOW)
    page = selectors.page_text(town, "imprint", "de")

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **Amt**" in page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_text_to_edit_says_the_same_as_the_page(town: Body, administrator: Person, kind: str, language: str) -> None:
    pages.change_facts(town, FULL, by=administrator, at=NOW)
    typed, own = selectors.typed_page(town, kind, language)

    assert not own
    assert to_html(from_plain(typed)) == selectors.page_text(town, kind, language)


def test_own_words_stand_instead_until_they_are_dropped(town: Body, administrator: Person) -> None:
    kind, german = PageText.Kind.IMPRINT, PageText.Language.GERMAN
    made = selectors.page_text(town, kind, "de")
    pages.write_page(town, kind, german, "## Unser Impressum\n\n<b>Stadt</b> <i onclick=x>", by=administrator, at=NOW)
    pages.write_page(town, kind, german, "## Unser Impressum", by=administrator, at=NOW)

    assert selectors.page_text(town, kind, "de") == "<h2>Unser Impressum</h2>"
    assert "Provider of this site" in selectors.page_text(town, kind, "en")
    pages.drop_page(town, kind, german, by=administrator, at=NOW)
    assert selectors.page_text(town, kind, "de") == made


def test_only_the_administration_writes(town: Body, editor: Person, foreigner: Person) -> None:
    for who in (editor, foreigner):
        with pytest.raises(NotAllowed):
            pages.write_page(town, PageText.Kind.IMPRINT, PageText.Language.GERMAN, "x", by=who, at=NOW)
        with pytest.raises(NotAllowed):
            pages.change_facts(town, {"supervisor": "x"}, by=who, at=NOW)


def test_every_land_is_there_with_source_and_date_and_only_what_is_confirmed_has_all() -> None:
    assert set(ENFORCEMENT) == set(LAENDER)
    for land, found in ENFORCEMENT.items():
        assert found.source.startswith("https://")
        assert re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", found.seen)
        if not found.doubt:
            assert all((found.name, found.name_en, found.law))
            assert found.url.startswith("https://")
        assert bool(enforcement_of(f"{land}0000000000")) != bool(unconfirmed_of(f"{land}0000000000"))
    assert enforcement_of("990000000000") is unconfirmed_of("990000000000") is None


def test_what_is_not_confirmed_is_shown_to_the_administrator_and_never_published(town: Body, administrator: Person, client: Client) -> None:
    Body.objects.filter(pk=town.pk).update(ars="140990010001")
    town.refresh_from_db()
    client.force_login(administrator)
    shown = client.get("/verwaltung/seiten/").content.decode()

    assert 'Nicht bestätigt: <span lang="de">Beauftragter der Sächsischen Staatsregierung' in shown
    assert "Quelle ansehen" in shown
    assert "Stelle für Beschwerden" in shown
    for language in ("de", "en"):
        assert "Sächsischen" not in selectors.page_text(town, "accessibility", language)


def test_in_english_the_body_for_complaints_is_read_out_in_german(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    found = enforcement_of(town.ars)

    assert found is not None
    assert f'<span lang="de">{found.name} ({found.law})</span>' in client.get("/en/verwaltung/seiten/").content.decode()


def test_where_the_land_is_not_known_the_town_fills_the_field(town: Body, administrator: Person) -> None:
    Body.objects.filter(pk=town.pk).update(ars="130990010001")
    town.refresh_from_db()
    assert "Wenn unsere Antwort nicht genügt" not in selectors.page_text(town, "accessibility", "de")
    pages.change_facts(town, {"enforcement": "Schlichtungsstelle\nhttps://schlichtung.example"}, by=administrator, at=NOW)

    page = selectors.page_text(town, "accessibility", "de")
    assert 'Schlichtungsstelle<br><a href="https://schlichtung.example">https://schlichtung.example</a>' in page


def test_the_administrator_is_shown_what_is_missing(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    page = client.get("/verwaltung/seiten/").content.decode()

    assert "Bitte ergänzen" in page
    assert "Aufsichtsbehörde für den Datenschutz" in page


def test_the_preview_saves_nothing(town: Body, administrator: Person, client: Client) -> None:
    client.force_login(administrator)
    page = client.post("/verwaltung/seiten/impressum/deutsch/", {"source": "## Entwurf", "preview": "1"}).content.decode()

    assert "<h2>Entwurf</h2>" in page
    assert not PageText.objects.for_body(town).exists()
    client.post("/verwaltung/seiten/impressum/deutsch/", {"source": "## Entwurf"})
    assert PageText.objects.for_body(town).exists()
