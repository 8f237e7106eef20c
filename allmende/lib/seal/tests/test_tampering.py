"""Whatever is changed on a sealed notice is noticed, and so is anything added to or missing from what travels with it."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zlib
from datetime import timedelta

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allmende.lib.seal import DemoCa, PdfUnsuitable, SealedPdf, SealProblem, examine, load_pkcs12
from allmende.lib.seal import pdf as pdf_module
from allmende.lib.seal.pdf import find_seal

from .conftest import NOW, Office, at_now, examine_sealed, seal_at
from .papers import authority, issue, name, usage


def with_byte(data: bytes, position: int, mask: int) -> bytes:
    return data[:position] + bytes([data[position] ^ mask]) + data[position + 1 :]


@pytest.mark.slow
def test_a_changed_byte_anywhere_in_the_file_is_refused(sealed: SealedPdf) -> None:
    chance = random.Random(3)
    place = find_seal(sealed.pdf)
    behind = range(place.end, len(sealed.pdf))
    positions = [0, 5, place.begin - 1, place.begin, place.end - 1, place.end, len(sealed.pdf) - 1]
    positions += chance.sample(range(place.begin), 80) + chance.sample(range(place.begin, place.end), 80) + chance.sample(behind, 80)

    unnoticed = [
        position for position in positions if examine_sealed(sealed, pdf=with_byte(sealed.pdf, position, 1 << chance.randrange(8))).holds
    ]

    assert unnoticed == []


def test_a_changed_byte_of_the_signature_itself_is_refused(sealed: SealedPdf) -> None:
    """Also where nothing is signed: versions, algorithm names, certificates, the time stamp. The hexadecimal digits are changed in kind."""
    chance = random.Random(4)
    place = find_seal(sealed.pdf)
    # The outer structure lies before the first and behind the last certificate; take all of it and a sample of the rest.
    outer = [*range(64), *range(len(place.cms) - 700, len(place.cms))]
    positions = sorted({*chance.sample(outer, 150), *chance.sample(range(len(place.cms)), 150)})

    def change(position: int) -> bytes:
        altered = with_byte(place.cms, position, 1 << chance.randrange(8)).hex().upper().encode()
        return sealed.pdf[: place.begin + 1] + altered + sealed.pdf[place.begin + 1 + len(altered) :]

    unnoticed = [position for position in positions if examine_sealed(sealed, pdf=change(position)).holds]

    assert unnoticed == []


def bomb(megabytes: int, *, layers: int = 1) -> bytes:
    """A PDF of some kilobytes whose one stream of objects unpacks to that much."""
    packer, part = zlib.compressobj(9, wbits=-zlib.MAX_WBITS), bytes(1024 * 1024)
    pieces = ((b"1 0 <<>> ", zlib.Z_FULL_FLUSH), (part, zlib.Z_FULL_FLUSH), (b"", zlib.Z_FINISH))
    head, block, end = (packer.compress(data) + packer.flush(how) for data, how in pieces)
    check = zlib.adler32(pieces[0][0])
    for _ in range(megabytes):
        check = zlib.adler32(part, check)
    packed = b"\x78\xda" + head + block * megabytes + end + check.to_bytes(4, "big")  # each block begins anew, so all are the same
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    filters = b"[" + b"/FlateDecode " * layers + b"]"
    objects = [b"<</Type/Catalog/Pages 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    objects.append(b"<</Type/ObjStm/N 1/First 4/Filter%s/Length %d>>\nstream\n%s\nendstream" % (filters, len(packed), packed))
    out, rows = b"%PDF-1.7\n", b"\x00\x00\x00\x00\x00\xff" + b"\x02\x00\x00\x00\x04\x00"
    for number, content in enumerate(objects, start=2):
        rows += b"\x01" + len(out).to_bytes(4, "big") + b"\x00"
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows += b"\x01" + len(out).to_bytes(4, "big") + b"\x00"
    table = b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 2 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(rows), rows)
    return out + table + b"startxref\n%d\n%%%%EOF\n" % len(out)


BIG_IN_SMALL = """
import resource, sys
from allmende.lib.seal import examine
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = examine(data, certificates=(), timestamp_certificates=(), revocation=())
print(report.problems[0], (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("layers", [1, 2])
def test_a_small_file_that_unpacks_to_a_huge_one_takes_no_memory(layers: int) -> None:
    """In a process of its own: what it took at most is counted once for its whole life."""
    file = bomb(400, layers=layers)
    done = subprocess.run([sys.executable, "-c", BIG_IN_SMALL], input=file, capture_output=True, check=True, timeout=60)

    problem, megabytes = done.stdout.split()
    assert problem == b"seal_missing"
    assert int(megabytes) < 200


def test_streams_that_together_unpack_to_more_than_any_document_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "_MOST_UNPACKED", 8 * 1024 * 1024)
    report = examine(bomb(5) + bomb(5), certificates=(), timestamp_certificates=(), revocation=())

    assert report.problems == (SealProblem.NO_SEAL,)
    assert "unpacks" in report.details[0]


@pytest.mark.parametrize("added", [b"\n", b"\x00", b"%%EOF\n", b" " * 2000])
def test_appended_bytes_are_refused(sealed: SealedPdf, added: bytes) -> None:
    assert examine_sealed(sealed, pdf=sealed.pdf + added).problems == (SealProblem.NOT_WHOLE,)


def test_cut_bytes_are_refused(sealed: SealedPdf) -> None:
    assert not examine_sealed(sealed, pdf=sealed.pdf[:-1]).holds
    assert not examine_sealed(sealed, pdf=sealed.pdf[1:]).holds


def test_an_incremental_update_over_the_seal_is_refused(sealed: SealedPdf) -> None:
    """What a PDF editor does when it saves a change: it appends new versions of objects, and viewers show those."""
    from pyhanko.pdf_utils.generic import pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(sealed.pdf))
    writer.root["/Lang"] = pdf_string("en")
    writer.update_container(writer.root)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]

    assert examine_sealed(sealed, pdf=out.getvalue()).problems == (SealProblem.NOT_WHOLE,)


def test_a_second_seal_over_the_first_is_refused(office: Office, sealed: SealedPdf) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    writer = IncrementalPdfFileWriter(io.BytesIO(sealed.pdf))
    append_signature_field(writer, SigFieldSpec("Zweites"))
    steps = PdfCMSEmbedder().write_cms(field_name="Zweites", writer=writer, existing_fields_only=True)
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=SignatureObject(timestamp=NOW)))
    _, output = steps.send(SigIOSetup(md_algorithm="sha256", in_place=False))
    steps.send(find_seal(sealed.pdf).cms)

    assert examine_sealed(sealed, pdf=output.getvalue()).problems == (SealProblem.SEVERAL_SEALS,)


def test_a_rewritten_file_is_refused(sealed: SealedPdf) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed.pdf)) as document:
        document.save(out)

    assert not examine_sealed(sealed, pdf=out.getvalue()).holds


def test_a_signature_moved_to_another_notice_is_refused(office: Office, sealed: SealedPdf, notice: bytes) -> None:
    other = seal_at(office, notice, label="Siegel einer anderen Fassung")
    theirs, ours = find_seal(other.pdf), find_seal(sealed.pdf)
    digits = ours.cms.hex().upper().encode().ljust(theirs.end - theirs.begin - 2, b"0")
    moved = other.pdf[: theirs.begin + 1] + digits + other.pdf[theirs.end - 1 :]

    assert examine_sealed(other).holds
    assert examine_sealed(sealed, pdf=moved).problems == (SealProblem.CHANGED,)


def test_small_letters_in_the_signature_are_refused(sealed: SealedPdf) -> None:
    place = find_seal(sealed.pdf)
    small = sealed.pdf[: place.begin] + sealed.pdf[place.begin : place.end].lower() + sealed.pdf[place.end :]

    assert examine_sealed(sealed, pdf=small).problems == (SealProblem.WRITTEN_OTHERWISE,)


def test_something_hidden_in_the_filling_is_refused(sealed: SealedPdf) -> None:
    place = find_seal(sealed.pdf)
    filled = sealed.pdf[: place.end - 3] + b"01" + sealed.pdf[place.end - 1 :]

    assert examine_sealed(sealed, pdf=filled).problems == (SealProblem.NOT_WHOLE,)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_a_file_that_is_no_sealed_pdf_gets_a_plain_answer(data: bytes) -> None:
    report = examine(data, certificates=[data], timestamp_certificates=[data], revocation=[data])

    assert report.problems == (SealProblem.NO_SEAL,)


def test_an_unsealed_notice_has_no_seal(notice: bytes) -> None:
    assert examine(notice, certificates=[], timestamp_certificates=[], revocation=[]).problems == (SealProblem.NO_SEAL,)


def test_a_certificate_more_less_other_or_out_of_order_is_refused(sealed: SealedPdf) -> None:
    stranger = authority().der
    own, stamps = sealed.certificates, sealed.timestamp_certificates
    differences: list[dict[str, object]] = [
        {"certificates": (*own, stranger)},
        {"certificates": own[:1]},
        {"certificates": ()},
        {"certificates": own[::-1]},
        {"certificates": (*own, own[1])},
        {"certificates": (own[0], stranger)},
        {"certificates": (own[0], with_byte(own[1], 200, 1))},
        {"certificates": (*own, *stamps)},
        {"timestamp_certificates": (*stamps, stranger)},
        {"timestamp_certificates": stamps[:1]},
        {"timestamp_certificates": ()},
        {"timestamp_certificates": stamps[::-1]},
        {"timestamp_certificates": (*stamps, stamps[0])},
        {"timestamp_certificates": (*stamps, *own)},
        {"timestamp_certificates": (stamps[0], with_byte(stamps[1], -1 % len(stamps[1]), 1))},
        {"certificates": stamps, "timestamp_certificates": own},
    ]

    assert [change for change in differences if examine_sealed(sealed, **change).holds] == []


def test_a_changed_byte_of_the_revocation_list_is_refused(sealed: SealedPdf) -> None:
    (crl,) = sealed.revocation
    chance = random.Random(5)

    unnoticed = [
        at for at in range(0, len(crl), 5) if examine_sealed(sealed, revocation=(with_byte(crl, at, 1 << chance.randrange(8)),)).holds
    ]

    assert unnoticed == []


def test_a_revocation_list_too_many_too_old_or_missing_is_refused(office: Office, foreign_office: Office, sealed: SealedPdf) -> None:
    (crl,) = sealed.revocation
    old = office.ca.crl(at=NOW - timedelta(days=9), until=NOW - timedelta(days=2))
    late = office.ca.crl(at=NOW + timedelta(days=3640), until=NOW + timedelta(days=3670))

    def problems(*lists: bytes) -> tuple[SealProblem, ...]:
        return examine_sealed(sealed, revocation=lists).problems

    assert problems() == (SealProblem.REVOCATION_MISSING,)
    assert problems(crl, crl) == (SealProblem.REVOCATION_IRRELEVANT,)
    # The foreign office has an issuer of the same name, but another key.
    assert problems(crl, foreign_office.crl) == (SealProblem.REVOCATION_UNUSABLE,)
    assert problems(crl, DemoCa(name="Andere Prüfstelle", at=NOW - timedelta(days=9)).crl()) == (SealProblem.REVOCATION_IRRELEVANT,)
    assert problems(old) == (SealProblem.REVOCATION_UNUSABLE, SealProblem.REVOCATION_MISSING)
    assert problems(late) == (SealProblem.REVOCATION_UNUSABLE, SealProblem.REVOCATION_MISSING)
    assert problems(b"Sperrliste") == (SealProblem.REVOCATION_UNUSABLE, SealProblem.REVOCATION_MISSING)


def test_a_revocation_before_the_seal_counts_and_one_after_it_does_not(office: Office, sealed: SealedPdf) -> None:
    serial = examine_sealed(sealed).signer
    assert serial is not None

    before = office.ca.crl({serial.serial_number: NOW - timedelta(days=1)})
    after = office.ca.crl({serial.serial_number: NOW + timedelta(days=1)}, at=NOW + timedelta(days=2))

    assert examine_sealed(sealed, revocation=(before,)).problems == (SealProblem.REVOKED,)
    assert examine_sealed(sealed, revocation=(after,)).holds


def test_a_seal_of_another_town_is_told_by_its_certificates(foreign_office: Office, notice: bytes, sealed: SealedPdf) -> None:
    forged = seal_at(foreign_office, notice)

    assert examine_sealed(sealed, pdf=forged.pdf).problems == (SealProblem.CERTIFICATES_DIFFER,)


def test_a_seal_without_or_with_another_time_stamp_is_refused(office: Office, sealed: SealedPdf) -> None:
    """The time stamp is not signed by the seal: it must be over this signature and by this authority."""
    from asn1crypto import cms, core

    from allmende.lib.seal.timestamp import Response, new_request

    place = find_seal(sealed.pdf)

    def der(tag: int, *parts: bytes) -> bytes:
        """Written by hand: for what was changed inside of its objects asn1crypto takes minutes now and then."""
        inner = b"".join(parts)
        size = len(inner).to_bytes(4, "big").lstrip(b"\0") or b"\0"
        return bytes([tag]) + (size if len(inner) < 128 else bytes([0x80 | len(size)]) + size) + inner

    def with_token(token: bytes | None) -> bytes:
        said = cms.ContentInfo.load(place.cms)["content"]
        signer = said["signer_infos"][0]
        fields = ("version", "sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "signature")
        stamp = (
            [] if token is None else [der(0xA1, der(0x30, core.ObjectIdentifier("1.2.840.113549.1.9.16.2.14").dump(), der(0x31, token)))]
        )
        signers = der(0x31, der(0x30, *(signer[name].dump() for name in fields), *stamp))
        parts = (said[name].dump() for name in ("version", "digest_algorithms", "encap_content_info", "certificates"))
        whole = der(0x30, core.ObjectIdentifier("1.2.840.113549.1.7.2").dump(), der(0xA0, der(0x30, *parts, signers)))
        digits = whole.hex().upper().encode()
        return sealed.pdf[: place.begin + 1] + digits.ljust(place.end - place.begin - 2, b"0") + sealed.pdf[place.end - 1 :]

    request, _ = new_request(b"etwas anderes", digest="sha256")
    other = Response.load(office.authority.stamp(request))["time_stamp_token"].dump()

    assert with_token(sealed.token) == sealed.pdf
    assert examine_sealed(sealed, pdf=with_token(None)).problems == (SealProblem.NO_TIME_STAMP,)
    assert examine_sealed(sealed, pdf=with_token(other)).problems == (SealProblem.TIME_STAMP,)


def test_a_seal_made_after_the_end_of_its_certificate_is_refused(office: Office, notice: bytes, sealed: SealedPdf) -> None:
    """Sealing itself refuses; a forger with the key and an own authority would not."""
    from allmende.lib.seal.pdf import with_field
    from allmende.lib.seal.sealing import _sign_with_room, _Stamping

    ca = authority()
    paper = issue(name("Siegel"), issuer=ca, until=NOW - timedelta(days=1), extensions=[usage()])
    seal = load_pkcs12(paper.pkcs12("Siegel", ca), "Siegel", at=NOW - timedelta(days=2))
    stamping = _Stamping(office.authority, office.authority.certificates, None, at_now)
    pdf = _sign_with_room(with_field(notice, label="Siegel"), seal, stamping, NOW)

    report = examine_sealed(sealed, pdf=pdf, certificates=seal.certificates, revocation=())

    assert report.problems == (SealProblem.CHAIN,)


def test_a_sealed_notice_is_not_sealed_again(office: Office, sealed: SealedPdf) -> None:
    with pytest.raises(PdfUnsuitable):
        seal_at(office, sealed.pdf)


@pytest.mark.parametrize("problem", SealProblem)
def test_every_problem_speaks_both_languages(problem: SealProblem) -> None:
    assert problem.text("de").endswith(".")
    assert problem.text("en").endswith(".")
    assert problem.text("de") != problem.text("en")
