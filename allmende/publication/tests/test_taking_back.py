"""An approval is taken back until it is sealed; killed anywhere and raced by workers, it is either back whole or public whole."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError

from allmende.core import outbox
from allmende.core.errors import NotAllowed
from allmende.core.models import AuditEntry, Body, OutboxRow, Person, Record
from allmende.core.tests.threads import at_once
from allmende.publication import store
from allmende.publication.check import problems
from allmende.publication.errors import TooLateToTakeBack
from allmende.publication.models import Attachment, Attempt, Author, LogEntry, Publication, Relation, SealKey, State
from allmende.publication.services import approve, relate, take_back
from allmende.publication.tests.attached import approved, two
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.kill import killed_for_real
from allmende.publication.tests.page import page
from allmende.publication.worker import advance
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")
SOON = NOW + timedelta(minutes=5)


def nothing_is_left(publication: Publication) -> None:
    body, key = publication.body, publication.pk
    for model, column in ((Publication, "pk"), (Attempt, "publication"), (Author, "publication"), (Attachment, "publication")):
        assert not model.objects.for_body(body).filter(**{column: key}).exists(), model
    assert not Relation.objects.for_body(body).filter(later=key).exists()
    assert not OutboxRow.objects.for_body(body).filter(record=key).exists()
    assert not store.attachment_file(publication.record, 1).exists()


def again(publication: Publication, editor: Person, approver: Person) -> None:
    """Approved anew, and this time it becomes public."""
    approve(publication.record, page(publication.body, 1), images={}, authors=[editor], by=approver, at=SOON)
    outbox.work(SOON)
    assert Publication.objects.for_body(publication.body).get(pk=publication.pk).state == Publication.State.PUBLIC


def test_what_waits_for_a_locked_seal_is_taken_back_whole(
    committed: None, ready: Body, editor: Person, approver: Person, make_approved: MakeApproved, tmp_path: Path
) -> None:
    earlier = make_approved()
    outbox.work(NOW)
    until = SealKey.objects.for_body(ready).get().unlocked_until
    SealKey.objects.for_body(ready).update(unlocked_until=NOW)
    waiting = approved(ready, two(tmp_path / "upload"), author=editor, by=approver, number=2)
    relate(waiting.record, earlier.record, Relation.Word.CORRECTS, at=NOW)
    outbox.work(NOW)
    assert Publication.objects.for_body(ready).get(pk=waiting.pk).waiting_code == "publication_seal_locked"

    take_back(waiting.record, by=approver, at=SOON)
    outbox.work(SOON)

    nothing_is_left(waiting)
    assert list(problems(ready)) == []
    acts = list(AuditEntry.objects.for_body(ready).filter(record=waiting.pk).order_by("pk").values_list("act", flat=True))
    assert acts == ["publication.approved", "publication.taken_back"]
    SealKey.objects.for_body(ready).update(unlocked_until=until)
    again(waiting, editor, approver)


@pytest.mark.parametrize("reached", [State.SEALED, State.APPENDED, State.CHECKPOINTED, State.PROVIDED, State.PUBLIC])
def test_what_is_sealed_is_not_taken_back(ready: Body, make_approved: MakeApproved, approver: Person, reached: State) -> None:
    publication = make_approved()
    while advance(publication.pk, body=ready, clock=lambda: NOW) is not reached:
        pass

    with pytest.raises(TooLateToTakeBack):
        take_back(publication.record, by=approver, at=NOW)

    assert Attempt.objects.for_body(ready).get().state == reached
    outbox.work(NOW)
    assert list(problems(ready)) == []


def test_what_is_void_and_waits_again_is_not_taken_back(ready: Body, make_approved: MakeApproved, approver: Person) -> None:
    publication = make_approved()
    while advance(publication.pk, body=ready, clock=lambda: NOW) is not State.APPENDED:
        pass
    assert advance(publication.pk, body=ready, clock=lambda: NOW + timedelta(days=1)) is State.VOID

    with pytest.raises(TooLateToTakeBack):
        take_back(publication.record, by=approver, at=NOW)


def test_who_may(ready: Body, make_approved: MakeApproved, editor: Person, administrator: Person, foreigner: Person) -> None:
    publication = make_approved()
    for nobody in (editor, foreigner):
        with pytest.raises(NotAllowed):
            take_back(publication.record, by=nobody, at=NOW)
    take_back(publication.record, by=administrator, at=NOW)
    with pytest.raises(TooLateToTakeBack):
        take_back(publication.record, by=administrator, at=NOW)


def back_or_public(publication: Publication) -> str:
    """One of the two, and that whole."""
    if Publication.objects.for_body(publication.body).filter(pk=publication.pk).exists():
        assert Attempt.objects.for_body(publication.body).get(publication=publication.pk).state == State.PUBLIC
        return "public"
    nothing_is_left(publication)
    return "back"


def tried(record: Record, by: Person) -> str:
    try:
        take_back(record, by=by, at=NOW)
    except (TooLateToTakeBack, IntegrityError):
        return "too late"
    return "back"


@pytest.mark.parametrize("steps", range(3))
def test_workers_seal_while_somebody_takes_it_back(
    committed: None, ready: Body, make_approved: MakeApproved, editor: Person, approver: Person, steps: int
) -> None:
    """`steps`: how many workers there are against one who takes it back."""
    publication = make_approved()

    def act(i: int) -> str:
        if i > steps:
            return tried(publication.record, approver)
        outbox.work(NOW)
        return "worked"

    result = at_once(act)
    outbox.work(NOW + outbox.LEASE * 2)

    assert result["back"] <= 1
    assert back_or_public(publication) == ("back" if result["back"] else "public")
    assert LogEntry.objects.for_body(ready).count() == (0 if result["back"] else 1)
    assert list(problems(ready)) == []
    if result["back"]:
        again(publication, editor, approver)


@pytest.mark.parametrize("moment", range(0, 40, 3))
def test_killed_while_it_is_taken_back(committed: None, ready: Body, editor: Person, approver: Person, tmp_path: Path, moment: int) -> None:
    publication = approved(ready, two(tmp_path / "upload"), author=editor, by=approver)
    killed_for_real(moment, partial(take_back, publication.record, by=approver, at=NOW))
    there = Publication.objects.for_body(ready).filter(pk=publication.pk).exists()
    outbox.work(NOW + outbox.LEASE * 2)
    if there:
        assert back_or_public(publication) == "public"
    else:
        assert not Attempt.objects.for_body(ready).exists()
        assert not LogEntry.objects.for_body(ready).exists()
        again(publication, editor, approver)
    assert list(problems(ready)) == []


def test_the_worker_is_killed_anywhere_and_then_it_is_taken_back(
    committed: None, new_town: Callable[[], Body], make_approved: MakeApproved, approver: Person
) -> None:
    for moment in range(0, 60, 7):
        body = new_town()
        publication = make_approved(body)
        killed_for_real(moment, partial(outbox.work, NOW))
        sealed = Attempt.objects.for_body(body).filter(state__gt=State.SEALING).exists()
        assert tried(publication.record, approver) == ("too late" if sealed else "back")
        outbox.work(NOW + outbox.LEASE * 2)
        assert back_or_public(publication) == ("public" if sealed else "back")
        assert list(problems(body)) == []
