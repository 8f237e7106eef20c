"""Files that want to do harm, or are broken: refused with a sentence that says what to do, in bounded time, never a crash."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from time import monotonic

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from allmende.lib.extraction import NOT_FOR_THE_PUBLIC, Refused, examine_limited
from allmende.lib.extraction.examination import examine as examine_here
from allmende.lib.extraction.examination import extract as extract_here
from allmende.lib.extraction.messages import MESSAGES, REFUSALS
from allmende.lib.extraction.tests.conftest import Examine, Read
from allmende.lib.extraction.tests.office import MAIN, TYPE, W, by_law, docx, para, row, table
from allmende.lib.extraction.tests.papers import pdf, saved, scan
from allmende.lib.limited import Turn


def refusal(ask: Callable[[bytes], object], data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        ask(data)
    assert refused.value.message().endswith(".")
    assert refused.value.message("en").endswith(".")
    return refused.value.code


def outcome(ask: Callable[[io.BytesIO], object], data: bytes) -> str:
    """ "read", or the code of the refusal. Anything else that is raised fails the test."""
    try:
        ask(io.BytesIO(data))
    except Refused as refused:
        return refused.code
    return "read"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        return saved(opened)


# Containers

BOMB = "<w:document " + W + "><w:body>" + "<w:p/>" * 10 + "</w:body></w:document>"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><w:document {W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = LAUGHS[LAUGHS.index("<w:document") :].replace("&i;", "&e;")
OUTSIDE = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{OUTSIDE}'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program", "unknown_type"),
        (b"<svg onload='alert(1)'/>", "unknown_type"),
        (b"<html><body>kein PDF</body></html>", "unknown_type"),
        (b"PK\x03\x04 not a container", "broken"),
        (packed(a=b"1"), "archive"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000), "old_office"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (docx(para("x"), parts={"word/document.xml": LAUGHS}), "broken"),
        (docx(para("x"), parts={"word/document.xml": OUTSIDE}), "broken"),
        (docx(para("x"), parts={"word/document.xml": "<w:document"}), "broken"),
        (docx(para("x"), parts={"word/document.xml": "<a>" * 100_000}), "broken"),
        (docx(para("x"), parts={"word/document.xml": b"\0" * 1000}), "broken"),
        (docx(para("x"), parts={"word/vbaProject.bin": b"\0"}), "macros"),
        (docx(para("x"), main=MAIN.replace("document.main", "document.macroEnabled.main")), "macros"),
        (docx(para("x"), parts={"word/activeX/activeX1.xml": "<x/>"}), "active"),
        (
            docx(
                para("x"),
                parts={
                    "word/_rels/settings.xml.rels": (
                        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                        f'<Relationship Id="r" Type="{TYPE}/attachedTemplate" Target="http://boese.example/x.dotm" TargetMode="External"/>'
                        "</Relationships>"
                    )
                },
            ),
            "active",
        ),
    ],
)
def test_what_is_no_document_or_does_something_is_refused(examine: Examine, data: bytes, code: str) -> None:
    assert refusal(examine, data) == code


def test_a_template_on_the_own_disk_is_no_reason(examine: Examine) -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{TYPE}/attachedTemplate" Target="file:///C:\\Vorlagen\\Normal.dotm" TargetMode="External"/>'
        "</Relationships>"
    )

    assert examine(docx(para("x"), parts={"word/_rels/settings.xml.rels": rels})).media == "docx"


def test_a_bomb_is_not_unpacked(examine: Examine, read: Read) -> None:
    begin = monotonic()
    assert refusal(examine, docx(para("x"), parts={"word/media/image1.png": bytes(300_000_000)})) == "bomb"
    assert refusal(read, docx(para("x"), parts={"word/document.xml": BOMB.replace("<w:p/>" * 10, "<w:p/>" * 9_000_000)})) == "too_large"

    assert monotonic() - begin < 30


def test_huge_tables_and_texts_are_refused_in_words(read: Read) -> None:
    assert refusal(read, docx(table(*(row("Wert", "1") for _ in range(6_000))))) == "too_large"
    assert refusal(read, docx(*(para("Wort " * 100) for _ in range(900)))) == "too_large"


def test_further_files_inside_are_named_and_keep_it_from_the_public(examine: Examine) -> None:
    found = examine(docx(para("x"), parts={"word/embeddings/Lohnliste.xlsx": b"PK"}))

    assert [(one.code, one.names) for one in found.findings] == [("embedded_files", ("Lohnliste.xlsx",))]
    assert {one.code for one in found.findings} <= NOT_FOR_THE_PUBLIC


# PDF


def _script(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _launch(opened: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    )
    opened.pages[0].Annots = pikepdf.Array([link])


def _form_script(opened: pikepdf.Pdf) -> None:
    opened.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.String("<xdp/>"))


@pytest.mark.parametrize("change", [_script, _launch, _form_script])
def test_a_pdf_that_does_something_is_refused(examine: Examine, change: Callable[[pikepdf.Pdf], None]) -> None:
    assert refusal(examine, changed(pdf(), change)) == "active"


@pytest.mark.parametrize("user", ["", "geheim"])
def test_protected_pdfs_are_refused_with_and_without_password(examine: Examine, user: str) -> None:
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        out = io.BytesIO()
        opened.save(out, encryption=pikepdf.Encryption(owner="chef", user=user))

    assert refusal(examine, out.getvalue()) == "encrypted"


def test_files_inside_a_pdf_are_named(examine: Examine) -> None:
    def attach(opened: pikepdf.Pdf) -> None:
        opened.attachments["geheim.txt"] = b"Namen"

    assert ("embedded_files", ("geheim.txt",)) in [(one.code, one.names) for one in examine(changed(pdf(), attach)).findings]


def test_a_structure_that_runs_in_circles_comes_to_an_end(read: Read) -> None:
    def circle(opened: pikepdf.Pdf) -> None:
        root = opened.Root.StructTreeRoot
        element = opened.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Sect, P=root))
        element.K = pikepdf.Array([element, element])
        root.K = element

    said = read(changed(pdf(), circle))

    assert "structure_guessed" in {one.code for one in said.findings}


@pytest.mark.parametrize("cut", [20, 1_000, 20_000])
def test_half_a_pdf_is_refused_or_repaired(cut: int) -> None:
    assert outcome(examine_here, pdf()[:cut]) in ("read", "broken")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (3, 3), (3000, 3000)])
def test_a_picture_that_does_not_hold_what_it_claims_is_refused(examine: Examine, size: tuple[int, int]) -> None:
    assert refusal(examine, png(*size, zlib.compress(b""))) == "broken"


def test_a_large_plan_is_taken_without_being_decoded(examine: Examine) -> None:
    lines = zlib.compressobj(9)
    packed = b"".join(lines.compress(bytes(1 + 3 * 8000)) for _ in range(8000)) + lines.flush()

    assert examine(png(8000, 8000, packed)).media.value == "png"


def test_a_picture_that_ends_half_way_is_refused(examine: Examine) -> None:
    whole = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(whole, "JPEG")

    assert examine(whole.getvalue()).media.value == "jpeg"
    assert refusal(examine, whole.getvalue()[: len(whole.getvalue()) // 2]) == "broken"


def test_half_a_picture_is_refused(examine: Examine) -> None:
    assert refusal(examine, b"\x89PNG\r\n\x1a\n" + bytes(50)) == "broken"


def test_one_file_at_a_time(tmp_path: object) -> None:
    import fcntl
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "file").write_bytes(scan())
    with (folder / "lock").open("w") as held, (folder / "file").open("rb") as file:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Refused) as refused:
            examine_limited(file, turn=Turn(folder / "lock", patience=0))

    assert refused.value.code == "busy"


# Whatever comes

PIECES = st.sampled_from(
    [
        *("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>Text</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>"),
        *('<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>', '<w:fldChar w:fldCharType="separate"/>', "<w:del>"),
        *('<w:footnoteReference w:id="1"/>', '<w:pPr><w:pStyle w:val="Paragraf"/></w:pPr>', "<w:sdt><w:sdtContent>", "<w:br/>", "</w:del>"),
        *('<w:sym w:char="zz"/>', '<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>', '<w:trPr><w:gridBefore w:val="-5"/></w:trPr>'),
        *(
            '<w:pPr><w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr></w:pPr>',
            "</w:sdtContent></w:sdt>",
            "<w:tcPr><w:vMerge/></w:tcPr>",
        ),
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=30))
def test_any_sequence_of_word_elements_is_read_or_refused(pieces: list[str]) -> None:
    from lxml import etree

    mended = etree.fromstring(f"<x {W}>{''.join(pieces)}</x>", etree.XMLParser(recover=True))
    body = "".join(etree.tostring(one, encoding="unicode") for one in mended)

    assert outcome(extract_here, docx(body)) in {"read", *REFUSALS}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6))
def test_a_damaged_docx_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(by_law())
    for at, new in changes:
        data[at % len(data) : at % len(data) + len(new)] = new

    assert {outcome(ask, bytes(data)) for ask in (examine_here, extract_here)} <= {"read", *REFUSALS}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6))
def test_a_damaged_pdf_is_read_or_refused(read: Read, changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(pdf())
    for at, new in changes:
        data[at % len(data) : at % len(data) + len(new)] = new

    assert outcome(lambda file: read(file.getvalue()), bytes(data)) in {"read", *REFUSALS}


def test_every_finding_and_refusal_has_words_in_both_languages() -> None:
    from allmende.lib.extraction import Finding

    for code in MESSAGES:
        for finding in (Finding(code, 1, (3,), ("a",)), Finding(code, 7, (1, 2, 3, 9), ("a", "b"))):
            assert "{" not in finding.message() + finding.message("en")
            assert Finding.of_json(finding.as_json()) == finding
    assert Finding("pages_without_text", 4, (1, 2, 3, 9)).message().startswith("Ohne Text sind die Seiten 1–3, 9.")
