"""The seal holder hands in a PKCS#12 file."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from allmende.lib.seal import (
    ChainIncomplete,
    DemoCa,
    NotASealCertificate,
    SealError,
    SealExpired,
    SealLevel,
    SealNotYetValid,
    SealTooCostly,
    SealUnreadable,
    WrongPassword,
    load_pkcs12,
    load_pkcs12_limited,
    make_demo_authority,
    make_demo_seal,
)
from allmende.lib.seal.key import OPENING

from .conftest import NOW
from .papers import authority, issue, name, usage


def test_a_demo_seal_loads_and_says_that_it_is_a_demo() -> None:
    made = make_demo_seal(organisation="Stadt Quellstedt", organisation_identifier="GOVDE-15999999", password="geheim", at=NOW)

    seal = load_pkcs12(made.pkcs12, "geheim", at=NOW)

    assert seal.certificates == made.certificates
    assert seal.facts.level is SealLevel.ADVANCED_DEMO
    assert (seal.facts.organisation, seal.facts.organisation_identifier) == ("Stadt Quellstedt", "GOVDE-15999999")
    assert "Demo, nicht vertrauenswürdig" in x509.load_der_x509_certificate(made.certificates[0]).subject.rfc4514_string().replace("\\", "")


def test_the_key_does_not_show_in_a_log() -> None:
    made = make_demo_seal(organisation="Stadt Quellstedt", organisation_identifier="GOVDE-15999999", password="geheim", at=NOW)

    assert "_key" not in repr(load_pkcs12(made.pkcs12, "geheim", at=NOW))


def test_a_wrong_password_is_told_from_a_wrong_file() -> None:
    made = make_demo_seal(organisation="Stadt Quellstedt", organisation_identifier="GOVDE-15999999", password="geheim", at=NOW)

    with pytest.raises(WrongPassword):
        load_pkcs12(made.pkcs12, "falsch", at=NOW)
    for data in (b"", b"Siegel", made.certificates[0], made.pkcs12[:-1], made.pkcs12 + b"\n"):
        with pytest.raises(SealUnreadable):
            load_pkcs12(data, "geheim", at=NOW)


def test_a_seal_outside_its_validity_is_refused() -> None:
    made = make_demo_seal(organisation="Stadt Quellstedt", organisation_identifier="GOVDE-15999999", password="geheim", at=NOW)

    with pytest.raises(SealNotYetValid):
        load_pkcs12(made.pkcs12, "geheim", at=NOW - timedelta(seconds=2))
    with pytest.raises(SealExpired):
        load_pkcs12(made.pkcs12, "geheim", at=NOW + timedelta(days=3654))


def test_the_certificate_of_a_time_stamp_authority_is_no_seal() -> None:
    made = make_demo_authority(password="geheim", at=NOW)

    with pytest.raises(NotASealCertificate):
        load_pkcs12(made.pkcs12, "geheim", at=NOW)


@pytest.mark.parametrize(
    ("subject", "extensions"),
    [
        (name("Ohne Kennung", identifier=""), [usage()]),
        (name("Ohne Organisation", organisation=""), [usage()]),
        (name("Erika Muster", given_name="Erika", surname="Muster"), [usage()]),
        (name("Nur Verschlüsselung"), [usage(sign=False)]),
        (name("Webserver"), [usage(), (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)]),
    ],
)
def test_only_a_certificate_of_an_organisation_for_sealing_is_taken(
    subject: x509.Name, extensions: list[tuple[x509.ExtensionType, bool]]
) -> None:
    ca = authority()
    paper = issue(subject, issuer=ca, extensions=extensions)

    with pytest.raises(NotASealCertificate):
        load_pkcs12(paper.pkcs12("geheim", ca), "geheim", at=NOW)


def test_an_authority_or_a_weak_key_is_no_seal() -> None:
    ca = authority()
    for paper in (
        issue(name("Aussteller"), issuer=ca, authority=True, extensions=[usage()]),
        issue(name("Kleine Kurve"), issuer=ca, key=ec.generate_private_key(ec.SECP224R1()), extensions=[usage()]),
    ):
        with pytest.raises(NotASealCertificate):
            load_pkcs12(paper.pkcs12("geheim", ca), "geheim", at=NOW)


def test_a_missing_issuer_can_be_handed_in_later() -> None:
    ca = authority()
    paper = issue(name("Siegel"), issuer=ca, extensions=[usage()])

    with pytest.raises(ChainIncomplete):
        load_pkcs12(paper.pkcs12("geheim"), "geheim", at=NOW)

    seal = load_pkcs12(paper.pkcs12("geheim"), "geheim", at=NOW, issuers=[authority("Fremd").der, ca.der])

    assert seal.certificates == (paper.der, ca.der)


def test_very_long_names_of_associations_fit() -> None:
    long = "Zweckverband zur Abwasserbeseitigung und Gewässerunterhaltung an der oberen Quelle und Wiese"
    made = DemoCa(name="Prüfstelle", at=NOW).seal(organisation=long, organisation_identifier="GOVDE-1", password="geheim")

    assert load_pkcs12(made.pkcs12, "geheim", at=NOW).facts.organisation == long[:63]


def test_every_error_has_a_code_of_its_own_and_speaks_both_languages() -> None:
    def all_kinds(kind: type[SealError]) -> list[type[SealError]]:
        return [kind, *(deeper for below in kind.__subclasses__() for deeper in all_kinds(below))]

    kinds = all_kinds(SealError)

    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind.german.endswith(".") and kind.english.endswith(".") and kind.german != kind.english for kind in kinds)


def absurd(rounds: int) -> bytes:
    """A key file that demands so many rounds before its check sum can be compared."""
    from asn1crypto import pkcs12 as asn1

    identity = make_demo_seal(organisation="Stadt", organisation_identifier="GOVDE-15", password="x", at=NOW - timedelta(days=1))
    pfx = asn1.Pfx.load(identity.pkcs12)
    pfx["mac_data"]["iterations"] = rounds
    return bytes(pfx.dump(force=True))


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [2**31 - 1])
def test_a_key_file_with_absurd_rounds_holds_up_nobody(rounds: int) -> None:
    begin = monotonic()

    with pytest.raises(SealTooCostly) as refused:
        load_pkcs12_limited(absurd(rounds), "x", at=NOW)

    assert refused.value.code == "seal_too_costly"
    assert monotonic() - begin < OPENING.wall + 2


def test_a_usual_key_file_opens_under_limits_and_wrong_ones_are_told_apart() -> None:
    identity = make_demo_seal(organisation="Stadt", organisation_identifier="GOVDE-15", password="x", at=NOW - timedelta(days=1))

    assert load_pkcs12_limited(identity.pkcs12, "x", at=NOW).facts.organisation == "Stadt"
    with pytest.raises(WrongPassword):
        load_pkcs12_limited(identity.pkcs12, "y", at=NOW)
    with pytest.raises(SealUnreadable):
        load_pkcs12_limited(b"no key", "x", at=NOW)
    with pytest.raises(SealExpired):
        load_pkcs12_limited(identity.pkcs12, "x", at=NOW + timedelta(days=4000))
