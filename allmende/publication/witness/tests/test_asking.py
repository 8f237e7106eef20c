"""Having the own log witnessed: publishing never waits, what was missed is caught up, and silence is told."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from allmende.core import outbox
from allmende.core.health import Level
from allmende.core.models import Body, OutboxRow, Record
from allmende.lib import tlog
from allmende.lib.proof import verify
from allmende.publication import keys, log, selectors, store
from allmende.publication.check import problems
from allmende.publication.clock import from_
from allmende.publication.models import Attempt, Cosignature, Log, Witness
from allmende.publication.overview import log_overview
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.witness import asking, errors, health, renewing, services
from allmende.publication.witness.tests.conftest import HOUR, OPERATOR, Neighbour, codes, in_a_minute, served
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")


def publish(make_approved: MakeApproved) -> Record:
    """The worker publishes, and a moment later it asks and renews."""
    record = make_approved().record
    outbox.work(NOW)
    settle(NOW)
    return record


def settle(at: datetime) -> None:
    """The worker goes on for half a minute from `at`. What a row causes is due when the row was done, so it takes several looks."""
    for seconds in range(5, 30, 5):
        outbox.work(at + timedelta(seconds=seconds))


def test_what_is_published_is_cosigned_and_the_bundle_says_so(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    record = publish(make_approved)

    proof, overview = selectors.proof_of(record), log_overview(ready)
    assert proof is not None
    assert overview is not None
    assert [(seen.operator, seen.size) for seen in proof.witnesses] == [(OPERATOR, 1)]
    assert proof.edition == 2
    assert overview.witnesses == (OPERATOR,)
    vkey, key = Log.objects.for_body(ready).get().vkey, wiesenmark.key.key
    shown = tlog.open_checkpoint(store.read(log.checkpoint_file(ready)) or b"", [tlog.parse_vkey(vkey)], [key])
    assert [seen.key for seen in shown.cosigned] == [key]
    report = verify(store.read(store.file_of(record, "zip")) or b"", policy=f"log {vkey}\nwitness wiesenmark {key}\nquorum wiesenmark\n")
    assert report.trusted
    assert report.exit_status == 0
    assert [seen.name for seen in report.facts.witnesses] == [key.name]
    assert list(problems(ready)) == []


def test_without_a_witness_it_is_said_and_nothing_waits(ready: Body, make_approved: MakeApproved) -> None:
    record = publish(make_approved)

    proof = selectors.proof_of(record)
    assert proof is not None
    assert (proof.witnesses, proof.edition) == ((), 1)
    assert not OutboxRow.objects.for_body(ready).filter(topic="ask_witness").exists()
    assert [finding.level for finding in health.witnesses(NOW)] == [Level.WARN]


def test_a_witness_that_is_down_is_asked_again_and_everything_is_caught_up(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    first = publish(make_approved)
    wiesenmark.instead = lambda request: tlog.Answer(500, b"closed today\n")
    second, third = publish(make_approved), publish(make_approved)

    proof, overview = selectors.proof_of(second), log_overview(ready)
    assert proof is not None
    assert overview is not None
    assert (proof.witnesses, overview.witnesses, overview.earlier) == ((), (), ((OPERATOR, 1),))
    assert codes(ready) == "witness_unwell"
    assert [finding.level for finding in health.witnesses(NOW + HOUR / 2)] == [Level.OK]
    (late,) = health.witnesses(NOW + 2 * HOUR)
    assert (late.level, late.advice) == (Level.WARN, errors.WitnessUnwell.message)
    assert not OutboxRow.objects.for_body(ready).filter(state=OutboxRow.State.PARKED).exists()

    wiesenmark.instead, wiesenmark.at = None, NOW + 2 * HOUR
    outbox.work(NOW + 2 * HOUR)
    settle(NOW + 2 * HOUR)

    editions = [proof.edition for record in (first, second, third) if (proof := selectors.proof_of(record))]
    overview = log_overview(ready)
    assert overview is not None
    assert overview.witnesses == (OPERATOR,)
    assert editions == [2, 2, 2]
    assert codes(ready) == ""
    assert [finding.level for finding in health.witnesses(NOW + 3 * HOUR)] == [Level.OK]
    assert not OutboxRow.objects.for_body(ready).exclude(state=OutboxRow.State.DONE).exists()
    assert list(problems(ready)) == []


def test_the_pauses_grow_with_the_silence_and_never_end(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    wiesenmark.instead = lambda request: tlog.Answer(500, b"")
    make_approved()
    outbox.work(NOW)
    row, pauses = OutboxRow.objects.for_body(ready).filter(topic="ask_witness"), []
    at = row.get().due_at
    for _ in range(16):
        outbox.work(at)
        pauses.append(timedelta(seconds=round((row.get().due_at - at).total_seconds())))
        at = row.get().due_at

    assert pauses[0] < timedelta(seconds=5)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)
    assert row.get().state == OutboxRow.State.WAITING


def test_the_log_page_and_the_notice_say_who_has_witnessed(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved, client: Client
) -> None:
    publish(make_approved)
    assert f'Bezeugt von: <span lang="de">{OPERATOR}</span>.' in " ".join(client.get("/protokoll/").content.decode().split())

    wiesenmark.instead = lambda request: tlog.Answer(500, b"")
    publish(make_approved)
    page = " ".join(client.get("/protokoll/").content.decode().split())
    assert f'Bis zur Zeile 1 bezeugt von <span lang="de">{OPERATOR}</span>.' in page
    assert "noch nicht bezeugt" in page  # the line at the end of every page: the newest head is not
    assert "noch nicht bezeugt" in client.get("/").content.decode()


def test_the_log_that_nobody_witnesses_says_so(ready: Body, make_approved: MakeApproved, client: Client) -> None:
    publish(make_approved)

    assert "Es ist noch nicht bezeugt" in client.get("/protokoll/").content.decode()
    assert "noch nicht bezeugt" in client.get("/").content.decode()


def test_whoever_asks_again_shows_what_a_killed_one_has_stored(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    publish(make_approved)
    head, path = log.last_checkpoint(ready), log.checkpoint_file(ready)
    assert head is not None
    cosigned = path.read_bytes()
    path.write_bytes(bytes(head.note))

    assert asking.ask(witness, clock=from_(in_a_minute())) is False
    assert path.read_bytes() == cosigned == log.with_cosignatures(head) != bytes(head.note)


def test_the_proof_starts_where_the_witness_left_off(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    publish(make_approved)
    publish(make_approved)
    publish(make_approved)

    assert [request.old for request in wiesenmark.requests] == [0, 1, 2]


def test_a_witness_that_names_another_size_gets_the_proof_from_there(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    publish(make_approved)
    publish(make_approved)
    Witness.objects.for_body(ready).update(size=0)
    publish(make_approved)

    assert [request.old for request in wiesenmark.requests] == [0, 1, 0, 2]
    assert wiesenmark.head.size == 3


def test_a_witness_that_was_stopped_is_not_asked_and_can_be_asked_again(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    services.set_asked(ready, witness.pk, asked=False, by=None, at=NOW)
    publish(make_approved)
    assert wiesenmark.requests == []

    services.set_asked(ready, witness.pk, asked=True, by=None, at=NOW)
    settle(NOW)
    assert wiesenmark.head.size == 1


def test_two_witnesses_make_two_more_editions_and_a_silent_one_holds_up_none(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    wiesenmark.instead = lambda request: tlog.Answer(500, b"")
    other = Neighbour(key=tlog.Cosigner("lindenau.example/w", b"x" * 32), trusted=wiesenmark.trusted)
    with served(other):
        services.add_witness(ready, url=other.url, vkey=str(other.key.key), operator="Stadt Lindenau", by=None, at=NOW)
        record = publish(make_approved)
        proof = selectors.proof_of(record)
        assert proof is not None
        assert [seen.operator for seen in proof.witnesses] == ["Stadt Lindenau"]

    wiesenmark.instead, wiesenmark.at = None, NOW + HOUR
    settle(NOW + HOUR)
    proof = selectors.proof_of(record)
    assert proof is not None
    assert {seen.operator for seen in proof.witnesses} == {"Stadt Lindenau", OPERATOR}
    assert proof.edition == 3
    assert list(problems(ready)) == []


def test_many_bundles_are_renewed_a_few_at_a_time(
    ready: Body, wiesenmark: Neighbour, make_approved: MakeApproved, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "AT_ONCE", 2)
    for _ in range(5):
        publish(make_approved)
    services.add_witness(ready, url=wiesenmark.url, vkey=str(wiesenmark.key.key), operator=OPERATOR, by=None, at=NOW)
    settle(in_a_minute())

    assert list(Attempt.objects.for_body(ready).values_list("bundle_edition", flat=True)) == [2] * 5
    assert list(problems(ready)) == []


def test_the_empty_log_can_be_shown_to_a_witness_before_anything_is_published(
    ready: Body, witness: Witness, wiesenmark: Neighbour, make_approved: MakeApproved
) -> None:
    asking.probe(witness, clock=from_(NOW))
    assert (wiesenmark.head, Cosignature.objects.for_body(ready).count()) == (tlog.Head(), 0)
    wiesenmark.trusted = []
    with pytest.raises(errors.UnknownThere):
        asking.probe(witness, clock=from_(NOW))

    wiesenmark.trusted = [keys.log_key(keys.log_of(ready)).key]
    publish(make_approved)
    assert wiesenmark.head.size == 1
