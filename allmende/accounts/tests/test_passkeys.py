"""What is sent as a passkey, JSON from anybody, gets a sentence and leaves everything as it was."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allmende.accounts.passkeys import FAILED
from allmende.accounts.tests.door import log_in
from allmende.core.models import Body, Person
from allmende.lib.tests.answers import anything, spoilt

ADD = "/konto/zweiter-faktor/passkeys/neu/"
CONFIRM = "/konto/bestaetigen/passkey/"
SECOND = "/anmelden/zweiter-faktor/"
LOG_IN = "/anmelden/passkey/"
RESPONSE = {"clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "A" * 50, "signature": "AA", "userHandle": "MQ"}
CREDENTIAL = {"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE, "clientExtensionResults": {}}
BAD = pytest.mark.parametrize(
    "credential",
    ["", "{", "5", "0", "false", "null", "[]", "{}", '{"id": 5}', "[" * 100_000, "1" * 5_000, json.dumps(CREDENTIAL)],
    ids=lambda bad: bad[:12],
)


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    cache.clear()


def with_passkey(person: Person) -> Person:
    own = AttestedCredentialData.create(
        bytes(16),
        b"key",
        ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key()),  # type: ignore[no-untyped-call]
    )
    data = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 1, own)
    said = CollectedClientData.create(CollectedClientData.TYPE.CREATE, bytes(32), "https://testserver")
    response = {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}
    credential = CREDENTIAL | {"id": websafe_encode(b"key"), "rawId": websafe_encode(b"key"), "response": response}
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Laptop", "passwordless": False, "credential": credential})
    return person


def sent(client: Client, address: str, credential: str, *, follow: bool = False) -> Any:
    """After the page itself, as a browser does it: then a challenge is open."""
    client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
    return client.post(address, {"credential": credential, "name": "Dienst-Laptop"}, follow=follow)


@pytest.fixture
def inside(client: Client, town: Body, editor: Person) -> Client:
    log_in(client, editor)
    return client


@BAD
def test_no_passkey_is_set_up_from_anything_else(inside: Client, credential: str) -> None:
    page = sent(inside, ADD, credential)

    assert page.status_code == 200
    assert str(FAILED) in page.content.decode()
    assert 'value="Dienst-Laptop"' in page.content.decode()
    assert not Authenticator.objects.exists()


@BAD
def test_nobody_confirms_with_anything_else(inside: Client, editor: Person, credential: str) -> None:
    with_passkey(editor)

    assert str(FAILED) in sent(inside, CONFIRM, credential, follow=True).content.decode()


@BAD
def test_nobody_logs_in_with_anything_else(client: Client, town: Body, credential: str) -> None:
    assert str(FAILED) in sent(client, LOG_IN, credential, follow=True).content.decode()
    assert "_auth_user_id" not in client.session


@BAD
def test_nobody_shows_anything_else_as_a_second_factor(client: Client, approver: Person, credential: str) -> None:
    log_in(client, with_passkey(approver))
    page = sent(client, SECOND, credential)

    assert page.status_code == 200
    assert str(FAILED) in page.content.decode()
    assert "_auth_user_id" not in client.session


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(said=anything | spoilt(CREDENTIAL), where=st.sampled_from([ADD, CONFIRM, LOG_IN]))
def test_whatever_it_is_nothing_breaks(inside: Client, said: object, where: str) -> None:
    cache.clear()
    assert sent(inside, where, json.dumps(said)).status_code in (200, 302)
    assert not Authenticator.objects.exists()
