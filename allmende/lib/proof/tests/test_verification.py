"""What a verifier says of a genuine notice: facts, words in both languages, and who vouches for the key."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from allmende.lib.proof import Bundle, State, verification, verify, write
from allmende.lib.proof.tests.bundles import KEY, ORIGIN, OTHER_LOG, SECOND, WITNESS, Notice, cosigned_at, policy, sealed, states
from allmende.lib.seal import SealLevel, examine
from allmende.lib.tlog import Signer, TlogError

POLICY_OF_BOTH = f"log {KEY}\nwitness A {WITNESS.key}\nwitness B {SECOND.key}\ngroup both all A B\nquorum both\n"


def issuers() -> list[bytes]:
    """As if the reader knew who issued seal and time stamp."""
    return [sealed().certificates[-1], sealed().timestamp_certificates[-1]]


# What is right


def test_a_genuine_notice_is_called_genuine_by_who_knows_the_key(witnessed: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a trust service had issued seal and time stamp."""
    real: dict[str, Any] = {"level": SealLevel.QUALIFIED, "authority": "Zeitstempeldienst"}
    monkeypatch.setattr(verification, "examine", lambda pdf, **material: replace(examine(pdf, **material), **real))
    report = verify(write(witnessed), vkey=KEY, policy=POLICY_OF_BOTH, issuers=issuers())

    assert states(report) == {
        "bundle": "ok:ok",
        "content": "ok:ok",
        "seal": "ok:ok",
        "time": "ok:ok",
        "log": "ok:ok",
        "witness": "ok:ok",
        "trust": "ok:policy",
    }
    assert (report.ok, report.trusted, report.demo, report.exit_status) == (True, True, False, 0)
    assert report.headline.de == "Dieses Dokument ist echt"
    assert report.summary.de == "7 von 7 Prüfungen bestanden"


def test_a_demo_passes_no_check_and_is_never_called_genuine(witnessed: Bundle) -> None:
    for report, headline in (
        (verify(write(witnessed), vkey=KEY, issuers=issuers()), "Dieses Dokument ist unverändert"),
        (verify(write(witnessed)), "In sich stimmig, aber niemand bürgt für den Schlüssel"),
    ):
        assert (states(report)["seal"], states(report)["time"]) == ("demo:demo", "demo:demo")
        assert (report.ok, report.demo, report.exit_status) == (True, True, 0)
        said = [report.headline, report.lead, *report.advice, *(text for check in report.checks for text in (check.title, check.detail))]
        assert not any(re.search(r"\b[Ee]cht|[Gg]enuin", text.de + text.en) for text in said)
        assert report.headline.de == headline
        assert report.lead.de.endswith("Siegel und Zeitstempel sind Muster zur Vorführung: Sie belegen nicht, wer gesiegelt hat und wann.")
        demo = [check.detail.de for check in report.checks if check.state == State.DEMO]
        assert all(detail.startswith("Demo, nicht vertrauenswürdig") for detail in demo)
    assert verify(write(witnessed), policy=POLICY_OF_BOTH).summary.de == "5 von 7 Prüfungen bestanden, 2 nur zur Vorführung"


@pytest.mark.parametrize(
    ("real", "demo"), [({"level": SealLevel.QUALIFIED}, ("time", "Zeitstempel ist")), ({"authority": "Zeitdienst"}, ("seal", "Siegel ist"))]
)
def test_a_demo_of_one_kind_is_named_alone(
    plain: Bundle, monkeypatch: pytest.MonkeyPatch, real: dict[str, Any], demo: tuple[str, str]
) -> None:
    monkeypatch.setattr(verification, "examine", lambda pdf, **material: replace(examine(pdf, **material), **real))
    report = verify(write(plain))

    assert [check.code for check in report.checks if check.state == State.DEMO] == [demo[0]]
    assert f"{demo[1]} ein Muster zur Vorführung" in report.lead.de


def test_people_count_lines_from_one(plain: Bundle) -> None:
    log = verify(write(plain)).check("log")
    assert log is not None
    assert "Zeile 301 von 301" in log.detail.de
    assert "Line 301 of 301" in log.detail.en


def test_both_editions_are_valid_and_a_missing_witness_is_no_fault(plain: Bundle) -> None:
    report = verify(write(plain), vkey=KEY)

    assert (report.ok, report.trusted) == (True, True)
    assert states(report)["witness"] == "open:none"
    assert report.summary.de == "4 von 7 Prüfungen bestanden, 2 nur zur Vorführung, 1 offen"
    assert verify(b"").summary.en == "No check was possible"


def test_without_a_key_the_answer_says_that_nobody_vouches(plain: Bundle) -> None:
    report = verify(write(plain))

    assert (report.ok, report.trusted, report.exit_status) == (True, False, 0)
    assert states(report)["trust"] == "remark:none"
    assert report.headline.de == "In sich stimmig, aber niemand bürgt für den Schlüssel"
    assert report.summary.de == "3 von 7 Prüfungen bestanden, 2 nur zur Vorführung, 1 offen, 1 Hinweis"
    trust = report.check("trust")
    assert trust is not None
    assert KEY in trust.detail.de


def test_the_facts_are_those_of_the_notice(witnessed: Bundle) -> None:
    facts = verify(write(witnessed), policy=POLICY_OF_BOTH).facts

    assert facts.title == "Bekanntmachung Nr. 17/2026"
    assert (facts.kind, facts.origin, facts.index, facts.size, facts.vkey) == ("notice", ORIGIN, 300, 301, KEY)
    assert (facts.issuer, facts.seal_level) == ("Stadt Quellstedt", "advanced_demo")
    assert facts.seal_label.de == "fortgeschrittenes Siegel, Demo"
    assert (facts.stamped_at, facts.authority) == (sealed().stamped_at, "Demo, nicht vertrauenswürdig")
    assert [(witness.name, witness.at) for witness in facts.witnesses] == [
        (SECOND.name, datetime.fromtimestamp(cosigned_at(), UTC)),
        (WITNESS.name, datetime.fromtimestamp(cosigned_at(), UTC)),
    ]


def test_every_statement_is_there_in_both_languages(witnessed: Bundle) -> None:
    for report in (
        verify(write(witnessed), vkey=KEY),
        verify(write(witnessed)),
        verify(b"x"),
        verify(write(witnessed), vkey=str(OTHER_LOG.key)),
    ):
        said = [report.headline, report.lead, report.summary, *report.advice]
        said += [text for check in report.checks for text in (check.title, check.detail)]
        assert all(text.de and text.en and "{" not in text.de + text.en and "!" not in text.de + text.en for text in said)


def test_a_policy_demands_its_log_and_its_witnesses(plain: Bundle, witnessed: Bundle) -> None:
    one = policy(f"log {KEY}", f"witness A {WITNESS.key}", "quorum A")
    none = policy(f"log {KEY}", "quorum none")
    foreign = policy(f"log {OTHER_LOG.key}", "quorum none")

    assert states(verify(write(witnessed), policy=one))["trust"] == "ok:policy"
    assert states(verify(write(plain), policy=none))["trust"] == "ok:policy"
    assert states(verify(write(plain), policy=none.rstrip("\n"), vkey=f" {KEY}\n"))["trust"] == "ok:policy"
    short = verify(write(plain), policy=one)
    assert (states(short)["trust"], short.ok, short.trusted, short.exit_status) == ("bad:quorum", False, False, 1)
    assert short.headline.de == "Dieser Nachweis erfüllt nicht, was Sie verlangen"
    assert states(verify(write(plain), policy=foreign))["trust"] == "bad:other_log"
    assert states(verify(write(plain), policy=none, vkey=str(OTHER_LOG.key)))["trust"] == "bad:other_key"


def test_a_whole_world_of_its_own_is_consistent_but_not_trusted() -> None:
    """Anybody can make a log that calls itself like the town's. Only the key tells them apart."""
    forger = Signer(ORIGIN, bytes(32))
    data = write(Notice().bundle(WITNESS, signer=forger))

    assert verify(data).ok
    assert states(verify(data, vkey=KEY))["trust"] == "bad:other_key"
    assert states(verify(data, policy=policy(f"log {KEY}", "quorum none")))["trust"] == "bad:other_log"


@pytest.mark.parametrize("given_key", ["", "x", KEY[:-1], str(WITNESS.key)[:-2]])
def test_a_key_that_cannot_be_read_is_the_askers_error(plain: Bundle, given_key: str) -> None:
    with pytest.raises(TlogError):
        verify(write(plain), vkey=given_key)
    with pytest.raises(TlogError):
        verify(write(plain), policy=f"log {given_key}")
