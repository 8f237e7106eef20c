"""What a notice means for its readers: words of the kind or of the office, and the days of its calendar."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from allmende.core.models import Body, Person
from allmende.lib.legalcalendar.computation import Code
from allmende.notices import kinds, selectors
from allmende.notices.calendar.statement import NOTHING_STATED
from allmende.notices.models import Notice
from allmende.notices.plain.meaning import meaning_of
from allmende.notices.tests.conftest import LogIn, MakeDraft, Publish
from allmende.notices.tests.lawful import APPROVED, make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from conftest import NOW

KINDS = [kind.code for kind in kinds.all_kinds()]


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_says_what_it_means_and_names_days_that_it_has(code: str, language: str) -> None:
    kind = kinds.get(code)
    with translation.override(language):
        assert 40 < len(str(kind.meaning)) < 500
        for told in kind.days:
            for words in (str(told.words), str(told.over)):
                assert words.count("%(day)s") == 1
                assert words.endswith(".")
            assert kind.field(told.of) if not isinstance(told.of, Code) else True
    if language == "en":
        with translation.override("de"):
            german = {str(told.words) for told in kind.days} | {str(kind.meaning)}
        with translation.override("en"):
            assert not german & ({str(told.words) for told in kind.days} | {str(kind.meaning)})


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("bylaw", "Die Satzung gilt ab dem"),
        ("meeting", "Die Sitzung beginnt am"),
        ("service", "Das Schreiben gilt am 16.\N{NO-BREAK SPACE}März\N{NO-BREAK SPACE}2026 als zugestellt."),
        ("order", "Die Anordnung gilt am"),
        ("plan", "Äußern können Sie sich bis zum"),
        ("tender", "Angebote müssen bis"),
        ("job", "Bewerben können Sie sich bis zum"),
    ],
)
def test_the_page_says_by_when(code: str, day: str, publish: Publish, town: Body, administrator: Person, client: Client) -> None:
    make_lawful(town, administrator)
    details = DETAILS[code]
    asked = kinds.get(code).law.has_legal_effect
    said = stated(code, details, body=town).also(APPROVED) if asked else NOTHING_STATED
    notice = publish(kind=code, details=details, said=said)

    found = meaning_of(notice, selectors.calendar_of(notice), at=NOW)
    assert any(sentence.startswith(day) for sentence in found.days), found.days
    page = client.get(f"/bekanntmachungen/{notice.year}/{notice.number}/").content.decode()
    assert all(sentence in page for sentence in found.days)
    later = meaning_of(notice, selectors.calendar_of(notice), at=NOW + timedelta(days=3650))
    assert len(later.days) == len(found.days)
    assert not set(later.days) & set(found.days)


def test_where_the_calendar_claims_no_effect_none_is_claimed(make_public: Publish) -> None:
    notice = make_public(kind="bylaw", details=DETAILS["bylaw"])
    assert meaning_of(notice, None, at=NOW).days == []


def test_the_office_says_it_in_its_own_words_before_approval_and_english_readers_read_those_of_the_kind(
    publish: Publish, client: Client
) -> None:
    publish(meaning="Wer einen Hund hat, muss ihn anmelden.")
    german, english = (client.get(f"{way}/bekanntmachungen/2026/1/").content.decode() for way in ("", "/en"))

    assert "Wer einen Hund hat, muss ihn anmelden." in german
    assert str(kinds.GENERAL.meaning) not in german
    assert "Wer einen Hund hat" not in english
    with translation.override("en"):
        assert str(kinds.GENERAL.meaning) in english


def test_it_is_typed_in_the_form_read_before_approval_and_compared(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = make_draft(meaning="Alt.")
    clerk = log_in(editor)
    address = f"/schreibtisch/bekanntmachungen/{notice.pk}"
    page = clerk.get(f"{address}/bearbeiten/").content.decode()
    assert ('name="meaning"' in page, "Alt." in page) == (True, True)
    assert "Alt." in clerk.get(f"{address}/fassung/1/vorschau/").content.decode()
    form = {
        "version": "1",
        "kind": "general",
        "title": "Winterdienst",
        "text": "Es wird gestreut.",
        "meaning": "Neu.",
        "office": str(notice.office_id),
        "speichern": "1",
    }
    clerk.post(f"{address}/bearbeiten/", form)

    now = Notice.objects.for_body(town).get(pk=notice.pk)
    assert (now.meaning, now.version) == ("Neu.", 2)
    compared = clerk.get(f"{address}/fassung/1/vergleich/").content.decode()
    assert "Was bedeutet das für mich?" in compared
