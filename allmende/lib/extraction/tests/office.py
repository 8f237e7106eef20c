"""DOCX files as Word writes them, made of their parts. People and towns are fictional."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

# German Word names styles by their English name and numbers their ids.
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Paragraf"><w:name w:val="Paragraf"/><w:basedOn w:val="berschrift1"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Absatz"><w:name w:val="Absatz"/>
<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>"""


def _levels(*levels: tuple[str, str]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val={quoteattr(text)}/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )


_BY_LAW = (("decimal", "§ %1"), ("decimal", "(%2)"), ("decimal", "%3."), ("lowerLetter", "%4)"))
# 1: § 1, (1), 1., a) of a by-law; 2: bullets; 3: 1., 1.1
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">{_levels(*_BY_LAW)}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{_levels(("bullet", chr(0xF0B7)), ("bullet", "o"))}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{_levels(("decimal", "%1."), ("decimal", "%1.%2"))}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*content: str, style: str = "", properties: str = "") -> str:
    """`content`: text, or XML that begins with "<"."""
    inner = "".join(one if one.startswith("<") else run(one) for one in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def item(text: str, series: int, level: int = 0) -> str:
    return para(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{series}"/></w:numPr>')


def cell(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(one if one.startswith('<w:') else para(one) for one in content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(one if one.startswith('<w:tc>') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f'<w:tbl><w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>{"".join(rows)}</w:tbl>'


def picture(description: str = "", extra: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Grafik 1" descr={quoteattr(description)}>{extra}</wp:docPr>'
        "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(*paras: str) -> str:
    inner = f"<w:txbxContent>{''.join(paras)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def docx(
    *body: str, parts: Mapping[str, str | bytes] | None = None, relations: str = "", types: str = "", main: str = MAIN, author: str = ""
) -> bytes:
    """A DOCX with this body. `parts`: further ones; `relations`: of the main part; `types`: further content types."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{TYPE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f"<w:document {W}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{TYPE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId2" Type="{TYPE}/numbering" Target="numbering.xml"/>{relations}</Relationships>'
        ),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "docProps/core.xml": (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>'
        ),
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def by_law() -> bytes:
    """A by-law as an office writes it: title, preamble, sections counted by Word, a table of fees, place and day at the end."""
    return docx(
        para("Satzung der Stadt Musterstedt über die Erhebung einer Hundesteuer", style="Titel"),
        para("vom 26. Februar 2026", properties='<w:jc w:val="center"/>'),
        para("Aufgrund der §§ 5, 8 und 99 des Kommunalverfassungsgesetzes hat der Stadtrat folgende Satzung beschlossen:"),
        para("Steuergegenstand", style="Paragraf"),
        para("Gegenstand der Steuer ist das Halten von Hunden im Gebiet der Stadt.", style="Absatz"),
        para("Steuerpflichtig ist, wer", style="Absatz"),
        item("einen Hund hält,", 1, 2),
        item("einen Hund in Pflege nimmt, und zwar", 1, 2),
        item("länger als zwei Monate oder", 1, 3),
        item("gegen Entgelt.", 1, 2),
        para("Steuersatz", style="Paragraf"),
        para("Die Steuer beträgt im Jahr:", style="Absatz"),
        para("Tabelle 1: Steuersätze", style="Beschriftung"),
        table(
            row("Hund", "Euro", properties="<w:tblHeader/>"),
            row("der erste", "72,00"),
            row("jeder weitere", "120,00"),
        ),
        para("Inkrafttreten", style="Paragraf"),
        para("Diese Satzung tritt am 1. April 2026 in Kraft."),
        para("Musterstedt, den 26. Februar 2026"),
        author="Petra Lindner",
    )
