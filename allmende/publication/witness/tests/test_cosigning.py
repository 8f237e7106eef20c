"""Being a witness: never a fork, whatever is asked, and however many ask at once."""

import hashlib
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from allmende.core.models import Body
from allmende.core.tests.threads import meeting
from allmende.lib import tlog
from allmende.publication import keys, setup
from allmende.publication.models import Log, WitnessedLog
from allmende.publication.witness import cosigning, services
from conftest import NOW

SIGNER = tlog.Signer("log.wiesenmark.example", b"l" * 32)
ADDRESS = "/witness/musterstedt/add-checkpoint"


class Tree:
    """A log of another town, in memory. `end`: what makes its history differ from another one's with the same key."""

    def __init__(self, end: bytes = b"") -> None:
        self.files: dict[str, bytes] = {}
        self.size, self.roots, self.end = 0, [tlog.EMPTY_ROOT], end

    def grow(self, size: int) -> "Tree":
        while self.size < size:
            entry = b"%d%s" % (self.size, self.end if self.size >= 2 else b"")
            grown = tlog.extend(self.files.get, self.size, [entry])
            self.files |= grown.files
            self.size = grown.size
            self.roots.append(grown.root)
        return self

    def note(self, size: int, signer: tlog.Signer = SIGNER) -> bytes:
        return tlog.sign_checkpoint(tlog.Checkpoint(SIGNER.name, size, self.roots[size]), signer)

    def request(self, old: int, size: int) -> bytes:
        self.grow(size)
        return tlog.AddCheckpoint(old, tuple(tlog.prove_consistency(self.files.get, old, size)), self.note(size)).format()


@pytest.fixture
def known(town: Body) -> WitnessedLog:
    setup.set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    return services.know_log(town, vkey=str(SIGNER.key), operator="Stadt Wiesenmark", by=None, at=NOW)


def ask(client: Client, data: bytes, address: str = ADDRESS) -> tuple[int, bytes]:
    response = client.post(address, data=data, content_type="text/plain")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    return response.status_code, response.content


def test_a_log_that_only_grows_is_cosigned(known: WitnessedLog, client: Client, town: Body) -> None:
    tree = Tree()
    key = tlog.parse_vkey(Log.objects.for_body(town).get().witness_vkey)
    before = int(timezone.now().timestamp())

    for old, size in ((0, 1), (1, 1), (1, 300), (300, 301)):
        status, body = ask(client, tree.request(old, size))
        (signature,) = tlog.read_cosignatures(body, tree.note(size), [key])
        assert status == 200
        assert before <= signature.time <= before + 60

    head = WitnessedLog.objects.for_body(town).get()
    assert (head.size, bytes(head.root)) == (301, tree.roots[301])


@pytest.mark.parametrize("address", ["/witness/add-checkpoint", ADDRESS, "/en/witness/musterstedt/add-checkpoint"])
def test_the_witness_of_the_default_body_answers_with_and_without_its_name(known: WitnessedLog, client: Client, address: str) -> None:
    assert ask(client, Tree().request(0, 3), address)[0] == 200


def test_every_refusal_has_its_status(known: WitnessedLog, client: Client, town: Body) -> None:
    tree, fork = Tree(), Tree(end=b"!")
    assert ask(client, tree.request(0, 5))[0] == 200
    stranger = tlog.Signer("log.fremd.example", b"f" * 32)
    unknown = tlog.sign_checkpoint(tlog.Checkpoint(stranger.name, 1, tree.roots[1]), stranger)
    other_key = tlog.Signer(SIGNER.name, b"x" * 32)
    forged = tree.note(5, other_key)
    proof = tuple(tlog.prove_consistency(tree.grow(8).files.get, 5, 8))

    asked = {
        "no request": ask(client, b"hello"),
        "nothing": ask(client, b""),
        "too long": ask(client, b"old 5\n\n" + b"x" * 1_100_000),
        "old above new": ask(client, tlog.AddCheckpoint(6, (), tree.note(5)).format()),
        "another old": ask(client, tree.request(3, 8)),
        "from the start": ask(client, tree.request(0, 8)),
        "unknown log": ask(client, tlog.AddCheckpoint(0, (), unknown).format()),
        "other key": ask(client, tlog.AddCheckpoint(5, (), forged).format()),
        "same size, other root": ask(client, fork.request(5, 5)),
        "a fork": ask(client, fork.request(5, 8)),
        "a fork with a proof of the other": ask(client, tlog.AddCheckpoint(5, proof, fork.note(8)).format()),
        "without proof": ask(client, tlog.AddCheckpoint(5, (), tree.note(8)).format()),
    }

    assert {name: status for name, (status, _) in asked.items()} == {
        "no request": 400,
        "nothing": 400,
        "too long": 400,
        "old above new": 400,
        "another old": 409,
        "from the start": 409,
        "unknown log": 404,
        "other key": 403,
        "same size, other root": 422,
        "a fork": 422,
        "a fork with a proof of the other": 422,
        "without proof": 422,
    }
    assert asked["another old"][1] == b"5\n"
    head = WitnessedLog.objects.for_body(town).get()
    assert (head.size, bytes(head.root)) == (5, tree.roots[5])
    assert ask(client, tree.request(5, 8))[0] == 200


def test_a_conflict_names_the_size_in_its_own_type(known: WitnessedLog, client: Client) -> None:
    response = client.post(ADDRESS, data=Tree().request(2, 3), content_type="text/plain")

    assert (response.status_code, response.content) == (409, b"0\n")
    assert response.headers["Content-Type"] == "text/x.tlog.size"


def test_size_zero_has_one_root_and_no_proof(known: WitnessedLog, client: Client) -> None:
    tree = Tree().grow(2)
    empty = tlog.sign_checkpoint(tlog.Checkpoint(SIGNER.name, 0, tlog.EMPTY_ROOT), SIGNER)

    assert ask(client, tlog.AddCheckpoint(0, (bytes(32),), tree.note(2)).format())[0] == 422
    assert ask(client, tlog.AddCheckpoint(0, (), empty).format())[0] == 200
    assert ask(client, tree.request(0, 2))[0] == 200


def test_only_asking_by_post_and_without_csrf(known: WitnessedLog) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.get(ADDRESS).status_code == 405
    assert ask(strict, Tree().request(0, 1))[0] == 200


def test_a_body_without_log_has_no_witness(known: WitnessedLog, neighbour: Body, client: Client) -> None:
    assert ask(client, Tree().request(0, 1), "/witness/nebenan/add-checkpoint")[0] == 404
    assert ask(client, Tree().request(0, 1), "/witness/niemand/add-checkpoint")[0] == 404


def test_a_lost_key_is_no_conflict(known: WitnessedLog, town: Body, client: Client) -> None:
    from allmende.publication import store

    (store.key_dir(town) / keys.WITNESS_KEY).unlink()

    assert ask(client, Tree().request(0, 1))[0] == 503
    assert WitnessedLog.objects.for_body(town).get().size == 0


def test_a_witness_costs_few_questions(
    known: WitnessedLog, client: Client, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    data = Tree().request(0, 3)
    with django_assert_num_queries(5):  # town, body, its log, the known log; the head
        client.post(ADDRESS, data=data, content_type="text/plain")


def test_the_last_head_is_shown_with_the_cosignature(known: WitnessedLog, client: Client, town: Body) -> None:
    tree, path = Tree(), hashlib.sha256(SIGNER.name.encode()).hexdigest()
    address = f"/witness/musterstedt/{path}/checkpoint"
    assert client.get(address).status_code == 404
    ask(client, tree.request(0, 7))

    response = client.get(address)
    key = tlog.parse_vkey(Log.objects.for_body(town).get().witness_vkey)
    opened = tlog.open_checkpoint(response.content, [SIGNER.key], [key])
    assert (opened.checkpoint.size, [c.key for c in opened.cosigned]) == (7, [key])
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get(f"/witness/{path}/checkpoint").content == response.content
    assert client.get(f"/witness/musterstedt/{'0' * 64}/checkpoint").status_code == 404


def test_signatures_of_strangers_are_not_shown(known: WitnessedLog, client: Client, town: Body) -> None:
    stranger = tlog.Cosigner("fremd.example", b"f" * 32)
    note = Tree().grow(1).note(1)
    more = tlog.add_signatures(note, [tlog.cosign_checkpoint(note, stranger, time=1)])

    assert ask(client, tlog.AddCheckpoint(0, (), more).format())[0] == 200
    assert b"fremd.example" not in bytes(WitnessedLog.objects.for_body(town).get().checkpoint or b"")


def test_a_log_that_was_stopped_goes_on_from_its_last_head(known: WitnessedLog, client: Client, town: Body) -> None:
    tree = Tree()
    ask(client, tree.request(0, 5))
    services.set_known(town, known.pk, known=False, by=None, at=NOW)
    assert ask(client, tree.request(5, 6))[0] == 404

    services.set_known(town, known.pk, known=True, by=None, at=NOW)
    assert ask(client, Tree(end=b"!").request(0, 6)) == (409, b"5\n")
    assert ask(client, tree.request(5, 6))[0] == 200


def test_each_body_witnesses_for_itself(known: WitnessedLog, neighbour: Body, client: Client) -> None:
    setup.set_up_log(neighbour, origin="log.nebenan.example", at=NOW, by=None)
    services.know_log(neighbour, vkey=str(SIGNER.key), operator="Stadt Wiesenmark", by=None, at=NOW)
    ask(client, Tree().request(0, 3))

    assert ask(client, Tree().request(0, 2), "/witness/nebenan/add-checkpoint")[0] == 200
    assert WitnessedLog.objects.for_body(neighbour).get().size == 2


@pytest.mark.parametrize(
    "change", [{"size": 4}, {"root": bytes(32)}, {"origin": "anders.example"}, {"vkey": "x"}], ids=["size", "root", "origin", "key"]
)
def test_the_database_keeps_the_head(known: WitnessedLog, client: Client, town: Body, change: dict[str, object]) -> None:
    ask(client, Tree().request(0, 5))
    row = WitnessedLog.objects.for_body(town).filter(pk=known.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_of_many_at_once_none_rolls_back(committed: None, town: Body) -> None:
    """Eight at once from the same head, to different sizes and to a fork: one wins, the others are told its size."""
    setup.set_up_log(town, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    services.know_log(town, vkey=str(SIGNER.key), operator="Stadt Wiesenmark", by=None, at=NOW)
    tree, fork = Tree(), Tree(end=b"!")
    assert cosigning.add_checkpoint(town, tree.request(0, 2), at=NOW).status == 200
    questions = [(tree if n % 2 else fork).request(2, 3 + n) for n in range(8)]
    gate, answers = meeting(len(questions)), dict[int, tlog.Answer]()

    def one(n: int) -> None:
        gate.wait()
        try:
            answers[n] = cosigning.add_checkpoint(town, questions[n], at=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    head = WitnessedLog.objects.for_body(town).get()
    won = [n for n, answer in answers.items() if answer.status == 200]
    assert [answers[n].head for n in won] == [tlog.Head(head.size, bytes(head.root))]
    assert {(a.status, a.body) for n, a in answers.items() if n not in won} == {(409, b"%d\n" % head.size)}


def test_the_slower_of_two_is_told_the_new_size(known: WitnessedLog, town: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between decision and storing another request comes in."""
    tree, really = Tree(), tlog.decide
    assert cosigning.add_checkpoint(town, tree.request(0, 2), at=NOW).status == 200

    def decide(*args: object, **values: object) -> tlog.Answer:
        monkeypatch.setattr(tlog, "decide", really)
        answer = really(*args, **values)  # type: ignore[arg-type]
        assert cosigning.add_checkpoint(town, tree.request(2, 9), at=NOW).status == 200
        return answer

    monkeypatch.setattr(tlog, "decide", decide)
    slower = cosigning.add_checkpoint(town, tree.request(2, 4), at=NOW)

    assert (slower.status, slower.body) == (409, b"9\n")
    assert WitnessedLog.objects.for_body(town).get().size == 9
