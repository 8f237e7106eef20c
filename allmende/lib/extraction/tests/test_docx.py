"""From DOCX to the text of a notice: what a reader of the document would read aloud, with the numbers that Word counts."""

import io

import pytest

from allmende.lib.extraction.container import Container
from allmende.lib.extraction.docx import read_docx
from allmende.lib.extraction.shaping import Shaped, shape
from allmende.lib.extraction.tests.conftest import Read
from allmende.lib.extraction.tests.office import (
    TYPE,
    W,
    by_law,
    cell,
    docx,
    item,
    para,
    picture,
    row,
    run,
    table,
    text_box,
)
from allmende.lib.richtext import problems, to_plain


def shaped(*body: str, **more: str) -> tuple[Shaped, dict[str, int]]:
    """What is read of a document with this body, and what is said about it."""
    parts, findings = read_docx(Container(io.BytesIO(docx(*body, **more))))  # type: ignore[arg-type]
    return shape(parts), {finding.code: finding.n for finding in findings}


def plain(*body: str) -> str:
    return to_plain(shaped(*body)[0].document)


def test_a_by_law_is_read_as_it_is_printed(read: Read) -> None:
    said = read(by_law())

    assert said.title == "Satzung der Stadt Musterstedt über die Erhebung einer Hundesteuer vom 26. Februar 2026"
    assert to_plain(said.document) == (
        "Aufgrund der §§ 5, 8 und 99 des Kommunalverfassungsgesetzes hat der Stadtrat folgende Satzung beschlossen:\n\n"
        "## § 1 Steuergegenstand\n\n"
        "(1) Gegenstand der Steuer ist das Halten von Hunden im Gebiet der Stadt.\n\n"
        "(2) Steuerpflichtig ist, wer\n\n"
        "1. einen Hund hält,\n2. einen Hund in Pflege nimmt, und zwar\n  a) länger als zwei Monate oder\n3. gegen Entgelt.\n\n"
        "## § 2 Steuersatz\n\n(1) Die Steuer beträgt im Jahr:\n\n"
        "Tabelle: Tabelle 1: Steuersätze\n| Hund | Euro |\n| der erste | 72,00 |\n| jeder weitere | 120,00 |\n\n"
        "## § 3 Inkrafttreten\n\nDiese Satzung tritt am 1. April 2026 in Kraft.\n\nMusterstedt, den 26. Februar 2026"
    )
    assert [problem for problem in problems(said.document) if problem.severity == "error"] == []


def test_tracked_changes_are_taken_as_if_accepted_and_told() -> None:
    said, told = shaped(
        para(
            run("Die Gebühr beträgt "),
            f'<w:del w:id="1">{run("10").replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")}</w:del>',
            f'<w:ins w:id="2">{run("12")}</w:ins>',
            run(" Euro."),
        ),
        table(row("alt", "1", properties='<w:del w:id="3"/>'), row("neu", "2")),
    )

    assert to_plain(said.document).startswith("Die Gebühr beträgt 12 Euro.")
    assert "alt" not in to_plain(said.document)
    assert (told["deleted"], told["inserted"]) == (2, 1)


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    assert plain(para("Die Straße ", properties='<w:rPr><w:del w:id="1"/></w:rPr>'), para("ist gesperrt.")) == "Die Straße ist gesperrt."


def test_comments_and_hidden_text_do_not_come_along() -> None:
    said, told = shaped(
        para(run("Öffentlich."), run(" Streng vertraulich.", "<w:vanish/>"), '<w:r><w:commentReference w:id="0"/></w:r>'),
    )

    assert to_plain(said.document) == "Öffentlich."
    assert (told["hidden"], told["comments"]) == (1, 1)


def test_what_is_struck_out_stays_and_is_told() -> None:
    said, told = shaped(para(run("Es gilt "), run("nicht", "<w:strike/>"), run(" die alte Fassung.")))

    assert (to_plain(said.document), told["struck"]) == ("Es gilt nicht die alte Fassung.", 1)


def test_footnotes_stand_at_the_end_with_their_number() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{para("GVBl. 2014, Seite 288.")}</w:footnote></w:footnotes>'
    data = docx(
        para(run("Aufgrund des Gesetzes"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" gilt:")),
        parts={"word/footnotes.xml": notes},
        relations=f'<Relationship Id="rId9" Type="{TYPE}/footnotes" Target="footnotes.xml"/>',
    )
    parts, findings = read_docx(Container(io.BytesIO(data)))

    assert to_plain(shape(parts).document) == "Aufgrund des Gesetzes¹ gilt:\n\n¹ GVBl. 2014, Seite 288."
    assert [finding.code for finding in findings] == ["footnotes"]


def test_pictures_leave_a_note_that_the_check_list_finds() -> None:
    decorative = '<a:ext><d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    said, told = shaped(para("Der Plan:"), para(picture("Lageplan")), para(picture("", decorative)), para(picture()))

    assert to_plain(said.document) == "Der Plan:\n\n[Hier fehlt ein Bild: Lageplan]\n\n[Hier fehlt ein Bild]"
    assert (told["pictures"], told["pictures_undescribed"]) == (2, 1)
    assert {problem.code for problem in problems(said.document)} == {"picture_left_out"}


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    said, told = shaped(para(run("Vorher."), text_box(para("Im Kasten."))), para("Nachher."))

    assert (to_plain(said.document), told["text_boxes"]) == ("Vorher.\n\nIm Kasten.\n\nNachher.", 1)


def test_merged_cells_keep_their_place() -> None:
    said, _told = shaped(
        table(
            row(cell("Amt", properties='<w:vMerge w:val="restart"/>'), "Raum"),
            row(cell("", properties="<w:vMerge/>"), "12"),
            row(cell("zusammen", properties='<w:gridSpan w:val="2"/>')),
        )
    )

    assert to_plain(said.document) == "|---|---|\n| {1x2} Amt | Raum |\n| 12 |\n| {2x1} zusammen |"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            table(row(cell(para(run("Ort", "<w:b/>"))), cell(para(run("Tag", "<w:b/>")))), row("Markt", "Montag")),
            "| Ort | Tag |\n| Markt | Montag |",
        ),
        (table(row("Ort", "Tag", properties="<w:tblHeader/>"), row("Markt", "Montag")), "| Ort | Tag |\n| Markt | Montag |"),
        (table(row("Ort", "Tag"), row("Markt", "Montag")), "|---|---|\n| Ort | Tag |\n| Markt | Montag |"),
    ],
)
def test_the_head_of_a_table_is_what_is_marked_or_alone_in_bold(body: str, text: str) -> None:
    assert plain(body) == text


def test_a_table_in_a_cell_becomes_lines_of_it() -> None:
    said, told = shaped(table(row("außen", cell(table(row("innen", "1"))))))

    assert told["nested"] == 1
    assert "innen; 1" in to_plain(said.document)


def test_numbers_are_counted_as_word_counts_them() -> None:
    assert plain(item("eins", 3), item("eins eins", 3, 1), item("zwei", 3), item("fünf", 4), item("Punkt", 2)) == (
        "1. eins\n\n1.1 eins eins\n\n2. zwei\n\n5. fünf\n\n- Punkt"
    )


def test_lists_typed_by_hand_are_lists_and_a_day_is_none() -> None:
    assert plain(para("1.\tGehwege"), para("a)\tbei Schnee"), para("b)\tbei Eis"), para("2.\tRadwege"), para("Ende.")) == (
        "1. Gehwege\n  a) bei Schnee\n  b) bei Eis\n2. Radwege\n\nEnde."
    )
    assert plain(para("1. Januar 2026 ist ein Feiertag.")) == "1. Januar 2026 ist ein Feiertag."


def test_sections_that_only_look_like_headings_become_some() -> None:
    centred = '<w:jc w:val="center"/>'
    said, _told = shaped(
        para(run("Hauptsatzung der Stadt Musterstedt", "<w:b/>"), properties=centred),
        para("Der Stadtrat hat beschlossen:"),
        para("§ 1", properties=centred),
        para("Name", properties=centred),
        para("Die Stadt heißt Musterstedt."),
        para("§ 5 Absatz 2 bleibt unberührt."),
    )

    assert said.title == "Hauptsatzung der Stadt Musterstedt"
    assert to_plain(said.document) == (
        "Der Stadtrat hat beschlossen:\n\n## § 1 Name\n\nDie Stadt heißt Musterstedt.\n\n§ 5 Absatz 2 bleibt unberührt."
    )
    assert said.guessed == 1


def test_links_fields_and_raised_figures() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/plan" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("Plan") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    linked = f'<w:hyperlink r:id="rId7">{run("Ortsrecht")}</w:hyperlink>'
    relation = f'<Relationship Id="rId7" Type="{TYPE}/hyperlink" Target="https://example.org/recht" TargetMode="External"/>'
    said, _told = shaped(
        para(field, run(" und "), linked, run(", 40 m"), run("2", '<w:vertAlign w:val="superscript"/>')), relations=relation
    )

    assert to_plain(said.document) == "[Plan](https://example.org/plan) und [Ortsrecht](https://example.org/recht), 40 m²"


def test_formulas_charts_and_symbols_leave_notes() -> None:
    said, told = shaped(
        para(run("Es gilt "), "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'),
        para("<w:r><w:object/></w:r>"),
    )

    assert to_plain(said.document).count("Hier fehlt") == 3
    assert (told["formulas"], told["symbols"], told["embedded"]) == (1, 1, 1)


def test_a_table_of_contents_is_left_out() -> None:
    said, told = shaped(para("§ 1 Name\t2", style="Verzeichnis1"), para("§ 1 Name", style="berschrift1"), para("Die Stadt heißt so."))

    assert (to_plain(said.document), told["contents"]) == ("## § 1 Name\n\nDie Stadt heißt so.", 1)
