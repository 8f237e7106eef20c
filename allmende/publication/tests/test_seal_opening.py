"""An unlocked seal is in memory of the process that seals. Locked means locked: for the next document, everywhere, at once."""

from datetime import date, timedelta

import pytest

from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.publication import sealing, seals, selectors
from allmende.publication.clock import Clock
from allmende.publication.errors import SealLocked
from allmende.publication.models import Attempt, Publication, SealKey, SealUse, State
from allmende.publication.seals import opening
from allmende.publication.steps.seal import seal as seal_step
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

SOON = NOW + timedelta(seconds=30)


def test_a_seal_is_loaded_once_per_unlocking(ready: Body, seal_holder: Person) -> None:
    key = seals.in_use(ready)
    first = seals.opened(key)
    assert seals.opened(seals.in_use(ready)) is first

    seals.lock(ready, at=NOW, by=seal_holder)
    with pytest.raises(SealLocked):
        seals.opened(seals.in_use(ready))
    seals.unlock(ready, password=seals.demo_password(ready), until=key.valid_until, at=NOW, by=seal_holder)

    assert seals.opened(seals.in_use(ready)) is not first


@pytest.mark.parametrize("act", [seals.lock, seals.stop])
def test_the_next_document_after_locking_is_refused_and_the_key_let_go(
    ready: Body, make_approved: MakeApproved, seal_holder: Person, act: object, one_seal: None
) -> None:
    make_approved()
    outbox.work(NOW)
    key = seals.in_use(ready)
    seals.opened(key)
    second = make_approved()

    act(ready, at=SOON, by=seal_holder)  # type: ignore[operator]
    outbox.work(SOON)

    assert SealUse.objects.for_body(ready).count() == 1
    progress = selectors.state_of(second.record)
    assert progress is not None
    assert progress.error_code in ("publication_seal_locked", "publication_no_seal")
    opening.close(opening.left_open(SOON), SOON)
    assert key.pk not in opening._open


def test_a_worker_without_work_lets_go_of_a_locked_seal_too(ready: Body, seal_holder: Person) -> None:
    key = seals.in_use(ready)
    seals.opened(key)
    assert list(opening.left_open(NOW)) == [] or key.pk not in list(opening.left_open(NOW))

    seals.lock(ready, at=NOW, by=seal_holder)
    found = list(opening.LOCKED_SEALS.find(NOW))
    opening.LOCKED_SEALS.take(found, NOW)

    assert key.pk in found
    assert key.pk not in opening._open
    assert opening.LOCKED_SEALS.every <= timedelta(seconds=10)


def test_the_end_of_the_unlocking_closes_the_seal_as_well(ready: Body) -> None:
    key = seals.in_use(ready)
    seals.opened(key)
    SealKey.objects.for_body(ready).update(unlocked_until=SOON)

    assert key.pk not in list(opening.left_open(NOW))
    assert key.pk in list(opening.left_open(SOON))


@pytest.mark.parametrize("act", ["lock", "stop", "renew"])
def test_what_was_sealed_while_somebody_locked_the_seal_is_thrown_away(
    ready: Body,
    make_approved: MakeApproved,
    clock: Clock,
    seal_holder: Person,
    one_seal: None,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
) -> None:
    publication = make_approved()
    attempt = Attempt.objects.create(publication=publication, body=ready, number=1, day=NOW.date())
    really = sealing.make

    def make(publication: Publication, day: date, key: SealKey, clock: Clock) -> sealing.Made:
        made = really(publication, day, key, clock)
        if act == "renew":
            seals.renew_demo_seal(ready, at=NOW, by=seal_holder)
        else:
            getattr(seals, act)(ready, at=NOW, by=seal_holder)
        return made

    monkeypatch.setattr(sealing, "make", make)
    with pytest.raises(SealLocked):
        seal_step(attempt, clock)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.document, attempt.seal_key_id) == (State.SEALING, None, None)
    assert not SealUse.objects.for_body(ready).exists()
