"""The pages of rules, as a town's lawyer and an administrator meet them."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from allmende.administration.rules import effects, selectors, services, sheet
from allmende.administration.rules.models import OwnRule, ProfileDecision
from allmende.administration.tests.legal_rules import rule
from allmende.administration.tests.staff import logged_in
from allmende.core.models import Body, Person
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.kinds import BodyKind, NoticeKind
from allmende.lib.legalcalendar.overlay import Overlay, RuleBook, own_difference
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import Profile
from conftest import NOW

COMPLAINT = "/verwaltung/recht/regel/complaint.period/eintragen/"
FILLED = {"count": "6", "unit": "M", "law": "Hauptsatzung", "section": "§ 22", "reason": "Beschluss vom 1.11.2026"}


def said(response: Any) -> str:
    """The words of the page, with single blanks."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text)).replace(" .", ".").replace(" ,", ",")


@pytest.fixture
def manager(administrator: Person) -> Client:
    return logged_in(administrator)


# --- Reading -------------------------------------------------------------------------


def test_without_rules_the_page_leads_to_them(town: Body, manager: Client, auditor: Person) -> None:
    assert "Regeln übernehmen" in said(manager.get("/verwaltung/recht/"))
    assert "Das macht die Administration" in said(logged_in(auditor).get("/verwaltung/recht/"))
    assert manager.get(COMPLAINT).headers["Location"] == "/verwaltung/recht/"
    manager.post("/verwaltung/recht/uebernehmen/")
    assert "Fassung 1, am" in said(manager.get("/verwaltung/recht/"))
    assert ProfileDecision.objects.for_body(town).count() == 2


def test_a_body_without_regional_key_chooses_its_land(town: Body, manager: Client) -> None:
    Body.objects.filter(pk=town.pk).update(ars="", kind=Body.Kind.SPECIAL_PURPOSE)
    assert manager.post("/verwaltung/recht/uebernehmen/", {"land": "XX"}).status_code == 422
    manager.post("/verwaltung/recht/uebernehmen/", {"land": "SN"})
    assert "dann nach denen für Sachsen" in said(manager.get("/verwaltung/recht/"))


def test_the_page_says_every_rule_with_value_source_standing_and_subject(ruled: Body, manager: Client) -> None:
    page = said(manager.get("/verwaltung/recht/"))

    assert re.search(r"Vollzug bei Bekanntmachung im Internet mit der Bereitstellung .{0,200}§ 9 Abs. 2 S. 2 KVG LSA", page)
    assert "Gesetzestext eingesehen" in page
    assert "Satzung: möglich, aber nicht jeder Tag wird ausgerechnet" in page
    assert "Öffentliche Zustellung: möglich" in page
    state = selectors.state_of(ruled)
    for profile in (state.book.land, state.book.nation):
        for item in profile.rules:
            assert KEYS[item.key].words.capital.de in page, item.key
    for title in ("Form der Bekanntmachung", "Vollzug", "Inkrafttreten", "Rügen", "Zählung der Fristen"):
        assert title in page


def test_what_is_open_says_what_to_enter_and_where_to_look(ruled: Body, manager: Client) -> None:
    page = manager.get("/verwaltung/recht/").content.decode()
    section = page[page.index('id="offen"') : page.index('id="form"')]
    opens = [item.key for item in selectors.state_of(ruled).book.land.opens]

    assert opens
    assert 'href="/verwaltung/recht/regel/complaint.period/eintragen/"' in section
    assert "Zu suchen in" in section
    for name in opens:
        assert f"/regel/{name}/" in section


def test_every_key_has_a_subject() -> None:
    assert {sheet.subject_of(name) for name in KEYS} == {anchor for anchor, _title, _starts in sheet.SUBJECTS}


def test_an_auditor_reads_and_finds_no_way_to_change(ruled: Body, auditor: Person, administrator: Person) -> None:
    services.set_rule(rule(), body=ruled, by=administrator, at=NOW)
    client = logged_in(auditor)
    for address in ("/verwaltung/recht/", "/verwaltung/recht/regel/complaint.period/", "/verwaltung/recht/verlauf/"):
        page = client.get(address).content.decode()
        assert "/eintragen/" not in page
        assert "/aendern/" not in page
        assert "/beenden/" not in page


def test_a_land_where_by_laws_are_printed_says_so(town: Body, manager: Client, administrator: Person) -> None:
    Body.objects.filter(pk=town.pk).update(ars="07" + town.ars[2:])
    town.refresh_from_db()
    services.begin(body=town, by=administrator, at=NOW)

    assert "Satzung: so nicht möglich" in said(manager.get("/verwaltung/recht/"))


@pytest.mark.parametrize("land", list(Land))
def test_the_page_is_made_for_every_land(town: Body, manager: Client, administrator: Person, land: Land) -> None:
    Body.objects.filter(pk=town.pk).update(ars="", kind=Body.Kind.SPECIAL_PURPOSE)
    town.refresh_from_db()
    services.begin(body=town, land=land, by=administrator, at=NOW)

    for address in ("/verwaltung/recht/", "/en/verwaltung/recht/"):
        assert manager.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 9])
def test_pages_take_the_same_number_of_queries_for_one_and_nine_rules(
    ruled: Body, manager: Client, administrator: Person, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2026, 2026 + rows):
        days = {"valid_from": date(year, 1, 1), "valid_until": date(year, 12, 31)}
        services.set_rule(rule(**days), body=ruled, by=administrator, at=NOW)
    for address, queries in (
        ("/verwaltung/recht/", 12),
        ("/verwaltung/recht/verlauf/", 11),
        ("/verwaltung/recht/regel/complaint.period/", 13),
    ):
        manager.get(address)  # what a process reads once
        with django_assert_num_queries(queries):
            assert manager.get(address).status_code == 200


# --- Changing ------------------------------------------------------------------------


def test_the_lawyer_sees_what_a_new_objection_period_does_before_it_is_stored(ruled: Body, manager: Client) -> None:
    looked = manager.post(COMPLAINT, FILLED)
    page = said(looked)

    assert not OwnRule.objects.for_body(ruled).exists()
    assert "Frist für Rügen: bisher nicht bestätigt, neu sechs Monate (§ 22 Hauptsatzung)" in page
    assert "Ende der Rügefrist: bisher nicht ausgerechnet, neu" in page
    seen = looked.context["form"].fingerprint
    assert manager.post(COMPLAINT, FILLED | {"save": "1", "seen": seen}).headers["Location"] == "/verwaltung/recht/regel/complaint.period/"
    row = OwnRule.objects.for_body(ruled).get()
    assert (row.value, row.section, row.law, row.kinds) == ("P6M", "§ 22", "Hauptsatzung", [])
    assert "sechs Monate" in said(manager.get("/verwaltung/recht/"))


def test_what_was_changed_after_the_look_is_shown_again(ruled: Body, manager: Client) -> None:
    seen = manager.post(COMPLAINT, FILLED).context["form"].fingerprint
    again = manager.post(COMPLAINT, FILLED | {"count": "9", "save": "1", "seen": seen})

    assert "neu neun Monate" in said(again)
    assert not OwnRule.objects.for_body(ruled).exists()


def test_a_rule_without_source_is_not_taken(ruled: Body, manager: Client) -> None:
    response = manager.post(COMPLAINT, FILLED | {"law": ""})

    assert response.status_code == 422
    assert "Gesetz oder Satzung:" in said(response)


def save(client: Client, address: str, values: dict[str, Any]) -> Any:
    """Look first, then save."""
    looked = client.post(address, values)
    assert looked.status_code == 200, said(looked)
    return client.post(address, values | {"save": "1", "seen": looked.context["form"].fingerprint})


def test_a_rule_is_changed_and_ended_and_nothing_is_lost(ruled: Body, manager: Client) -> None:
    save(manager, COMPLAINT, FILLED)
    row = OwnRule.objects.for_body(ruled).get()
    form = manager.get(f"/verwaltung/recht/eigene/{row.pk}/aendern/").context["form"]
    assert (form["count"].value(), form["law"].value()) == (6, "Hauptsatzung")
    save(manager, f"/verwaltung/recht/eigene/{row.pk}/aendern/", FILLED | {"count": "1", "unit": "Y"})
    newer = OwnRule.objects.for_body(ruled).get(ended_at=None)
    page = said(manager.get(f"/verwaltung/recht/eigene/{newer.pk}/beenden/"))
    assert "bisher ein Jahr (§ 22 Hauptsatzung), neu nicht bestätigt" in page
    assert manager.post(f"/verwaltung/recht/eigene/{newer.pk}/beenden/", {"reason": ""}).status_code == 422
    manager.post(f"/verwaltung/recht/eigene/{newer.pk}/beenden/", {"reason": "Satzung geändert"})
    trail = said(manager.get("/verwaltung/recht/verlauf/"))

    assert not selectors.own_rules(ruled).exists()
    assert trail.index("ein Jahr") < trail.index("sechs Monate")
    assert "Satzung geändert" in trail
    assert manager.get(f"/verwaltung/recht/eigene/{newer.pk}/beenden/").status_code == 404


def test_a_second_rule_for_the_same_case_is_refused_at_the_look(ruled: Body, manager: Client) -> None:
    save(manager, COMPLAINT, FILLED)
    response = manager.post(COMPLAINT, FILLED)

    assert response.status_code == 409
    assert "gilt schon eine eigene Regel" in said(response)


VALUES: dict[str, dict[str, Any]] = {
    "hint.required": {"value": "false"},
    "completion.internet": {"value": "end_of_provision_day"},
    "hint.media": {"value": ["gazette", "newspaper"]},
    "start_page.clicks": {"value": "2"},
    "start_page.link": {"value": "Rathaus"},
    "online.period": {"count": "14", "unit": "D"},
}


@pytest.mark.parametrize("key", VALUES)
def test_the_form_fits_the_kind_of_value(ruled: Body, manager: Client, key: str) -> None:
    source = {"law": "HS", "section": "§ 1", "reason": "Beschluss"}
    address = f"/verwaltung/recht/regel/{key}/eintragen/"
    assert manager.post(address, source).status_code == 422
    save(manager, address, VALUES[key] | source)
    row = OwnRule.objects.for_body(ruled).get()

    assert row.key == key
    assert row.value in (False, "end_of_provision_day", ["gazette", "newspaper"], 2, "Rathaus", "P14D")


def test_all_kinds_ticked_are_a_rule_for_all(ruled: Body, manager: Client) -> None:
    save(manager, COMPLAINT, FILLED | {"kinds": [kind.value for kind in sheet.kinds_of(KEYS["complaint.period"])]})

    assert OwnRule.objects.for_body(ruled).get().kinds == []


def test_how_days_are_counted_is_not_for_a_body(ruled: Body, manager: Client) -> None:
    assert manager.get("/verwaltung/recht/regel/counting.roll/").status_code == 200
    assert manager.get("/verwaltung/recht/regel/counting.roll/eintragen/").status_code == 404
    assert manager.get("/verwaltung/recht/regel/no.such.rule/").status_code == 404


def test_effects_name_duties_and_what_no_longer_stands_in_the_way() -> None:
    own = Overlay.read(
        [
            {"key": key, "value": value, "law": "HS", "section": "§ 1", "entered": {"by": "E", "at": NOW.isoformat()}}
            for key, value in (("internet", "yes"), ("completion.internet", "on_provision"), ("evidence.to_file", True))
        ]
    )
    old, new = RuleBook.of(Land.BERLIN), RuleBook.of(Land.BERLIN, own)
    found = effects.effects(old, new, own_difference(Overlay(), own), BodyKind.MUNICIPALITY, on=date(2026, 11, 30))
    by_law = next(effect for effect in found if effect.kind is NoticeKind.BY_LAW)

    assert by_law.freed
    assert by_law.duties_new
    assert not by_law.blocked


# --- Proposals -----------------------------------------------------------------------


def test_a_proposal_shows_difference_reason_and_effect_and_waits(ruled: Body, manager: Client, next_release: Profile) -> None:
    assert "ändert eine Regel gegenüber Ihrer Fassung 1" in said(manager.get("/verwaltung/recht/"))
    page = said(manager.get("/verwaltung/recht/vorschlag/st/"))

    assert "Das Gesetz ist geändert worden." in page
    assert "bisher mit der Bereitstellung, neu mit Ablauf des Tages der Bereitstellung" in page
    assert "Tage oder Pflichten können sich ändern" in page
    assert manager.get("/verwaltung/recht/vorschlag/bund/").headers["Location"] == "/verwaltung/recht/"


def test_a_proposal_is_kept_for_a_reason_and_then_adopted(ruled: Body, manager: Client, next_release: Profile) -> None:
    address = "/verwaltung/recht/vorschlag/st/entscheiden/"
    assert manager.post(address, {"version": "2", "reason": ""}).status_code == 422
    assert manager.post(address, {"version": "7", "adopt": "1"}).status_code == 409
    manager.post(address, {"version": "2", "reason": "Rechtsamt prüft"})
    assert "Rechtsamt prüft" in said(manager.get("/verwaltung/recht/vorschlag/st/"))
    manager.post(address, {"version": "2", "adopt": "1"})
    page = said(manager.get("/verwaltung/recht/"))

    assert "Eine neue Fassung" not in page
    assert "Fassung 2, am" in page


def test_in_english_no_german_sentence_of_ours_is_left(ruled: Body, manager: Client, next_release: Profile) -> None:
    addresses = ("", "regel/complaint.period/", "regel/complaint.period/eintragen/", "verlauf/", "vorschlag/st/")
    for address in addresses:
        page = said(manager.get(f"/en/verwaltung/recht/{address}"))
        for word in ("Regel ", "Quelle", "gilt ", "Fassung", "bisher", "Ansehen"):
            assert word not in page.replace("Quellstedt", ""), (address, word, page[max(0, page.find(word) - 60) :][:120])


@pytest.mark.parametrize("land", list(Land))
def test_in_english_every_source_of_what_is_open_is_read_out_in_german(
    town: Body, manager: Client, administrator: Person, land: Land
) -> None:
    Body.objects.filter(pk=town.pk).update(ars="", kind=Body.Kind.SPECIAL_PURPOSE)
    town.refresh_from_db()
    services.begin(body=town, land=land, by=administrator, at=NOW)
    page = " ".join(manager.get("/en/verwaltung/recht/").content.decode().split())
    section = page[page.index('id="offen"') : page.index('id="form"')]
    named = re.findall(r"To be looked for in: (.{16})|Unconfirmed: [^(]*\((.{16})", section)

    assert named
    assert {sought or given for sought, given in named} == {'<span lang="de">'}
