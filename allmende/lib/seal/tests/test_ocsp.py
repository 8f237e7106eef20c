"""Issuers that give no list answer a question about the one certificate (OCSP)."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from allmende.lib.seal import (
    Pkcs12Seal,
    RevocationUnusable,
    SealedPdf,
    SealProblem,
    SealRevoked,
    facts_of,
    fetch_answer,
    fetch_crl,
    load_pkcs12,
    places_of,
    question,
    seal_pdf,
    serve_issuer,
    to_ask_about,
    usable_until,
)
from allmende.lib.seal.revocation import read_revocation

from .conftest import LABEL, NOW, Office, at_now, examine_sealed
from .papers import Paper, authority, issue, name, usage

ASKS = x509.AuthorityInformationAccess(
    [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.example.org/"))]
)


class Issuer:
    def __init__(self) -> None:
        self.ca = authority()
        self.responder = self._responder(self.ca)
        self.paper = issue(name("Siegel"), issuer=self.ca, extensions=[usage(), (ASKS, False)])
        self.seal: Pkcs12Seal = load_pkcs12(self.paper.pkcs12("Siegel", self.ca), "Siegel", at=NOW)

    @staticmethod
    def _responder(ca: Paper) -> Paper:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        return issue(name("Auskunft", identifier=""), issuer=ca, extensions=[usage(), (purpose, False)])

    def answer(
        self,
        *,
        revoked_at: datetime | None = None,
        until: datetime = NOW + timedelta(days=1),
        by: Paper | None = None,
        about: Paper | None = None,
    ) -> bytes:
        by = by or self.responder
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=(about or self.paper).certificate,
            issuer=self.ca.certificate,
            algorithm=hashes.SHA1(),
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            this_update=NOW - timedelta(hours=1),
            next_update=until,
            revocation_time=revoked_at,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, by.certificate)
        if by is not self.ca:
            builder = builder.certificates([by.certificate])
        return builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer()


def seal_with(office: Office, notice: bytes, issuer: Issuer, *answers: bytes) -> SealedPdf:
    return seal_pdf(
        notice,
        seal=issuer.seal,
        authority=office.authority,
        authority_certificates=office.authority.certificates,
        field_label=LABEL,
        revocation=answers,
        clock=at_now,
    )


def test_an_answer_of_the_issuer_or_its_responder_is_enough(office: Office, notice: bytes, issuer: Issuer) -> None:
    for answer in (issuer.answer(), issuer.answer(by=issuer.ca)):
        sealed = seal_with(office, notice, issuer, answer)

        assert sealed.revocation == (answer,)
        assert examine_sealed(sealed).holds


@pytest.mark.slow
def test_a_changed_byte_of_the_answer_is_refused(office: Office, notice: bytes, issuer: Issuer) -> None:
    answer = issuer.answer()
    sealed = seal_with(office, notice, issuer, answer)
    chance = random.Random(6)

    def change(at: int) -> bytes:
        return answer[:at] + bytes([answer[at] ^ (1 << chance.randrange(8))]) + answer[at + 1 :]

    assert [at for at in range(0, len(answer), 9) if examine_sealed(sealed, revocation=(change(at),)).holds] == []


def test_an_answer_that_says_revoked_stops_the_seal(office: Office, notice: bytes, issuer: Issuer) -> None:
    with pytest.raises(SealRevoked):
        seal_with(office, notice, issuer, issuer.answer(revoked_at=NOW - timedelta(days=1)))

    later = seal_with(office, notice, issuer, issuer.answer(revoked_at=NOW + timedelta(days=1), until=NOW + timedelta(days=2)))

    assert examine_sealed(later).holds


def test_an_answer_by_a_stranger_about_a_stranger_or_of_yesterday_is_refused(office: Office, notice: bytes, issuer: Issuer) -> None:
    stranger = authority("Fremd")
    other = issue(name("Anderes Siegel"), issuer=issuer.ca, extensions=[usage()])
    no_responder = issue(name("Kein Auskunftsdienst"), issuer=issuer.ca, extensions=[usage()])
    for answer in (
        issuer.answer(by=Issuer._responder(stranger)),
        issuer.answer(by=no_responder),
        issuer.answer(about=other),
        issuer.answer(until=NOW - timedelta(minutes=1)),
    ):
        with pytest.raises(RevocationUnusable):
            seal_with(office, notice, issuer, answer)


def test_list_and_answer_about_the_same_certificate_are_one_too_many(office: Office, notice: bytes, issuer: Issuer) -> None:
    sealed = seal_with(office, notice, issuer, issuer.answer(), issuer.answer(by=issuer.ca))

    assert len(sealed.revocation) == 1
    assert examine_sealed(sealed, revocation=(issuer.answer(), issuer.answer(by=issuer.ca))).problems == (
        SealProblem.REVOCATION_IRRELEVANT,
    )


def test_an_answer_without_an_end_counts_for_an_hour(office: Office, notice: bytes, issuer: Issuer) -> None:
    """Some responders never say until when: they always have a newer one."""

    def said(at: datetime) -> bytes:
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=issuer.paper.certificate,
            issuer=issuer.ca.certificate,
            algorithm=hashes.SHA1(),
            cert_status=ocsp.OCSPCertStatus.GOOD,
            this_update=at,
            next_update=None,
            revocation_time=None,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.ca.certificate)
        return builder.sign(issuer.ca.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    assert examine_sealed(seal_with(office, notice, issuer, said(NOW - timedelta(minutes=59)))).holds
    with pytest.raises(RevocationUnusable):
        seal_with(office, notice, issuer, said(NOW - timedelta(minutes=61)))


def test_the_issuer_of_the_demo_answers_as_real_ones_do() -> None:
    with serve_issuer(name="Prüfstelle", at=NOW - timedelta(days=1), clock=at_now) as running:
        one, other = (running.ca.seal(organisation=o, organisation_identifier="GOVDE-15", password="x") for o in ("A", "B"))
        running.revoked[facts_of(other.certificates[0]).serial_number] = NOW - timedelta(hours=2)
        places = places_of(one.certificates[0])
        for identity in (one, other):
            certificate, issued = identity.certificates
            answer = fetch_answer(places.responders[0], question(certificate, issued), allow_private=True)
            crl = fetch_crl(places.lists[0], allow_private=True)
            for data in (answer, crl):
                found = read_revocation([data], [identity.certificates], at=NOW)
                assert (bool(found.revoked), bool(found.good)) == ((True, False) if identity is other else (False, True))
                assert usable_until(data, certificate, issued, at=NOW) is not None
        assert usable_until(fetch_answer(places.responders[0], b"x", allow_private=True), *one.certificates, at=NOW) is None
    assert to_ask_about(one.certificates) == (one.certificates,)
