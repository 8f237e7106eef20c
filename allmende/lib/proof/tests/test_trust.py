"""Whom a reader knows counts, and nobody else: neither a key that calls itself a witness, nor a seal that anybody can issue."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from allmende.lib.proof import Bundle, Hosted, Report, State, document, verification, verify, write
from allmende.lib.proof.tests.bundles import KEY, ORIGIN, SECOND, WITNESS, Notice, cosigned_at, packed, sealed
from allmende.lib.seal import SealLevel, SealReport, examine, examine_alone
from allmende.lib.tlog import Cosigner, Signer, TlogError

POLICY = f"log {KEY}\nwitness A {WITNESS.key}\nquorum A\n"
FAKE = Cosigner("bundesamt.example/witness", bytes(range(128, 160)))
NAMESAKE = Cosigner(WITNESS.name, bytes(range(160, 192)))
NO_QUORUM = POLICY.replace("quorum A", "quorum none")


def state(report: Report, code: str) -> str:
    check = report.check(code)
    assert check is not None
    return f"{check.state}:{check.reason}"


def said(report: Report, code: str) -> str:
    check = report.check(code)
    assert check is not None
    return f"{check.title.de} {check.detail.de}"


# Witnesses


@pytest.mark.parametrize("policy", [None, NO_QUORUM])
def test_a_witness_that_the_reader_does_not_know_is_never_passed(policy: str | None) -> None:
    report = verify(write(Notice().bundle(FAKE, NAMESAKE)), vkey=KEY, policy=policy)

    assert (report.ok, report.exit_status) == (True, 0)
    assert state(report, "witness") == "open:unknown"
    assert said(report, "witness").startswith(
        "Unterschrieben von 2 Schlüsseln, für die niemand bürgt, dem Sie vertrauen Sie nennen sich bundesamt.example/witness und"
    )
    assert report.facts.witnesses == ()
    assert [cosigner.name for cosigner in report.facts.cosigners] == [FAKE.name, NAMESAKE.name]


def test_a_witness_of_the_policy_counts_and_strangers_beside_it_are_named_apart() -> None:
    report = verify(write(Notice().bundle(FAKE, WITNESS)), policy=POLICY)

    assert (state(report, "witness"), state(report, "trust")) == ("ok:ok", "ok:policy")
    assert said(report, "witness").startswith(f"Bezeugt von {WITNESS.name} ")
    assert f"für die niemand bürgt, dem Sie vertrauen: {FAKE.name}." in said(report, "witness")
    assert [witness.name for witness in report.facts.witnesses] == [WITNESS.name]


def test_where_the_demanded_witness_is_missing_nobody_else_is_shown_as_one() -> None:
    report = verify(write(Notice().bundle(NAMESAKE, SECOND)), policy=POLICY)

    assert (state(report, "trust"), state(report, "witness")) == ("bad:quorum", "open:unknown")
    assert "Unterschrieben haben davon: niemand" in said(report, "trust")


@pytest.mark.parametrize(
    "time",
    [5, 2**62, 2**63 - 1, cosigned_at() - 300 - 601, int((datetime.now(UTC) + timedelta(days=2)).timestamp())],
    ids=["1970", "far", "farthest", "before the seal", "in two days"],  # not the numbers: each worker has its own now
)
def test_a_cosignature_of_an_impossible_time_is_not_counted(time: int) -> None:
    report = verify(write(Notice().bundle(WITNESS, time=time)), policy=POLICY)

    assert (state(report, "witness"), state(report, "trust")) == ("remark:odd", "bad:quorum")
    assert WITNESS.name in said(report, "witness")
    assert report.facts.witnesses == report.facts.cosigners == ()


@pytest.mark.parametrize("seconds", [-599, 0, 86_000])
def test_clocks_that_differ_a_little_are_no_fault(seconds: int) -> None:
    at = sealed().stamped_at + timedelta(seconds=seconds)
    report = verify(write(Notice().bundle(WITNESS, time=int(at.timestamp()) + 1)), policy=POLICY, now=sealed().stamped_at)

    assert state(report, "witness") == "ok:ok"


# Logs that the asking installation keeps

HOME = {ORIGIN: Hosted(KEY, (str(WITNESS.key),))}


def test_a_proof_in_the_name_of_a_log_kept_here_must_be_signed_by_its_true_key() -> None:
    forger = Signer(ORIGIN, bytes(32))
    for vkey in (None, str(forger.key)):
        report = verify(write(Notice().bundle(WITNESS, signer=forger)), vkey=vkey, hosted=HOME)
        assert (state(report, "trust"), report.exit_status) == ("bad:not_hosted", 1)
        assert report.headline.de == "Dieser Nachweis ist nicht von dieser Stelle"
        assert report.lead.de.startswith(
            "Dieses Protokoll wird hier geführt, der Nachweis ist aber mit einem anderen Schlüssel unterschrieben"
        )


def test_a_proof_of_a_log_kept_here_is_known_with_its_witnesses() -> None:
    report = verify(write(Notice().bundle(FAKE, WITNESS)), hosted=HOME)

    assert (report.trusted, state(report, "trust"), state(report, "witness")) == (True, "ok:hosted", "ok:ok")
    assert [witness.name for witness in report.facts.witnesses] == [WITNESS.name]
    elsewhere = verify(write(Notice().bundle(WITNESS)), hosted={"wiesenmark.example/log": HOME[ORIGIN]})
    assert (state(elsewhere, "trust"), state(elsewhere, "witness")) == ("remark:none", "open:unknown_one")


# Seal and time stamp

AS_IF_REAL: dict[str, Any] = {"level": SealLevel.QUALIFIED, "authority": "D-TRUST Qualified TSA"}


@pytest.fixture
def _self_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seal and time stamp by issuers that do not call themselves a demo: anybody can make such."""

    def real(found: SealReport) -> SealReport:
        return replace(found, **AS_IF_REAL)

    monkeypatch.setattr(verification, "examine", lambda pdf, **material: real(examine(pdf, **material)))
    monkeypatch.setattr(document, "examine_alone", lambda pdf: real(examine_alone(pdf)))


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return Notice().bundle()


@pytest.mark.usefixtures("_self_made")
@pytest.mark.parametrize("vkey", [None, KEY])
def test_a_seal_of_an_unknown_issuer_looks_no_better_than_a_demo(bundle: Bundle, vkey: str | None) -> None:
    report = verify(write(bundle), vkey=vkey)

    assert (state(report, "seal"), state(report, "time")) == ("open:claimed", "open:claimed")
    assert "Wer das ausgestellt hat, ist nicht geprüft" in said(report, "seal")
    assert "bestätigt" not in said(report, "time")
    assert report.headline.de == ("Dieses Dokument ist unverändert" if vkey else "In sich stimmig, aber niemand bürgt für den Schlüssel")
    assert report.exit_status == 0


@pytest.mark.usefixtures("_self_made")
def test_an_issuer_that_the_reader_knows_vouches_for_what_it_issued(bundle: Bundle) -> None:
    seal, stamp = sealed().certificates[-1], sealed().timestamp_certificates[-1]

    assert verify(write(bundle), vkey=KEY, issuers=[seal, stamp]).headline.de == "Dieses Dokument ist echt"
    assert state(verify(write(bundle), vkey=KEY, issuers=[seal]), "time") == "open:claimed"
    assert verify(write(bundle), issuers=[seal, stamp]).headline.de == "In sich stimmig, aber niemand bürgt für den Schlüssel"


@pytest.mark.usefixtures("_self_made")
def test_a_sealed_pdf_of_an_unknown_issuer_is_neither_good_nor_bad() -> None:
    report = verify(sealed().pdf)

    assert [check.state for check in report.checks] == [State.OPEN] * 3
    assert (report.headline.de, report.exit_status) == ("Dieses PDF trägt ein Siegel, dessen Aussteller nicht geprüft ist", 0)
    known = verify(sealed().pdf, issuers=[sealed().certificates[-1]])
    assert known.headline.de == "Dieses PDF ist seit dem Siegeln unverändert"


# What else the sceptic asked


def test_a_changed_entry_is_not_blamed_on_page_or_document(bundle: Bundle) -> None:
    members = bundle.members()
    leaf = members["leaf.json"]
    place = leaf.index(b'"page.html":"') + 20
    changed = leaf[:place] + (b"0" if leaf[place : place + 1] != b"0" else b"1") + leaf[place + 1 :]
    report = verify(packed({**members, "leaf.json": changed}), vkey=KEY)

    assert (state(report, "content"), state(report, "log")) == ("bad:entry", "bad:inclusion")
    assert report.headline.de == "Dieser Nachweis stimmt nicht"
    assert any("liegt es nicht am Herunterladen" in advice.de for advice in report.advice)


def test_a_key_of_the_installation_that_cannot_be_read_is_no_answer() -> None:
    with pytest.raises(TlogError):
        verify(b"", hosted={ORIGIN: Hosted("x")})
