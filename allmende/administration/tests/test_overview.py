"""What the overview and the desk say of the seal and of all that is missing before a body can publish."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from allmende.accounts.invitations import invite
from allmende.administration import readiness, seal, selectors
from allmende.administration.publishing import services as publishing
from allmende.administration.rules import services as rules
from allmende.administration.tests.staff import logged_in, said
from allmende.administration.tests.test_publishing import ways
from allmende.administration.views import body as views
from allmende.core.models import Body, Membership, Office, Person
from allmende.publication.models import SealKey
from allmende.publication.seals import in_use, set_up_demo_seal
from allmende.publication.setup import set_up_log
from conftest import NOW, Role, person


def test_what_the_desk_says_of_the_seal(town: Body) -> None:
    set_up_demo_seal(town, at=NOW, by=None)
    key = in_use(town)

    def judged(**values: Any) -> tuple[str, str]:
        changed = SealKey.objects.for_body(town).get(pk=key.pk)
        for name, value in values.items():
            setattr(changed, name, value)
        found = seal.state_of(changed, at=NOW)
        return found.state, found.title

    far, never = NOW + timedelta(days=900), NOW - timedelta(days=1)
    assert seal.state_of(None, at=NOW).state == "bad"
    assert judged() == ("warn", "Siegel nur zur Vorführung")
    assert judged(level="advanced", valid_until=far) == ("ok", "Siegel bereit")
    assert judged(level="advanced", valid_until=NOW + timedelta(days=60)) == ("warn", "Siegel läuft bald ab")
    assert judged(level="advanced", valid_until=NOW + timedelta(days=61)) == ("ok", "Siegel bereit")
    assert judged(valid_until=NOW) == ("bad", "Siegel abgelaufen")
    assert judged(unlocked_until=NOW) == ("bad", "Siegel gesperrt")
    assert judged(state="locked", unlocked_until=None) == ("bad", "Siegel gesperrt")
    assert judged(valid_until=never, state="locked") == ("bad", "Siegel abgelaufen")


def test_the_desk_shows_the_seal_and_leads_only_its_holder_there(town: Body, editor: Person, holder: Client) -> None:
    theirs, own = said(logged_in(editor).get("/schreibtisch/")), said(holder.get("/schreibtisch/"))

    assert "Kein Siegel" in theirs
    assert "/verwaltung/siegel/" not in theirs
    assert '<a href="/verwaltung/siegel/">Kein Siegel</a>' in own


def codes(town: Body) -> list[str]:
    return [one.code for one in readiness.missing_to_publish(Body.objects.get(pk=town.pk), at=timezone.now())]


def test_what_is_missing_before_publishing_goes_away_piece_by_piece(town: Body, administrator: Person) -> None:
    assert codes(town) == ["log", "rules", "publishing", "office", "editor", "approver", "seal_holder"]
    set_up_log(town, origin="log.musterstedt.example", at=NOW, by=administrator)
    rules.begin(body=town, by=administrator, at=NOW)
    publishing.enter(ways(), reason="Beschluss", body=town, by=administrator, at=NOW)
    Office.objects.create(body=town, name="Bauamt")
    both = person("Beate", (town, Role.EDITOR), (town, Role.APPROVER))
    assert codes(town) == ["editor", "seal_holder"]  # nobody approves an own text
    person("Emil", (town, Role.APPROVER))
    Membership.objects.create(person=both, body=town, role=Role.SEAL_HOLDER)
    assert codes(town) == ["seal"]
    set_up_demo_seal(town, at=timezone.now(), by=None)
    assert codes(town) == []
    SealKey.objects.for_body(town).update(state="locked", secret=None, unlocked_until=None)
    assert codes(town) == ["seal"]


def test_who_is_invited_is_named_until_the_invitation_is_accepted(town: Body, administrator: Person) -> None:
    at = timezone.now()
    invite(body=town, name="Emil Ernst", email="emil@example.org", roles=[Role.EDITOR, Role.APPROVER], by=administrator, at=at)

    found = {one.code: one for one in readiness.missing_to_publish(town, at=at)}
    assert found["approver"].text == "Eingeladen, noch nicht angenommen: Emil Ernst"
    assert found["approver"].page == "administration:people"
    assert found["seal_holder"].page == "administration:invite"
    late = {one.code: one for one in readiness.missing_to_publish(town, at=at + timedelta(days=8))}
    assert late["approver"].page == "administration:invite"


def test_the_overview_says_that_all_is_ready_and_what_the_public_pages_still_lack(
    town: Body, administrator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = said(logged_in(administrator).get("/verwaltung/"))
    assert "Bevor Sie veröffentlichen können" in page
    assert "Für die öffentlichen Seiten fehlt noch" in page

    monkeypatch.setattr(views, "missing_to_publish", lambda *_, **__: [])
    page = said(logged_in(administrator).get("/verwaltung/"))

    assert "Sie können veröffentlichen" in page
    assert "Ein Entwurf kann von hier bis zur Bekanntmachung gehen." in page
    facts = readiness.facts_to_add(town, selectors.legal_pages(town))
    assert {"contact", "page_imprint", "page_privacy"} <= {one.code for one in facts}
    assert all(one.url in page for one in facts)


def test_people_of_the_association_count(town: Body, association: Body) -> None:
    person("Vera", (association, Role.APPROVER), (association, Role.SEAL_HOLDER))
    person("Viktor", (association, Role.EDITOR))

    assert codes(town) == ["log", "rules", "publishing", "office", "seal"]


def test_the_overview_says_what_is_missing_and_leads_there(town: Body, administrator: Person, editor: Person) -> None:
    client = logged_in(administrator)
    page = said(client.get("/verwaltung/"))

    assert "Bevor Sie veröffentlichen können" in page
    for address in ("/verwaltung/protokoll/", "/verwaltung/recht/", "/verwaltung/aemter/", "/verwaltung/personen/einladen/"):
        assert f'<a href="{address}">' in page
        assert client.get(address).status_code == 200
    assert "Before you can publish" in said(client.get("/en/verwaltung/"))


@pytest.mark.parametrize(
    ("address", "current"),
    [("/verwaltung/", "Kommune"), ("/verwaltung/personen/einladen/", "Personen"), ("/verwaltung/angaben/", "Kommune")],
)
def test_the_navigation_marks_one_entry(town: Body, administrator: Person, address: str, current: str) -> None:
    page = said(logged_in(administrator).get(address))
    navigation = page[page.index('aria-label="Verwaltung"') :].split("</nav>")[0]

    assert navigation.count("aria-current") == 1
    assert f'aria-current="page">{current}</a>' in navigation
