"""An empty installation: every address leads to setting it up, once, and only whoever can see the server does it."""

import os
import stat
import threading
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from allmende.administration import setup_code
from allmende.administration.services.first_run import AlreadySetUp, FirstBody, set_up_installation
from allmende.core.models import Body, Membership, Person
from allmende.core.tests.threads import meeting
from conftest import NOW, Role

PASSWORD = "drei gruene Wiesen 4"
FIRST = FirstBody("Stadt Quellstedt", "Quellstedt", "quellstedt", Body.Kind.MUNICIPALITY, "150990010001")


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    cache.clear()


def filled(**changed: str) -> dict[str, str]:
    return {
        "code": setup_code.current(),
        "name": "Stadt Quellstedt",
        "short_name": "Quellstedt",
        "slug": "quellstedt",
        "kind": "municipality",
        "ars": "15 0990 010 001".replace(" ", ""),
        "administrator": "Maria Beispiel",
        "email": "Maria@example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | changed


def set_up(**changed: Any) -> tuple[Body, Person]:
    given: dict[str, Any] = {"administrator": "Maria", "email": "maria@example.org", "password": PASSWORD, "at": NOW}
    return set_up_installation(FIRST, **(given | changed))


@pytest.mark.parametrize("address", ["/", "/bekanntmachungen/", "/anmelden/", "/en/konto/", "/verwaltung/", "/irgendwas/"])
def test_before_the_first_body_every_address_leads_to_the_setup(db: None, client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response.headers["Location"] == ("/en" if address.startswith("/en/") else "") + "/einrichten/"


def test_the_setup_makes_body_and_administrator_and_logs_in(db: None, client: Client) -> None:
    assert client.get("/einrichten/").status_code == 200
    response = client.post("/einrichten/", filled())

    assert response.headers["Location"] == "/verwaltung/"
    maria = Person.objects.get(email="maria@example.org")
    assert maria.is_operator
    assert Body.objects.get().is_default
    assert [m.role for m in Membership.objects.for_body(Body.objects.get())] == [Role.ADMINISTRATOR]
    assert "Bevor Sie veröffentlichen können" in client.get("/verwaltung/").content.decode()
    assert not (Path(settings.DATA_DIR) / "setup-code").exists()


def test_without_the_code_nothing_happens(db: None, client: Client) -> None:
    page = client.post("/einrichten/", filled(code="AAAA-BBBB-CCCC-DDDD"))

    assert page.status_code == 403
    assert "Der Einrichtungscode stimmt nicht" in page.content.decode()
    assert not Body.objects.exists()


def test_guessing_the_code_is_throttled(db: None, client: Client) -> None:
    answers = [client.post("/einrichten/", filled(code="AAAA")).status_code for _ in range(11)]

    assert answers == [403] * 10 + [429]


def test_all_mistakes_are_told_at_once_and_beforehand_what_is_asked(db: None, client: Client) -> None:
    empty = client.get("/einrichten/").content.decode()
    assert all(str(rule) in empty for rule in password_validators_help_texts())
    assert "freiwillig" not in empty
    assert "destatis.de" in empty

    page = client.post("/einrichten/", filled(code="AAAA", ars="", slug="Neb_Elau", email="maria", password1="kurz", password2="kurz"))

    said = page.content.decode()
    assert not Body.objects.exists()
    for sentence in ("Einrichtungscode stimmt nicht", "Nur ein Zweckverband hat keinen", "Das Kennwort ist zu kurz", "nur Kleinbuchstaben"):
        assert sentence in said
    assert page.context["form"].errors.keys() == {"code", "ars", "slug", "email", "password1"}


@pytest.mark.parametrize("name", ["Neb_Elau", "neb_elau", "Quellstedt", "quell stedt", "-quellstedt", "müllrose", "a--b"])
def test_a_name_for_ever_is_taken_as_it_is_written_or_not_at_all(db: None, client: Client, tmp_path: Path, name: str) -> None:
    page = client.post("/einrichten/", filled(slug=name))

    assert page.status_code == 422
    assert "nur Kleinbuchstaben ohne Umlaute, Ziffern und einzelne Bindestriche" in page.content.decode()
    assert f'value="{name}"' in page.content.decode()
    with pytest.raises(CommandError, match="nur Kleinbuchstaben"):
        call_command("setup", **options(tmp_path, slug=name))
    assert not Body.objects.exists()


def test_the_code_is_for_the_server_alone_and_stays_the_same(db: None) -> None:
    code = setup_code.current()
    file = Path(settings.DATA_DIR) / "setup-code"

    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert setup_code.current() == code
    assert setup_code.fits(code.lower().replace("-", " "))
    assert not setup_code.fits("")
    assert [path.name for path in file.parent.glob("setup-code*")] == ["setup-code"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ars": "99"}, "Der Regionalschlüssel hat 12 Ziffern"),
        ({"slug": "verwaltung"}, "gehört der Plattform"),
        ({"password1": "kurz", "password2": "kurz"}, "Das Kennwort ist zu kurz"),
        ({"password2": "anders als das erste"}, "Die beiden Kennwörter sind verschieden"),
        ({"ars": ""}, "Nur ein Zweckverband hat keinen Regionalschlüssel"),
    ],
)
def test_mistakes_are_named_and_nothing_is_made(db: None, client: Client, changed: dict[str, str], sentence: str) -> None:
    page = client.post("/einrichten/", filled(**changed))

    assert sentence in page.content.decode()
    assert not Body.objects.exists()
    assert not Person.objects.exists()


def test_once_there_is_a_body_the_page_does_not_exist(town: Body, client: Client) -> None:
    assert client.get("/einrichten/").status_code == 404
    with pytest.raises(AlreadySetUp):
        set_up()


def test_two_at_the_same_time_make_one_body(committed: None) -> None:
    barrier = meeting(2)
    done: list[str] = []

    def race(email: str) -> None:
        try:
            barrier.wait()
            set_up(email=email)
            done.append("made")
        except (AlreadySetUp, ValidationError) as error:
            done.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=race, args=(f"m{n}@example.org",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done.count("made") == 1
    assert Body.objects.count() == 1
    assert Person.objects.count() == 1


# --- allmende setup ----------------------------------------------------------------------


def options(tmp_path: Path, **changed: object) -> dict[str, object]:
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    return {
        "name": "Stadt Quellstedt",
        "short_name": "Quellstedt",
        "slug": "quellstedt",
        "kind": "municipality",
        "ars": "150990010001",
        "admin_name": "Maria Beispiel",
        "admin_email": "maria@example.org",
        "password_file": password,
    } | changed


def test_the_command_makes_the_same(db: None, tmp_path: Path) -> None:
    out = StringIO()
    call_command("setup", stdout=out, **options(tmp_path))

    told = out.getvalue()
    assert told.startswith("Stadt Quellstedt ist eingerichtet, Maria Beispiel kann sich anmelden.\n")
    assert [line for line in told.splitlines() if line.startswith("  - Öffentliches Protokoll einrichten.")]
    assert told.endswith("/verwaltung/\n")
    assert Person.objects.get().check_password(PASSWORD)


def test_the_command_shows_the_code(db: None) -> None:
    out = StringIO()
    call_command("setup", show_code=True, stdout=out)

    assert setup_code.current() in out.getvalue()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "dorf"}, "Die Art „dorf“ gibt es nicht"),
        ({"ars": "1"}, "Der Regionalschlüssel hat 12 Ziffern"),
        ({"password_file": Path("/nirgends")}, "lässt sich nicht lesen"),
    ],
)
def test_the_command_says_what_is_wrong(db: None, tmp_path: Path, changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("setup", **options(tmp_path, **changed))
    assert not Body.objects.exists()


def test_the_command_sets_up_once(town: Body, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="schon eingerichtet"):
        call_command("setup", **options(tmp_path))
