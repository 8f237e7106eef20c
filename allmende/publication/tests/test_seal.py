"""The seal: who may do what with it, and that nothing is half done when it cannot be used."""

from datetime import datetime, timedelta

import pytest

from allmende.core import outbox
from allmende.core.errors import DomainError, NotAllowed
from allmende.core.models import AuditEntry, Body, OutboxRow, Person
from allmende.lib import seal as lib
from allmende.publication import encoded, sealing, seals, selectors, store
from allmende.publication.check import problems
from allmende.publication.clock import Clock, from_
from allmende.publication.errors import AuthorityNotUsable, NoSeal, SealChangedMeanwhile, SealExists, SealFileKnown, SealNotUsable
from allmende.publication.models import Attempt, LogEntry, SealKey, SealUse, State
from allmende.publication.seals import keeping
from allmende.publication.setup import set_up_log
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

LATER = NOW + timedelta(minutes=5)


def a_seal(password: str = "geheim", at: datetime = NOW) -> lib.DemoIdentity:
    return lib.make_demo_seal(organisation="Stadt Musterstedt", organisation_identifier="GOVDE-15", password=password, at=at)


def an_authority() -> lib.DemoIdentity:
    return lib.make_demo_authority(password="x", at=NOW)


def set_up(town: Body, by: Person | None, *, password: str = "geheim", until: datetime | None = None) -> SealKey:
    identity, authority = a_seal(), an_authority()
    return seals.set_up_seal(
        town,
        pkcs12=identity.pkcs12,
        password=password,
        authority_url="https://zeitstempel.example/",
        authority_certificates=encoded.to_pem(authority.certificates),
        revocation=[identity.crl],
        unlocked_until=until,
        at=NOW,
        by=by,
    )


def test_the_seal_holder_sets_up_unlocks_locks_renews_and_stops(town: Body, seal_holder: Person) -> None:
    set_up(town, seal_holder)
    assert seals.in_use(town).state == SealKey.State.LOCKED
    seals.unlock(town, password="geheim", until=LATER, at=NOW, by=seal_holder)
    assert sealing.usable_key(town, at=NOW).state == SealKey.State.ACTIVE
    seals.lock(town, at=NOW, by=seal_holder)
    new = a_seal("neu")
    seals.renew_seal(town, pkcs12=new.pkcs12, password="neu", at=NOW, by=seal_holder)
    seals.stop(town, at=NOW, by=seal_holder)

    acts = AuditEntry.objects.for_body(town).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["seal.set_up", "seal.unlocked", "seal.locked", "seal.renewed", "seal.stopped"]
    with pytest.raises(NoSeal):
        seals.in_use(town)
    assert set(SealKey.objects.for_body(town).values_list("state", "secret")) == {("stopped", None)}


def test_nobody_else_touches_the_seal(town: Body, administrator: Person, approver: Person, foreigner: Person) -> None:
    set_up(town, None)

    for person in (administrator, approver, foreigner):
        with pytest.raises(NotAllowed):
            seals.unlock(town, password="geheim", until=LATER, at=NOW, by=person)
        with pytest.raises(NotAllowed):
            seals.stop(town, at=NOW, by=person)


def test_key_files_are_readable_by_the_installation_alone(ready: Body) -> None:
    folder = store.key_dir(ready)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()} == {0o600}


def test_the_password_lies_nowhere_in_the_clear(town: Body) -> None:
    key = set_up(town, None, until=LATER)

    assert b"geheim" not in bytes(key.secret or b"")
    assert seals.opened(key).facts.organisation == "Stadt Musterstedt"


def test_another_secret_of_the_installation_locks_the_seal(town: Body, settings: object) -> None:
    key = set_up(town, None, until=LATER)
    settings.SECRET_KEY = "eine ganz andere Zeichenfolge, lang genug für diese Prüfung hier"  # type: ignore[attr-defined]

    with pytest.raises(DomainError, match="gesperrt"):
        seals.opened(key)


def test_mistakes_are_named(town: Body) -> None:
    with pytest.raises(SealNotUsable) as wrong:
        set_up(town, None, password="falsch")
    assert wrong.value.code == "seal_wrong_password"
    identity = a_seal()
    with pytest.raises(AuthorityNotUsable):
        seals.set_up_seal(
            town, pkcs12=identity.pkcs12, password="geheim", authority_url="ftp://x", authority_certificates="", at=NOW, by=None
        )
    set_up(town, None)
    with pytest.raises(SealExists):
        set_up(town, None)


def test_a_file_serves_once(town: Body, seal_holder: Person) -> None:
    identity = a_seal("neu")
    set_up(town, None)
    seals.renew_seal(town, pkcs12=identity.pkcs12, password="neu", at=NOW, by=seal_holder)

    with pytest.raises(SealFileKnown):
        seals.renew_seal(town, pkcs12=identity.pkcs12, password="neu", at=NOW, by=seal_holder)
    seals.stop(town, at=NOW, by=seal_holder)
    authority = encoded.to_pem(an_authority().certificates)
    with pytest.raises(SealFileKnown):
        seals.set_up_seal(
            town,
            pkcs12=identity.pkcs12,
            password="neu",
            authority_url="https://zeitstempel.example/",
            authority_certificates=authority,
            at=NOW,
            by=seal_holder,
        )


def test_who_renews_a_seal_that_somebody_else_has_just_renewed_is_told_so(town: Body, seal_holder: Person) -> None:
    set_up(town, None)

    def meanwhile(old: SealKey) -> dict[str, object]:
        seals.renew_seal(town, pkcs12=a_seal("b").pkcs12, password="b", at=NOW, by=seal_holder)
        names = ("authority_url", "authority_certificates")
        return {"pkcs12": a_seal("a").pkcs12, "password": "a", **{name: getattr(old, name) for name in names}}

    with pytest.raises(SealChangedMeanwhile):
        keeping.renew(town, meanwhile, at=NOW, by=seal_holder)
    assert SealKey.objects.for_body(town).exclude(state="stopped").count() == 1


def waiting(town: Body, publication: object) -> selectors.Progress:
    progress = selectors.state_of(publication.record)  # type: ignore[attr-defined]
    assert progress is not None
    assert not LogEntry.objects.for_body(town).exists()
    assert not SealUse.objects.for_body(town).exists()
    assert {a.state for a in Attempt.objects.for_body(town)} <= {State.SEALING}
    assert list(problems(town)) == []
    return progress


def test_a_locked_seal_holds_it_up_until_it_is_unlocked(town: Body, make_waiting: MakeApproved, seal_holder: Person) -> None:
    publication = make_waiting()
    outbox.work(NOW)
    progress = waiting(town, publication)
    assert progress.error_code == "publication_seal_locked"
    assert "entsperrt" in str(progress.error)

    seals.unlock(town, password="geheim", until=NOW + timedelta(days=1), at=NOW, by=seal_holder)

    row = OutboxRow.objects.for_body(town).get(topic="publish")
    assert (row.due_at, row.attempts) == (NOW, 0)


@pytest.fixture
def make_waiting(town: Body, make_approved: MakeApproved) -> MakeApproved:
    """A body whose seal is another one, and locked."""
    keeping._stop(seals.in_use(town), NOW)
    set_up(town, None)
    return make_approved


def test_the_time_for_which_it_was_unlocked_ends(town: Body, make_approved: MakeApproved) -> None:
    SealKey.objects.for_body(town).update(unlocked_until=NOW)
    publication = make_approved()
    outbox.work(NOW)

    assert waiting(town, publication).error_code == "publication_seal_locked"


def shifted(seconds: float) -> object:
    really = seals.authority_of

    def authority(key: SealKey, clock: Clock) -> lib.TimeStampAuthority:
        return really(key, lambda: clock() + timedelta(seconds=seconds))

    return authority


@pytest.mark.parametrize("seconds", [-2.5, 2.5])
def test_nothing_is_sealed_while_the_clock_is_off(
    ready: Body, make_approved: MakeApproved, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    publication = make_approved()
    with monkeypatch.context() as patch:
        patch.setattr("allmende.publication.sealing.authority_of", shifted(seconds))
        outbox.work(NOW)
    progress = waiting(ready, publication)
    assert progress.error_code == "clock_off"
    assert "Uhr" in str(progress.error)

    outbox.work(LATER)

    done = selectors.state_of(publication.record)
    assert done is not None
    assert done.is_public
    assert done.error == ""


def test_two_seconds_are_no_reason_to_wait(ready: Body, make_approved: MakeApproved, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allmende.publication.sealing.authority_of", shifted(1.5))
    publication = make_approved()
    outbox.work(NOW)

    assert selectors.proof_of(publication.record) is not None


def test_a_silent_authority_is_asked_again(ready: Body, make_approved: MakeApproved, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        def stamp(self, request: bytes) -> bytes:
            raise lib.TimeStampFailed(lib.StampReason.UNREACHABLE, "no route")

    publication = make_approved()
    with monkeypatch.context() as patch:
        patch.setattr("allmende.publication.sealing.authority_of", lambda key, clock: Silent())
        for minute in range(12):  # more often than a failing row would be tried
            outbox.work(NOW + timedelta(minutes=2 * minute))
    progress = waiting(ready, publication)
    assert (progress.error_code, progress.since, progress.parked) == ("time_stamp_failed", progress.since, False)
    assert progress.since - NOW < timedelta(seconds=5)

    outbox.work(NOW + timedelta(hours=1))

    assert selectors.proof_of(publication.record) is not None


def test_without_a_seal_the_desk_says_so(town: Body, make_approved: MakeApproved) -> None:
    keeping._stop(seals.in_use(town), NOW)
    publication = make_approved()
    outbox.work(NOW)

    assert waiting(town, publication).error_code == "publication_no_seal"


def test_every_use_of_the_seal_is_on_record(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    make_approved()
    make_approved()
    outbox.work(NOW)

    assert SealUse.objects.for_body(ready).filter(key=seals.in_use(ready)).count() == 2


def test_a_demo_seal_says_what_it_is(ready: Body) -> None:
    key = seals.in_use(ready)

    assert key.level == "advanced_demo"
    assert "CERTIFICATE" in key.certificates
    assert lib.DEMO_MARK in encoded.from_pem(key.certificates)[0].decode("utf-8", "replace")


def test_a_real_authority_is_asked_over_http(ready: Body, make_approved: MakeApproved, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the wire, as with a bought service; the same tokens, the same checks."""
    now = from_(NOW)
    builtin = seals.authority_of(seals.in_use(ready), now)
    with lib.serve_authority(builtin) as url:
        monkeypatch.setattr("allmende.publication.sealing.authority_of", lambda key, clock: lib.HttpAuthority(url, allow_private=True))
        publication = make_approved()
        outbox.work(NOW)

    assert selectors.proof_of(publication.record) is not None
    assert list(problems(ready)) == []


def test_a_log_alone_is_set_up_by_the_administration(town: Body, administrator: Person, editor: Person) -> None:
    with pytest.raises(NotAllowed):
        set_up_log(town, origin="log.musterstedt.example", at=NOW, by=editor)

    assert set_up_log(town, origin="log.musterstedt.example", at=NOW, by=administrator).size == 0
