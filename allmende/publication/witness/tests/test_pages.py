"""The administrator's pages: who witnesses, whom we witness; the command does the same."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from allmende.core.models import AuditEntry, Body, Person
from allmende.lib import tlog
from allmende.publication import log
from allmende.publication.models import Cosignature, Log, Witness, WitnessedLog
from allmende.publication.witness import services
from allmende.publication.witness.tests.conftest import OPERATOR, Neighbour
from conftest import NOW, Role, person

LIST, ADD, KNOW = "/verwaltung/zeugen/", "/verwaltung/zeugen/neu/", "/verwaltung/zeugen/protokolle/neu/"
LOG_KEY = str(tlog.Signer("log.lindenau.example", b"l" * 32).key)


@pytest.fixture
def adam(client: Client, administrator: Person) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def answers_now(wiesenmark: Neighbour, monkeypatch: pytest.MonkeyPatch) -> Neighbour:
    """The pages ask by the real clock; the neighbour signs by it too."""
    from allmende.publication.clock import system

    wiesenmark.at = system()
    return wiesenmark


def text(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def test_a_witness_is_entered_and_asked_at_once(ready: Body, adam: Client, answers_now: Neighbour) -> None:
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    response = adam.post(ADD, {"url": answers_now.url, "vkey": str(answers_now.key.key), "operator": OPERATOR}, follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert "Stadt Wiesenmark hat geantwortet und bestätigt." in text(response)
    assert "alles bezeugt" in text(response)
    assert Cosignature.objects.for_body(ready).get().operator == OPERATOR
    assert AuditEntry.objects.for_body(ready).filter(act="witness.added").count() == 1


def test_a_witness_that_does_not_know_us_yet_is_kept_and_told(ready: Body, adam: Client, answers_now: Neighbour) -> None:
    answers_now.trusted = []
    values = {"url": answers_now.url, "vkey": str(answers_now.key.key), "operator": OPERATOR}

    assert "Der Zeuge kennt dieses Protokoll noch nicht." in text(adam.post(ADD, values, follow=True))
    assert Witness.objects.for_body(ready).get().is_active


def test_what_will_not_do_is_said_on_the_form(ready: Body, adam: Client, wiesenmark: Neighbour) -> None:
    key = str(wiesenmark.key.key)
    empty = adam.post(ADD, {"url": ""})
    refused = adam.post(ADD, {"url": "http://wiesenmark.example", "vkey": key, "operator": OPERATOR})
    same = adam.post(ADD, {"url": wiesenmark.url, "vkey": key, "operator": "Stadt Musterstedt"})
    wrong = adam.post(KNOW, {"vkey": key, "operator": OPERATOR})

    assert "Bitte prüfen Sie 3 Angaben" in text(empty)
    assert (refused.status_code, same.status_code, wrong.status_code) == (409, 409, 409)
    assert "Das ist keine Adresse eines Zeugen." in text(refused)
    assert "zählt nur unter einem anderen Betrieb" in text(same)
    assert "Das ist kein Schlüssel eines Protokolls." in text(wrong)
    assert not Witness.objects.for_body(ready).exists()


def test_stop_ask_and_ask_again(ready: Body, adam: Client, witness: Witness, answers_now: Neighbour) -> None:
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    mine = f"{LIST}{witness.pk}/"

    assert "wird nicht mehr gefragt" in text(adam.post(mine, {"stop": "1"}, follow=True))
    assert adam.post(mine, {"ask": "1"}).status_code == 302
    assert answers_now.requests == []
    assert "wird wieder gefragt" in text(adam.post(mine, {"resume": "1"}, follow=True))
    assert "hat geantwortet und bestätigt" in text(adam.post(mine, {"ask": "1"}, follow=True))
    assert len(answers_now.requests) == 1


def test_a_log_is_entered_stopped_and_taken_up_again(ready: Body, adam: Client) -> None:
    assert "Sie bezeugen jetzt das Protokoll log.lindenau.example." in text(
        adam.post(KNOW, {"vkey": f" {LOG_KEY} ", "operator": "Stadt Lindenau"}, follow=True)
    )
    assert adam.post(KNOW, {"vkey": LOG_KEY, "operator": "Stadt Lindenau"}).status_code == 409
    known = WitnessedLog.objects.for_body(ready).get()
    adam.post(f"{LIST}protokolle/{known.pk}/", {"stop": "1"})
    assert not WitnessedLog.objects.for_body(ready).get().is_active
    adam.post(f"{LIST}protokolle/{known.pk}/", {"resume": "1"})
    assert WitnessedLog.objects.for_body(ready).get().is_active


def test_the_page_shows_what_to_hand_over(ready: Body, adam: Client, settings: Settings) -> None:
    found, page = Log.objects.for_body(ready).get(), text(adam.get(LIST))

    assert all(
        value in page for value in (found.vkey, found.witness_vkey, f"{settings.BASE_URL}/witness/musterstedt", "noch nicht bezeugt")
    )
    settings.OPERATOR = ""
    assert "ALLMENDE_OPERATOR" in text(adam.get(LIST))


def test_before_there_is_a_log_nothing_can_be_entered(town: Body, adam: Client) -> None:
    assert "hat noch kein Protokoll" in text(adam.get(LIST))
    assert adam.post(KNOW, {"vkey": LOG_KEY, "operator": "Stadt Lindenau"}).status_code == 409


@pytest.mark.parametrize("role", list(Role))
def test_only_the_administration_of_the_body_gets_there(ready: Body, neighbour: Body, witness: Witness, client: Client, role: Role) -> None:
    known = services.know_log(ready, vkey=LOG_KEY, operator="Stadt Lindenau", by=None, at=NOW)
    gets, posts = (LIST, ADD, KNOW), (f"{LIST}{witness.pk}/", f"{LIST}protokolle/{known.pk}/")
    assert {client.get(address).status_code for address in gets} | {client.post(address).status_code for address in posts} == {302}
    somebody = person("Rolf", (ready, role))
    client.force_login(somebody)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
    session["account_authentication_methods_user"] = str(somebody.pk)
    session.save()

    seen = {client.get(address).status_code for address in gets} | {client.post(address, {"x": "1"}).status_code for address in posts}
    assert seen == ({200, 302} if role is Role.ADMINISTRATOR else {403})
    assert {client.get(f"/nebenan{address}").status_code for address in gets} == {403}


def test_ids_of_another_body_are_not_found(ready: Body, witness: Witness, foreigner: Person, client: Client) -> None:
    known = services.know_log(ready, vkey=LOG_KEY, operator="Stadt Lindenau", by=None, at=NOW)
    client.force_login(foreigner)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
    session["account_authentication_methods_user"] = str(foreigner.pk)
    session.save()

    assert client.post(f"/nebenan{LIST}{witness.pk}/", {"stop": "1"}).status_code == 404
    assert client.post(f"/nebenan{LIST}protokolle/{known.pk}/", {"stop": "1"}).status_code == 404
    assert Witness.objects.for_body(ready).get().is_active


@pytest.mark.parametrize("rows", [1, 9])
def test_the_list_asks_the_same_questions_for_any_number(
    ready: Body, adam: Client, rows: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for n in range(rows):
        key = tlog.Cosigner(f"w{n}.example/witness", bytes([n]) * 32).key
        services.add_witness(ready, url=f"https://w{n}.example/witness/w", vkey=str(key), operator=f"Stadt {n}", by=None, at=NOW)
        signer = tlog.Signer(f"log{n}.example", bytes([n]) * 32).key
        services.know_log(ready, vkey=str(signer), operator=f"Stadt {n}", by=None, at=NOW)
    adam.get(LIST)

    with django_assert_num_queries(14):  # log, size, witnesses, logs; the rest is the shell of every page of the office
        adam.get(LIST)


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("log", "witness", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_does_the_same(ready: Body, answers_now: Neighbour) -> None:
    said = command("add", "--url", answers_now.url, "--vkey", str(answers_now.key.key), "--operator", OPERATOR)
    assert said == "Stadt Wiesenmark: cosigned\n"
    assert "now cosigns log.lindenau.example" in command("know", "--vkey", LOG_KEY, "--operator", "Stadt Lindenau")
    log.append(ready, b"a", at=NOW)
    log.integrate(ready, at=NOW)
    assert "1 entries not yet cosigned" in command("list")
    assert command("ask", "--body", "musterstedt") == "Stadt Wiesenmark: cosigned\n"
    shown = command("list")
    assert all(part in shown for part in (LOG_KEY.split("+")[0], answers_now.url, Log.objects.for_body(ready).get().witness_vkey))
    with pytest.raises(CommandError, match="Schlüssel"):
        command("know", "--vkey", "x", "--operator", "Stadt Lindenau")
    with pytest.raises(CommandError, match="nirgends"):
        command("list", "--body", "nirgends")
