"""The demo of two years' age still publishes, and its seal is renewed before it ends."""

from datetime import timedelta

from allmende.core import outbox
from allmende.core.models import AuditEntry, Body, Person
from allmende.core.tests.threads import at_once
from allmende.lib import seal as lib
from allmende.publication import encoded, seals, selectors
from allmende.publication.check import problems
from allmende.publication.clock import from_
from allmende.publication.errors import SealExists
from allmende.publication.models import SealKey
from allmende.publication.seals import demo
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

TWO_YEARS = NOW + timedelta(days=731)


def test_a_demo_of_two_years_age_publishes(ready: Body, make_approved: MakeApproved) -> None:
    publication = make_approved(at=TWO_YEARS)
    outbox.work(TWO_YEARS)

    assert selectors.proof_of(publication.record) is not None
    assert list(problems(ready)) == []


def test_the_demo_seal_is_renewed_before_it_ends_and_goes_on_publishing(ready: Body, make_approved: MakeApproved) -> None:
    old = seals.in_use(ready)
    late = old.valid_until - timedelta(days=30)
    assert list(demo.ending(old.valid_until - timedelta(days=90))) == []

    demo.ENDING_DEMO_SEALS.take(list(demo.ENDING_DEMO_SEALS.find(late)), late)

    new = seals.in_use(ready)
    assert new.pk != old.pk
    assert new.valid_until > old.valid_until + timedelta(days=3000)
    assert new.unlocked_until == new.valid_until
    assert list(demo.ending(late)) == []
    assert AuditEntry.objects.for_body(ready).filter(act="seal.renewed").count() == 1
    afterwards = old.valid_until + timedelta(days=1)
    publication = make_approved(at=afterwards)
    outbox.work(afterwards)
    assert selectors.proof_of(publication.record) is not None


def test_a_demo_seal_that_was_locked_stays_locked_when_it_is_renewed(ready: Body, seal_holder: Person) -> None:
    seals.lock(ready, at=NOW, by=seal_holder)
    seals.renew_demo_seal(ready, at=NOW, by=None)

    assert seals.in_use(ready).state == SealKey.State.LOCKED
    seals.unlock(ready, password=seals.demo_password(ready), until=TWO_YEARS, at=NOW, by=seal_holder)
    assert seals.is_demo(seals.in_use(ready))


def test_two_processes_that_make_the_demo_seal_at_once_leave_one_that_works(committed: None, town: Body) -> None:
    """Each makes keys of its own; what is in use must fit together, whoever was faster."""

    def make(i: int) -> str:
        try:
            seals.set_up_demo_seal(town, at=NOW, by=None)
        except SealExists:
            return "exists"
        return "made"

    assert at_once(make, people=4) == {"made": 1, "exists": 3}
    key = seals.in_use(town)
    service = seals.authority_of(key, from_(NOW))
    assert lib.try_authority(service, certificates=encoded.from_pem(key.authority_certificates), clock=lambda: NOW).stamped_at
    assert seals.opened(key).facts.name == key.label
