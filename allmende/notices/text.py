"""The text of a notice as this module handles it: JSON in the database, HTML in the editor, typed notation without script."""

from typing import Any

from allmende.lib import richtext
from allmende.lib.richtext import Document, Figure, RichTextInvalid, RichTextTooLarge

__all__ = ["Document", "RichTextInvalid", "RichTextTooLarge", "empty", "is_empty", "pictures_in", "read", "with_pictures", "write"]


def empty() -> dict[str, Any]:
    return write(Document())


def read(content: dict[str, Any]) -> Document:
    return richtext.from_data(content)


def write(document: Document) -> dict[str, Any]:
    return richtext.to_data(document)


def is_empty(content: dict[str, Any]) -> bool:
    return not richtext.plain_text(read(content)).strip()


def pictures_in(content: dict[str, Any]) -> tuple[str, ...]:
    """Ids of the pictures in the text, in their order."""
    return read(content).images


def with_pictures(content: dict[str, Any], new_ids: dict[str, str]) -> dict[str, Any]:
    """The same text with other pictures; a picture without a new id falls out."""
    blocks: list[richtext.Block] = []
    for block in read(content).blocks:
        if isinstance(block, Figure):
            if block.image in new_ids:
                blocks.append(Figure(new_ids[block.image], block.alt, block.caption, block.decorative))
        else:
            blocks.append(block)
    return write(Document(tuple(blocks)))
