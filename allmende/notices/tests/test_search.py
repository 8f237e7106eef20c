"""A resident finds a notice by what she remembers of it, and is told what to do when nothing is found."""

import re
from datetime import datetime

import pytest
from django.test import Client

from allmende.core.models import Body, District
from allmende.notices.models import Notice
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
    assert titles(client, "% _") == ["Rückschnitt"]  # signs are no words


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
