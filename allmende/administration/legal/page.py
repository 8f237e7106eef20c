"""Building a legal page: headings, paragraphs, lists, in one of two languages."""

from collections.abc import Sequence

from allmende.core.models import Body
from allmende.lib.richtext import Block, Break, Document, Heading, Inline, Item, List, Paragraph, Run

Text = tuple[str, str]  # German, English


def link(text: str, address: str) -> Run:
    return Run(text, link=address)


class Page:
    """Collects blocks; a paragraph of which a part is empty is left out."""

    def __init__(self, language: str) -> None:
        self.at = 1 if language == "en" else 0
        self._blocks: list[Block] = []

    def heading(self, text: Text) -> None:
        self._blocks.append(Heading(2, (Run(text[self.at]),)))

    def text(self, text: Text, **values: str) -> None:
        """One paragraph; with values only if all are there."""
        if all(values.values()):
            self._blocks.append(Paragraph((Run(text[self.at].format(**values)),)))

    def lines(self, *lines: str | Run | tuple[Inline, ...]) -> None:
        """One paragraph of several lines; empty ones are left out."""
        inlines: list[Inline] = []
        for line in lines:
            parts: Sequence[Inline] = (Run(line),) if isinstance(line, str) else (line,) if isinstance(line, Run) else line
            if any(isinstance(part, Run) and part.text for part in parts):
                inlines += [*([Break()] if inlines else []), *parts]
        if inlines:
            self._blocks.append(Paragraph(tuple(inlines)))

    def items(self, items: Sequence[str]) -> None:
        if items:
            self._blocks.append(List(tuple(Item((Paragraph((Run(item),)),)) for item in items)))

    def address(self, body: Body) -> None:
        """Name, street, place, telephone, mail, site of a body."""
        phone = ("Telefon ", "Telephone ")[self.at] + body.phone if body.phone else ""
        mail: tuple[Inline, ...] = (Run(("E-Mail ", "Email ")[self.at]), link(body.email, f"mailto:{body.email}")) if body.email else ()
        site = link(body.website, body.website) if body.website else ""
        self.lines(body.name, body.street, f"{body.postal_code} {body.city}".strip(), phone, mail, site)

    def document(self) -> Document:
        return Document(tuple(self._blocks))
