"""Files beside the notices: reports that everybody can read, drawn plans that not everybody can, a scan, a Word file.

A PDF whose Typst text lies in texts/anlagen/ is set from it, accessible by PDF/UA-1; every other one is drawn and is a picture only.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typst
from django.conf import settings

from allmende.config.demo import drawing, word
from allmende.config.demo.told import TEXTS, Told
from allmende.lib import richtext
from allmende.notices.models.file import Role

SOURCES: Final = TEXTS / "anlagen"
SHEET: Final = """#set document(title: "{title}", date: none)
#set text(lang: "de", region: "DE", font: "Fira Sans", size: 11pt)
#set page(paper: "a4", margin: 2.5cm)
#set table(inset: 6pt, align: (left, right))
"""


def listed(told: Told) -> Iterator[tuple[str, str, Role]]:
    """(file name, title, role) of what is attached."""
    for line in told.lists.get("Attachments", []):
        name, title, *role = (part.strip() for part in line.split(" | "))
        yield name, title, Role(role[0]) if role else Role.ATTACHMENT


def made(name: str) -> bytes:
    """The same name gives the same bytes, with the same fonts and versions of what makes them."""
    source = SOURCES / f"{Path(name).stem}.typ"
    return _set(source.read_text(encoding="utf-8")) if source.exists() else drawing.pdf(Path(name).stem)


def _set(text: str) -> bytes:
    title = text.partition("\n")[0].removeprefix("= ")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(settings.FONT_DIR)])
    source = (SHEET.format(title=title) + text).encode()
    pdf = typst.compile(source, format="pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


def in_word(told: Told) -> bytes:
    """The wording of a text as a Word file, as an office has it before anybody opens this platform."""
    return word.docx(told.head["Title"], richtext.from_plain(told.wording))
