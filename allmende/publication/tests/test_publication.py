"""From approved to public, and what everyone can prove afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest

from allmende.core import outbox
from allmende.core.errors import NotAllowed
from allmende.core.models import AuditEntry, Body, Membership, Person, Record, Visibility
from allmende.lib.proof import read, verify
from allmende.lib.seal import SealLevel
from allmende.publication import kinds, selectors, store
from allmende.publication.check import problems
from allmende.publication.clock import Clock
from allmende.publication.errors import AlreadyApproved, FourEyes, ImageMissing
from allmende.publication.kinds import PublishedKind
from allmende.publication.models import Attempt, Log, LogEntry, Publication, SealUse, State
from allmende.publication.services import approve
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.page import page
from allmende.publication.worker import STEPS, advance
from conftest import NOW, person

Role = Membership.Role


def test_a_notice_is_sealed_logged_public_and_can_be_proven_offline(ready: Body, make_approved: MakeApproved) -> None:
    """The whole way with nothing replaced: real document, real seal, real time stamp."""
    record = make_approved().record
    outbox.work(NOW)

    proof = selectors.proof_of(record)
    report = verify(store.read(store.file_of(record, "zip")) or b"", vkey=Log.objects.for_body(ready).get().vkey)
    assert list(problems(ready)) == []
    assert report.trusted
    assert proof is not None
    assert (proof.index, proof.size, proof.witnesses, proof.void) == (0, 1, (), ())
    assert proof.seal_level is SealLevel.ADVANCED_DEMO
    assert proof.sealed_by == "Stadt Musterstedt"
    assert abs(proof.stamped_at - NOW) < timedelta(minutes=1)
    assert proof.pdf.endswith("/bekanntmachungen/2026/1.pdf")
    assert "<p>Die Erlenstraße ist vom 9. bis zum 13. März 2026 voll gesperrt.</p>" in selectors.fragment_of(record)
    assert "Straßensperrung 1" not in selectors.fragment_of(record)  # title, facts and issuer are the page's own


def test_a_changed_bundle_is_refused(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    record = make_approved().record
    outbox.work(NOW)
    path = store.file_of(record, "zip")
    path.write_bytes(path.read_bytes().replace(b"voll gesperrt", b"frei befahrbar"[:13]))

    assert any("the bundle" in problem for problem in problems(ready))


def test_one_step_at_a_time_and_visible_only_after_the_last(ready: Body, make_approved: MakeApproved, one_seal: None, clock: Clock) -> None:
    publication = make_approved()
    seen = []
    for _ in range(7):
        state = advance(publication.pk, body=ready, clock=clock)
        seen.append((state, Record.objects.for_body(ready).get(pk=publication.pk).visibility))
        assert list(problems(ready, thorough=False)) == []

    internal, public = Visibility.INTERNAL, Visibility.PUBLIC
    assert seen == [
        (State.SEALED, internal),
        (State.APPENDED, internal),
        (State.CHECKPOINTED, internal),
        (State.PROVIDED, public),
        (State.PUBLIC, public),
        (State.PUBLIC, public),
        (State.PUBLIC, public),
    ]


def test_the_page_answers_from_a_full_second_on_that_lay_ahead(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    record = make_approved().record
    outbox.work(NOW)

    attempt = Attempt.objects.for_body(ready).get()
    assert attempt.provided_at is not None
    assert attempt.confirmed_at is not None
    assert attempt.provided_at.microsecond == 0
    assert attempt.confirmed_at < attempt.provided_at
    assert not selectors.is_public(record, at=attempt.provided_at - timedelta(microseconds=1))
    assert selectors.is_public(record, at=attempt.provided_at)


def test_a_commit_that_came_too_late_moves_the_moment(
    ready: Body, make_approved: MakeApproved, one_seal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication, told = make_approved(), list[datetime]()
    listening = PublishedKind("notice", on_provided=lambda record, at: told.append(at), on_public=lambda record, at: told.append(at))
    monkeypatch.setattr(kinds, "_KINDS", {"notice": listening})
    while advance(publication.pk, body=ready, clock=lambda: NOW) is not State.PROVIDED:
        pass
    late = NOW + timedelta(seconds=20)

    assert advance(publication.pk, body=ready, clock=lambda: late) is State.PROVIDED
    assert advance(publication.pk, body=ready, clock=lambda: late) is State.PUBLIC
    assert told == [NOW + timedelta(seconds=1), late + timedelta(seconds=1), late + timedelta(seconds=1)]
    assert list(problems(ready, thorough=False)) == []


def test_a_worker_that_comes_late_changes_nothing(ready: Body, make_approved: MakeApproved, one_seal: None, clock: Clock) -> None:
    publication = make_approved()
    mine = Attempt.objects.for_body(ready).select_related("body", "publication__record__body", "checkpoint")
    stale = []
    while advance(publication.pk, body=ready, clock=clock) is not State.PUBLIC:
        stale.append(mine.get())
    before, files = list(mine.values()), [store.read(store.file_of(publication.record, suffix)) for suffix in ("pdf", "zip")]

    for old in stale:
        STEPS[State(old.state)](old, lambda: NOW + timedelta(hours=1))

    assert list(mine.values()) == before
    assert [store.read(store.file_of(publication.record, suffix)) for suffix in ("pdf", "zip")] == files
    assert LogEntry.objects.for_body(ready).count() == SealUse.objects.for_body(ready).count() == 1
    assert list(problems(ready, thorough=False)) == []


def test_the_same_document_has_another_leaf_each_time(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    make_approved()
    make_approved()
    outbox.work(NOW)
    leaves = {bytes(entry.entry) for entry in LogEntry.objects.for_body(ready)}

    assert len(leaves) == 2


def test_the_log_names_nobody(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    make_approved()
    outbox.work(NOW)
    entry = bytes(LogEntry.objects.for_body(ready).get().entry).decode()

    assert all(word not in entry for word in ("Erika", "Anna", "Straßensperrung", "bekanntmachungen"))


def test_who_wrote_a_part_does_not_approve(ready: Body, editor: Person, approver: Person) -> None:
    record = Record.objects.create(body=ready, kind=Record.Kind.NOTICE, titles={"de": "Wahl"}, path="bekanntmachungen/2026/1/")

    with pytest.raises(FourEyes):
        approve(record, page(ready, 1), images={}, authors=[editor, approver], by=approver, at=NOW)
    with pytest.raises(FourEyes):
        approve(record, page(ready, 1), images={}, authors=[], by=approver, at=NOW)
    with pytest.raises(NotAllowed):
        approve(record, page(ready, 1), images={}, authors=[approver], by=editor, at=NOW)
    with pytest.raises(ImageMissing):
        approve(record, page(ready, 1), images={"0" * 64: b"x"}, authors=[editor], by=approver, at=NOW)


def test_it_is_approved_once(make_approved: MakeApproved, editor: Person, approver: Person) -> None:
    record = make_approved().record

    with pytest.raises(AlreadyApproved):
        approve(record, page(record.body, 1), images={}, authors=[editor], by=approver, at=NOW)


def test_it_is_recorded_for_whom_a_deputy_approved(ready: Body, editor: Person, approver: Person) -> None:
    day = NOW.date()
    deputy = person("Doris")
    Membership.objects.create(
        person=deputy, body=ready, role=Role.APPROVER, deputy_for=approver, valid_from=day, valid_until=day, reason="Urlaub"
    )
    record = Record.objects.create(body=ready, kind=Record.Kind.NOTICE, titles={"de": "Wahl"}, path="bekanntmachungen/2026/1/")

    publication = approve(record, page(ready, 1), images={}, authors=[editor], by=deputy, at=NOW)

    assert (publication.deputy_for, publication.acting_body) == (approver, ready)


def test_the_acting_office_of_the_association_is_recorded(ready: Body, association: Body, editor: Person) -> None:
    ready.refresh_from_db()
    official = person("Vera", (association, Role.APPROVER))
    record = Record.objects.create(body=ready, kind=Record.Kind.NOTICE, titles={"de": "Wahl"}, path="bekanntmachungen/2026/1/")

    publication = approve(record, page(ready, 1), images={}, authors=[editor], by=official, at=NOW)

    assert publication.acting_body == association


def test_each_body_has_its_own_log(ready: Body, neighbour: Body, make_approved: MakeApproved, one_seal: None) -> None:
    make_approved()
    outbox.work(NOW)

    assert LogEntry.objects.for_body(ready).count() == 1
    assert not LogEntry.objects.for_body(neighbour).exists()
    assert not store.log_dir(neighbour).exists()


def test_the_desk_sees_how_far_it_is(ready: Body, make_approved: MakeApproved, one_seal: None, clock: Clock) -> None:
    record = make_approved().record
    before = selectors.state_of(record)
    advance(record.pk, body=ready, clock=clock)
    between = selectors.state_of(record)
    outbox.work(NOW)
    after = selectors.state_of(record)

    assert before is not None
    assert between is not None
    assert after is not None
    assert (before.step, before.since, before.is_public) == (None, NOW, False)
    assert (between.step, between.is_public) == (State.SEALED, False)
    assert (after.step, after.is_public, after.error) == (State.PUBLIC, True, "")


@pytest.mark.parametrize("rows", [1, 9])
def test_the_desk_asks_three_questions_for_any_number(
    ready: Body, make_approved: MakeApproved, one_seal: None, django_assert_num_queries: object, rows: int
) -> None:
    records = [make_approved().pk for _ in range(rows)]
    outbox.work(NOW)

    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(selectors.states_of(ready, records)) == rows


def test_what_is_not_approved_has_no_proof(ready: Body) -> None:
    record = Record.objects.create(body=ready, kind=Record.Kind.NOTICE, titles={"de": "Wahl"}, path="bekanntmachungen/2026/1/")

    assert selectors.proof_of(record) is None
    assert selectors.state_of(record) is None
    assert selectors.fragment_of(record) == ""


def test_the_printed_day_is_the_day_of_provision(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # half past midnight on 2 March in Germany
    make_approved(at=at)
    outbox.work(at)

    assert Attempt.objects.for_body(ready).get().day == date(2026, 3, 2)
    assert list(problems(ready, thorough=False)) == []


def test_the_audit_trail_tells_the_way(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    record = make_approved().record
    outbox.work(NOW)
    acts = list(AuditEntry.objects.for_body(ready).filter(record=record).order_by("pk").values_list("act", flat=True))

    assert acts == ["publication.approved", "publication.public"]


def test_the_bundle_holds_what_was_approved(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    record = make_approved().record
    outbox.work(NOW)
    attempt = Attempt.objects.for_body(ready).get()
    bundle = read(store.read(store.file_of(record, "zip")) or b"")

    assert bundle.page == bytes(attempt.page or b"")
    assert bundle.document == store.read(store.file_of(record, "pdf"))
    assert Publication.objects.for_body(ready).get().state == Publication.State.PUBLIC


def test_the_proof_panel_asks_five_questions(
    ready: Body, make_approved: MakeApproved, one_seal: None, django_assert_max_num_queries: object
) -> None:
    record = make_approved().record
    outbox.work(NOW)
    record = Record.objects.for_body(ready).select_related("body").get(pk=record.pk)

    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert selectors.proof_of(record) is not None
