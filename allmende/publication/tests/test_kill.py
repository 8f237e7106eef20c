"""Kill the worker at every statement, then let it go on: nothing lost, nothing doubled, nothing too early."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from allmende.core import outbox
from allmende.core.models import AuditEntry, Body, OutboxRow
from allmende.lib import tlog
from allmende.publication import log, selectors
from allmende.publication.bundle import renew_bundle
from allmende.publication.check import problems
from allmende.publication.clock import from_
from allmende.publication.models import VALID, Attempt, LogEntry, Publication, SealUse, State
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.cosigning import cosign
from allmende.publication.tests.kill import check_everywhere, killed_at, killed_for_real, moments
from allmende.publication.tests.test_log import grow
from allmende.publication.worker import advance
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")
STATES = {State.SEALING, State.SEALED, State.APPENDED, State.CHECKPOINTED, State.PROVIDED, State.PUBLIC}


def finish(publication: Publication, at: datetime) -> None:
    now = from_(at)
    while advance(publication.pk, body=publication.body, clock=now) is not State.PUBLIC:
        pass


def check(body: Body, publication: Publication) -> State | None:
    """Every invariant, and what a citizen gets: nothing, or all of it under a checkpoint that is shown."""
    attempt = Attempt.objects.for_body(body).filter(publication=publication).exclude(state=State.VOID).first()
    state = State(attempt.state) if attempt else None
    answers = selectors.is_public(publication.record, at=NOW + timedelta(days=30))
    assert list(problems(body, thorough=False, only={publication.pk})) == []
    assert answers == (state in VALID)
    return state


def check_once(body: Body, publication: Publication) -> None:
    published = Publication.objects.for_body(body).count()
    assert LogEntry.objects.for_body(body).count() == published
    assert SealUse.objects.for_body(body).count() == published
    assert AuditEntry.objects.for_body(body).filter(record=publication.pk, act="publication.public").count() == 1


@pytest.mark.slow
def test_killed_between_any_two_statements(committed: None, new_town: Callable[[], Body], make_approved: MakeApproved) -> None:
    reached: set[State | None] = set()
    for moment, body in moments(new_town):
        publication = make_approved(body)
        with killed_at(moment) as kill:
            finish(publication, NOW)
        reached.add(check(body, publication))
        finish(publication, NOW + timedelta(minutes=1))
        assert check(body, publication) is State.PUBLIC
        check_once(body, publication)
        if not kill.done:
            break  # the way to the end has fewer moments: all of them were tried

    assert moment > 60
    assert reached == {None, *STATES}
    check_everywhere()


@pytest.mark.slow
def test_the_outbox_worker_gets_sigkill_anywhere(committed: None, new_town: Callable[[], Body], make_approved: MakeApproved) -> None:
    at = NOW
    for moment, body in moments(new_town):
        publication = make_approved(body, at=at)
        killed = killed_for_real(moment, partial(outbox.work, at))
        check(body, publication)
        at += outbox.LEASE + timedelta(seconds=1)  # the lease of the dead worker runs out
        outbox.work(at)
        assert check(body, publication) is State.PUBLIC
        check_once(body, publication)
        assert not OutboxRow.objects.for_body(body).exclude(state=OutboxRow.State.DONE).exists()
        if not killed:
            break

    assert moment > 60
    check_everywhere()


@pytest.mark.parametrize("moment", range(3, 130, 14))
def test_sigkill_at_some_moments(committed: None, ready: Body, make_approved: MakeApproved, moment: int) -> None:
    """The quick form of the two exhaustive ones."""
    publication = make_approved()
    killed_for_real(moment, partial(outbox.work, NOW))
    check(ready, publication)
    outbox.work(NOW + outbox.LEASE + timedelta(seconds=1))

    assert check(ready, publication) is State.PUBLIC
    check_once(ready, publication)
    assert list(problems(ready, thorough=False)) == []


@pytest.mark.slow
def test_killed_while_a_new_edition_is_written(committed: None, new_town: Callable[[], Body], make_approved: MakeApproved) -> None:
    for moment, body in moments(new_town):
        publication = make_approved(body)
        outbox.work(NOW)
        cosign(body, NOW)
        with killed_at(moment) as kill:
            renew_bundle(publication.record, NOW)
        check(body, publication)
        renew_bundle(publication.record, NOW)
        proof = selectors.proof_of(publication.record)
        assert proof is not None
        assert (proof.edition, len(proof.witnesses)) == (2, 1)
        assert check(body, publication) is State.PUBLIC
        if not kill.done:
            break

    assert moment > 10
    check_everywhere()


@pytest.mark.slow
def test_killed_while_tiles_become_full(committed: None, new_town: Callable[[], Body]) -> None:
    """From 254 entries to 257: the first full tile, the first of the next level, and the partial ones after it."""
    for moment in range(1000):
        body = new_town()
        grow(body, 254)
        log.integrate(body, at=NOW)
        grow(body, 3)
        with killed_at(moment) as kill:
            log.integrate(body, at=NOW)
        assert [problem for problem in problems(body) if "was not published before" not in problem] == []
        assert log.integrate(body, at=NOW).size == 257
        assert tlog.parse_checkpoint(log.checkpoint_file(body).read_bytes())[0].size == 257
        assert [problem for problem in problems(body) if "was not published before" not in problem] == []
        if not kill.done:
            break

    assert moment > 20
