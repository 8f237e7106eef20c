"""Who was it? A changed byte is laid at the door of the member that holds it, and what it means for wording and PDF is said once."""

from collections.abc import Mapping

import pytest

from allmende.lib.proof import Bundle, Report, verify, write
from allmende.lib.proof.bundle import (
    DOCUMENT,
    LEAF,
    MANIFEST,
    PAGE,
    POLICY,
    README_NAME,
    SALTS,
    SEAL_CERTIFICATES,
    TIMESTAMP,
    TIMESTAMP_CERTIFICATES,
    VKEY,
)
from allmende.lib.proof.container import pack, unpack
from allmende.lib.proof.tests.bundles import KEY, packed, sealed


def changed(bundle: Bundle, name: str, *, at: int = -40) -> Report:
    """One byte of one member, the manifest as it was."""
    members: Mapping[str, bytes] = {MANIFEST: dict(unpacked(bundle))[MANIFEST], **bundle.members()}
    data = bytearray(members[name])
    data[at] ^= 0x01
    return verify(pack([(member, bytes(data) if member == name else content) for member, content in members.items()]), vkey=KEY)


def unpacked(bundle: Bundle) -> list[tuple[str, bytes]]:
    return unpack(write(bundle))


def said(report: Report, code: str = "bundle") -> str:
    check = report.check(code)
    assert check is not None
    return check.detail.de


@pytest.mark.parametrize("name", [SEAL_CERTIFICATES, TIMESTAMP_CERTIFICATES, TIMESTAMP, "revocation/000.crl"])
def test_what_lies_beside_the_pdf_is_named_and_headline_and_checks_say_the_same(plain: Bundle, name: str) -> None:
    report = changed(plain, name)

    assert report.headline.de == "Dieser Nachweis wurde verändert"
    assert f"wurde: {name}. Der Wortlaut der Seite und das PDF sind davon nicht betroffen" in report.lead.de
    assert f"exchanged: {name}. The wording of the page and the PDF are not concerned" in report.lead.en
    assert said(report).startswith(f"Nicht mehr so, wie ausgegeben: {name}.")
    assert "lässt sich nicht unterscheiden" not in said(report)
    assert "nicht auf ihren Inhalt" not in report.lead.de
    assert report.exit_status == 1


@pytest.mark.parametrize(("name", "other"), [(SEAL_CERTIFICATES, TIMESTAMP_CERTIFICATES), (TIMESTAMP_CERTIFICATES, SEAL_CERTIFICATES)])
def test_with_a_matching_manifest_the_check_of_the_seal_names_the_file(plain: Bundle, name: str, other: str) -> None:
    members = plain.members()
    data = bytearray(members[name])
    data[-60] ^= 0x01
    report = verify(packed({**members, name: bytes(data)}), vkey=KEY)

    assert said(report, "seal").endswith(f"Es geht um: {name}.") or name in said(report)
    assert other not in report.lead.de
    assert name in report.lead.de


def test_changed_salts_are_not_laid_at_the_door_of_the_pdf(plain: Bundle) -> None:
    unreadable = changed(plain, SALTS, at=5)
    report = changed(plain, SALTS, at=20)

    assert unreadable.headline == report.headline
    assert report.headline.de == "Dieser Nachweis wurde verändert"
    assert "Verändert wurde: salts.json" in report.lead.de
    assert said(report).startswith("Nicht mehr so, wie ausgegeben: salts.json.")
    assert DOCUMENT not in report.lead.de + said(report) + said(report, "content")


def test_where_the_manifest_fits_both_possibilities_are_told(plain: Bundle) -> None:
    members = plain.members()
    salts = members[SALTS].replace(b'"document.pdf":"', b'"document.pdf":"0', 1)
    salts = salts[: salts.index(b'","page')][:-1] + salts[salts.index(b'","page') :]
    report = verify(packed({**members, SALTS: salts}), vkey=KEY)

    assert "Vielleicht wurde nur die Zufallszahl dazu in salts.json verändert" in said(report, "content")
    assert "salts.json" not in said(changed(plain, DOCUMENT), "content")


@pytest.mark.parametrize("name", [PAGE, DOCUMENT, SALTS, LEAF, VKEY, README_NAME, SEAL_CERTIFICATES, TIMESTAMP_CERTIFICATES])
def test_a_changed_manifest_is_named_itself_and_not_whom_it_accuses(plain: Bundle, name: str) -> None:
    manifest = dict(unpacked(plain))[MANIFEST]
    place = manifest.index(b'"' + name.encode() + b'":"') + len(name) + 5
    report = changed(plain, MANIFEST, at=place)

    assert said(report).startswith("Nicht mehr so, wie ausgegeben: manifest.json.")
    assert f"Für {name} steht darin eine andere Prüfsumme" in said(report)
    assert report.headline.de == "Dieser Nachweis ist nicht mehr der ausgegebene"


def test_what_cannot_be_told_is_not_told(plain: Bundle) -> None:
    manifest = dict(unpacked(plain))[MANIFEST]
    accused = changed(plain, MANIFEST, at=manifest.index(b'"policy.txt":"') + 16)
    readme = changed(plain, README_NAME)

    assert said(accused).startswith(
        f"Nicht mehr so, wie ausgegeben: {POLICY}. Oder verändert wurde nur die Prüfsumme dazu in manifest.json"
    )
    assert said(readme).startswith(f"Nicht mehr so, wie ausgegeben: {README_NAME}. Oder verändert wurde nur")
    assert readme.exit_status == 1


def test_a_changed_page_is_a_changed_content(plain: Bundle) -> None:
    report = changed(plain, PAGE)

    assert report.headline.de == "Diese Datei wurde verändert"
    assert said(report) == "Nicht mehr so, wie ausgegeben: page.html."


def test_every_failure_names_somebody_independent(plain: Bundle) -> None:
    for name in (PAGE, SALTS, SEAL_CERTIFICATES, VKEY):
        report = changed(plain, name)
        assert any("Kommunalaufsicht" in advice.de and "Gericht" in advice.de for advice in report.advice)
        assert any("supervisory authority" in advice.en and "court" in advice.en for advice in report.advice)


def test_a_key_given_with_a_pdf_alone_is_said_to_be_of_no_use() -> None:
    report = verify(sealed().pdf, vkey=KEY)

    assert report.checks[-1].title.de == "Ein Schlüssel lässt sich mit einem PDF allein nicht vergleichen"
    assert report.exit_status == 0
    assert verify(sealed().pdf).check("trust") is None
