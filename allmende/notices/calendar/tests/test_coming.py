"""Before a rule is changed, the administration reads which drafts would get other days."""

from django.test import Client

from allmende.administration.rules import services as rules
from allmende.administration.rules.services import NewRule
from allmende.administration.tests.staff import logged_in
from allmende.core.models import Body, Person
from allmende.core.outbox import work
from allmende.notices import services
from allmende.notices.calendar.tests.conftest import HINT, Approve, Begin
from allmende.notices.calendar.tests.test_pages import said
from conftest import NOW

ADDRESS = "/verwaltung/recht/regel/complaint.period/eintragen/"
FILLED = {"count": "6", "unit": "M", "law": "KVG LSA", "section": "§ 8 Abs. 3", "reason": "Auskunft der Aufsicht"}


def test_a_changed_period_names_the_drafts_and_submitted_notices_it_reaches(
    lawful: Body, begin: Begin, editor: Person, administrator: Person
) -> None:
    submitted = begin()
    services.submit(submitted.pk, body=lawful, version=1, by=editor, at=NOW, statement=HINT)
    begin("general", {})
    page = said(logged_in(administrator).post(ADDRESS, FILLED))

    assert "Was noch erscheinen soll und andere Tage bekäme" in page
    assert page.count("Hundesteuersatzung") == 1
    assert "Satzung · wartet auf Freigabe" in page
    assert "Ende der Rügefrist: bisher nicht ausgerechnet, neu" in page


def test_what_is_approved_or_public_is_not_reached(approve: Approve, lawful: Body, administrator: Person) -> None:
    approve()
    client: Client = logged_in(administrator)
    assert "Was noch erscheinen soll" not in said(client.post(ADDRESS, FILLED))
    work(NOW)

    assert "Was noch erscheinen soll" not in said(client.post(ADDRESS, FILLED))


def test_a_rule_that_forbids_says_so_at_the_draft(lawful: Body, begin: Begin, administrator: Person) -> None:
    begin()
    forbidden = {"value": "no", "law": "Hauptsatzung", "section": "§ 22", "reason": "Beschluss"}
    page = said(logged_in(administrator).post("/verwaltung/recht/regel/internet/eintragen/", forbidden))

    assert "Darf dann so nicht erscheinen: In Sachsen-Anhalt wird eine Satzung nicht in dieser Form bekannt gemacht" in page


def test_ending_a_rule_names_them_as_well(lawful: Body, begin: Begin, administrator: Person) -> None:
    new = NewRule(key="complaint.period", value="P6M", law="KVG LSA", section="§ 8", reason="Auskunft")
    row = rules.set_rule(new, body=lawful, by=administrator, at=NOW)
    begin()

    page = said(logged_in(administrator).get(f"/verwaltung/recht/eigene/{row.pk}/beenden/"))
    assert "nicht mehr ausgerechnet" in page
    assert "Hundesteuersatzung" in page
