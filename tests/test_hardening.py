"""What strangers try with a web application, tried here against every address: forged forms, foreign hosts, long ways round."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pytest_django import Settings

from allmende.accounts import demo
from allmende.core import outbox
from allmende.core.middleware import HEADERS, RequestSizeMiddleware
from allmende.core.models import Body, Membership, Office, Person, Record, Visibility
from allmende.lib import richtext
from allmende.lib.proof.container import MAX_BUNDLE
from allmende.notices import services, text
from allmende.notices.models import Notice
from allmende.notices.services import Draft
from allmende.publication import log, store
from allmende.publication.setup import set_up_log
from conftest import NOW, Role, person

PASSWORD = "ein langes Kennwort 7"


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    cache.clear()


def enter(client: Client, who: Person, **extra: Any) -> Any:
    return client.post("/anmelden/", {"login": who.email, "password": PASSWORD} | extra)


# --- Cookies ---------------------------------------------------------------------------------


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


# --- Sessions --------------------------------------------------------------------------------


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


# --- Where one is sent -----------------------------------------------------------------------

FOREIGN = (
    "https://boese.example/",
    "//boese.example/",
    "///boese.example",
    "/\\boese.example",
    "\\\\boese.example",
    "http:boese.example",
    "https:///boese.example",
    "\t//boese.example",
    "/\t/boese.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@boese.example/",
    "https://testserver.boese.example/",
    " https://boese.example",
)


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("door", ["/anmelden/", "/en/anmelden/", "/nebenan/anmelden/"])
def test_log_in_leads_to_no_other_site(town: Body, neighbour: Body, editor: Person, client: Client, foreign: str, door: str) -> None:
    by_form = client.post(door, {"login": editor.email, "password": PASSWORD, "next": foreign})
    client.logout()
    by_address = client.post(door, {"login": editor.email, "password": PASSWORD}, query_params={"next": foreign})

    for response in (by_form, by_address):
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/")
        assert "boese" not in response.headers["Location"]
    shown = Client().get(door, {"next": foreign}).content.decode()
    assert f'href="{foreign.strip()}"' not in shown


def test_who_is_logged_in_already_is_led_to_no_other_site(town: Body, editor: Person, client: Client) -> None:
    enter(client, editor)
    for address in ("/anmelden/", "/konto/bestaetigen/", "/abmelden/"):
        response = client.post(address, {"next": "https://boese.example/", "password": PASSWORD})
        assert "boese" not in response.headers.get("Location", ""), address
        enter(client, editor)


# --- Hosts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["boese.example", "localhost.boese.example", "boese.example:80", "boese.example@testserver", "a b", "[::1", ""]
)
def test_a_foreign_host_is_refused_with_all_headers(town: Body, client: Client, host: str) -> None:
    response = client.get("/", headers={"host": host})

    assert response.status_code == 400
    assert "boese" not in response.content.decode()
    assert set(HEADERS) <= set(response.headers)


def test_links_in_mails_come_from_the_settings(town: Body, editor: Person, client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(
        "/konto/kennwort/vergessen/",
        {"email": editor.email},
        headers={"host": "localhost:99", "x-forwarded-host": "boese.example", "x-forwarded-server": "boese.example"},
    )
    outbox.work(timezone.now() + timedelta(seconds=1))

    (sent,) = mail.outbox
    assert "boese" not in str(sent.message())
    assert "localhost:99" not in str(sent.message())
    assert settings.BASE_URL in sent.body


# --- Forged forms ----------------------------------------------------------------------------

MACHINES = {"witness:add_checkpoint", "witness:add_checkpoint_of"}  # no session, no cookie: nothing to forge
FILL: dict[str, Any] = {
    "kind": "office",
    "administration:page kind": "imprint",
    "language": "de",
    "seen": f"{'0' * 64}/checkpoint",
    "name": "musterstedt",
    "path": "0/000",
    "secret": "0" * 64,
    "uidb36": "1",
    "key": "abc-0123",
    "administration:rules_proposal profile": "ST",
    "administration:rules_decide profile": "ST",
    "administration:rule key": "entry.default",
    "administration:rule_change key": "entry.default",
}


def addresses(found: list[URLPattern | URLResolver] | None = None, space: str = "") -> dict[str, str]:
    """Name → an address of each pattern of the project; whether the thing exists does not matter here."""
    everything: dict[str, str] = {}
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            everything |= addresses(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
            continue
        name, values = f"{space}{one.name}", {}
        for hole in set(one.pattern.converters) | set(one.pattern.regex.groupindex):
            kind = type(one.pattern.converters.get(hole)).__name__
            stock = {"IntConverter": 1, "UUIDConverter": UUID(int=1)}
            values[hole] = FILL.get(f"{name} {hole}", stock.get(kind, FILL.get(hole)))
            assert values[hole] is not None, f"{name}: nothing to fill {hole!r}"
        everything[name] = reverse(name, kwargs=values)
    return everything


def test_no_form_is_taken_from_another_site(town: Body, association: Body) -> None:
    """POST without token, by somebody who may do everything and by nobody: refused before any view sees it."""
    everyone = person("Alles", *((town, role) for role in Role), *((association, role) for role in Role))
    Person.objects.filter(pk=everyone.pk).update(is_operator=True)
    able = Client(enforce_csrf_checks=True)
    able.force_login(everyone)
    session = able.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(everyone.pk)
    session.save()
    taken = set()
    for client in (able, Client(enforce_csrf_checks=True)):
        for name, address in addresses().items():
            response = client.post(address, {"do": "close", "remove": "1", "demo": "1"}, headers={"origin": "https://boese.example"})
            if not (response.status_code == 403 and "core/csrf.html" in [used.name for used in response.templates]):
                taken.add(name)

    assert taken == MACHINES


def test_a_token_of_another_session_is_none(town: Body, editor: Person) -> None:
    theirs, own = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    theirs.get("/anmelden/")
    own.get("/anmelden/")
    form = {"login": editor.email, "password": PASSWORD, "csrfmiddlewaretoken": theirs.cookies["csrf"].value}

    assert own.post("/anmelden/", form).status_code == 403
    assert own.post("/anmelden/", form | {"csrfmiddlewaretoken": own.cookies["csrf"].value}).status_code == 302


# --- Frames, scripts, methods ------------------------------------------------------------------


def test_every_kind_of_answer_forbids_frames_and_foreign_scripts(town: Body, citizen: Person, client: Client, settings: Settings) -> None:
    answers = [
        client.get("/"),
        client.get("/gibt/es/nicht/"),
        client.get("/verwaltung/"),
        client.get("/", headers={"host": "boese.example"}),
        Client(enforce_csrf_checks=True).post("/anmelden/"),
        client.put("/"),
        client.get("/stadt.css"),
        client.get("/wappen"),
        client.get("/robots.txt"),
    ]
    enter(client, citizen)
    answers.append(client.get("/verwaltung/"))

    assert {response.status_code for response in answers} == {200, 302, 400, 403, 404, 405}
    for response in answers:
        policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert (policy["frame-ancestors"], policy["default-src"], policy["base-uri"]) == ("'none'", "'self'", "'none'")
        assert "unsafe" not in str(policy)
        assert "script-src" not in policy
        response.close()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_other_methods_are_not_allowed_anywhere_in_public(town: Body, client: Client, method: str) -> None:
    public = [
        "/",
        "/bekanntmachungen/",
        "/bekanntmachungen/archiv/",
        "/bekanntmachungen/2026/1/",
        "/pruefung/",
        "/protokoll/",
        "/ortsrecht/",
    ]
    public += [
        "/impressum/",
        "/datenschutz/",
        "/barrierefreiheit/",
        "/sitemap.xml",
        "/robots.txt",
        "/stadt.css",
        "/wappen",
        "/log/checkpoint",
    ]

    assert {address: client.generic(method, address).status_code for address in public} == dict.fromkeys(public, 405)
    assert "GET" in client.generic(method, "/").headers["Allow"]


# --- Paths -----------------------------------------------------------------------------------

WAYS = (
    "../secret",
    "../../secret",
    "..%2f..%2fsecret",
    "%2e%2e/%2e%2e/secret",
    "..%252f..%252fsecret",
    "....//secret",
    "..\\..\\secret",
    "0/../../secret",
    "entries/../../secret",
    "//secret",
    "/secret",
    "secret",
    "0/000/../../../secret",
    "0/000%00",
    "0/000.p/../../../../secret",
)


@pytest.mark.parametrize("door", ["/log/tile/", "/log/musterstedt/tile/", "/log/nebenan/tile/", "/nebenan/log/tile/"])
def test_no_way_leads_out_of_the_log(town: Body, neighbour: Body, client: Client, door: str) -> None:
    set_up_log(town, origin="log.musterstedt.example", at=NOW, by=None)
    for folder in (log.checkpoint_file(town).parent, store.log_dir(town) / "tile", store.log_dir(town).parent, store.key_dir(town)):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "secret").write_text("verraten")

    for way in WAYS:
        response = client.get(f"{door}{way}")
        assert (way, response.status_code) == (way, 404)
    for way in (f"{door}../../../keys/musterstedt/log.key", "/log/../checkpoint", "/log/..%2fkeys/checkpoint", "/log/./checkpoint"):
        assert (way, client.get(way).status_code) == (way, 404)


@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["..", ".", "", "0", "000", "x001", "entries", "%2e%2e", "000.p", "7", "\\", "secret", "~"]), max_size=7))
def test_what_is_not_spelled_as_a_tile_is_not_there(town: Body, client: Client, parts: list[str]) -> None:
    store.log_dir(town).mkdir(parents=True, exist_ok=True)
    (store.log_dir(town) / "secret").write_text("verraten")

    assert client.get("/log/tile/" + "/".join(parts)).status_code == 404


# --- Files of what is not public -------------------------------------------------------------


@pytest.fixture
def approved(town: Body, editor: Person, approver: Person) -> Record:
    """Approved and numbered, not yet provided; its files lie on the disk already."""
    office = Office.objects.create(body=town, name="Bauamt")
    content = text.write(richtext.from_plain("Die Gehwege sind zu räumen.\n\n## Grundlage\n\nGrundlage ist die Satzung."))
    notice: Notice = services.draft(body=town, values=Draft(title="Winterdienst", office=office.pk, content=content), by=editor, at=NOW)
    services.submit(notice.pk, body=town, version=1, by=editor, at=NOW)
    services.approve(notice.pk, body=town, version=1, by=approver, at=NOW)
    record = Record.objects.for_body(town).get()
    for suffix in ("pdf", "zip"):
        store.write(store.file_of(record, suffix), b"%PDF-1.7 nicht vor der Bereitstellung", body=town)
    return record


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.PUBLIC])
def test_documents_answer_to_nobody_before_they_are_provided(
    town: Body, approved: Record, editor: Person, client: Client, visibility: Visibility
) -> None:
    Record.objects.for_body(town).update(visibility=visibility)
    for _ in ("reader", "author"):
        for suffix in ("/", ".pdf", ".zip"):
            address = f"/{approved.path.rstrip('/')}{suffix}"
            assert (address, client.get(address).status_code) == (address, 404)
            assert client.head(address).status_code == 404
        enter(client, editor)


# --- What is sent up -------------------------------------------------------------------------


def test_what_is_larger_than_any_upload_is_not_even_read(town: Body, client: Client, settings: Settings) -> None:
    class Untouched:
        def read(self, *_: int) -> bytes:
            raise AssertionError("read")

        readline = read

    room = RequestSizeMiddleware.ROOM
    large, small = settings.UPLOAD_MAX_BYTES_AT["/pruefung/"], settings.UPLOAD_MAX_BYTES
    for address, length, status, told in (
        ("/pruefung/", str(large + room + 1), 413, "bis 64 MB"),
        ("/en/pruefung/", str(large + room + 1), 413, "up to 64 MB"),
        ("/pruefung/", "9" * 30, 413, "bis 64 MB"),
        ("/anmelden/", str(small + room + 1), 413, "bis 20 MB"),
        *(("/pruefung/", length, 400, "kann sie zu groß sein") for length in ("-1", "1e9", "²")),
    ):
        response = client.generic("POST", address, CONTENT_LENGTH=length, **{"wsgi.input": Untouched()})  # type: ignore[arg-type]
        assert (address, length, response.status_code) == (address, length, status)
        assert told in response.content.decode()


def test_a_bundle_that_is_too_large_is_said_to_be(town: Body, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allmende.portal.forms.MAX_BUNDLE", 1000)
    response = client.post("/pruefung/", {"bundle": SimpleUploadedFile("17.zip", b"x" * 1001)})

    assert response.status_code == 413
    assert "Die Datei ist größer als 64 MB" in response.content.decode()


def test_the_check_page_takes_what_a_proof_may_have(settings: Settings) -> None:
    assert settings.UPLOAD_MAX_BYTES_AT["/pruefung/"] == MAX_BUNDLE == 64 * 2**20


@pytest.mark.parametrize(
    "form",
    [
        {"vkey": "x" * (5 * 1024 * 1024 + 1)},
        {f"f{n}": "" for n in range(1001)},
        {f"f{n}": SimpleUploadedFile("a", b"x") for n in range(101)},
    ],
    ids=["long field", "many fields", "many files"],
)
def test_forms_have_an_end(town: Body, client: Client, form: dict[str, Any]) -> None:
    assert client.post("/pruefung/", form).status_code == 400


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html><script>alert(1)</script>", b"\x00" * 1000, b"PK\x05\x06" + bytes(18)])
def test_nonsense_is_answered_and_never_shown_as_it_came(town: Body, client: Client, content: bytes) -> None:
    name = '"><script>alert(1)</script>.zip'
    response = client.post("/pruefung/", {"bundle": SimpleUploadedFile(name, content, "text/html")})

    assert response.status_code in (200, 422)
    assert b"<script>alert" not in response.content


def test_nothing_of_an_upload_stays_on_the_disk(town: Body, client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads-in-hand")
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir()
    before = {path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size}
    client.post("/pruefung/", {"bundle": SimpleUploadedFile("17.zip", b"x" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))})

    assert {path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size} == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("bild.png", b"GIF89a" + bytes(100)),
        ("bild.jpg", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("../../bild.png", b"MZ" + bytes(100)),
    ],
)
def test_what_is_no_picture_becomes_none(town: Body, editor: Person, client: Client, name: str, content: bytes, settings: Settings) -> None:
    office = Office.objects.create(body=town, name="Bauamt")
    notice = services.draft(
        body=town, values=Draft(title="Bild", office=office.pk, content=text.write(richtext.from_plain("x"))), by=editor, at=NOW
    )
    enter(client, editor)
    response = client.post(f"/schreibtisch/bekanntmachungen/{notice.pk}/bilder/", {"file": SimpleUploadedFile(name, content, "image/png")})

    assert response.status_code == 422
    assert not [path for path in Path(settings.UPLOAD_DIR).rglob("*") if path.is_file()]


def test_an_administrator_loses_the_pages_in_the_moment_the_role_ends(town: Body, administrator: Person, client: Client) -> None:
    enter(client, administrator)
    assert client.get("/verwaltung/").status_code == 200
    Membership.objects.for_body(town).filter(person=administrator).delete()

    assert client.get("/verwaltung/").status_code == 403
