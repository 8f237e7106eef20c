"""What a town gets when it seals a notice."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import page
import pikepdf
import pytest

from allmende.lib.seal import PdfUnsuitable, RevocationUnusable, SealedPdf, SealExpired, SealLevel, SealNotYetValid, SealRevoked, seal_pdf

from .conftest import LABEL, NOW, Office, examine_sealed, seal_at


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


def test_the_field_has_a_spoken_name_and_its_place_in_the_structure(sealed: SealedPdf) -> None:
    with pikepdf.open(io.BytesIO(sealed.pdf)) as document:
        (field,) = document.Root.AcroForm.Fields
        element = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)[int(field.StructParent)]

        assert str(field.TU) == LABEL
        assert pikepdf.Name.Form == element.S
        assert element.K.Obj.objgen == field.objgen
        assert element.P.K[-1].objgen == element.objgen
        assert document.pages[0].Annots[-1].objgen == field.objgen


def test_the_words_of_the_notice_stay_as_they_were(sealed: SealedPdf, notice: bytes) -> None:
    def contents(pdf: bytes) -> list[bytes]:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return [page.Contents.read_bytes() for page in document.pages]

    assert contents(sealed.pdf) == contents(notice)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"Bekanntmachung"])
def test_what_is_no_pdf_is_not_sealed(office: Office, data: bytes) -> None:
    with pytest.raises(PdfUnsuitable):
        seal_at(office, data)


def test_an_untagged_pdf_is_not_sealed(office: Office) -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)

    with pytest.raises(PdfUnsuitable):
        seal_at(office, out.getvalue())


@pytest.mark.parametrize(("days", "error"), [(-31, SealNotYetValid), (4000, SealExpired)])
def test_outside_its_validity_a_loaded_seal_signs_nothing(office: Office, notice: bytes, days: int, error: type[Exception]) -> None:
    class Silent:
        def stamp(self, request: bytes) -> bytes:
            raise AssertionError("nothing may reach the authority")

    with pytest.raises(error):
        seal_pdf(
            notice,
            seal=office.seal,
            authority=Silent(),
            authority_certificates=office.authority.certificates,
            field_label=LABEL,
            revocation=[office.crl],
            clock=lambda: NOW + timedelta(days=days),
        )


def test_a_revoked_seal_or_one_without_revocation_data_signs_nothing(office: Office, notice: bytes) -> None:
    def seal(*revocation: bytes) -> None:
        seal_pdf(
            notice,
            seal=office.seal,
            authority=office.authority,
            authority_certificates=office.authority.certificates,
            field_label=LABEL,
            revocation=revocation,
            clock=lambda: NOW,
        )

    revoked = office.ca.crl({office.seal.facts.serial_number: NOW - timedelta(hours=1)})

    with pytest.raises(SealRevoked):
        seal(revoked)
    with pytest.raises(RevocationUnusable):
        seal()
    with pytest.raises(RevocationUnusable):
        seal(office.tsa_ca.crl())


def test_only_revocation_data_that_is_needed_travels_with_the_notice(office: Office, foreign_office: Office, notice: bytes) -> None:
    sealed = seal_pdf(
        notice,
        seal=office.seal,
        authority=office.authority,
        authority_certificates=office.authority.certificates,
        field_label=LABEL,
        revocation=[foreign_office.crl, office.crl, office.crl, office.tsa_ca.crl()],
        clock=lambda: NOW,
    )

    assert len(sealed.revocation) == 2
    assert sealed.revocation[0] == office.crl
    assert examine_sealed(sealed).holds


def test_a_very_talkative_authority_still_fits(office: Office, notice: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room for the signature is guessed first; a token that needs more gets it on the second try."""
    from allmende.lib.seal import sealing

    rooms: list[int] = []
    sign = sealing._sign

    def tight(prepared: bytes, seal: object, stamping: object, at: object, room: int, reason: str) -> bytes:
        rooms.append(room if rooms else 1000)
        return sign(prepared, seal, stamping, at, rooms[-1], reason)  # type: ignore[arg-type]

    monkeypatch.setattr(sealing, "_sign", tight)

    assert examine_sealed(seal_at(office, notice)).holds
    assert len(rooms) == 2
