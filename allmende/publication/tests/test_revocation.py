"""Whether a seal is revoked is asked over the wire, of an issuer that runs what real ones run: a responder and a list."""

from collections.abc import Iterator
from datetime import timedelta
from time import monotonic

import pytest
from cryptography import x509
from pytest_django import Settings

from allmende.core import outbox
from allmende.core.health import Level
from allmende.core.models import Body, Person
from allmende.lib import seal as lib
from allmende.lib.proof import read, verify
from allmende.publication import encoded, health, revocation, seals, selectors, store
from allmende.publication.clock import from_
from allmende.publication.models import SealKey
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW


@pytest.fixture(autouse=True)
def _this_machine_may_be_asked(settings: Settings) -> None:
    settings.SEAL_LOOPBACK = True


def issuer_with(*, responder: bool = True, lists: bool = True) -> Iterator[lib.DemoIssuer]:
    with lib.serve_issuer(name="Prüfstelle", at=NOW - timedelta(days=1), clock=from_(NOW), responder=responder, lists=lists) as issuer:
        yield issuer


@pytest.fixture
def issuer() -> Iterator[lib.DemoIssuer]:
    yield from issuer_with()


def sealed_by(issuer: lib.DemoIssuer, town: Body, seal_holder: Person) -> SealKey:
    """The body gets a seal of this issuer."""
    identity = issuer.ca.seal(organisation="Stadt Musterstedt", organisation_identifier="GOVDE-15", password="x")
    until = NOW + timedelta(days=900)
    return seals.renew_seal(town, pkcs12=identity.pkcs12, password="x", unlocked_until=until, at=NOW, by=seal_holder)


def kinds(town: Body) -> list[str]:
    return sorted(path.suffix for path in (store.key_dir(town) / "revocation").iterdir())


def test_the_responder_is_asked_and_its_answer_travels_in_the_bundle(
    ready: Body, seal_holder: Person, make_approved: MakeApproved, issuer: lib.DemoIssuer
) -> None:
    sealed_by(issuer, ready, seal_holder)
    publication = make_approved()
    outbox.work(NOW)

    assert issuer.asked == ["/ocsp"]
    bundle = store.read(store.file_of(publication.record, "zip"))
    assert bundle is not None
    assert verify(bundle).failed == ()
    serials = [x509.ocsp.load_der_ocsp_response(data).serial_number for data in read(bundle).revocation]
    assert serials == [lib.facts_of(read(bundle).seal_certificates[0]).serial_number]
    make_approved()
    outbox.work(NOW)
    assert issuer.asked == ["/ocsp"]  # the answer is used while it is fresh


def test_without_a_responder_the_list_is_fetched(ready: Body, seal_holder: Person, make_approved: MakeApproved) -> None:
    for issuer in issuer_with(responder=False):
        sealed_by(issuer, ready, seal_holder)
        publication = make_approved()
        outbox.work(NOW)

        assert issuer.asked == ["/list.crl"]
        assert selectors.proof_of(publication.record) is not None
        assert kinds(ready) == [".crl"]


def test_a_revoked_seal_seals_nothing(ready: Body, seal_holder: Person, make_approved: MakeApproved, issuer: lib.DemoIssuer) -> None:
    key = sealed_by(issuer, ready, seal_holder)
    issuer.revoked[lib.facts_of(encoded.from_pem(key.certificates)[0]).serial_number] = NOW - timedelta(hours=1)
    publication = make_approved()
    outbox.work(NOW)

    progress = selectors.state_of(publication.record)
    assert progress is not None
    assert progress.error_code == "seal_revoked"


def found(at: object = NOW) -> list[Level]:
    return [finding.level for finding in health.revocation_data(at)]  # type: ignore[arg-type]


def test_while_the_issuer_is_away_the_last_answer_serves_until_it_ends(
    ready: Body, seal_holder: Person, make_approved: MakeApproved, issuer: lib.DemoIssuer
) -> None:
    sealed_by(issuer, ready, seal_holder)
    assert found() == []
    make_approved()
    outbox.work(NOW)
    assert found() == [Level.OK]
    issuer.works = False
    later = NOW + timedelta(hours=20)

    publication = make_approved(at=later)
    outbox.work(later)

    assert selectors.proof_of(publication.record) is not None
    assert issuer.asked == ["/ocsp", "/ocsp", "/list.crl"]
    assert found(later) == [Level.WARN]


def test_without_any_answer_the_publication_waits_visibly_and_goes_on_when_there_is_one(
    ready: Body, seal_holder: Person, make_approved: MakeApproved, issuer: lib.DemoIssuer
) -> None:
    sealed_by(issuer, ready, seal_holder)
    issuer.works = False
    publication = make_approved()
    outbox.work(NOW)

    progress = selectors.state_of(publication.record)
    assert progress is not None
    assert progress.error_code == "seal_revocation_unusable"
    assert found() == [Level.BAD]
    outbox.work(NOW + timedelta(minutes=2))
    assert issuer.asked == ["/ocsp", "/list.crl"]  # left in peace for a while
    issuer.works = True
    outbox.work(NOW + timedelta(minutes=7))
    assert selectors.proof_of(publication.record) is not None
    assert found(NOW + timedelta(minutes=7)) == [Level.OK]


def test_silent_places_cost_no_more_than_the_time_set(
    ready: Body, seal_holder: Person, issuer: lib.DemoIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    key = sealed_by(issuer, ready, seal_holder)
    monkeypatch.setattr(revocation, "WAIT", 1.2)
    monkeypatch.setattr(revocation, "EACH", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection and says nothing
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        places = lib.Places(tuple(f"{address}/{n}" for n in range(9)), ())
        monkeypatch.setattr(lib, "places_of", lambda certificate: places)
        begin = monotonic()
        given = revocation.current(key, at=NOW)

    assert given == ()
    assert monotonic() - begin < 5


def test_addresses_inside_the_network_are_not_asked(ready: Body, seal_holder: Person, settings: Settings, issuer: lib.DemoIssuer) -> None:
    key = sealed_by(issuer, ready, seal_holder)
    settings.SEAL_LOOPBACK = False

    assert revocation.current(key, at=NOW) == ()
    assert issuer.asked == []


def test_what_is_outdated_is_asked_for_ahead_of_time(ready: Body, seal_holder: Person, issuer: lib.DemoIssuer) -> None:
    key = sealed_by(issuer, ready, seal_holder)
    chore = revocation.OUTDATED

    assert [found.pk for found in chore.find(NOW)] == [key.pk]
    chore.take(list(chore.find(NOW)), NOW)

    assert list(chore.find(NOW)) == []
    assert list(chore.find(NOW + timedelta(hours=11))) == []
    assert [found.pk for found in chore.find(NOW + timedelta(hours=13))] == [key.pk]


def test_a_forged_answer_is_no_answer(ready: Body, seal_holder: Person, monkeypatch: pytest.MonkeyPatch, issuer: lib.DemoIssuer) -> None:
    key = sealed_by(issuer, ready, seal_holder)
    stranger = lib.DemoCa(name="Prüfstelle", at=NOW - timedelta(days=1))
    until = NOW + timedelta(days=1)
    forged = [
        b"",
        b"\x30\x03\x0a\x01\x00",
        issuer.ca.answer(b"nonsense", at=NOW, until=until),
        stranger.crl(at=NOW, until=until),
    ]
    for data in forged:
        monkeypatch.setattr(lib, "fetch_answer", lambda *args, said=data, **kwargs: said)
        monkeypatch.setattr(lib, "fetch_crl", lambda *args, said=data, **kwargs: said)
        assert revocation.current(key, at=NOW) == ()
        for file in (store.key_dir(ready) / "revocation").iterdir():
            assert file.suffix == ".failed"
            file.unlink()


def test_the_demo_asks_nobody(ready: Body) -> None:
    key = seals.in_use(ready)

    assert revocation.current(key, at=NOW) == encoded.from_json(key.revocation)
    assert found() == [Level.OK]
