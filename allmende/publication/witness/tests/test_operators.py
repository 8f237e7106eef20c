"""Who may be a witness: another operator on another installation, which no name and no address of ours gets around."""

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from allmende.core.errors import DomainError
from allmende.core.models import Body, Host
from allmende.lib import tlog
from allmende.publication import log, setup
from allmende.publication.clock import from_
from allmende.publication.models import Log, Witness
from allmende.publication.witness import asking, errors, services
from allmende.publication.witness.tests.conftest import OPERATOR, Neighbour
from conftest import NOW


def test_only_another_operator_on_another_installation_counts(
    ready: Body, neighbour: Body, wiesenmark: Neighbour, settings: Settings
) -> None:
    key, other = str(wiesenmark.key.key), str(tlog.Cosigner("andere.example", b"o" * 32).key)
    setup.set_up_log(neighbour, origin="log.nebenan.example", at=NOW, by=None)
    mine, theirs = Log.objects.for_body(ready).get(), Log.objects.for_body(neighbour).get()
    renamed = tlog.VerifierKey("ganz.anders.example", tlog.COSIGNER, tlog.parse_vkey(theirs.witness_vkey).public)
    Host.objects.create(body=neighbour, name="amt.nebenan.example")
    settings.BASE_URL = "https://rathaus.example"

    def add(url: str = wiesenmark.url, vkey: str = key, operator: str = OPERATOR) -> object:
        return services.add_witness(ready, url=url, vkey=vkey, operator=operator, by=None, at=NOW)

    def refused(**values: str) -> str:
        with pytest.raises(DomainError) as error:
            add(**values)
        return error.value.code

    assert refused(operator=" stadt  MUSTERSTEDT ") == "witness_same_operator"
    for vkey in (mine.witness_vkey, theirs.witness_vkey, str(renamed)):
        assert refused(vkey=vkey) == "witness_own_installation"
    for url in ("https://rathaus.example/witness/nebenan", "https://amt.nebenan.example/witness", f"http://127.0.0.1:{settings.PORT}/w"):
        assert refused(url=url) == "witness_own_installation"
    assert {refused(vkey=vkey) for vkey in (mine.vkey, "", "x+y+z", key[:-1])} == {"witness_key_not_usable"}
    for url in (
        "",
        "wiesenmark.example",
        "http://wiesenmark.example/w",
        "ftp://x.example",
        "https://x.example/?a",
        "https://u:p@x.example/",
    ):
        assert refused(url=url) == "witness_address_not_usable"
    add(url="https://zeuge.example/witness/wiesenmark/add-checkpoint ")
    assert Witness.objects.for_body(ready).get().url == "https://zeuge.example/witness/wiesenmark"
    assert refused() == "witness_known"
    assert refused(vkey=other, operator="stadt wiesenmark") == "witness_operator_taken"
    settings.OPERATOR = ""
    assert refused(vkey=other, operator="Stadt Drittens") == "witness_operator_unknown"


def test_the_database_refuses_an_own_key_under_any_name(ready: Body, witness: Witness) -> None:
    own = tlog.parse_vkey(Log.objects.for_body(ready).get().witness_vkey)
    renamed = str(tlog.VerifierKey("ganz.anders.example", tlog.COSIGNER, own.public))

    with pytest.raises(DatabaseError), transaction.atomic():
        Witness.objects.create(body=ready, url="https://x.example", vkey=renamed, operator="Stadt Drittens", created_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Witness.objects.for_body(ready).update(vkey=renamed)


def test_an_operator_that_has_become_the_same_counts_no_more(
    ready: Body, witness: Witness, wiesenmark: Neighbour, settings: Settings
) -> None:
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    settings.OPERATOR = OPERATOR

    with pytest.raises(errors.SameOperator):
        asking.ask(witness, clock=from_(NOW))
    assert wiesenmark.requests == []
