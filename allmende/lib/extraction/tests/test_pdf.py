"""From PDF to the text of a notice, by its structure and by its look alone; and what cannot be read."""

import io
import re
from collections import Counter
from time import monotonic

import pikepdf
import pytest

from allmende.lib.extraction import Refused
from allmende.lib.extraction.tests.conftest import Examine, Read
from allmende.lib.extraction.tests.papers import many_pages, pdf, saved, scan, text_of_pages, with_scanned_page
from allmende.lib.richtext import Document, Heading, List, Table, plain_text, to_plain

HEADINGS = ["§ 1 Geltungsbereich", "§ 2 Pflichten", "§ 3 Gebühren"]


def headings(document: Document) -> list[str]:
    return [block.content[0].text for block in document.blocks if isinstance(block, Heading)]  # type: ignore[union-attr]


def words(text: str) -> list[str]:
    """Without figures: those of pages and lists are counted by the program."""
    return re.findall(r"[^\W\d]+", text)


@pytest.mark.parametrize("tagged", [True, False])
def test_a_by_law_is_read_with_headings_lists_table_and_link(read: Read, tagged: bool) -> None:
    said = read(pdf(tagged=tagged))
    text = to_plain(said.document)

    assert said.title == "Satzung der Stadt Musterstedt über die Reinigung der öffentlichen Straßen"
    assert headings(said.document) == HEADINGS
    assert "1. Gehwege,\n2. Radwege, und zwar\n  - bei Schnee,\n  - bei Eis,\n3. Plätze." in text
    assert "| Klasse | Leistung | Euro |\n| A | wöchentlich | 12,50 |\n| B | monatlich, ohne Laub | 4,00 |" in text
    assert "**private** Wege, siehe [Karte der Wege](https://example.org/karte)." in text
    assert "Straßenreinigungsgebührenkalkulation" in text
    assert "Seite" not in text
    assert "Stadt Musterstedt\n" not in text


@pytest.mark.parametrize("tagged", [True, False])
def test_no_word_of_the_pages_is_lost_and_none_comes_twice(read: Read, tagged: bool) -> None:
    data = pdf(tagged=tagged)
    said = read(data)
    furniture = Counter(words("Stadt Musterstedt Seite")) + Counter(words("Stadt Musterstedt Seite"))

    shown = Counter(words(f"{said.title} {plain_text(said.document)}"))
    assert shown == Counter(words(re.sub("[\x02\ufffe]", "", text_of_pages(data)))) - furniture


def test_what_is_guessed_is_said(read: Read) -> None:
    codes = {finding.code for finding in read(pdf(tagged=False)).findings}

    assert {"structure_guessed", "tables_guessed", "headings_guessed", "repeated_lines", "untagged"} <= codes
    assert not {"structure_guessed", "tables_guessed"} & {finding.code for finding in read(pdf()).findings}


def test_a_scan_has_no_text_and_says_so(examine: Examine, read: Read) -> None:
    found = examine(scan(pages=2))

    assert ([finding.code for finding in found.findings][:1], found.accessible, found.pages) == (["scan"], False, 2)
    assert read(scan()).document == Document()


def test_pages_without_text_are_named(examine: Examine) -> None:
    found = examine(with_scanned_page(pdf()))

    assert [(finding.code, finding.pages) for finding in found.findings if finding.pages] == [("pages_without_text", (3,))]
    assert found.accessible is False


def test_recognised_text_is_taken_and_must_be_compared(examine: Examine, read: Read) -> None:
    data = scan(recognised="Die Strasse am Markt ist gesperrt.")

    assert examine(data).findings[0].code == "recognised_text"
    assert plain_text(read(data).document) == "Die Strasse am Markt ist gesperrt."


def test_accessible_is_what_says_so_and_has_nothing_against_it(examine: Examine) -> None:
    plain = pdf()
    with pikepdf.open(io.BytesIO(plain)) as opened:
        with opened.open_metadata() as metadata:
            metadata["pdfuaid:part"] = "1"
            metadata["dc:title"] = "Satzung"
        declared = saved(opened)
    with pikepdf.open(io.BytesIO(declared)) as opened:
        del opened.Root.Lang
        mute = saved(opened)

    assert [examine(data).accessible for data in (plain, declared, mute, pdf(tagged=False))] == [None, True, False, False]


def test_a_structure_that_holds_little_of_the_text_is_not_used(read: Read) -> None:
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        root = opened.Root.StructTreeRoot.K
        kids = root.K if isinstance(root, pikepdf.Dictionary) else root[0].K
        for index in range(len(kids) - 1, 0, -1):
            del kids[index]
        data = saved(opened)

    said = read(data)

    assert headings(said.document) == HEADINGS
    assert "structure_guessed" in {finding.code for finding in said.findings}


def test_a_divided_word_keeps_the_hyphen_it_has(read: Read) -> None:
    narrow = '#set text(lang: "de", size: 10pt)\n#set page(width: 5.2cm, height: 12cm, margin: 0.5cm)\n'
    said = read(pdf(narrow + "Die Abwasser- und Regenwassergebühr im Baden-Württemberg-Haus gilt auch für Straßenreinigungspflichtige."))

    assert plain_text(said.document) == (
        "Die Abwasser- und Regenwassergebühr im Baden-Württemberg-Haus gilt auch für Straßenreinigungspflichtige."
    )


def test_columns_are_told(read: Read) -> None:
    said = read(pdf("#set page(columns: 2, width: 14cm, height: 12cm)\n#lorem(140)", tagged=False))

    assert ("columns", (1,)) in [(finding.code, finding.pages) for finding in said.findings]


@pytest.mark.slow
def test_three_hundred_pages_are_read_within_the_limits(read: Read, examine: Examine) -> None:
    data = many_pages(300)
    begin = monotonic()
    with pytest.raises(Refused) as refused:  # more text than a notice may have: said, not cut off
        read(data)
    examine(data)

    assert refused.value.code == "too_large"
    assert monotonic() - begin < 90


def test_lists_and_tables_of_a_long_text_stay_what_they_are(read: Read) -> None:
    source = (
        "\n".join(f"+ Punkt {n}" for n in range(1, 60))
        + "\n#table(columns: 2, "
        + ", ".join(f"[Zeile {n}], [{n}]" for n in range(120))
        + ")"
    )
    said = read(pdf(source))

    lists = [block for block in said.document.blocks if isinstance(block, List)]
    tables = [block for block in said.document.blocks if isinstance(block, Table)]
    assert [len(one.items) for one in lists] == [59]
    assert [len(one.rows) for one in tables] == [120]
