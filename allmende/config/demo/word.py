"""A Word file made of its parts: headings, paragraphs and lists of a text, the same bytes each time."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from allmende.lib.richtext import Block, Document, Heading, List, Paragraph, text_of

W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
MADE: Final = (2025, 9, 25, 9, 0, 0)

STYLES: Final = f"""<w:styles {W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
</w:styles>"""
NUMBERING: Final = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="bullet"/><w:lvlText w:val="&#8226;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
TYPES: Final = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{WORD}.numbering+xml"/></Types>"""
ROOT: Final = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>"""
PARTS: Final = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATIONS}/styles" Target="styles.xml"/>
<Relationship Id="r2" Type="{RELATIONS}/numbering" Target="numbering.xml"/></Relationships>"""


def docx(title: str, document: Document) -> bytes:
    """Raises ValueError for a block that no text of the demo has in Word."""
    inner = "".join((_paragraph(title, "Titel"), *(part for block in document.blocks for part in _parts(block))))
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "word/document.xml": f"<w:document {W}><w:body>{inner}</w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": PARTS,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name, MADE), f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return out.getvalue()


def _parts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _paragraph(text_of(block.content), "berschrift1")
        case Paragraph():
            yield _paragraph(text_of(block.content))
        case List():
            for item in block.items:
                yield from (_paragraph(text_of(inner.content), numbered=True) for inner in item.blocks if isinstance(inner, Paragraph))
        case _:
            raise ValueError(type(block).__name__)


def _paragraph(text: str, style: str = "", *, numbered: bool = False) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if numbered else ""
    return f'<w:p><w:pPr>{named}{number}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
