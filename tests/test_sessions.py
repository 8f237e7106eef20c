"""Cookies and sessions: what a stranger plants, keeps or overhears opens nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from allmende.accounts import demo
from allmende.core.models import Body, Membership, Person
from conftest import Role, person
from tests.entering import enter


def test_cookies_are_for_this_site_and_no_script(town: Body, editor: Person, client: Client) -> None:
    client.get("/anmelden/")
    enter(client, editor)

    assert {"sitzung", "csrf"} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/"), cookie


@pytest.mark.parametrize("prefix", ["/nebenan", "/en"])
def test_the_prefix_of_a_body_changes_nothing_about_cookies(town: Body, neighbour: Body, client: Client, prefix: str) -> None:
    client.get(f"{prefix}/anmelden/")

    assert client.cookies["csrf"]["path"] == "/"


def test_a_reader_gets_no_cookie(town: Body, client: Client) -> None:
    for address in ("/", "/bekanntmachungen/", "/pruefung/", "/protokoll/", "/impressum/"):
        client.get(address)

    assert set(client.cookies) <= {"csrf"}  # the form of the check page brings its token
    assert not Session.objects.exists()


def test_with_https_cookies_belong_to_the_host_and_never_travel_in_the_clear(tmp_path: Path) -> None:
    program = (
        "import django, json; django.setup(); from django.conf import settings as s;"
        "names = ('SESSION_COOKIE_NAME', 'CSRF_COOKIE_NAME', 'SESSION_COOKIE_SECURE', 'CSRF_COOKIE_SECURE');"
        "names += ('SECURE_HSTS_SECONDS', 'DEBUG');"
        "from allmende.core.middleware import SecurityHeadersMiddleware as m;"
        "print(json.dumps([{n: getattr(s, n) for n in names}, m(lambda r: None).headers]))"
    )
    environment = os.environ | {
        "ALLMENDE_URL": "https://rathaus.example",
        "ALLMENDE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "allmende.config.settings",
    }
    told = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True).stdout
    values, headers = json.loads(told)

    assert values == {
        "SESSION_COOKIE_NAME": "__Host-sitzung",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "DEBUG": False,
    }
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_session_from_before_the_log_in_is_worth_nothing_after_it(town: Body, editor: Person, client: Client) -> None:
    planted = client.session
    planted["planted"] = "by somebody else"
    planted.save()
    before = client.cookies["sitzung"].value
    enter(client, editor)

    assert client.cookies["sitzung"].value != before
    assert not Session.objects.filter(session_key=before).exists()
    stranger = Client()
    stranger.cookies["sitzung"] = before
    assert stranger.get("/schreibtisch/").status_code == 302


def test_the_key_changes_again_with_the_second_factor(town: Body, client: Client) -> None:
    anna = person("Anna", (town, Role.APPROVER))
    demo.create_person(name=anna.name, email=anna.email, password="", second_factor=True)
    assert Authenticator.objects.filter(user=anna).exists()
    assert enter(client, anna).headers["Location"] == "/anmelden/zweiter-faktor/"
    before = client.cookies["sitzung"].value
    assert client.get("/schreibtisch/").headers["Location"].startswith("/anmelden/")  # half a log-in is none
    client.post("/anmelden/zweiter-faktor/", {"code": demo.current_code(anna, at=timezone.now())})

    assert client.get("/schreibtisch/").status_code == 200
    assert client.cookies["sitzung"].value != before


def test_after_logging_out_the_old_cookie_opens_nothing(town: Body, editor: Person, client: Client) -> None:
    enter(client, editor)
    old = client.cookies["sitzung"].value
    client.post("/abmelden/")
    stranger = Client()
    stranger.cookies["sitzung"] = old

    assert stranger.get("/schreibtisch/").status_code == 302


def test_an_administrator_loses_the_pages_in_the_moment_the_role_ends(town: Body, administrator: Person, client: Client) -> None:
    enter(client, administrator)
    assert client.get("/verwaltung/").status_code == 200
    Membership.objects.for_body(town).filter(person=administrator).delete()

    assert client.get("/verwaltung/").status_code == 403
