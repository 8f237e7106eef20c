"""A resident finds a notice by what she remembers of it, and is told what to do when nothing is found."""

import re
from datetime import datetime

import pytest
from django.test import Client

from allmende.core.models import Body, District, Office
from allmende.notices.models import Notice, NumberSeries
from allmende.notices.tests.conftest import MakeDraft, Publish

TEXT = "Die Weißdorn-Hecke am Mühlgraben wird geschnitten.\n\n## Auskunft\n\nAktenzeichen 20.09.01-17, bis 30. November."


def titles(client: Client, query: str) -> list[str]:
    page = client.get("/bekanntmachungen/", {"q": query}).content.decode()
    return re.findall(r'class="a-title"[^>]*>([^<]+)<', page)


@pytest.mark.parametrize(
    "query",
    [
        "hecke",
        "HECKE muehlgraben",
        "weissdornhecke",
        "20.09.01-17",
        "17/2026",
        "Nr. 17/2026",
        "ordnungsamt hecke",
        "Lindenbach",
        "Pruning",
        "kurz",
    ],
)
def test_wording_number_file_number_and_names_are_searched(
    make_public: Publish, at: datetime, district: District, client: Client, query: str
) -> None:
    make_public(7, title="Hundesteuer")
    make_public(17, title="Rückschnitt", title_en="Pruning", plain=TEXT, summary="Ganz kurz.", districts=(district.pk,))

    assert titles(client, query) == ["Rückschnitt"]


def test_every_word_must_occur(make_public: Publish, at: datetime, client: Client) -> None:
    make_public(1, title="Rückschnitt", plain=TEXT)

    assert titles(client, "Hecke Hund") == []
    assert titles(client, "Musterstedt Hecke") == ["Rückschnitt"]
    assert titles(client, "100 %") == []
    assert titles(client, "% _") == []  # signs are no words: nothing is found by them


def test_drafts_have_no_words_to_be_found_by(make_draft: MakeDraft, make_public: Publish, town: Body) -> None:
    draft = make_draft(title="Geheim")

    assert Notice.objects.for_body(town).get(pk=draft.pk).search == ""
    assert "rueckschnitt" in make_public(1, title="Rückschnitt").search


def test_title_and_heading_say_what_was_found(make_public: Publish, at: datetime, client: Client) -> None:
    make_public(1, title="Rückschnitt", plain=TEXT)

    found = client.get("/bekanntmachungen/", {"q": "Hecke", "year": "2026"}).content.decode()
    english = client.get("/en/bekanntmachungen/", {"q": "Hecke"}).content.decode()
    whole = client.get("/bekanntmachungen/").content.decode()

    assert "<title>Bekanntmachungen: 1 Treffer für „Hecke“, 2026 – Stadt Musterstedt</title>" in found
    assert '<h2 id="erg" tabindex="-1">1 Treffer für „Hecke“, <span lang="de">2026</span></h2>' in found
    assert "<title>Notices: 1 result for “Hecke” – Stadt Musterstedt</title>" in english
    assert "<title>Amtliche Bekanntmachungen – Stadt Musterstedt</title>" in whole
    assert 'action="/bekanntmachungen/#erg"' in whole, "focus goes to the result"
    assert "&lt;b&gt;" in client.get("/bekanntmachungen/", {"q": "<b>"}).content.decode()


def test_nothing_found_says_what_can_be_done(town: Body, at: datetime, client: Client) -> None:
    Body.objects.filter(pk=town.pk).update(phone="03999 000-10", email="rathaus@example.org")

    page = client.get("/bekanntmachungen/", {"q": "Einhorn"}).content.decode()

    for words in ("0 Treffer für „Einhorn“", "weniger oder andere Worte", 'href="/bekanntmachungen/archiv/"', 'href="tel:+49399900010"'):
        assert words in page, words


def test_a_found_notice_shows_where_the_word_stands(make_public: Publish, at: datetime, client: Client) -> None:
    make_public(1, title="Rückschnitt", plain=TEXT)

    page = client.get("/bekanntmachungen/", {"q": "muehlgraben"}).content.decode()
    assert '<p lang="de">Die Weißdorn-Hecke am <mark>Mühlgraben</mark> wird geschnitten.</p>' in page
    assert "<mark>" not in client.get("/bekanntmachungen/", {"q": "Rückschnitt"}).content.decode(), "the title says it itself"


def test_a_whole_question_is_looked_up_by_what_it_is_about(make_public: Publish, at: datetime, client: Client) -> None:
    make_public(1, title="Rückschnitt", plain=TEXT)

    assert titles(client, "Wann wird die Hecke geschnitten?") == ["Rückschnitt"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Mülhgraben", "Mühlgraben"), ("Hekce geschnitten", "Hecke geschnitten"), ("Auskünfte", "Auskunft")]
)
def test_who_mistypes_is_asked_what_was_meant(make_public: Publish, at: datetime, client: Client, typed: str, meant: str) -> None:
    make_public(1, title="Rückschnitt", plain=TEXT)

    page = client.get("/bekanntmachungen/", {"q": typed, "year": "2026"}).content.decode()
    found = re.search(r'Meinten Sie <a href="([^"]+)" lang="de">([^<]+)</a>\?', page)

    assert found is not None
    assert found[2] == meant
    assert "1 Treffer" in client.get(found[1].replace("&amp;", "&").removesuffix("#erg")).content.decode()
    assert "Meinten Sie" not in client.get("/bekanntmachungen/", {"q": "Einhornzucht"}).content.decode()


def test_drafts_and_neighbours_are_never_what_was_meant(
    make_draft: MakeDraft, make_public: Publish, at: datetime, client: Client, neighbour: Body
) -> None:
    make_draft(title="Geheimplan")
    make_public(1, title="Rückschnitt")

    assert "Meinten Sie" not in client.get("/bekanntmachungen/", {"q": "Geheimplam"}).content.decode()
    assert "Meinten Sie" not in client.get("/nebenan/bekanntmachungen/", {"q": "Rückschnit"}).content.decode()


def test_the_advice_fits_what_was_asked(make_public: Publish, at: datetime, client: Client, town: Body) -> None:
    make_public(1, year=2025)
    NumberSeries.objects.create(body=town, year=2024, last=1)

    word = client.get("/bekanntmachungen/", {"q": "Einhorn"}).content.decode()
    year = client.get("/bekanntmachungen/", {"year": "2024"}).content.decode()

    assert ("weniger oder andere Worte" in word, "Nehmen Sie einen Filter weg" in word) == (True, False)
    assert ("weniger oder andere Worte" in year, "Nehmen Sie einen Filter weg" in year) == (False, True)


def test_only_offices_and_districts_with_notices_are_offered_and_what_is_unknown_is_said(
    make_public: Publish, at: datetime, client: Client, town: Body, district: District
) -> None:
    make_public(1, districts=(district.pk,))
    District.objects.create(body=town, name="Steinhütte")
    Office.objects.create(body=town, name="Standesamt")

    page = client.get("/bekanntmachungen/", {"year": "2031"}).content.decode()

    assert district.name in page
    assert "Steinhütte" not in page
    assert "Standesamt" not in page
    assert "Jahr „2031“ kommt in den Bekanntmachungen nicht vor." in page
    assert "Jahr „&lt;b&gt;“" in client.get("/bekanntmachungen/", {"year": "<b>"}).content.decode()
