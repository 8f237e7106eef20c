"""The log page promises what the log holds, and no more."""

import pytest
from django.test import Client

from allmende.core import outbox
from allmende.core.models import Body
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.cosigning import cosign
from conftest import NOW

pytestmark = pytest.mark.usefixtures("one_seal")
ALONE = "könnte die Kommune es im Ganzen neu schreiben oder zwei verschiedene Bücher zeigen"
SEEN = "Was bezeugt ist, haben auch andere Stellen gesehen."


def page(client: Client) -> str:
    return " ".join(client.get("/protokoll/").content.decode().split())


def test_an_empty_log_says_so(ready: Body, client: Client) -> None:
    assert "Die erste Zeile kommt mit der ersten Bekanntmachung" in page(client)


def test_without_a_witness_it_says_what_it_cannot_prove(ready: Body, make_approved: MakeApproved, client: Client) -> None:
    make_approved()
    outbox.work(NOW)

    assert "Das Protokoll hat eine Zeile." in page(client)
    assert "Es ist noch nicht bezeugt" in page(client)
    assert ALONE in page(client)
    assert SEEN not in page(client)


def test_with_a_witness_it_says_up_to_which_line(ready: Body, make_approved: MakeApproved, client: Client) -> None:
    make_approved()
    outbox.work(NOW)
    cosign(ready, NOW)
    assert ALONE not in page(client)
    assert SEEN in page(client)
    make_approved()
    outbox.work(NOW)

    assert 'Bis zur Zeile 1 bezeugt von <span lang="de">nachbar</span>.' in page(client)
    assert "Die neuesten Zeilen sind noch nicht bezeugt." in page(client)
    assert "Das Protokoll hat 2 Zeilen." in page(client)
