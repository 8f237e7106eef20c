"""A child that a hostile file has taken over answers what it likes: who asked gets an answer of the right shape, or hears of none."""

import json
from typing import Any

import pytest
from hypothesis import given

from allmende.lib import limited, pkcs12
from allmende.lib.extraction import Examination, Extract, Refused, examine_limited, extract_limited
from allmende.lib.extraction import limited as extraction
from allmende.lib.extraction.findings import Finding
from allmende.lib.extraction.media import Media
from allmende.lib.limited import NotDone, Read, understood
from allmende.lib.plain import to_plain
from allmende.lib.proof import limited as proof
from allmende.lib.proof import verify, verify_limited
from allmende.lib.proof.report import Report
from allmende.lib.richtext import from_plain, to_data, to_html
from allmende.lib.seal import SealProblem, SealReport, SealTooCostly, load_pkcs12_limited
from allmende.lib.seal import examine_limited as examine_seal
from allmende.lib.seal import limited as seal
from allmende.lib.seal.tests.papers import issue, name
from allmende.lib.tests.answers import anything, spoilt

FINDINGS = (Finding("people", 2, (), ("Erika", "Anna")), Finding("scan", 1, (3,)))
EXAMINED = to_plain(Examination(Media.PDF, FINDINGS, False, 12))
EXTRACTED = {
    "title": "Satzung",
    "document": to_data(from_plain("## § 1\n\n- a\n- **b**\n\n| x | y |\n|---|---|\n| 1 | 2 |")),
    "findings": to_plain(FINDINGS),
}
REPORTED = to_plain(verify(b"%PDF-1.7\n"))
KEY_FILE = issue(name("Siegel")).pkcs12("Kennwort")


def told(read: Read[Any], said: object) -> Any:
    """None: no answer."""
    try:
        return understood(json.dumps(said).encode(), read)
    except NotDone:
        return None


@given(anything | spoilt(EXAMINED))
def test_of_a_file_that_was_examined(said: object) -> None:
    if found := told(extraction.read_examination, said):
        assert isinstance(found, Examination)
        assert all(finding.message() and finding.message("en") for finding in found.findings)
        json.dumps(to_plain(found)).encode()


@given(anything | spoilt(EXTRACTED))
def test_of_a_text_that_was_taken(said: object) -> None:
    if found := told(extraction.read_extract, said):
        assert isinstance(found, Extract)
        to_html(found.document).encode()
        assert all(finding.message() for finding in found.findings)


@given(anything | spoilt({"refused": "active", "names": ["JavaScript"]}))
def test_of_a_file_that_was_refused(said: object) -> None:
    if found := told(extraction.read_refusal, said):
        assert isinstance(found, Refused)
        assert found.message()


@given(anything | spoilt(REPORTED) | spoilt({"refused": ["encoding", "x"]}))
def test_of_a_proof_that_was_checked(said: object) -> None:
    found = told(proof.read_answer, said)
    if isinstance(found, Report):
        assert found.exit_status in (0, 1, 2)
        json.dumps(found.as_dict("de")).encode()


@given(anything | spoilt(to_plain(SealReport((SealProblem.NO_SEAL,), ("no",)))))
def test_of_a_seal_that_was_examined(said: object) -> None:
    if found := told(seal.read_answer, said):
        assert isinstance(found, SealReport)
        assert found.holds == (found.problems == ())


@given(anything | spoilt(to_plain(pkcs12.Opened(pkcs12.Outcome.WRONG, "x"))))
def test_of_a_key_file_that_was_tried(said: object) -> None:
    if found := told(pkcs12.read_answer, said):
        assert found.outcome in pkcs12.Outcome


@pytest.mark.parametrize("said", [b"", b"{", b"5", b"[]", b"{}", b'{"refused": {}}', b'{"checks": 5}', b"[" * 100_000, b"\xff"])
def test_each_who_asks_says_that_it_could_not_be_examined(said: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(limited, "_run", lambda *_args: said)
    (tmp_path / "file").write_bytes(b"%PDF-1.7\n")

    assert [check.reason for check in verify_limited(b"x").checks] == ["not_examined"]
    assert examine_seal(b"x").problems == (SealProblem.NOT_EXAMINED,)
    with pytest.raises(SealTooCostly):
        load_pkcs12_limited(KEY_FILE, "Kennwort")
    with (tmp_path / "file").open("rb") as file:
        for ask in (examine_limited, extract_limited):
            with pytest.raises(Refused) as refused:
                ask(file)
            assert refused.value.code == "not_examined"


def test_what_a_file_calls_its_people_is_one_line_for_every_database() -> None:
    assert Finding("people", names=("Erika\0\nMuster\ud800", "x" * 100)).names == ("Erika Muster", "x" * 60)
