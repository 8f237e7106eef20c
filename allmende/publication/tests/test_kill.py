"""Kill the worker at every statement, then let it go on: nothing lost, nothing doubled, nothing too early."""

from datetime import datetime, timedelta

import pytest

from allmende.core.models import AuditEntry, Body
from allmende.publication import selectors
from allmende.publication.check import problems
from allmende.publication.clock import from_
from allmende.publication.models import Attempt, LogEntry, Publication, SealUse, State
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.kill import killed_at
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
    assert answers == (state in selectors.VALID)
    return state


def check_once(body: Body, publication: Publication, published: int) -> None:
    assert LogEntry.objects.for_body(body).count() == published
    assert SealUse.objects.for_body(body).count() == published
    assert AuditEntry.objects.for_body(body).filter(record=publication.pk, act="publication.public").count() == 1


def test_killed_between_any_two_statements(committed: None, ready: Body, make_approved: MakeApproved) -> None:
    reached: set[State | None] = set()
    for moment in range(1000):
        publication = make_approved()
        with killed_at(moment) as kill:
            finish(publication, NOW)
        reached.add(check(ready, publication))
        finish(publication, NOW + timedelta(minutes=1))
        assert check(ready, publication) is State.PUBLIC
        check_once(ready, publication, moment + 1)
        if not kill.done:
            break  # the way to the end has fewer moments: all of them were tried

    assert moment > 60
    assert reached == {None, *STATES}
    assert list(problems(ready)) == []
