"""PDF files of several makers and states. People and towns are fictional."""

import io
from typing import Any

import pikepdf
import pypdfium2
import typst
from PIL import Image

BY_LAW = """
#set document(title: "Satzung über die Straßenreinigung", author: "Petra Lindner")
#set text(lang: "de", region: "DE", size: 11pt, hyphenate: true)
#set par(justify: true)
#set page(width: 14cm, height: 20cm, header: [Stadt Musterstedt], footer: context align(center)[Seite #counter(page).display()])
#align(center, text(size: 16pt, weight: "bold")[Satzung der Stadt Musterstedt über die Reinigung der öffentlichen Straßen])
Aufgrund des § 8 des Kommunalverfassungsgesetzes hat der Stadtrat die folgende Satzung beschlossen, deren
Straßenreinigungsgebührenkalkulation dem Haushaltsplan als Anlage beigefügt worden ist.
== § 1 Geltungsbereich
(1) Diese Satzung gilt für alle öffentlichen Straßen. #lorem(110)

(2) Sie gilt nicht für *private* Wege, siehe #link("https://example.org/karte")[Karte der Wege].
== § 2 Pflichten
Zu reinigen sind:
+ Gehwege,
+ Radwege, und zwar
  - bei Schnee,
  - bei Eis,
+ Plätze.
#lorem(110)
== § 3 Gebühren
#table(columns: 3, table.header[*Klasse*][*Leistung*][*Euro*], [A], [wöchentlich], [12,50], [B], [monatlich, ohne Laub], [4,00])
#lorem(60)
"""


def pdf(source: str = BY_LAW, *, tagged: bool = True) -> bytes:
    made = typst.compile(source.encode(), format="pdf", pdf_tags=tagged)
    assert isinstance(made, bytes)
    return made


def scan(*, pages: int = 1, recognised: str = "") -> bytes:
    """Pictures of pages, as a scanner makes them; with the text that was recognised in them behind the picture."""
    sheet = Image.new("L", (620, 877), "white")
    for line in range(10):
        sheet.paste(0, (60, 60 + 40 * line, 560, 66 + 40 * line))
    out = io.BytesIO()
    sheet.save(out, "PDF", resolution=75, save_all=True, append_images=[sheet] * (pages - 1))
    if not recognised:
        return out.getvalue()
    with pikepdf.open(out) as scanned:
        for page in scanned.pages:
            page.Resources.Font = pikepdf.Dictionary(
                F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
            )
            page.contents_add(f"BT /F1 12 Tf 3 Tr 60 700 Td ({recognised}) Tj ET".encode())
        return saved(scanned)


def saved(opened: Any, **how: Any) -> bytes:
    out = io.BytesIO()
    opened.save(out, static_id=True, **how)
    return out.getvalue()


def with_scanned_page(data: bytes) -> bytes:
    """The same with a page at its end that has no text."""
    with pikepdf.open(io.BytesIO(data)) as first, pikepdf.open(io.BytesIO(scan())) as second:
        first.pages.extend(second.pages)
        return saved(first)


def many_pages(count: int) -> bytes:
    """That many pages of running text, about 2,500 characters each, with their structure."""
    return pdf(f'#set text(lang: "de")\n#for n in range({count}) [\n== § #n Absatz\n#lorem(360)\n#pagebreak(weak: true)\n]')


def text_of_pages(data: bytes) -> str:
    """What PDFium reads, by itself."""
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)
