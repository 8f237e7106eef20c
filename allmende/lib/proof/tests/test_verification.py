import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allmende.lib.proof import Bundle, BundleError, Report, State, published, read, verification, verify, void, write
from allmende.lib.proof.bundle import DOCUMENT, PAGE, POLICY, PROOF, README_NAME, SEAL_CERTIFICATES, TIMESTAMP, VKEY, policy_text
from allmende.lib.proof.tests.bundles import (
    DOCUMENT_SALT,
    HTML,
    LOG,
    ORIGIN,
    OTHER_LOG,
    PAGE_SALT,
    SECOND,
    WITNESS,
    Notice,
    cosigned_at,
    packed,
    sealed,
)
from allmende.lib.seal import SealLevel, SealReport, examine
from allmende.lib.tlog import Note, Signature, Signer, TlogError, TlogProof, parse_checkpoint, parse_proof

KEY = str(LOG.key)
POLICY_OF_BOTH = f"log {KEY}\nwitness A {WITNESS.key}\nwitness B {SECOND.key}\ngroup both all A B\nquorum both\n"


def issuers() -> list[bytes]:
    """As if the reader knew who issued seal and time stamp."""
    return [sealed().certificates[-1], sealed().timestamp_certificates[-1]]


@pytest.fixture(scope="module")
def plain() -> Bundle:
    return Notice().bundle()


@pytest.fixture(scope="module")
def witnessed() -> Bundle:
    return Notice().bundle(WITNESS, SECOND)


def states(report: Report) -> dict[str, str]:
    return {check.code: f"{check.state}:{check.reason}" for check in report.checks}


def with_checkpoint(bundle: Bundle, note: Note) -> Bundle:
    proof = parse_proof(bundle.proof)
    return replace(bundle, proof=TlogProof(proof.index, proof.hashes, note.format(), proof.extra).format())


def note_of(bundle: Bundle) -> Note:
    return parse_checkpoint(parse_proof(bundle.proof).checkpoint)[1]


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
    assert report.summary.de == "3 von 7 Prüfungen bestanden, 2 nur zur Vorführung, 2 offen"
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


# Trust comes from outside


def policy(*lines: str) -> str:
    return "\n".join(lines) + "\n"


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


# What is wrong


def test_each_changed_byte_of_the_file_is_refused(plain: Bundle) -> None:
    """The directory of the ZIP byte by byte, the members sampled: they follow one by one below."""
    data = write(plain)

    directory = data.index(b"PK\x01\x02")
    for position in [*range(0, directory, 97), *range(directory, len(data))]:
        changed = data[:position] + bytes([data[position] ^ 0x04]) + data[position + 1 :]
        with pytest.raises(BundleError):  # what `verify` looks at first; it costs no seal
            read(changed)


SMALL = [PROOF, VKEY, POLICY, "leaf.json", "salts.json", PAGE]


@pytest.fixture
def seal_examined_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same seal material gives the same answer: where it stays as it is, it is examined only once."""
    known: dict[object, SealReport] = {}

    def examined(pdf: bytes, **material: Sequence[bytes]) -> SealReport:
        asked = (pdf, *(tuple(values) for _, values in sorted(material.items())))
        if asked not in known:
            known[asked] = examine(pdf, **material)
        return known[asked]

    monkeypatch.setattr(verification, "examine", examined)


@pytest.mark.usefixtures("seal_examined_once")
@pytest.mark.parametrize("name", SMALL)
def test_each_changed_byte_of_a_small_member_is_refused_even_if_the_manifest_matches(witnessed: Bundle, name: str) -> None:
    _refused_everywhere(witnessed, name, step=1)


@pytest.mark.parametrize(
    "name", [DOCUMENT, SEAL_CERTIFICATES, TIMESTAMP, "timestamp-certificates.pem", "revocation/000.crl", "revocation/001.crl"]
)
def test_changed_bytes_of_a_large_member_are_refused_even_if_the_manifest_matches(plain: Bundle, name: str) -> None:
    _refused_everywhere(plain, name, step=max(1, len(plain.members()[name]) // 12))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [DOCUMENT, SEAL_CERTIFICATES, TIMESTAMP, "timestamp-certificates.pem", "revocation/000.crl", "revocation/001.crl"]
)
def test_changed_bytes_of_a_large_member_are_refused_densely(plain: Bundle, name: str) -> None:
    _refused_everywhere(plain, name, step=max(1, len(plain.members()[name]) // 400))


def _refused_everywhere(bundle: Bundle, name: str, *, step: int) -> None:
    members = bundle.members()
    data = members[name]
    for place, position in enumerate(range(0, len(data), step)):
        mask = (0x01, 0x20, 0x80)[place % 3]
        changed = data[:position] + bytes([data[position] ^ mask]) + data[position + 1 :]
        report = verify(packed({**members, name: changed}))
        assert not report.ok, f"{name} at {position}"
        assert report.exit_status == 1


@pytest.mark.usefixtures("seal_examined_once")
def test_bytes_added_to_any_member_are_refused_even_if_the_manifest_matches(witnessed: Bundle) -> None:
    members = witnessed.members()
    for name, data in members.items():
        for changed in (data + b"\n", data + b"\0", b"\n" + data, data[:-1]):
            assert verify(packed({**members, name: changed})).ok == (name == README_NAME), name


def test_a_resident_is_told_what_was_changed(plain: Bundle) -> None:
    members = plain.members()
    page = packed({**members, PAGE: HTML.replace(b"24. November", b"25. November")})
    document = packed({**members, DOCUMENT: members[DOCUMENT].replace(b"2026", b"2027", 1)})
    both = packed({**members, PAGE: b"", DOCUMENT: b""})

    report = verify(page, vkey=KEY)
    assert states(report) | {"content": ""} == states(verify(write(plain), vkey=KEY)) | {"content": ""}
    assert states(report)["content"] == "bad:page_changed"
    assert report.headline.de == "Diese Datei wurde verändert"
    assert states(verify(document))["content"] == "bad:document_changed"
    assert verify(document).headline.de == "Diese Datei wurde verändert"
    assert states(verify(both))["content"] == "bad:both_changed"
    assert states(verify(both))["time"] == "open:unchecked"


def test_a_change_in_the_file_as_it_is_names_the_member(plain: Bundle) -> None:
    data = write(plain).replace(b"24. November", b"25. November", 1)

    report = verify(data)
    assert states(report)["bundle"] == "bad:changed"
    assert states(report)["content"] == "bad:page_changed"
    bundle = report.check("bundle")
    assert bundle is not None
    assert PAGE in bundle.detail.de


def test_a_file_that_was_packed_anew_is_told_apart_from_a_changed_one(plain: Bundle) -> None:
    report = verify(write(plain) + b"\0", vkey=KEY)

    assert states(report)["bundle"] == "bad:repacked"
    assert report.headline.de == "Dieser Nachweis ist nicht mehr der ausgegebene"


def test_a_readme_may_be_rewritten(plain: Bundle) -> None:
    assert verify(packed({**plain.members(), README_NAME: "Gruß vom Amt".encode()}), vkey=KEY).trusted


def test_another_time_stamp_than_the_one_in_the_document_is_refused(plain: Bundle) -> None:
    token = plain.timestamp
    assert states(verify(packed({**plain.members(), TIMESTAMP: token[:-1]})))["time"] == "bad:other_token"
    assert states(verify(packed({**plain.members(), TIMESTAMP: b""})))["time"] == "bad:other_token"


def test_certificates_and_revocation_data_are_exactly_those_that_are_needed(plain: Bundle) -> None:
    for changed in (
        replace(plain, seal_certificates=plain.seal_certificates[:1]),
        replace(plain, seal_certificates=plain.seal_certificates + plain.timestamp_certificates),
        replace(plain, seal_certificates=plain.seal_certificates[::-1]),
        replace(plain, timestamp_certificates=plain.timestamp_certificates[:1]),
        replace(plain, timestamp_certificates=()),
        replace(plain, revocation=plain.revocation[:1] * 2),
        replace(plain, revocation=()),
    ):
        assert not verify(write(changed)).ok


def test_an_entry_that_is_not_in_the_log_is_refused(plain: Bundle) -> None:
    other = published(kind="notice", artefacts={PAGE: bytes(32), DOCUMENT: bytes(32)})
    assert states(verify(write(replace(plain, leaf=other))))["log"] == "bad:inclusion"
    moved = TlogProof(299, parse_proof(plain.proof).hashes, parse_proof(plain.proof).checkpoint).format()
    assert states(verify(write(replace(plain, proof=moved))))["log"] == "bad:inclusion"


@pytest.mark.parametrize(
    "leaf", [void(index=1, reason="day_passed"), b"{}", published(kind="notice", artefacts={PAGE: bytes(32)}), b'{"event":"erased","v":1}']
)
def test_an_entry_about_something_else_proves_nothing(leaf: bytes) -> None:
    report = verify(write(Notice().bundle(leaf=leaf)))

    assert (states(report)["log"], states(report)["content"]) == ("ok:ok", "bad:leaf")
    assert report.headline.de == "Dieser Nachweis stimmt nicht"


def test_the_signature_of_the_log_stands_first_and_is_genuine(plain: Bundle) -> None:
    note = note_of(plain)
    for signatures in (
        (Signature(LOG.name, LOG.key.id, bytes(64)),),
        (OTHER_LOG.sign(note.text),),
        (WITNESS.cosign(note.text, time=1),),
        (WITNESS.cosign(note.text, time=1), *note.signatures),
    ):
        assert states(verify(write(with_checkpoint(plain, Note(note.text, signatures)))))["log"] == "bad:signature"


def test_unknown_signatures_in_a_bundle_are_refused(plain: Bundle) -> None:
    note = note_of(plain)
    for stranger in (OTHER_LOG.sign(note.text), WITNESS.cosign(note.text, time=1), *note.signatures):
        report = verify(
            write(
                with_checkpoint(plain, note.plus([stranger]) if stranger not in note.signatures else Note(note.text, note.signatures * 2))
            )
        )
        assert states(report)["witness"] == "bad:policy"


def test_a_forged_cosignature_is_refused(witnessed: Bundle) -> None:
    note = note_of(witnessed)
    forged = Signature(WITNESS.name, WITNESS.key.id, note.signatures[2].data[:-1] + bytes([note.signatures[2].data[-1] ^ 1]))
    report = verify(write(with_checkpoint(witnessed, Note(note.text, (*note.signatures[:2], forged)))))
    assert states(report)["witness"] == "bad:cosignature"
    known = policy(f"log {KEY}", f"witness A {WITNESS.key}", "quorum none")
    assert (
        states(verify(write(with_checkpoint(witnessed, Note(note.text, (*note.signatures[:2], forged)))), policy=known))["trust"]
        == "bad:cosignature"
    )


def test_cosignatures_in_another_order_or_under_another_policy_are_refused(witnessed: Bundle, plain: Bundle) -> None:
    note = note_of(witnessed)
    swapped = with_checkpoint(witnessed, Note(note.text, (note.signatures[0], note.signatures[2], note.signatures[1])))
    assert states(verify(write(replace(swapped, witnesses=swapped.witnesses[::-1]))))["witness"] == "bad:policy"
    assert states(verify(write(replace(witnessed, witnesses=()))))["witness"] == "bad:policy"
    assert states(verify(write(replace(plain, witnesses=witnessed.witnesses))))["witness"] == "bad:policy"
    other = {**plain.members(), POLICY: policy_text(str(OTHER_LOG.key), [])}
    assert states(verify(packed(other)))["witness"] == "bad:policy"


def test_lines_that_prove_nothing_are_refused(plain: Bundle) -> None:
    proof = parse_proof(plain.proof)
    extra = TlogProof(proof.index, proof.hashes, proof.checkpoint, b"x").format()
    assert states(verify(write(replace(plain, proof=extra))))["log"] == "bad:form"
    text = note_of(plain).text + "extension\n"
    assert states(verify(write(with_checkpoint(plain, Note(text, (LOG.sign(text),))))))["log"] == "bad:form"
    assert states(verify(packed({**plain.members(), VKEY: f"{WITNESS.key}\n".encode()})))["log"] == "bad:key"


def test_the_salts_are_one_for_each_artefact() -> None:
    assert PAGE_SALT != DOCUMENT_SALT
    assert verify(packed({**Notice().bundle().members(), "salts.json": b"{}"})).check("content") is not None
    assert states(verify(packed({**Notice().bundle().members(), "salts.json": b"{}"})))["content"] == "bad:salts"


@given(st.binary(max_size=200))
def test_garbage_gets_an_answer(data: bytes) -> None:
    assert not verify(data).ok


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.usefixtures("seal_examined_once")
def test_garbage_in_any_member_gets_an_answer(plain: Bundle, data: st.DataObject) -> None:
    members = plain.members()
    name = data.draw(st.sampled_from([name for name in members if name != README_NAME]))
    garbage = data.draw(st.binary(max_size=50))
    report = verify(packed({**members, name: garbage}), vkey=KEY)

    assert not report.ok
    assert all(check.state in State for check in report.checks)
