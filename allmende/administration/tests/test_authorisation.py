"""Every address of administration and accounts × every role × own and foreign body, taken from the URL configuration."""

from collections.abc import Iterator, Sequence

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from allmende.accounts import urls as accounts_urls
from allmende.accounts.invitations import invite
from allmende.administration import urls
from allmende.administration.rules import services as rules
from allmende.administration.rules.services import NewRule
from allmende.administration.tests.staff import logged_in
from allmende.core.models import AuditEntry, Body, District, Host, Membership, Office, OutboxRow, Person
from conftest import NOW, Role, person

MANAGE = {Role.ADMINISTRATOR}
AUDIT = {Role.AUDITOR}
READ_RULES = MANAGE | AUDIT
SEAL = {Role.SEAL_HOLDER}
OPERATOR: set[Role] = set()
# Who may see which page; every address of urls.py must be here.
MAY: dict[str, set[Role]] = {
    "overview": MANAGE,
    "identity": MANAGE,
    "contact": MANAGE,
    "colour": MANAGE,
    "colour_sample": MANAGE,
    "coat_of_arms": MANAGE,
    "hosts": MANAGE,
    "host_remove": MANAGE,
    "parts": MANAGE,
    "part": MANAGE,
    "log": MANAGE,
    "seal": SEAL,
    "seal_set_up": SEAL,
    "seal_unlock": SEAL,
    "seal_lock": SEAL,
    "seal_renew": SEAL,
    "seal_stop": SEAL,
    "seal_authority": SEAL,
    "pages": MANAGE,
    "page": MANAGE,
    "rules": READ_RULES,
    "rules_begin": MANAGE,
    "rules_history": READ_RULES,
    "rules_proposal": READ_RULES,
    "rules_decide": MANAGE,
    "rule": READ_RULES,
    "rule_change": MANAGE,
    "own_rule_change": MANAGE,
    "own_rule_end": MANAGE,
    "publishing": READ_RULES,
    "publishing_change": MANAGE,
    "publishing_check": MANAGE,
    "people": MANAGE,
    "invite": MANAGE,
    "invitation": MANAGE,
    "person": MANAGE,
    "audit": AUDIT,
    "audit_csv": AUDIT,
    "audit_jsonl": AUDIT,
    "operations": OPERATOR,
    "retry": OPERATOR,
    "new_body": OPERATOR,
}
POST_ONLY = {"publishing_check", "host_remove", "rules_begin", "rules_decide", "seal_lock", "invitation", "retry"}


@pytest.fixture
def addresses(town: Body, editor: Person, administrator: Person) -> dict[str, str]:
    """One address per name, with ids of things of `town`."""
    ids = {
        "host": Host.objects.create(body=town, name="bekannt.musterstedt.example").pk,
        "office": Office.objects.create(body=town, name="Bauamt").pk,
        "invitation": invite(body=town, name="Ida", email="ida@example.org", roles=[Role.EDITOR], by=administrator, at=NOW).pk,
        "row": OutboxRow._unscoped.create(body=town, queue="q", topic="t", key="k", due_at=NOW, state="parked").pk,
    }
    District.objects.create(body=town, name="Lindenbach")
    rules.begin(body=town, by=administrator, at=NOW)
    entered = NewRule(key="complaint.period", value="P6M", law="Hauptsatzung", section="§ 22", reason="Beschluss")
    own = rules.set_rule(entered, body=town, by=administrator, at=NOW).pk
    return {
        "overview": "/verwaltung/",
        "identity": "/verwaltung/angaben/",
        "contact": "/verwaltung/kontakt/",
        "colour": "/verwaltung/farbe/",
        "colour_sample": "/verwaltung/farbe.svg",
        "coat_of_arms": "/verwaltung/wappen/",
        "hosts": "/verwaltung/rechnernamen/",
        "host_remove": f"/verwaltung/rechnernamen/{ids['host']}/entfernen/",
        "parts": "/verwaltung/ortsteile/",
        "part": f"/verwaltung/aemter/{ids['office']}/",
        "log": "/verwaltung/protokoll/",
        "seal": "/verwaltung/siegel/",
        "seal_set_up": "/verwaltung/siegel/einrichten/",
        "seal_unlock": "/verwaltung/siegel/entsperren/",
        "seal_lock": "/verwaltung/siegel/sperren/",
        "seal_renew": "/verwaltung/siegel/erneuern/",
        "seal_stop": "/verwaltung/siegel/ausser-betrieb/",
        "seal_authority": "/verwaltung/siegel/zeitstempeldienst/",
        "pages": "/verwaltung/seiten/",
        "page": "/verwaltung/seiten/impressum/deutsch/",
        "rules": "/verwaltung/recht/",
        "rules_begin": "/verwaltung/recht/uebernehmen/",
        "rules_history": "/verwaltung/recht/verlauf/",
        "rules_proposal": "/verwaltung/recht/vorschlag/st/",
        "rules_decide": "/verwaltung/recht/vorschlag/st/entscheiden/",
        "rule": "/verwaltung/recht/regel/complaint.period/",
        "rule_change": "/verwaltung/recht/regel/complaint.period/eintragen/",
        "own_rule_change": f"/verwaltung/recht/eigene/{own}/aendern/",
        "own_rule_end": f"/verwaltung/recht/eigene/{own}/beenden/",
        "publishing": "/verwaltung/recht/bekanntmachungsform/",
        "publishing_change": "/verwaltung/recht/bekanntmachungsform/eintragen/",
        "publishing_check": "/verwaltung/recht/bekanntmachungsform/startseite/",
        "people": "/verwaltung/personen/",
        "invite": "/verwaltung/personen/einladen/",
        "invitation": f"/verwaltung/personen/einladungen/{ids['invitation']}/",
        "person": f"/verwaltung/personen/{editor.pk}/",
        "audit": "/verwaltung/protokollierung/",
        "audit_csv": "/verwaltung/protokollierung.csv",
        "audit_jsonl": "/verwaltung/protokollierung.jsonl",
        "operations": "/betrieb/",
        "new_body": "/betrieb/kommunen/",
        "retry": f"/betrieb/vorgaenge/{ids['row']}/",
    }


def ask(client: Client, name: str, address: str) -> int:
    return (client.post(address) if name in POST_ONLY else client.get(address)).status_code


def names(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_every_address_is_in_the_table() -> None:
    assert set(names(urls.urlpatterns)) == set(MAY) | {"first_run"}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_what_the_table_says_and_nothing_else(town: Body, addresses: dict[str, str], role: Role) -> None:
    client = logged_in(person("Rolf", (town, role)))
    wrong = {
        name: status for name, address in addresses.items() if ((status := ask(client, name, address)) in (200, 302)) != (role in MAY[name])
    }

    assert wrong == {}


def test_all_roles_in_the_neighbouring_body_open_nothing_here(addresses: dict[str, str], foreigner: Person) -> None:
    client = logged_in(foreigner)

    assert {ask(client, name, address) for name, address in addresses.items()} <= {403, 404}


def test_ids_of_this_body_are_not_found_under_the_address_of_another(addresses: dict[str, str], foreigner: Person) -> None:
    client = logged_in(foreigner)

    assert {ask(client, name, "/nebenan" + addresses[name]) for name in ("part", "invitation", "person", "own_rule_end")} == {404}
    client.post("/nebenan" + addresses["host_remove"])
    assert Host._unscoped.filter(name="bekannt.musterstedt.example").exists()


def test_without_log_in_every_address_leads_there(addresses: dict[str, str], client: Client) -> None:
    for name, address in addresses.items():
        response = client.post(address) if name in POST_ONLY else client.get(address)
        assert response.headers["Location"].startswith("/anmelden/?next="), name


def test_the_operator_sees_the_operation_and_nothing_of_a_body(addresses: dict[str, str], operator: Person) -> None:
    client = logged_in(operator)
    opened = {name for name, address in addresses.items() if ask(client, name, address) in (200, 302)}

    assert opened == {"operations", "retry", "new_body"}


def test_the_association_administers_its_member(town: Body, association: Body, addresses: dict[str, str]) -> None:
    client = logged_in(person("Vera", (association, Role.ADMINISTRATOR)))
    opened = {name for name, address in addresses.items() if ask(client, name, address) in (200, 302)}

    assert opened == {name for name, roles in MAY.items() if roles & MANAGE}


def test_the_member_does_not_administer_its_association(town: Body, association: Body, administrator: Person) -> None:
    client = logged_in(administrator)

    assert client.get("/verbund/verwaltung/").status_code == 403


def test_an_ended_role_opens_nothing(town: Body, addresses: dict[str, str]) -> None:
    who = person("Rolf", (town, Role.ADMINISTRATOR))
    Membership.objects.for_body(town).filter(person=who).update(valid_from="2020-01-01", valid_until="2020-12-31")

    assert logged_in(who).get("/verwaltung/").status_code == 403


def test_own_pages_of_accounts_need_a_log_in(town: Body, client: Client) -> None:
    closed = [
        "/konto/",
        "/konto/kommunen/",
        "/konto/kennwort/",
        "/konto/kennwort/setzen/",
        "/konto/sitzungen/",
        "/konto/zweiter-faktor/",
        "/konto/zweiter-faktor/app/",
        "/konto/zweiter-faktor/app/entfernen/",
        "/konto/zweiter-faktor/passkeys/",
        "/konto/zweiter-faktor/passkeys/neu/",
        "/konto/zweiter-faktor/passkeys/1/",
        "/konto/zweiter-faktor/passkeys/1/entfernen/",
        "/konto/zweiter-faktor/notfallcodes/neu/",
        "/konto/bestaetigen/",
        "/konto/bestaetigen/code/",
        "/konto/bestaetigen/passkey/",
    ]
    assert {address: client.get(address).status_code for address in closed if client.get(address).status_code != 302} == {}


def test_every_address_of_accounts_is_known() -> None:
    assert len(set(names(accounts_urls.urlpatterns))) == 28, "a new address: add it to the tests of authorisation"


def test_the_passkey_of_somebody_else_is_not_found(town: Body, editor: Person, citizen: Person) -> None:
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(user=editor, type="webauthn", data={"name": "Dienst-Laptop", "credential": {}})
    client = logged_in(citizen)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e12, "reauthenticated": True}]
    session.save()

    assert client.post(f"/konto/zweiter-faktor/passkeys/{key.pk}/entfernen/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_reading_the_trail_writes_nothing_but_taking_it_out_does(addresses: dict[str, str], auditor: Person, town: Body) -> None:
    client = logged_in(auditor)
    before = AuditEntry.objects.for_body(town).count()
    client.get(addresses["audit"])
    assert AuditEntry.objects.for_body(town).count() == before
    client.get(addresses["audit_csv"])
    assert AuditEntry.objects.for_body(town).count() == before + 1
