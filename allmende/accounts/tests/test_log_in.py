"""Logging in: password, second factor, throttling, what nobody learns."""

import re
import time
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache, caches
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from allmende.accounts import demo
from allmende.accounts.tests.door import PASSWORD, code_of, log_in, now, with_app
from allmende.config import settings as installed
from allmende.core.models import Body, Membership, Person
from conftest import Role, person


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    cache.clear()


def test_an_editor_logs_in_with_a_password_and_lands_at_the_desk(client: Client, editor: Person) -> None:
    response = log_in(client, editor)

    assert response.status_code == 302
    assert response.headers["Location"] == "/schreibtisch/"


def test_under_the_prefix_of_a_body_one_lands_at_its_desk(client: Client, town: Body, foreigner: Person) -> None:
    response = client.post("/nebenan/anmelden/", {"login": foreigner.email, "password": PASSWORD})

    assert response.headers["Location"] == "/nebenan/schreibtisch/"


def test_who_acts_in_one_other_body_is_led_to_its_desk(client: Client, town: Body, neighbour: Body) -> None:
    nele = person("Nele", (neighbour, Role.EDITOR))

    assert log_in(client, nele).headers["Location"] == "/nebenan/schreibtisch/"


def test_who_acts_in_several_bodies_chooses(client: Client, town: Body, neighbour: Body) -> None:
    third = Body.objects.create(
        slug="drittes", name="Gemeinde Drittes", short_name="Drittes", kind=Body.Kind.MUNICIPALITY, ars="150990010003"
    )
    nele = person("Nele", (neighbour, Role.EDITOR), (third, Role.EDITOR))

    assert log_in(client, nele).headers["Location"] == "/konto/kommunen/"
    page = client.get("/konto/kommunen/").content.decode()
    assert 'href="/nebenan/schreibtisch/"' in page
    assert 'href="/drittes/schreibtisch/"' in page


def test_who_acts_nowhere_sees_the_own_account(client: Client, town: Body, citizen: Person) -> None:
    assert log_in(client, citizen).headers["Location"] == "/konto/"


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client, editor: Person) -> None:
    wrong = client.post("/anmelden/", {"login": editor.email, "password": "falsch"}).content.decode()
    unknown = client.post("/anmelden/", {"login": "niemand@example.org", "password": "falsch"}).content.decode()

    def same(page: str) -> str:
        return page.replace(editor.email, "X").replace("niemand@example.org", "X").split("<main")[1].split("csrfmiddlewaretoken")[0]

    assert same(wrong) == same(unknown)
    assert "E-Mail-Adresse oder Kennwort stimmen nicht" in wrong
    assert "Fehler: Anmelden" in wrong


def test_five_wrong_passwords_close_the_door_from_there_for_a_while_and_say_until_when(client: Client, editor: Person) -> None:
    for _ in range(5):
        assert "stimmen nicht" in log_in(client, editor, "falsch").content.decode()

    refused = log_in(client, editor, PASSWORD)

    assert refused.status_code == 200
    assert re.search(r"Zu viele Versuche\. Ab \d{1,2}\.\d\d\sUhr können Sie es wieder versuchen", refused.content.decode())
    assert log_in(Client(), editor, PASSWORD, REMOTE_ADDR="10.0.0.99").status_code == 302  # who was not guessing is not locked out


def test_a_colleague_behind_the_same_address_logs_in_while_somebody_guesses(client: Client, editor: Person, administrator: Person) -> None:
    for _ in range(12):
        log_in(client, editor, "falsch")

    assert log_in(Client(), administrator).status_code == 302


def test_guessing_one_account_from_everywhere_ends_too(client: Client, editor: Person) -> None:
    """Neither more addresses nor more host names of the installation are more guesses."""
    for number in range(25):
        host = "testserver" if number % 2 else "localhost"
        log_in(client, editor, "falsch", REMOTE_ADDR=f"10.0.0.{number}", HTTP_HOST=host)

    assert "Zu viele Versuche. Ab " in log_in(client, editor, REMOTE_ADDR="10.0.0.99", HTTP_HOST="127.0.0.1").content.decode()


def test_who_logs_in_takes_nothing_from_the_attempts_of_the_account(client: Client, editor: Person) -> None:
    for _ in range(30):
        assert log_in(Client(), editor).status_code == 302


def test_one_address_cannot_try_many_accounts(client: Client, town: Body) -> None:
    for number in range(100):
        client.post("/anmelden/", {"login": f"n{number}@example.org", "password": "falsch"})

    assert "Zu viele Versuche" in client.post("/anmelden/", {"login": "n999@example.org", "password": "falsch"}).content.decode()


def test_a_second_factor_is_asked_for_and_opens_the_session(client: Client, approver: Person) -> None:
    with_app(approver)

    assert log_in(client, approver).headers["Location"] == "/anmelden/zweiter-faktor/"
    assert client.get("/konto/").status_code == 302, "not logged in yet"
    response = client.post("/anmelden/zweiter-faktor/", {"code": code_of(approver)})

    assert response.headers["Location"] == "/schreibtisch/"
    assert client.get("/konto/").status_code == 200


def test_a_code_works_once(client: Client, approver: Person) -> None:
    with_app(approver)
    code = code_of(approver)
    log_in(client, approver)
    client.post("/anmelden/zweiter-faktor/", {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={approver.pk}&code={code}")  # allauth forgets it after 30 seconds
    thief = Client()
    log_in(thief, approver)

    answer = thief.post("/anmelden/zweiter-faktor/", {"code": code})

    assert answer.status_code == 200
    assert "wurde schon benutzt" in answer.content.decode()


def test_guessing_codes_is_throttled(client: Client, approver: Person) -> None:
    with_app(approver)
    log_in(client, approver)
    wrong = f"{(int(code_of(approver)) + 500_000) % 1_000_000:06}"
    for _ in range(5):
        client.post("/anmelden/zweiter-faktor/", {"code": wrong})

    shut = client.post("/anmelden/zweiter-faktor/", {"code": code_of(approver)}).content.decode()

    assert "<h1>Für kurze Zeit gesperrt</h1>" in shut
    until = re.search(r'Ab <time datetime="([^"]+)">', shut)
    assert until
    wait = datetime.fromisoformat(until[1]).timestamp() - time.time()
    assert 0 < wait <= 6 * 60, "five minutes, rounded up to the next"
    assert 'name="code"' not in shut, "no field that would only be refused"


def test_an_incomplete_code_is_no_attempt(client: Client, approver: Person) -> None:
    with_app(approver)
    log_in(client, approver)
    for typed in ("12345", "1234567", "abcdef", "12 34", "123456789", "1"):
        answer = client.post("/anmelden/zweiter-faktor/", {"code": typed}).content.decode()
        assert "Schreiben Sie alle Ziffern" in answer

    spaced = code_of(approver)
    entered = client.post("/anmelden/zweiter-faktor/", {"code": f" {spaced[:3]} {spaced[3:]} "})
    assert entered.status_code == 302, "as apps show it, in two groups"


def test_secrets_of_second_factors_are_not_in_the_database_in_the_clear(approver: Person) -> None:
    with_app(approver)
    stored = Authenticator.objects.get(user=approver).data["secret"]

    assert demo.totp_secret(approver) not in str(stored)


def test_signing_up_does_not_exist(client: Client, town: Body) -> None:
    assert client.get("/konto/registrieren/").status_code == 404
    assert client.get("/anmelden/registrieren/").status_code == 404


def test_logging_out_takes_a_post(client: Client, editor: Person) -> None:
    log_in(client, editor)

    assert client.get("/abmelden/").status_code == 405
    assert client.post("/abmelden/").headers["Location"] == "/"
    assert client.get("/konto/").status_code == 302


def test_a_closed_account_gets_in_nowhere(client: Client, editor: Person) -> None:
    log_in(client, editor)
    Person.objects.filter(pk=editor.pk).update(is_active=False)

    assert client.get("/konto/").status_code == 302, "the open session ends at once"
    assert "gesperrt" in client.get(log_in(Client(), editor).headers.get("Location", "/anmelden/gesperrt/")).content.decode()


# --- Roles that need a second factor ------------------------------------------------


@pytest.mark.parametrize("role", [Role.APPROVER, Role.SEAL_HOLDER])
@pytest.mark.parametrize("address", ["/konto/", "/konto/kennwort/", "/konto/sitzungen/"])
def test_without_a_second_factor_these_roles_get_only_to_the_setup(client: Client, town: Body, role: Role, address: str) -> None:
    anna = person("Anna", (town, role))
    log_in(client, anna)

    assert client.get(address).headers["Location"] == "/konto/zweiter-faktor/"
    assert client.get("/konto/zweiter-faktor/").status_code == 200


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.APPROVER, Role.SEAL_HOLDER)])
def test_other_roles_work_with_a_password(client: Client, town: Body, role: Role) -> None:
    log_in(client, person("Erik", (town, role)))

    assert client.get("/konto/").status_code == 200


def test_a_deputy_of_an_approver_needs_one_too(client: Client, town: Body, approver: Person, editor: Person) -> None:
    day = timezone.localdate()
    Membership.objects.create(
        person=editor, body=town, role=Role.APPROVER, deputy_for=approver, valid_from=day, valid_until=day, reason="Urlaub"
    )
    log_in(client, editor)

    assert client.get("/konto/").headers["Location"] == "/konto/zweiter-faktor/"


def test_setting_up_the_app_opens_the_way_and_gives_emergency_codes(committed: None, client: Client, approver: Person) -> None:
    log_in(client, approver)
    page = client.get("/konto/zweiter-faktor/app/")
    secret = page.context["form"].secret
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    code = format_hotp_value(hotp_value(secret, int(now().timestamp()) // 30))
    done = client.post("/konto/zweiter-faktor/app/", {"code": code})

    assert done.headers["Location"] == "/konto/zweiter-faktor/notfallcodes/"
    codes = client.get("/konto/zweiter-faktor/notfallcodes/")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/konto/").status_code == 200


def test_the_session_from_before_must_show_the_second_factor_too(client: Client, town: Body) -> None:
    erik = person("Erik", (town, Role.EDITOR))
    log_in(client, erik)
    with_app(erik)
    Membership.objects.create(person=erik, body=town, role=Role.APPROVER)

    assert client.get("/konto/").headers["Location"].startswith("/konto/bestaetigen/code/?next=")
    response = client.post("/konto/bestaetigen/code/", {"code": code_of(erik), "next": "/konto/"})
    assert response.headers["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200


def test_an_emergency_code_works_once(client: Client, approver: Person) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with_app(approver)
    code = RecoveryCodes.activate(approver).get_unused_codes()[0]
    log_in(client, approver)
    assert client.post("/anmelden/zweiter-faktor/", {"code": code}).status_code == 302
    cache.clear()
    second = Client()
    log_in(second, approver)

    assert second.post("/anmelden/zweiter-faktor/", {"code": code}).status_code == 200


def test_who_asks_from_many_addresses_throws_no_counter_away(db: None, settings: Settings) -> None:
    settings.CACHES = installed.CACHES
    call_command("createcachetable", verbosity=0)
    counters = caches["default"]
    counters.set("a", 5, 300)
    for number in range(400):
        counters.set(f"b{number}", 1, 300)

    assert counters.get("a") == 5


def test_the_way_back_works_after_an_error_and_ends_with_the_session(client: Client, town: Body, editor: Person) -> None:
    client.force_login(editor)

    assert client.get("/schreibtisch/")["Cache-Control"] == "private, no-store"
    again = client.post("/schreibtisch/bekanntmachungen/neu/", {"version": "0", "kind": "general", "title": "x" * 301})
    assert (again.status_code, again["Cache-Control"]) == (422, "private, no-cache")
    assert client.post("/abmelden/")["Clear-Site-Data"] == '"cache"'
