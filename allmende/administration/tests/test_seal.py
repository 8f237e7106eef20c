"""The seal pages: who keeps the seal works it without anybody else, and nothing of a password or a wrong file is left behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import Settings

from allmende.administration import readiness, seal
from allmende.administration.audit_words import WORDS
from allmende.administration.publishing import services as publishing
from allmende.administration.rules import services as rules
from allmende.administration.tests.test_authorisation import logged_in
from allmende.administration.tests.test_publishing import ways
from allmende.core.models import AuditEntry, AuditValues, Body, Membership, Office, Person, Record, Visibility
from allmende.lib import seal as lib
from allmende.lib.seal import DEMO_MARK, DemoIdentity, make_demo_authority, make_demo_seal
from allmende.publication import encoded, store
from allmende.publication.models import Attempt, Checkpoint, Publication, SealKey, SealUse, State
from allmende.publication.seals import in_use, set_up_demo_seal
from allmende.publication.setup import set_up_log
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
def holder(seal_holder: Person) -> Client:
    return logged_in(seal_holder)


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


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


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


def test_only_a_demo_offers_a_demo_seal(town: Body, holder: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert "Vorführung" not in said(holder.get("/verwaltung/siegel/einrichten/"))
    holder.post("/verwaltung/siegel/einrichten/", {"demo": "1"})
    assert not SealKey.objects.for_body(town).exists()
    settings.DEMO = True
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


def use(town: Body, number: int, *, state: State = State.PUBLIC) -> SealUse:
    """One document sealed, as the engine would leave it."""
    record = Record.objects.create(
        body=town, kind="notice", titles={"de": f"Sperrung {number}"}, path=f"bekanntmachungen/2026/{number}/", visibility=Visibility.PUBLIC
    )
    approver = Person.objects.get(name="Anna")
    publication = Publication.objects.create(
        record=record, body=town, payload=b"{}", approved_by=approver, approved_at=NOW, acting_body=town
    )
    checkpoint = Checkpoint.objects.create(body=town, size=number, root=bytes(32), note=b"", at=NOW)
    far = state == State.PUBLIC
    attempt = Attempt.objects.create(
        body=town,
        publication=publication,
        number=1,
        day=NOW.date(),
        state=state,
        **dict.fromkeys(("page", "fragment", "document", "leaf", "token"), b"x"),
        **dict.fromkeys(("page_salt", "document_salt"), bytes(32)),
        **dict.fromkeys(("stamped_at", "sealed_at"), NOW),
        seal_key=in_use(town),
        **(
            {
                "leaf_index": number,
                "checkpoint": checkpoint,
                "provided_at": NOW,
                "confirmed_at": NOW,
                "bundle_edition": 1,
                "bundle_checkpoint": checkpoint,
            }
            if far
            else {}
        ),
    )
    return SealUse.objects.create(body=town, key=in_use(town), attempt=attempt, document_hash=bytes([number]) * 32, at=NOW)


def test_each_use_is_shown_with_its_notice_and_fingerprint(town: Body, holder: Client, approver: Person) -> None:
    set_up_demo_seal(town, at=timezone.now(), by=None)
    use(town, 7)
    use(town, 8, state=State.SEALED)
    page = said(holder.get("/verwaltung/siegel/"))

    assert '<a class="a-title" href="/bekanntmachungen/2026/7/">Sperrung 7</a>' in page
    assert "07" * 32 in page
    assert "Sperrung 8" in page
    assert 'href="/bekanntmachungen/2026/8/"' not in page  # nothing answers there yet


def test_uses_are_paged_and_cost_the_same(town: Body, holder: Client, approver: Person) -> None:
    set_up_demo_seal(town, at=timezone.now(), by=None)
    counts = []
    for number in range(1, seal.USES_A_PAGE + 2):
        use(town, number)
        if number in (1, 9):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                holder.get("/verwaltung/siegel/")
            counts.append(len(queries))
    first, second = (said(holder.get(f"/verwaltung/siegel/?page={page}")).count("<code") for page in (1, 2))

    assert counts[0] == counts[1]
    assert (first, second) == (seal.USES_A_PAGE, 1)
    for nonsense in ("²", "9" * 5000, "-1", "x", ""):
        assert holder.get("/verwaltung/siegel/", {"page": nonsense}).status_code == 200


def test_the_neighbour_sees_none_of_it(town: Body, neighbour: Body, foreigner: Person, approver: Person) -> None:
    set_up_demo_seal(town, at=timezone.now(), by=None)
    use(town, 7)

    assert "Sperrung 7" not in said(logged_in(foreigner).get("/nebenan/verwaltung/siegel/"))


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


def test_the_seal_in_english(town: Body, holder: Client, filled: dict[str, Any]) -> None:
    holder.post("/verwaltung/siegel/einrichten/", filled)
    page = said(holder.get("/en/verwaltung/siegel/"))

    assert "advanced seal, demo" in page
    assert "Seal locked" in page
    with translation.override("en"):
        assert seal.state_of(None, at=NOW).title == "No seal"
