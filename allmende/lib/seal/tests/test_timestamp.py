"""Every answer of a time stamp authority is distrusted until it was checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from allmende.lib.seal import ClockOff, DemoAuthority, StampReason, TimeStampFailed, seal_pdf

from .conftest import LABEL, NOW, Office, at_now
from .papers import issue, name, usage


class Between:
    """Stands between the office and its authority and changes what passes."""

    def __init__(
        self, authority: DemoAuthority, *, request: Callable[[bytes], bytes] = bytes, response: Callable[[bytes], bytes] = bytes
    ) -> None:
        self._authority, self._request, self._response = authority, request, response

    def stamp(self, request: bytes) -> bytes:
        return self._response(self._authority.stamp(self._request(request)))


def seal_with(
    office: Office, pdf: bytes, authority: Between | DemoAuthority, *, clock: Callable[[], datetime] = at_now, **more: object
) -> None:
    known = more.pop("certificates", office.authority.certificates)
    seal_pdf(
        pdf,
        seal=office.seal,
        authority=authority,
        authority_certificates=known,  # type: ignore[arg-type]
        field_label=LABEL,
        revocation=[office.crl],
        clock=clock,
        **more,  # type: ignore[arg-type]
    )


def changed(field: str, value: object) -> Callable[[bytes], bytes]:
    def change(request: bytes) -> bytes:
        query = tsp.TimeStampReq.load(request)
        if value is None:
            del query[field]
        else:
            query[field] = value
        return bytes(query.dump(force=True))

    return change


OTHER_DATA = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": hashlib.sha256(b"etwas anderes").digest()}


def flipped(marker: bytes, offset: int) -> Callable[[bytes], bytes]:
    def flip(response: bytes) -> bytes:
        position = response.index(marker) + offset
        return response[:position] + bytes([response[position] ^ 1]) + response[position + 1 :]

    return flip


@pytest.mark.parametrize("seconds", [3, -3, 2.001, 86_400])
def test_a_clock_that_is_off_stops_the_seal(office: Office, notice: bytes, seconds: float) -> None:
    shifted = DemoAuthority(office.authority_identity, "Zeit", clock=lambda: NOW + timedelta(seconds=seconds))

    with pytest.raises(ClockOff) as stopped:
        seal_with(office, notice, shifted)

    assert stopped.value.seconds == pytest.approx(seconds)


@pytest.mark.parametrize("seconds", [1, -1, 2])
def test_a_clock_that_is_off_a_little_does_not(office: Office, notice: bytes, seconds: float) -> None:
    seal_with(office, notice, DemoAuthority(office.authority_identity, "Zeit", clock=lambda: NOW + timedelta(seconds=seconds)))


def test_the_clock_is_read_at_the_middle_of_the_exchange(office: Office, notice: bytes) -> None:
    """The authority stamps 3 s after the question and answers 3 s later: both clocks are right."""
    readings = iter([NOW - timedelta(seconds=4), NOW - timedelta(seconds=3), NOW + timedelta(seconds=3)])

    seal_with(office, notice, office.authority, clock=lambda: next(readings))


@pytest.mark.parametrize(
    ("request_change", "reason"),
    [
        (changed("nonce", 7), StampReason.NONCE),
        (changed("nonce", None), StampReason.NONCE),
        (changed("message_imprint", OTHER_DATA), StampReason.IMPRINT),
        (lambda request: b"\x30\x00", StampReason.REFUSED),
        (changed("req_policy", "1.2.3.4"), StampReason.REFUSED),
    ],
)
def test_a_stamp_for_another_question_is_refused(
    office: Office, notice: bytes, request_change: Callable[[bytes], bytes], reason: StampReason
) -> None:
    with pytest.raises(TimeStampFailed) as failed:
        seal_with(office, notice, Between(office.authority, request=request_change))

    assert failed.value.reason is reason


@pytest.mark.parametrize(
    ("response_change", "reason"),
    [
        (lambda response: b"", StampReason.MALFORMED),
        (lambda response: b"<html>Wartung</html>", StampReason.MALFORMED),
        (lambda response: response + b"\x00", StampReason.MALFORMED),
        (flipped(b"20260302093000", 3), StampReason.SIGNATURE),
        (flipped(bytes.fromhex("2a864886f70d010904"), 15), StampReason.SIGNATURE),
    ],
)
def test_a_damaged_stamp_is_refused(office: Office, notice: bytes, response_change: Callable[[bytes], bytes], reason: StampReason) -> None:
    with pytest.raises(TimeStampFailed) as failed:
        seal_with(office, notice, Between(office.authority, response=response_change))

    assert failed.value.reason is reason


def test_a_stamp_by_a_foreign_authority_is_refused(office: Office, foreign_office: Office, notice: bytes) -> None:
    with pytest.raises(TimeStampFailed) as failed:
        seal_with(office, notice, foreign_office.authority)

    assert failed.value.reason is StampReason.FOREIGN


def test_a_stamp_under_another_policy_is_refused(office: Office, notice: bytes) -> None:
    drop = Between(office.authority, request=changed("req_policy", None))

    with pytest.raises(TimeStampFailed) as failed:
        seal_with(office, notice, drop, policy="1.2.3.4")

    assert failed.value.reason is StampReason.POLICY


def test_the_issuer_alone_may_be_configured(office: Office, notice: bytes) -> None:
    seal_with(office, notice, office.authority, certificates=office.authority.certificates[1:])


def test_an_authority_that_leaves_out_its_certificates_is_known_by_the_configured_ones(office: Office, notice: bytes) -> None:
    seal_with(office, notice, Between(office.authority, request=changed("cert_req", False)))


def test_a_stamp_with_a_certificate_that_is_not_for_stamps_is_refused(office: Office, notice: bytes) -> None:
    identity = office.tsa_ca.authority(name="Zeitstempel", password="Zeit")
    expired = DemoAuthority(identity.pkcs12, "Zeit", clock=lambda: NOW + timedelta(days=4000))

    with pytest.raises(TimeStampFailed) as failed:
        seal_with(office, notice, expired, clock=at_now)

    assert failed.value.reason is StampReason.CERTIFICATE


@pytest.mark.parametrize("reason", StampReason)
def test_every_reason_is_told_in_both_languages(reason: StampReason) -> None:
    assert TimeStampFailed(reason).text("de") != TimeStampFailed(reason).text("en")


def test_the_clerk_reads_by_how_much_the_clock_is_off() -> None:
    assert "3,0 Sekunden" in ClockOff(-3.0).text()
    assert "3.0 seconds" in ClockOff(-3.0).text("en")


def test_an_answer_whose_length_ends_in_128_is_read_as_quickly_as_any(office: Office) -> None:
    """Such a length looks like an open end to the ASN.1 library, which then encodes everything anew, many times over."""
    from time import process_time

    from allmende.lib.seal.cms import open_signed
    from allmende.lib.seal.der import OCTETS, SEQUENCE, tlv
    from allmende.lib.seal.signing import build_signed

    certificates = office.authority.certificates

    def token(filling: int) -> bytes:
        return build_signed(
            content=tlv(SEQUENCE, tlv(OCTETS, bytes(filling))),
            algorithm="sha256_ecdsa",
            signer=certificates[0],
            sign=lambda digest: bytes(64),
            certificates=lambda: certificates,
        )

    awkward = next(found for found in map(token, range(300, 812)) if found[:2] == b"\x30\x82" and found[3] == 0x80)
    key = ec.generate_private_key(ec.SECP256R1())
    paper = issue(name("Siegel"), key=key, extensions=[usage()])
    whole = build_signed(
        message_digest=bytes(32),
        algorithm="sha256_ecdsa",
        signer=paper.der,
        sign=lambda digest: key.sign(digest, ec.ECDSA(Prehashed(SHA256()))),
        certificates=lambda: [paper.der],
        stamp=lambda signature: awkward,
    )
    begin = process_time()

    signed = open_signed(whole, content_type="data")

    assert process_time() - begin < 0.5
    assert signed.time_stamps == (awkward,)
