"""Another time stamp service for a seal: tried out over the wire before it is taken, noted, and decided by the row."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest

from allmende.core import outbox
from allmende.core.errors import ChangedMeanwhile, NotAllowed
from allmende.core.models import AuditEntry, Body, Person
from allmende.lib import seal as lib
from allmende.publication import encoded, seals, selectors
from allmende.publication.clock import from_
from allmende.publication.errors import AuthorityNotUsable, NoSeal, SealNotUsable
from allmende.publication.models import SealKey
from allmende.publication.seals import keeping
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

URL = "https://zeitstempel.example/"
Serve = Callable[..., lib.DemoAuthority]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """A service of its own on this machine, which the address leads to; answers by a clock that may be off."""
    running = ExitStack()

    def begin(*, off: float = 0.0, clock: Callable[[], datetime] | None = None) -> lib.DemoAuthority:
        identity = lib.make_demo_authority(password="x", at=NOW - timedelta(days=1))
        now = clock or from_(NOW)
        authority = lib.DemoAuthority(identity.pkcs12, "x", clock=lambda: now() + timedelta(seconds=off))
        real = lib.HttpAuthority(running.enter_context(lib.serve_authority(authority)), allow_private=True, timeout=5.0)
        monkeypatch.setattr(keeping, "authority_at", lambda url: real)
        monkeypatch.setattr("allmende.publication.seals.authority.authority_at", lambda url: real)
        return authority

    with running:
        yield begin


def change(town: Body, by: Person, certificates: tuple[bytes, ...], *, url: str = URL, policy: str = "") -> SealKey:
    return seals.set_authority(
        town, authority_url=url, authority_certificates=encoded.to_pem(certificates), authority_policy=policy, at=NOW, by=by
    )


def test_a_service_that_stamps_is_taken_and_stamps_from_then_on(
    ready: Body, seal_holder: Person, make_approved: MakeApproved, serve: Serve
) -> None:
    before = seals.in_use(ready)
    service = serve()

    key = change(ready, seal_holder, service.certificates)

    assert (key.pk, key.file, key.authority_url, key.authority_policy) == (before.pk, before.file, URL, "")
    assert AuditEntry.objects.for_body(ready).filter(act="seal.authority_changed", actor=seal_holder).count() == 1
    publication = make_approved()
    outbox.work(NOW)
    proof = selectors.proof_of(publication.record)
    assert proof is not None
    assert service.certificates[0] in encoded.from_pem(key.authority_certificates)


@pytest.mark.parametrize("case", ["clock", "foreign", "policy"])
def test_a_service_that_will_not_do_is_not_taken(ready: Body, seal_holder: Person, serve: Serve, case: str) -> None:
    before = seals.in_use(ready)
    service = serve(off=60.0 if case == "clock" else 0.0)
    stranger = lib.make_demo_authority(password="y", at=NOW)
    certificates = stranger.certificates if case == "foreign" else service.certificates

    with pytest.raises(SealNotUsable) as refused:
        change(ready, seal_holder, certificates, policy="1.2.3" if case == "policy" else "")

    assert refused.value.code == ("clock_off" if case == "clock" else "time_stamp_failed")
    key = seals.in_use(ready)
    assert (key.authority_url, key.authority_certificates) == (before.authority_url, before.authority_certificates)
    assert not AuditEntry.objects.for_body(ready).filter(act="seal.authority_changed").exists()


def test_addresses_inside_the_network_of_the_operator_are_not_asked(ready: Body, seal_holder: Person) -> None:
    known = lib.make_demo_authority(password="y", at=NOW).certificates

    for url in ("https://127.0.0.1:1/", "https://localhost/", "https://10.0.0.1/"):
        with pytest.raises(SealNotUsable) as refused:
            change(ready, seal_holder, known, url=url)
        assert "nicht erlaubt" in str(refused.value)


@pytest.mark.parametrize("url", ["http://zeitstempel.example/", "builtin:demo", ""])
def test_only_https_and_never_the_demo(ready: Body, seal_holder: Person, url: str) -> None:
    with pytest.raises(AuthorityNotUsable):
        change(ready, seal_holder, lib.make_demo_authority(password="y", at=NOW).certificates, url=url)
    with pytest.raises(AuthorityNotUsable):
        change(ready, seal_holder, ())


def test_only_the_seal_holder_and_only_where_there_is_a_seal(town: Body, seal_holder: Person, administrator: Person) -> None:
    known = lib.make_demo_authority(password="y", at=NOW).certificates

    with pytest.raises(NotAllowed):
        change(town, administrator, known)
    with pytest.raises(NoSeal):
        change(town, seal_holder, known)


def test_who_changes_what_somebody_else_has_just_changed_is_told_so(
    ready: Body, seal_holder: Person, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = serve()
    really = lib.try_authority

    def meanwhile(*args: object, **kwargs: object) -> object:
        stamp = really(*args, **kwargs)  # type: ignore[arg-type]
        SealKey.objects.for_body(ready).update(authority_policy="1.2.3.4")
        return stamp

    monkeypatch.setattr(lib, "try_authority", meanwhile)
    with pytest.raises(ChangedMeanwhile):
        change(ready, seal_holder, service.certificates)
