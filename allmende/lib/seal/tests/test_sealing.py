"""What a town gets when it seals a notice."""

from __future__ import annotations

from pathlib import Path

import page
import pytest

from allmende.lib.seal import SealedPdf, SealLevel

from .conftest import NOW, examine_sealed


def test_a_sealed_notice_holds_and_names_the_town_and_the_moment(sealed: SealedPdf) -> None:
    report = examine_sealed(sealed)

    assert report.problems == ()
    assert (report.organisation, report.issuer) == ("Stadt Quellstedt", "Prüfstelle")
    assert report.stamped_at == sealed.stamped_at == NOW
    assert report.authority == "Zeitstempel der Prüfstelle"
    assert report.level == SealLevel.ADVANCED_DEMO
    assert report.token == sealed.token


@pytest.mark.parametrize("profile", ["2a", "ua1"])
def test_the_seal_keeps_archive_and_accessibility(sealed: SealedPdf, profile: str, tmp_path: Path) -> None:
    path = tmp_path / "notice.pdf"
    path.write_bytes(sealed.pdf)

    result = page.validate_pdf(str(path), profile=profile)

    assert result.is_compliant, [failure.rule_id for failure in result.failures]
