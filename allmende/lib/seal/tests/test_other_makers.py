"""Seals and time stamps as others write them: what the standards allow is accepted, not only what this package writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from asn1crypto import algos, cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from allmende.lib.seal import DemoAuthority, SealProblem, examine_alone, sealing, signing
from allmende.lib.seal.cms import _digest_algorithms, _rsa_padding
from allmende.lib.seal.der import NULL, SEQUENCE, tlv
from allmende.lib.seal.pdf import find_seal

from .conftest import Office, at_now, examine_sealed, seal_at


def without_null(name: str) -> bytes:
    return tlv(SEQUENCE, bytes(algos.DigestAlgorithmId(name).dump()))


def with_null(name: str) -> bytes:
    return tlv(SEQUENCE, bytes(algos.DigestAlgorithmId(name).dump()), tlv(NULL, b""))


class Other(DemoAuthority):
    """Writes digests in its own way."""

    def __init__(self, office: Office, written: Callable[[str], bytes], patch: pytest.MonkeyPatch) -> None:
        super().__init__(office.authority_identity, "Zeit", clock=at_now)
        self._written, self._patch = written, patch

    def stamp(self, request: bytes) -> bytes:
        with self._patch.context() as patch:
            patch.setattr(signing, "digest_algorithm", self._written)
            return super().stamp(request)


@pytest.mark.parametrize("in_token", [with_null, without_null])
@pytest.mark.parametrize("in_seal", [with_null, without_null])
def test_a_digest_is_named_with_null_or_without(
    office: Office,
    notice: bytes,
    monkeypatch: pytest.MonkeyPatch,
    in_seal: Callable[[str], bytes],
    in_token: Callable[[str], bytes],
) -> None:
    """RFC 5754, 2: parameters absent, and NULL must be accepted."""
    monkeypatch.setattr(signing, "digest_algorithm", in_seal)
    sealed = seal_at(dataclasses.replace(office, authority=Other(office, in_token, monkeypatch)), notice)

    for der, wanted in ((find_seal(sealed.pdf).cms, in_seal), (sealed.token, in_token)):
        named = cms.ContentInfo.load(der)["content"]["signer_infos"][0]["digest_algorithm"].dump()
        assert named in _digest_algorithms("sha256")
        assert named == wanted("sha256")
    assert examine_sealed(sealed).problems == ()


def test_the_certificates_of_the_time_stamp_may_stand_in_the_token_alone(
    office: Office, notice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = signing.build_signed

    def only_its_own(**values: Any) -> bytes:
        return build(**{**values, "certificates": lambda: office.seal.certificates})

    monkeypatch.setattr(sealing, "build_signed", only_its_own)
    sealed = seal_at(office, notice)

    carried = {certificate.chosen.dump() for certificate in cms.ContentInfo.load(find_seal(sealed.pdf).cms)["content"]["certificates"]}
    assert carried == set(sealed.certificates)
    assert examine_sealed(sealed).problems == ()
    assert examine_alone(sealed.pdf).problems == ()
    for fewer in (sealed.timestamp_certificates[:1], sealed.timestamp_certificates[::-1], ()):
        assert examine_sealed(sealed, timestamp_certificates=fewer).problems
    assert SealProblem.CERTIFICATES_DIFFER in examine_sealed(sealed, certificates=sealed.certificates[:1]).problems


@pytest.mark.parametrize("mask", [with_null, without_null])
@pytest.mark.parametrize("digest", [with_null, without_null])
def test_pss_names_its_digests_with_null_or_without(digest: Callable[[str], bytes], mask: Callable[[str], bytes]) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    data = b"Quellstedt"
    signature = key.sign(data, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    encoded = bytes.fromhex("06092a864886f70d01010a")  # rsassa-pss
    mgf1 = bytes.fromhex("06092a864886f70d010108")
    parameters = tlv(
        SEQUENCE,
        tlv(0xA0, digest("sha256")),
        tlv(0xA1, tlv(SEQUENCE, mgf1, mask("sha256"))),
        tlv(0xA2, b"\x02\x01\x20"),
    )

    key.public_key().verify(signature, data, _rsa_padding(tlv(SEQUENCE, encoded, parameters), "sha256"), hashes.SHA256())


def test_digits_in_lower_case_are_refused_as_written_otherwise(office: Office, notice: bytes) -> None:
    """They are not signed, so that two files would carry one seal. Nobody is told that something was appended."""
    sealed = seal_at(office, notice)
    place = find_seal(sealed.pdf)
    lower = sealed.pdf[: place.begin] + sealed.pdf[place.begin : place.end].lower() + sealed.pdf[place.end :]

    assert examine_sealed(sealed, pdf=lower).problems == (SealProblem.WRITTEN_OTHERWISE,)
    assert examine_alone(lower).problems == (SealProblem.WRITTEN_OTHERWISE,)
    assert "anders geschrieben als festgelegt" in SealProblem.WRITTEN_OTHERWISE.text()
