"""The seal pages: who keeps the seal works it without anybody else, and nothing of a password or a wrong file is left behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from allmende.administration import seal
from allmende.administration.audit_words import WORDS
from allmende.administration.tests.staff import logged_in, said
from allmende.core.models import AuditEntry, AuditValues, Body, Person
from allmende.lib import seal as lib
from allmende.lib.seal import DEMO_MARK, DemoIdentity, make_demo_authority, make_demo_seal
from allmende.publication import encoded, store
from allmende.publication.models import SealKey
from allmende.publication.seals import in_use, set_up_demo_seal
from conftest import NOW, Role, person

PASSWORD = "Ein Passwort der Siegeldatei "


@pytest.fixture(scope="module")
def identity() -> DemoIdentity:
    return make_demo_seal(
        organisation="Stadt Musterstedt", organisation_identifier="GOVDE-15", password=PASSWORD, at=timezone.now() - timedelta(days=1)
    )


@pytest.fixture(scope="module")
def service() -> str:
    return encoded.to_pem(make_demo_authority(password="x", at=timezone.now() - timedelta(days=1)).certificates)


@pytest.fixture
def filled(identity: DemoIdentity, service: str) -> dict[str, Any]:
    """The form as the seal holder fills it in; each use of it needs a file of its own."""
    return {
        "file": SimpleUploadedFile("siegel.p12", identity.pkcs12),
        "password": PASSWORD,
        "authority_url": "https://zeitstempel.example/tsa",
        "authority_certificates": service,
        "authority_policy": "1.3.6.1.4.1.99999.1",
    }


def day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d.%m.%Y}"


def test_from_the_uploaded_file_to_the_end(town: Body, holder: Client, filled: dict[str, Any]) -> None:
    assert "Kein Siegel" in said(holder.get("/verwaltung/siegel/"))
    response = holder.post("/verwaltung/siegel/einrichten/", filled)
    assert response.headers["Location"] == "/verwaltung/siegel/entsperren/"
    key = in_use(town)
    assert (key.state, key.authority_url, key.authority_policy) == ("locked", filled["authority_url"], filled["authority_policy"])

    holder.post("/verwaltung/siegel/entsperren/", {"until": day(7), "password": PASSWORD})
    page = said(holder.get("/verwaltung/siegel/"))
    key.refresh_from_db()
    assert key.unlocked_until is not None
    assert timezone.localdate(key.unlocked_until) == timezone.localdate() + timedelta(days=7)
    for word in ("fortgeschrittenes Siegel, Demo", "Stadt Musterstedt", "GOVDE-15", DEMO_MARK, "https://zeitstempel.example/tsa"):
        assert word in page

    holder.post("/verwaltung/siegel/sperren/")
    assert "Siegel gesperrt" in said(holder.get("/verwaltung/siegel/"))
    assert "lässt sich nicht zurücknehmen" in said(holder.get("/verwaltung/siegel/ausser-betrieb/"))
    assert in_use(town) == key  # looking at the question answers nothing
    holder.post("/verwaltung/siegel/ausser-betrieb/")
    assert list(SealKey.objects.for_body(town).values_list("state", "secret")) == [("stopped", None)]
    acts = AuditEntry.objects.for_body(town).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["seal.set_up", "seal.unlocked", "seal.locked", "seal.stopped"]


def test_the_password_is_nowhere_afterwards(town: Body, holder: Client, filled: dict[str, Any]) -> None:
    holder.post("/verwaltung/siegel/einrichten/", filled)
    holder.post("/verwaltung/siegel/entsperren/", {"until": day(7), "password": PASSWORD})

    assert PASSWORD.encode() not in bytes(in_use(town).secret or b"")
    assert not any("Passwort" in str(values) for values in AuditValues.objects.for_body(town).values_list("values", flat=True))
    assert not any(PASSWORD.encode() in file.read_bytes() for file in store.key_dir(town).rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "falsch"}, "Das Passwort passt nicht zu diesem Siegelschlüssel"),
        ({"file": SimpleUploadedFile("siegel.p12", b"%PDF-1.7 kein Siegel")}, "kein lesbarer Siegelschlüssel"),
        ({"file": SimpleUploadedFile("siegel.p12", b"\x30" * 70_000)}, "größer als 64 kB"),
        ({"file": SimpleUploadedFile("siegel.p12", b"")}, "Die Datei ist leer"),
        ({"authority_url": "http://zeitstempel.example/"}, "die mit https:// beginnt"),
        ({"authority_url": "builtin:demo"}, "die mit https:// beginnt"),
        ({"authority_certificates": "-----BEGIN CERTIFICATE-----"}, "kein lesbares Zertifikat"),
        ({"authority_certificates": ""}, "Füllen Sie dieses Feld aus"),
        ({"authority_policy": "1.02.x"}, "nur Zahlen mit Punkten"),
    ],
)
def test_what_cannot_be_a_seal_is_said_and_not_kept(
    town: Body, holder: Client, filled: dict[str, Any], wrong: dict[str, Any], sentence: str
) -> None:
    response = holder.post("/verwaltung/siegel/einrichten/", filled | wrong)

    assert sentence in said(response)
    assert "<title>Fehler:" in said(response)
    assert (filled | wrong)["password"] not in response.content.decode()
    assert not SealKey.objects.for_body(town).exists()
    assert not store.key_dir(town).exists()


def test_a_file_without_issuer_or_of_a_person_is_refused_by_its_content(town: Body, holder: Client, filled: dict[str, Any]) -> None:
    authority = make_demo_authority(password=PASSWORD, at=timezone.now() - timedelta(days=1))
    response = holder.post("/verwaltung/siegel/einrichten/", filled | {"file": SimpleUploadedFile("siegel.p12", authority.pkcs12)})

    assert "kein Siegelzertifikat einer Organisation" in said(response)
    assert not SealKey.objects.for_body(town).exists()


@pytest.mark.parametrize(
    ("until", "sentence"), [(-1, "Der Tag liegt zu früh"), (5000, "Der Tag liegt zu spät"), (3, "Das Passwort passt nicht")]
)
def test_unlocking_has_its_limits(town: Body, holder: Client, filled: dict[str, Any], until: int, sentence: str) -> None:
    holder.post("/verwaltung/siegel/einrichten/", filled)
    page = said(holder.post("/verwaltung/siegel/entsperren/", {"until": day(until), "password": "falsch"}))

    assert sentence in page
    assert in_use(town).state == "locked"


def test_a_seal_is_renewed_by_a_new_file_alone(town: Body, holder: Client, filled: dict[str, Any]) -> None:
    holder.post("/verwaltung/siegel/einrichten/", filled)
    old = in_use(town)
    new = make_demo_seal(organisation="Stadt Neu", organisation_identifier="GOVDE-15", password="anders", at=timezone.now())
    proposed = holder.get("/verwaltung/siegel/erneuern/").context["form"].initial
    again = proposed | {"file": SimpleUploadedFile("n.p12", new.pkcs12), "password": "anders"}
    assert holder.post("/verwaltung/siegel/erneuern/", again).status_code == 302

    key = in_use(town)
    assert (key != old, key.label, key.authority_url, key.authority_policy) == (
        True,
        "Siegel Stadt Neu",
        old.authority_url,
        old.authority_policy,
    )
    old.refresh_from_db()
    assert old.state == "stopped"


def test_the_same_file_is_not_taken_twice(town: Body, holder: Client, filled: dict[str, Any], identity: DemoIdentity) -> None:
    holder.post("/verwaltung/siegel/einrichten/", filled)
    same = filled | {"file": SimpleUploadedFile("siegel.p12", identity.pkcs12)}
    assert "ist oder war hier schon das Siegel" in said(holder.post("/verwaltung/siegel/erneuern/", same))
    assert in_use(town).state == "locked"
    holder.post("/verwaltung/siegel/ausser-betrieb/")
    same["file"].seek(0)
    assert "ist oder war hier schon das Siegel" in said(holder.post("/verwaltung/siegel/einrichten/", same))


def test_a_second_seal_needs_renewing(town: Body, holder: Client, filled: dict[str, Any], identity: DemoIdentity) -> None:
    holder.post("/verwaltung/siegel/einrichten/", filled)
    new = make_demo_seal(organisation="Stadt Neu", organisation_identifier="GOVDE-15", password=PASSWORD, at=timezone.now())
    page = holder.post("/verwaltung/siegel/einrichten/", filled | {"file": SimpleUploadedFile("n.p12", new.pkcs12)})

    assert page.status_code == 409
    assert SealKey.objects.for_body(town).count() == 1


def test_an_installation_may_forbid_demo_seals_and_one_without_demo_data_offers_them(
    town: Body, holder: Client, settings: Settings
) -> None:
    settings.DEMO = True
    settings.DEMO_SEALS = False
    assert "Vorführung" not in said(holder.get("/verwaltung/siegel/einrichten/"))
    holder.post("/verwaltung/siegel/einrichten/", {"demo": "1"})
    assert not SealKey.objects.for_body(town).exists()
    settings.DEMO = False  # no demo data; a town still tries out how sealing goes
    settings.DEMO_SEALS = True
    assert "beweist aber nicht, wer es gesiegelt hat" in said(holder.get("/verwaltung/siegel/einrichten/"))
    holder.post("/verwaltung/siegel/einrichten/", {"demo": "1"})

    assert in_use(town).level == "advanced_demo"
    holder.post("/verwaltung/siegel/sperren/")
    holder.post("/verwaltung/siegel/entsperren/", {"until": day(3)})  # the platform made the password itself
    assert in_use(town).state == "active"


def test_a_password_alone_opens_nothing(town: Body, seal_holder: Person, client: Client) -> None:
    client.force_login(seal_holder)

    assert client.post("/verwaltung/siegel/einrichten/", {"demo": "1"}).status_code == 302
    assert client.get("/verwaltung/siegel/").headers["Location"] == "/konto/zweiter-faktor/"
    assert not SealKey.objects.for_body(town).exists()


def test_an_association_keeps_the_seal_of_its_member(town: Body, association: Body, filled: dict[str, Any]) -> None:
    holder = logged_in(person("Vera", (association, Role.SEAL_HOLDER)))
    holder.post("/verwaltung/siegel/einrichten/", filled)

    assert in_use(town).label == "Siegel Stadt Musterstedt"


def test_the_time_stamp_service_is_changed_on_a_page_of_its_own(town: Body, holder: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up_demo_seal(town, at=timezone.now(), by=None)
    identity = lib.make_demo_authority(password="x", at=timezone.now() - timedelta(days=1))
    given = {"authority_url": "https://zeitstempel.example/", "authority_certificates": encoded.to_pem(identity.certificates)}
    assert "Jetzt stempelt die Plattform selbst" in said(holder.get("/verwaltung/siegel/zeitstempeldienst/"))

    with lib.serve_authority(lib.DemoAuthority(identity.pkcs12, "x")) as url:
        monkeypatch.setattr("allmende.publication.seals.keeping.authority_at", lambda _url: lib.HttpAuthority(url, allow_private=True))
        answer = holder.post("/verwaltung/siegel/zeitstempeldienst/", given, follow=True)

    assert "stempelt von jetzt an" in said(answer)
    assert "https://zeitstempel.example/" in said(answer)
    assert "gewechselt" in str(WORDS["seal.authority_changed"])
    # The seal itself is still the one whose password the installation knows.
    assert 'name="password"' not in said(holder.get("/verwaltung/siegel/entsperren/"))


def test_a_service_that_does_not_answer_is_named_and_not_saved(town: Body, holder: Client) -> None:
    set_up_demo_seal(town, at=timezone.now(), by=None)
    identity = lib.make_demo_authority(password="x", at=timezone.now())
    given = {"authority_url": "https://127.0.0.1:9/", "authority_certificates": encoded.to_pem(identity.certificates)}

    answer = holder.post("/verwaltung/siegel/zeitstempeldienst/", given)

    assert answer.status_code == 409
    assert "nicht erlaubt" in said(answer)
    assert "https://127.0.0.1:9/" in said(answer)  # what was typed is still there
    assert in_use(town).authority_url == "builtin:demo"


def test_a_demo_seal_is_renewed_at_the_press_of_a_button(town: Body, holder: Client) -> None:
    set_up_demo_seal(town, at=timezone.now() - timedelta(days=731), by=None)
    before = in_use(town)
    assert "von selbst" in said(holder.get("/verwaltung/siegel/erneuern/"))

    holder.post("/verwaltung/siegel/erneuern/", {"demo": "1"})

    assert in_use(town).pk != before.pk
    assert in_use(town).valid_until > before.valid_until


def test_the_seal_in_english(town: Body, holder: Client, filled: dict[str, Any]) -> None:
    holder.post("/verwaltung/siegel/einrichten/", filled)
    page = said(holder.get("/en/verwaltung/siegel/"))

    assert "advanced seal, demo" in page
    assert "Seal locked" in page
    with translation.override("en"):
        assert seal.state_of(None, at=NOW).title == "No seal"
