"""How the details of a notice are set: short ones as lines of the table, long ones as sections below the wording.

Sections are part of the wording that is sealed, so that page and paper say the same, in the same order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from allmende.lib.richtext import Block, Break, Document, Heading, Inline, Item, List, Paragraph, Run
from allmende.notices import kinds


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the table. `typed`: the value is what somebody wrote, in German in every language; `address`: it is a link."""

    label: str
    value: str
    typed: bool = False
    address: bool = False


def facts(kind: kinds.Kind, details: kinds.Details, language: str = "de") -> list[Fact]:
    """The short details that are published, in the order of the fields."""
    found = []
    with translation.override(language):
        for field in kind.fields:
            if field.printed and not field.long and field.name in details:
                value = ", ".join(field.shown(details[field.name], language))
                typed, address = isinstance(field, kinds.Line | kinds.Address), isinstance(field, kinds.Address)
                found.append(Fact(str(field.label), value, typed, address))
    return found


def inside(kind: kinds.Kind, details: kinds.Details, language: str = "de") -> list[tuple[str, list[str]]]:
    """(label, lines) of what is for the office alone, in the order of the fields."""
    with translation.override(language):
        hidden = [field for field in kind.fields if not field.printed and field.name in details]
        return [(str(field.label), field.shown(details[field.name], language)) for field in hidden]


def wording(kind: kinds.Kind, details: kinds.Details, text: Document) -> Document:
    """The text of the author, then a section for each long detail, then what the law wants said, in German.

    Raises RichTextTooLarge: together it is more than a document may be.
    """
    with translation.override("de"):
        sections = list(_sections(kind, details))
        sentences: list[Block] = [_paragraph(sentence) for sentence in kind.sentences(kind.read(details))]
        if sentences and (text.blocks or sections):
            sentences.insert(0, _heading(_("Hinweise")))
    return Document((*text.blocks, *sections, *sentences))


def _sections(kind: kinds.Kind, details: kinds.Details) -> Iterator[Block]:
    for field in kind.fields:
        if not field.printed or not field.long or field.name not in details:
            continue
        yield _heading(str(field.label))
        lines = field.shown(details[field.name])
        if isinstance(field, kinds.Lines):
            yield List(tuple(Item((_paragraph(line),)) for line in lines), ordered=field.numbered)
        else:
            yield _paragraph(*lines)


def _heading(text: str) -> Heading:
    return Heading(2, (Run(text),))


def _paragraph(*lines: str) -> Paragraph:
    content: list[Inline] = []
    for line in lines:
        content += [Break(), Run(line)] if content else [Run(line)]
    return Paragraph(tuple(content))
