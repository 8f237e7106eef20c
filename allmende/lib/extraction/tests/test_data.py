"""Data as attachments: GML, CSV, archives. Taken where nothing of it runs or hides, else refused with a reason."""

import csv
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allmende.lib.extraction import Refused
from allmende.lib.extraction.data import by_text, look_at_csv
from allmende.lib.extraction.examination import examine as examine_here
from allmende.lib.extraction.tests.conftest import Examine, Read
from allmende.lib.extraction.tests.office import by_law, docx, para
from allmende.lib.extraction.tests.papers import pdf
from allmende.lib.extraction.tests.test_hostile import refusal

GML = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<xplan:XPlanAuszug xmlns:xplan="http://www.xplanung.de/xplangml/6/0" '
    b'xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="plan"><gml:boundedBy><gml:Envelope/></gml:boundedBy></xplan:XPlanAuszug>'
)
TABLE = "Flurstück;Fläche in m²;Nutzung\n12/3;1.250,5;Acker\n12/4;-3;Grünland\n".encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)
SHAPE = b"\x00\x00\x27\x0a" + bytes(96)


def archive(**members: bytes) -> bytes:
    """`plan__gml` is plan.gml."""
    return packed({name.replace("__", "."): data for name, data in members.items()})


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (GML, "gml"),
        (b"\xef\xbb\xbf" + GML, "gml"),
        (GML.replace(b"\n", b"\n<!-- made for the plan -->\n", 1), "gml"),
        (TABLE, "csv"),
        (TABLE.decode().encode("cp1252"), "csv"),
        (TABLE.decode().encode("utf-16"), "csv"),
        (b"a,b\n1,2\n", "csv"),
        (b'Name\tTelefon\n"Rathaus\nQuellstedt"\t+49 3999 000-10\n', "csv"),
        (archive(xplan__gml=GML, plan__pdf=pdf(), bild__png=PNG), "zip"),
        (
            packed({"Plan/": b"", "Plan/flaeche.shp": SHAPE, "Plan/flaeche.dbf": b"\x03" + bytes(40), "Plan/flaeche.prj": b"GEOGCS[]"}),
            "zip",
        ),
        (archive(liste__csv=TABLE, lies__txt=b"Stand: heute", text__docx=docx(para("x"))), "zip"),
    ],
)
def test_data_is_taken_by_its_content_and_is_not_for_everybody(data: bytes, media: str, examine: Examine) -> None:
    found = examine(data)

    assert (found.media, found.accessible, found.findings) == (media, False, ())


@pytest.mark.parametrize("data", [GML, TABLE, archive(xplan__gml=GML)])
def test_no_text_is_taken_from_data(data: bytes, read: Read) -> None:
    assert refusal(read, data) == "no_text_in_kind"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<kml xmlns='http://www.opengis.net/kml/2.2'/>", "unknown_type"),
        (GML[:-5], "broken"),
        (GML.replace(b"<xplan:XPlanAuszug", b'<!DOCTYPE x [<!ENTITY a "ha">]><xplan:XPlanAuszug', 1), "active"),
        (GML.replace(b"?>\n", b'?>\n<?xml-stylesheet href="http://boese.example/x.xsl"?>'), "active"),
        (b"<html xmlns:gml='http://www.opengis.net/gml'><script>alert(1)</script>", "broken"),
        (b"Nur ein Text, ohne Tabelle.\nNoch eine Zeile ohne Spalten\n", "unknown_type"),
        (b'a;b\n1;=HYPERLINK("http://boese.example")\n', "formula"),
        (b"a;b\n1;@SUM(A1)\n", "formula"),
        (b"a;b\n1;-2+cmd|' /C calc'!A0\n", "formula"),
        (b"a;b\n1;\x01\n", "unknown_type"),
        (archive(programm__exe=b"MZ"), "archive"),
        (archive(plan__gml=b"MZ\x90\0\0"), "archive"),
        (archive(plan__gml=GML.replace(b"<xplan:XPlanAuszug", b"<!DOCTYPE x><xplan:XPlanAuszug", 1)), "archive"),
        (archive(seite__txt=b"<html><script>1</script></html>"), "archive"),
        (archive(liste__csv=b"a;b\n1;=1+1\n"), "archive"),
        (archive(bild__png=b"\xff\xd8\xff" + bytes(20)), "archive"),
        (archive(innen__zip=archive(plan__gml=GML)), "archive"),
        (archive(plan__pdf=b"%PDF-1.7 kaputt"), "archive"),
        (archive(text__docx=docx(para("x"), parts={"word/vbaProject.bin": b"\0"})), "archive"),
        (packed({"../plan.gml": GML}), "archive"),
        (packed({"/etc/plan.gml": GML}), "archive"),
        (packed({"C:\\plan.gml": GML}), "archive"),
        (packed({"ohne_endung": b"x"}), "archive"),
    ],
)
def test_what_runs_hides_or_is_something_else_is_refused(data: bytes, code: str, examine: Examine) -> None:
    assert refusal(examine, data) == code


def test_a_link_in_an_archive_is_refused(examine: Examine) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        link = zipfile.ZipInfo("plan.txt")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")

    assert refusal(examine, out.getvalue()) == "archive"


def test_what_a_document_in_an_archive_hides_is_found_with_its_name(examine: Examine) -> None:
    found = examine(archive(satzung__docx=by_law(), plan__gml=GML))

    alone = examine(by_law())
    hidden = {finding.code for finding in alone.findings} & {"comments", "inserted", "deleted", "hidden", "embedded_files"}
    assert {finding.code for finding in found.findings} == hidden
    assert all(finding.names[0] == "satzung.docx" for finding in found.findings)


def test_a_large_plan_is_read_as_a_stream(examine: Examine) -> None:
    member = b"<gml:featureMember><gml:pos>1 2</gml:pos></gml:featureMember>"
    large = GML.replace(b"</xplan:XPlanAuszug>", member * 300_000 + b"</xplan:XPlanAuszug>")
    assert len(large) > 18_000_000

    assert examine(large).media == "gml"


@given(st.lists(st.lists(st.text(alphabet="ab1 ,;\"'äß-", max_size=8), min_size=2, max_size=4), min_size=2, max_size=8))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_table_that_a_program_writes_is_read_or_refused_with_a_reason(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    file = io.BytesIO(out.getvalue().encode())
    try:
        by_text(file)
        look_at_csv(file)
    except Refused as refused:
        code = refused.code
    else:
        code = "read"

    assert code in ("read", "unknown_type", "formula", "broken")


@given(st.binary(max_size=300))
def test_whatever_bytes_come_never_crash_the_look(data: bytes) -> None:
    for given_bytes in (data, b"<" + data, b"PK\x03\x04" + data, b"a;b\n" + data):
        try:
            examine_here(io.BytesIO(given_bytes))
        except Refused:
            continue
