"""The log over HTTP, as any client of the format finds it."""

import pytest
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body
from allmende.lib import tlog
from allmende.publication import log, store
from allmende.publication.setup import set_up_log
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")


@pytest.mark.parametrize("prefix", ["/log", "/log/musterstedt", "/en/log"])
def test_the_log_is_served_under_both_addresses(client: Client, ready: Body, make_approved: MakeApproved, prefix: str) -> None:
    make_approved()
    outbox.work(NOW)
    head = client.get(f"{prefix}/checkpoint")
    tile = client.get(f"{prefix}/tile/0/000.p/1")
    entries = client.get(f"{prefix}/tile/entries/000.p/1")

    assert (head.status_code, head["Content-Type"], head["Cache-Control"]) == (200, "text/plain; charset=utf-8", "no-cache")
    assert tlog.parse_checkpoint(head.content)[0].size == 1
    for response in (tile, entries):
        assert (response.status_code, response["Content-Type"]) == (200, "application/octet-stream")
        assert "immutable" in response["Cache-Control"]
    assert tlog.leaf_hash(entries.content[2:]) == tile.content


def test_each_body_shows_its_own_log(client: Client, ready: Body, neighbour: Body, make_approved: MakeApproved) -> None:
    set_up_log(neighbour, origin="log.nebenan.example", at=NOW, by=None)
    log.append(neighbour, log.void_leaf(0, "day_passed"), at=NOW)
    log.integrate(neighbour, at=NOW)
    heads = [client.get(path) for path in ("/log/nebenan/checkpoint", "/nebenan/log/checkpoint")]

    assert {head.content for head in heads} == {store.read(log.checkpoint_file(neighbour))}
    assert client.get("/log/checkpoint").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000",
        "tile/0/000.p/0",
        "tile/0/000.p/2",
        "tile/0/000.p/256",
        "tile/64/000",
        "tile/00/000",
        "tile/0/../../checkpoint",
        "tile/0/%2e%2e/%2e%2e/%2e%2e/%2e%2e/keys/musterstedt/log.key",
        "tile/..%2f..%2fcheckpoint",
        "tile/0/000.p/1/",
        "tile/0/000.p%00/1",
        "tile/",
        "nirgendwo/checkpoint",
        "../../keys/musterstedt/log.key",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, ready: Body, make_approved: MakeApproved, path: str) -> None:
    make_approved()
    outbox.work(NOW)

    assert client.get(f"/log/{path}").status_code == 404


def test_the_log_is_only_read(client: Client, ready: Body) -> None:
    assert client.post("/log/checkpoint").status_code == 405
