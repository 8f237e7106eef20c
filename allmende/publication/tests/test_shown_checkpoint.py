"""The file checkpoint: what everybody reads first carries the cosignatures there are, and never goes back."""

from base64 import b64encode
from datetime import timedelta

import pytest

from allmende.core.models import Body
from allmende.lib import tlog
from allmende.publication import log, selectors, store
from allmende.publication.check import problems
from allmende.publication.models import Checkpoint, Cosignature, Log
from allmende.publication.tests.cosigning import cosign
from allmende.publication.tests.kill import killed_at
from allmende.publication.tests.test_log import grow
from conftest import NOW

KREIS = "kreis.example/witness"


@pytest.fixture
def one_entry(ready: Body) -> Checkpoint:
    grow(ready, 1)
    return log.integrate(ready, at=NOW)


def shown(body: Body) -> bytes:
    return store.read(log.checkpoint_file(body)) or b""


def wrong(body: Body) -> list[str]:
    """What `allmende log check` finds wrong about checkpoints; the entries of these tests mean nothing."""
    return [problem for problem in problems(body, thorough=False) if "checkpoint" in problem]


def witnesses(body: Body) -> set[str]:
    """Who has cosigned what is shown; the log must have signed it."""
    rows = list(Cosignature.objects.for_body(body))
    vkey = Log.objects.for_body(body).get().vkey
    opened = tlog.open_checkpoint(shown(body), [tlog.parse_vkey(vkey)], [tlog.parse_vkey(row.vkey) for row in rows])
    return {seen.key.name for seen in opened.cosigned}


def test_the_checkpoint_carries_every_cosignature_of_its_size(ready: Body, one_entry: Checkpoint) -> None:
    cosign(ready, NOW)
    log.show(ready, one_entry)
    assert witnesses(ready) == {"nachbar.example/witness"}
    cosign(ready, NOW, name=KREIS)
    log.show(ready, one_entry)

    assert witnesses(ready) == {"nachbar.example/witness", KREIS}
    assert wrong(ready) == []


def test_a_late_cosignature_never_brings_back_a_smaller_size(ready: Body, one_entry: Checkpoint) -> None:
    grow(ready, 2)
    log.integrate(ready, at=NOW)
    before = shown(ready)
    witness = tlog.Cosigner(KREIS, bytes(32))
    line = tlog.cosign_checkpoint(bytes(one_entry.note), witness, time=int(NOW.timestamp())).line
    Cosignature.objects.create(checkpoint=one_entry, vkey=str(witness.key), operator="kreis", line=line, at=NOW)
    log.show(ready, one_entry)

    assert shown(ready) == before
    assert tlog.parse_checkpoint(before)[0].size == 3
    assert wrong(ready) == []


def test_a_new_size_begins_without_the_cosignatures_of_the_old_one(ready: Body, one_entry: Checkpoint) -> None:
    cosign(ready, NOW)
    log.show(ready, one_entry)
    grow(ready, 1)
    log.integrate(ready, at=NOW)

    assert witnesses(ready) == set()


def test_integrating_again_loses_no_cosignature(ready: Body, one_entry: Checkpoint) -> None:
    cosign(ready, NOW)
    log.show(ready, one_entry)
    before = shown(ready)
    log.integrate(ready, at=NOW + timedelta(minutes=1))

    assert shown(ready) == before
    assert witnesses(ready) == {"nachbar.example/witness"}


def test_killed_while_the_cosignature_is_shown(committed: None, ready: Body, one_entry: Checkpoint) -> None:
    """At every moment the file is the checkpoint, whole, with the cosignature or without; the next start of the worker shows it."""
    for moment in range(100):
        name = f"w{moment}.example/witness"
        cosign(ready, NOW, name=name)
        before = witnesses(ready)
        with killed_at(moment) as kill:
            log.show(ready, one_entry)
        assert witnesses(ready) in (before, before | {name})
        assert wrong(ready) == []
        log.show_heads()
        assert witnesses(ready) == before | {name}
        if not kill.done:
            break

    assert moment > 5


def test_a_damaged_checkpoint_does_not_stop_the_start_of_the_worker(ready: Body, one_entry: Checkpoint) -> None:
    log.checkpoint_file(ready).write_bytes(b"nonsense")
    log.show_heads()

    assert wrong(ready)[0].startswith("the file checkpoint")


def test_a_signature_that_is_not_of_a_known_witness_is_found(ready: Body, one_entry: Checkpoint) -> None:
    foreign = f"— {KREIS} {b64encode(bytes(76)).decode()}\n"
    log.checkpoint_file(ready).write_bytes(bytes(one_entry.note) + foreign.encode())

    assert wrong(ready) == ["the file checkpoint carries signatures that are not those of its witnesses"]


def test_a_witness_that_joins_after_hundreds_of_heads_is_shown_with_its_first(db: None, town: Body) -> None:
    heads = [Checkpoint(body=town, size=size, root=bytes(32), note=b"note", at=NOW + timedelta(minutes=size)) for size in range(1, 251)]
    for head in Checkpoint.objects.bulk_create(heads):
        Cosignature.objects.create(checkpoint=head, vkey="old", operator="Altstadt", line="x", at=head.at)
        if head.size > 240:
            Cosignature.objects.create(checkpoint=head, vkey="new", operator="Neustadt", line="x", at=head.at)

    seen = selectors.witnesses_of(town, 3)

    assert [(one.operator, one.size, one.at) for one in seen] == [
        ("Altstadt", 4, NOW + timedelta(minutes=4)),
        ("Neustadt", 241, NOW + timedelta(minutes=241)),
    ]
