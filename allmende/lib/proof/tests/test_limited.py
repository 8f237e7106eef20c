"""A check by a child process gives the same answer, and an answer where the check itself is not possible."""

from __future__ import annotations

from pathlib import Path

import pytest

from allmende.lib.limited import Limits, Turn
from allmende.lib.plain import of_plain, to_plain
from allmende.lib.proof import verify, verify_limited, write
from allmende.lib.proof.report import Report
from allmende.lib.proof.tests.bundles import LOG, WITNESS, Notice
from allmende.lib.seal.tests import hostile
from allmende.lib.tlog import TlogError


@pytest.fixture(scope="module")
def bundle() -> bytes:
    return write(Notice().bundle(WITNESS))


def test_the_answer_is_the_same(bundle: bytes) -> None:
    report = verify_limited(bundle, vkey=str(LOG.key))

    assert report.trusted
    assert report == verify(bundle, vkey=str(LOG.key))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"<!doctype html><title>x</title>", bytes(100)])
def test_reports_of_all_kinds_survive_the_way_back(data: bytes, bundle: bytes) -> None:
    reports: list[Report] = [verify(data), verify(bundle), verify(bundle.replace(b"24. November", b"25. November", 1))]

    assert [of_plain(Report, to_plain(report)) for report in reports] == reports


def test_a_key_that_cannot_be_read_is_refused_as_ever(bundle: bytes) -> None:
    with pytest.raises(TlogError) as refused:
        verify_limited(bundle, vkey="kein Schlüssel")

    assert refused.value.code == _code_of("kein Schlüssel")


def _code_of(vkey: str) -> str:
    with pytest.raises(TlogError) as refused:
        verify(b"", vkey=vkey)
    return refused.value.code


@pytest.mark.parametrize("limits", [Limits(memory=32 * 1024 * 1024), Limits(wall=0.05)], ids=["memory", "time"])
def test_what_uses_up_its_limits_has_a_verdict_of_its_own(bundle: bytes, limits: Limits) -> None:
    report = verify_limited(bundle, limits=limits)

    assert [(check.code, check.reason) for check in report.checks] == [("bundle", "not_examined")]
    assert (report.ok, report.trusted, report.exit_status) == (False, False, 2)
    assert report.headline.de == "Diese Datei konnte nicht geprüft werden"


def test_who_comes_while_another_file_is_examined_is_asked_to_come_again(bundle: bytes, tmp_path: Path) -> None:
    import fcntl

    file = tmp_path / "turn.lock"
    with file.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        report = verify_limited(bundle, turn=Turn(file, patience=0.0))

    assert [check.reason for check in report.checks] == ["busy"]
    assert report.exit_status == 2


def test_a_hostile_document_in_a_bundle_is_refused() -> None:
    members = Notice().bundle(WITNESS).members()
    from allmende.lib.proof.bundle import MANIFEST, manifest_text
    from allmende.lib.proof.container import pack

    members["document.pdf"] = hostile.lzw_bomb(150)
    data = pack([(MANIFEST, manifest_text(members)), *members.items()])

    report = verify_limited(data, limits=Limits(memory=512 * 1024 * 1024, cpu=5, wall=15.0))

    assert not report.ok
    assert {check.code for check in report.failed} & {"content", "bundle"}
