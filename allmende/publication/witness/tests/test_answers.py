"""What a witness may answer: only a cosignature of this head, by the key that was entered and at this hour, counts."""

import socket
from collections.abc import Callable

import pytest
from pytest_django import Settings

from allmende.core.models import Body
from allmende.lib import tlog
from allmende.publication import log
from allmende.publication.clock import from_
from allmende.publication.models import Cosignature, Witness
from allmende.publication.witness import asking, errors
from allmende.publication.witness.tests.conftest import HOUR, Neighbour, codes, in_a_minute
from conftest import NOW


def in_flight(body: Body, witness: Witness) -> tuple[str, int]:
    """Ask now; the code of the refusal, or nothing, and how many cosignatures there are."""
    try:
        asking.ask(witness, clock=from_(in_a_minute()))
    except errors.NotCosigned as refused:
        return refused.code, Cosignature.objects.for_body(body).count()
    return "", Cosignature.objects.for_body(body).count()


def size_answer(size: int, kind: str = "text/x.tlog.size") -> Callable[[tlog.AddCheckpoint], tlog.Answer]:
    return lambda request: tlog.Answer(409, b"%d\n" % size, kind)


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        (lambda request: tlog.Answer(404, b""), "witness_unknown_there"),
        (lambda request: tlog.Answer(403, b""), "witness_key_refused_there"),
        (lambda request: tlog.Answer(422, b""), "witness_other_history"),
        (size_answer(9), "witness_other_history"),
        (size_answer(0), "witness_unwell"),
        (size_answer(0, "text/plain"), "witness_answer_unusable"),
        (lambda request: tlog.Answer(409, b"many\n", "text/x.tlog.size"), "witness_answer_unusable"),
        (lambda request: tlog.Answer(400, b""), "witness_answer_unusable"),
        (lambda request: tlog.Answer(302, b""), "witness_answer_unusable"),
        (lambda request: tlog.Answer(500, b""), "witness_unwell"),
        (lambda request: tlog.Answer(200, b"<html>welcome</html>"), "witness_answer_unusable"),
        (lambda request: tlog.Answer(200, b"x" * 20_000), "witness_answer_unusable"),
    ],
)
def test_an_answer_that_is_no_cosignature_changes_nothing(
    ready: Body, witness: Witness, wiesenmark: Neighbour, instead: Callable[[tlog.AddCheckpoint], tlog.Answer], code: str
) -> None:
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    wiesenmark.instead = instead

    assert in_flight(ready, witness) == (code, 0)
    assert codes(ready) == code
    assert str(errors.in_words(code)).count(".") >= 2


def signed_by(key: tlog.Cosigner, *, seconds: int = 0, text: str | None = None) -> Callable[[tlog.AddCheckpoint], tlog.Answer]:
    def answer(request: tlog.AddCheckpoint) -> tlog.Answer:
        note = tlog.parse_checkpoint(request.checkpoint)[1].text if text is None else text
        return tlog.Answer(200, key.cosign(note, time=int(NOW.timestamp()) + seconds).line.encode())

    return answer


def test_only_the_key_that_was_entered_counts(ready: Body, witness: Witness, wiesenmark: Neighbour) -> None:
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    mine, stranger = wiesenmark.key, tlog.Cosigner("fremd.example", b"f" * 32)

    wiesenmark.instead = signed_by(stranger)
    assert in_flight(ready, witness) == ("witness_wrong_signature", 0)
    wiesenmark.instead = signed_by(mine, text="log.musterstedt.example/amtlich\n7\n" + "A" * 43 + "=\n")
    assert in_flight(ready, witness) == ("witness_wrong_signature", 0)
    wiesenmark.instead = signed_by(mine, seconds=3600)
    assert in_flight(ready, witness) == ("witness_clock_off", 0)
    wiesenmark.instead = signed_by(mine, seconds=-3600)
    assert in_flight(ready, witness) == ("witness_clock_off", 0)

    both = (signed_by(stranger), signed_by(mine))
    wiesenmark.instead = lambda request: tlog.Answer(200, both[0](request).body + both[1](request).body)
    assert in_flight(ready, witness) == ("", 1)
    assert Cosignature.objects.for_body(ready).get().line.startswith(f"— {mine.name} ")
    assert in_flight(ready, witness) == ("", 1)  # the same head is not asked twice


def test_a_witness_that_signed_an_answer_we_could_not_use_is_asked_again_for_the_same_head(
    ready: Body, witness: Witness, wiesenmark: Neighbour
) -> None:
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    wiesenmark.at = NOW - HOUR
    assert in_flight(ready, witness) == ("witness_clock_off", 0)

    wiesenmark.at = NOW
    assert in_flight(ready, witness) == ("", 1)


def test_a_newer_head_that_the_witness_has_already_seen_is_taken(ready: Body, witness: Witness, wiesenmark: Neighbour) -> None:
    """Another process publishes while we ask."""
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)

    def overtaken(request: tlog.AddCheckpoint) -> tlog.Answer:
        wiesenmark.instead = None
        return tlog.conflict(2)

    really = asking._cosignature

    def meanwhile(*args: object) -> tlog.Signature:
        asking._cosignature = really
        log.append(ready, b"b", at=NOW)
        log.integrate(ready, at=NOW)
        return really(*args)  # type: ignore[arg-type]

    wiesenmark.instead, asking._cosignature = overtaken, meanwhile  # type: ignore[assignment]
    assert in_flight(ready, witness) == ("", 1)
    assert Cosignature.objects.for_body(ready).get().checkpoint.size == 2


def test_nobody_there_is_told(ready: Body, witness: Witness) -> None:
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        witness.url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    assert in_flight(ready, witness) == ("witness_not_reached", 0)


def test_nothing_inside_the_own_network_is_asked(ready: Body, witness: Witness, wiesenmark: Neighbour, settings: Settings) -> None:
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    settings.WITNESS_LOOPBACK = False

    assert in_flight(ready, witness) == ("witness_address_refused", 0)
    assert wiesenmark.requests == []
    settings.WITNESS_LOOPBACK = True
    witness.url = "http://10.0.0.1/witness"
    assert in_flight(ready, witness) == ("witness_address_refused", 0)
