"""One's own account: new passwords, sessions, name, and what a session must have shown."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from allmende.accounts import demo
from allmende.accounts.second_factor import require_second_factor
from allmende.accounts.tests.door import PASSWORD, code_of, log_in, now, with_app
from allmende.core import outbox
from allmende.core.errors import SecondFactorNeeded
from allmende.core.models import AuditEntry, Body, OutboxRow, Person
from conftest import person


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    cache.clear()


# --- New password by mail -----------------------------------------------------------


def test_asking_for_a_link_tells_nobody_whether_there_is_an_account(client: Client, editor: Person) -> None:
    known = client.post("/konto/kennwort/vergessen/", {"email": editor.email})
    unknown = client.post("/konto/kennwort/vergessen/", {"email": "niemand@example.org"})

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert OutboxRow._unscoped.filter(topic="accounts.password").count() == 1


def test_the_outbox_row_for_a_link_holds_no_value(client: Client, editor: Person) -> None:
    client.post("/konto/kennwort/vergessen/", {"email": editor.email})
    row = OutboxRow._unscoped.get(topic="accounts.password")

    assert editor.email not in f"{row.subject}{row.key}{row.queue}"
    assert editor.name not in f"{row.subject}{row.key}{row.queue}"


def reset_link(who: Person, client: Client) -> str:
    """The path in the mail that somebody gets who has forgotten the password."""
    client.post("/konto/kennwort/vergessen/", {"email": who.email})
    outbox.work(now())
    link = next(word for word in str(mail.outbox[-1].body).split() if "/konto/kennwort/neu/" in word)
    assert link.startswith("http://localhost:8000/"), "from the settings, never from the Host header"
    return "/konto/" + link.split("/konto/")[1]


def test_the_link_sets_a_new_password_once(client: Client, editor: Person) -> None:
    path = reset_link(editor, client)
    form = client.get(path, follow=True)
    done = client.post(form.redirect_chain[-1][0], {"password1": "vier blaue Berge 9", "password2": "vier blaue Berge 9"})

    assert done.headers["Location"] == "/konto/kennwort/neu/fertig/"
    editor.refresh_from_db()
    assert editor.check_password("vier blaue Berge 9")
    assert "Der Link gilt nicht mehr" in Client().get(path).content.decode()
    outbox.work(now())
    assert "über den Link in einer E-Mail neu gesetzt" in str(mail.outbox[-1].body)


def test_a_new_password_does_not_replace_the_second_factor(client: Client, approver: Person) -> None:
    with_app(approver)
    path = reset_link(approver, client)
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "vier blaue Berge 9", "password2": "vier blaue Berge 9"})

    assert client.get("/konto/").status_code == 302, "not logged in by the link"
    assert log_in(client, approver, "vier blaue Berge 9").headers["Location"] == "/anmelden/zweiter-faktor/"


def test_asking_for_links_is_throttled_per_address(client: Client, editor: Person) -> None:
    answers = [client.post("/konto/kennwort/vergessen/", {"email": editor.email}, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(6)]

    assert answers == [302] * 5 + [429]


def test_the_page_for_too_many_attempts_is_ours(client: Client, editor: Person) -> None:
    for n in range(6):
        page = client.post("/konto/kennwort/vergessen/", {"email": editor.email}, REMOTE_ADDR=f"10.0.0.{n}")

    assert "Zu viele Versuche" in page.content.decode()


def test_a_changed_password_ends_the_other_sessions_and_is_told_by_mail(client: Client, editor: Person) -> None:
    other = Client()
    log_in(other, editor)
    log_in(client, editor)
    changed = {"oldpassword": PASSWORD, "password1": "vier blaue Berge 9", "password2": "vier blaue Berge 9"}
    assert client.post("/konto/kennwort/", changed).headers["Location"] == "/konto/"
    outbox.work(now())

    assert client.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302
    assert "Ihr Kennwort wurde geändert." in str(mail.outbox[-1].body)


def test_sessions_are_listed_and_the_others_ended(client: Client, editor: Person) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"})
    log_in(other, editor)
    log_in(client, editor)
    page = client.get("/konto/sitzungen/").content.decode()

    assert "Firefox, Windows" in page
    client.post("/konto/sitzungen/")
    assert other.get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200


def test_changing_the_second_factor_asks_for_a_confirmation_after_a_while(client: Client, editor: Person) -> None:
    log_in(client, editor)
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [record | {"at": record["at"] - 600} for record in records]
    session.save()

    asked = client.get("/konto/zweiter-faktor/app/")
    assert asked.headers["Location"].startswith("/konto/bestaetigen/?next=")
    assert client.post(asked.headers["Location"], {"password": PASSWORD}).headers["Location"] == "/konto/zweiter-faktor/app/"
    assert client.get("/konto/zweiter-faktor/app/").status_code == 200


def test_the_code_for_the_app_is_drawn_on_white(client: Client, editor: Person) -> None:
    log_in(client, editor)
    drawn = client.get("/konto/zweiter-faktor/app/").context["totp_svg"]

    assert 'fill="#fff"' in drawn
    assert "style=" not in drawn


def test_after_log_in_nobody_is_led_to_a_foreign_site(client: Client, editor: Person) -> None:
    response = client.post("/anmelden/", {"login": editor.email, "password": PASSWORD, "next": "https://boese.example/"})

    assert response.headers["Location"] == "/schreibtisch/"


def test_approving_is_refused_where_the_session_has_not_shown_a_second_factor(rf: Any, approver: Person) -> None:
    request = rf.get("/")
    request.user = approver
    request.session = {}
    with pytest.raises(SecondFactorNeeded):
        require_second_factor(request)
    request.session = {
        "account_authentication_methods": [{"method": "mfa", "at": 0}],
        "account_authentication_methods_user": str(approver.pk + 1),
    }
    with pytest.raises(SecondFactorNeeded):
        require_second_factor(request)
    request.session["account_authentication_methods_user"] = str(approver.pk)
    require_second_factor(request)


def test_a_person_without_session_cookie_costs_no_query(client: Client, town: Body, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):  # which body it is
        client.get("/stadt.css")


def test_everything_in_english_too(client: Client, editor: Person) -> None:
    page = client.get("/en/anmelden/").content.decode()

    assert "Forgotten password" in page
    assert "Kennwort" not in page
    assert client.post("/en/anmelden/", {"login": editor.email, "password": PASSWORD}).headers["Location"] == "/en/schreibtisch/"


def test_the_demo_makes_people_once_and_knows_their_codes(town: Body) -> None:
    first = demo.create_person(name="Tom", email="Tom@example.org", password=PASSWORD, second_factor=True)
    again = demo.create_person(name="Tom", email="tom@example.org", password="anders", second_factor=True)

    assert first == again
    assert again.check_password(PASSWORD)
    code = demo.current_code(first, at=now())
    assert code is not None
    assert len(code) == 6
    assert demo.current_code(person("Ohne"), at=now()) is None


def test_a_new_name_is_recorded_where_the_person_works(client: Client, town: Body, editor: Person) -> None:
    log_in(client, editor)
    client.post("/konto/", {"name": "Erika Muster"})
    entry = AuditEntry.objects.for_body(town).select_related("stored").get(act="people.renamed")

    assert entry.stored.values == {"before": "Erika", "after": "Erika Muster"}
    client.post("/konto/", {"name": "Erika Muster"})
    assert AuditEntry.objects.for_body(town).count() == 1


def test_the_last_second_factor_of_an_approver_stays(client: Client, approver: Person) -> None:
    with_app(approver)
    log_in(client, approver)
    client.post("/anmelden/zweiter-faktor/", {"code": code_of(approver)})
    refused = client.post("/konto/zweiter-faktor/app/entfernen/")

    assert "Richten Sie erst einen anderen ein" in refused.content.decode()
    key = Authenticator.objects.create(user=approver, type="webauthn", data={"name": "Laptop", "credential": {}})
    assert client.post("/konto/zweiter-faktor/app/entfernen/").status_code == 302
    assert not Authenticator.objects.filter(user=approver, type="totp").exists()
    assert client.post(f"/konto/zweiter-faktor/passkeys/{key.pk}/entfernen/").headers["Location"] == "/konto/zweiter-faktor/passkeys/"
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_pages_of_people_who_are_logged_in_are_kept_by_no_cache(client: Client, administrator: Person) -> None:
    log_in(client, administrator)

    assert client.get("/verwaltung/").headers["Cache-Control"] == "private, no-store"
    assert "no-store" in client.get("/konto/").headers["Cache-Control"]
    assert client.get("/stadt.css").headers["Cache-Control"] == "max-age=300", "the same for everybody"
    assert "no-store" not in Client().get("/stadt.css").headers["Cache-Control"]


def test_counters_in_the_database_hold_for_all_processes(settings: Any, client: Client, editor: Person) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)
    for _ in range(5):
        log_in(Client(), editor, "falsch")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone()[0] >= 3

    assert "Zu viele Versuche" in log_in(client, editor).content.decode()


def test_the_key_of_an_app_is_shown_in_groups_of_four(client: Client, editor: Person) -> None:
    log_in(client, editor)
    page = client.get("/konto/zweiter-faktor/app/").content.decode()

    shown = re.search(r'<code class="a-break">([A-Z2-7 ]+)</code>', page)
    assert shown
    assert {len(group) for group in shown[1].split()[:-1]} == {4}
