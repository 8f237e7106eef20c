"""What people hand in instead of the proof: nobody is told that a file is forged because it is something else."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.plain import of_plain, to_plain
from allmende.lib.proof import Report, State, document, verify, write
from allmende.lib.proof.bundle import FIXED
from allmende.lib.proof.container import pack
from allmende.lib.proof.recognition import TELLING, Subject, recognise
from allmende.lib.proof.tests.bundles import HTML, Notice, sealed
from allmende.lib.seal import SealLevel, examine_alone
from allmende.lib.seal.pdf import find_seal


def word_file() -> bytes:
    """A ZIP that is no proof: compressed, as office programs write it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as word:
        word.writestr("[Content_Types].xml", "<Types/>" * 50)
        word.writestr("word/document.xml", "<w:document>Bekanntmachung</w:document>" * 50)
    return file.getvalue()


def reasons(report: Report) -> dict[str, str]:
    return {check.code: f"{check.state}:{check.reason}" for check in report.checks}


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"Guten Tag", b"\x89PNG\r\n\x1a\n", pack([("a", b"")]), pack([("manifest.json", b"{}")]), word_file(), b"PK\x03\x04"],
)
def test_a_file_that_is_no_proof_is_not_called_wrong(data: bytes) -> None:
    report = verify(data)

    assert (report.subject, report.ok, report.trusted, report.examined, report.exit_status) == (Subject.OTHER, False, False, False, 2)
    assert reasons(report) == {"bundle": "open:no_proof"}
    assert report.headline.de == "Diese Datei ist kein Nachweis"
    assert any("„Nachweis herunterladen“" in advice.de for advice in report.advice)
    assert not re.search(
        "gefälscht|Fälschung|verändert|forg|changed", " ".join(text.de + text.en for text in (report.headline, report.lead))
    )


@pytest.mark.parametrize("data", [HTML, b"\xef\xbb\xbf \n<HTML><title>Sitzung</title>"])
def test_a_saved_page_is_no_proof_and_its_title_is_told(data: bytes) -> None:
    report = verify(data)

    assert reasons(report) == {"bundle": "open:page_file"}
    assert report.facts.title in ("Bekanntmachung Nr. 17/2026", "Sitzung")
    assert (report.subject, report.exit_status) == (Subject.PAGE, 2)


def test_a_sealed_pdf_with_a_demo_seal_gets_no_tick() -> None:
    report = verify(sealed().pdf)

    assert reasons(report) == {"seal": "demo:demo", "time": "demo:demo", "log": "open:document"}
    assert (report.subject, report.ok, report.trusted, report.exit_status) == (Subject.DOCUMENT, True, False, 0)
    assert report.headline.de == "Dieses PDF trägt ein Siegel zur Vorführung"
    assert (report.facts.issuer, report.facts.stamped_at) == ("Stadt Quellstedt", sealed().stamped_at)
    assert report.summary.de == "2 nur zur Vorführung, 1 offen"


def test_a_sealed_pdf_with_a_real_seal_is_whole_but_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    real = replace(examine_alone(sealed().pdf), level=SealLevel.QUALIFIED, authority="Zeitstempeldienst")
    monkeypatch.setattr(document, "examine_alone", lambda pdf: real)
    report = verify(sealed().pdf, issuers=[sealed().certificates[-1], sealed().timestamp_certificates[-1]])

    assert reasons(report) == {"seal": "ok:whole", "time": "ok:ok", "log": "open:document"}
    assert report.headline.de == "Dieses PDF ist seit dem Siegeln unverändert"
    assert "zeigt nicht das Siegel, sondern der Nachweis" in report.lead.de


def test_a_pdf_changed_after_sealing_is_told_so() -> None:
    pdf = sealed().pdf
    changed = pdf.replace(b"2026", b"2027", 1)
    longer = pdf + b"\n% nachtrag\n"
    for data in (changed, longer):
        report = verify(data)
        assert reasons(report)["seal"] == "bad:changed"
        assert (report.ok, report.exit_status) == (False, 1)
        assert report.headline.de == "Dieses PDF ist nicht mehr so, wie es gesiegelt wurde"


@pytest.mark.parametrize("pdf", [b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 5000, b"\n\n%PDF-1.4\n"])
def test_a_pdf_without_a_seal_is_not_called_wrong(pdf: bytes) -> None:
    report = verify(pdf)

    assert reasons(report) == {"seal": "open:no_seal"}
    assert (report.subject, report.ok, report.exit_status) == (Subject.DOCUMENT, False, 2)
    assert not any(check.state == State.BAD for check in report.checks)


def test_no_byte_that_the_seal_covers_can_be_changed() -> None:
    pdf = sealed().pdf
    place = find_seal(pdf)
    for position in [*range(0, place.begin, place.begin // 20), *range(place.end, len(pdf), 40)]:
        changed = pdf[:position] + bytes([pdf[position] ^ 4]) + pdf[position + 1 :]
        assert not verify(changed).ok, position


def test_a_damaged_proof_is_still_taken_for_one() -> None:
    data = write(Notice().bundle())

    for damaged in (data[:-100], data[: len(data) // 2], b"XX" + data[2:], data + b"\0"):
        report = verify(damaged)
        assert report.subject is Subject.BUNDLE
        assert report.exit_status == 1
    assert verify(data[:-100]).headline.de != "Diese Datei ist kein Nachweis"


def test_the_telling_names_are_members_of_every_proof() -> None:
    assert set(TELLING) <= set(FIXED)


@given(st.binary(max_size=100), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"<html>", b"\xef\xbb\xbf"]))
def test_every_file_is_something(data: bytes, beginning: bytes) -> None:
    assert recognise(beginning + data) in Subject


@pytest.mark.parametrize("data", [b"x", HTML, b"%PDF-1.7"])
def test_the_answer_survives_the_way_back_from_the_child(data: bytes) -> None:
    report = verify(data)
    assert of_plain(Report, to_plain(report)) == report
