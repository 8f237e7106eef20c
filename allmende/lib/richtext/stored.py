"""The stored form: canonical JSON. Equal documents give equal text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from allmende.lib.richtext.inlines import Break, Inline, Run
from allmende.lib.richtext.limits import MAX_LIST_DEPTH, RichTextTooLarge
from allmende.lib.richtext.model import Block, Cell, Document, Figure, Heading, Item, List, Paragraph, Table

VERSION = 1


class RichTextInvalid(ValueError):
    """The stored form of a text is not one that this version wrote."""


def to_json(document: Document) -> str:
    """Return canonical JSON: sorted keys, no spaces, no escapes beyond the necessary."""
    return json.dumps(to_data(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def to_data(document: Document) -> dict[str, object]:
    """Return the same as plain values, to be part of a larger JSON."""
    return {"v": VERSION, "blocks": [_block(block) for block in document.blocks]}


def from_json(text: str | bytes) -> Document:
    """Read what `to_json` wrote. Raises RichTextInvalid, RichTextTooLarge."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RichTextInvalid("not JSON") from error
    return from_data(data)


def from_data(data: object) -> Document:
    """Read what `to_data` wrote. Raises RichTextInvalid, RichTextTooLarge."""
    try:
        values = cast(Mapping[str, Any], data)
        if values["v"] != VERSION:
            raise RichTextInvalid(f"version {values['v']!r}: expected {VERSION}")
        return Document(tuple(_read_block(block, 1) for block in values["blocks"]))
    except RichTextTooLarge:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise RichTextInvalid(f"{type(error).__name__}: {error}") from error


def _inlines(inlines: Sequence[Inline]) -> list[object]:
    result: list[object] = []
    for inline in inlines:
        if isinstance(inline, Break):
            result.append({"break": True})
            continue
        run: dict[str, object] = {"text": inline.text}
        if inline.bold:
            run["bold"] = True
        if inline.italic:
            run["italic"] = True
        if inline.link:
            run["link"] = inline.link
        result.append(run)
    return result


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "content": _inlines(block.content)}
        case Paragraph():
            return {"type": "paragraph", "content": _inlines(block.content)}
        case List():
            values: dict[str, object] = {"type": "list", "items": [[_block(part) for part in item.blocks] for item in block.items]}
            if block.ordered:
                values |= {"ordered": True, "start": block.start, "letters": block.letters}
            return values
        case Table():
            return {"type": "table", "caption": _inlines(block.caption), "rows": [[_cell(cell) for cell in row] for row in block.rows]}
        case Figure():
            return {
                "type": "figure",
                "image": block.image,
                "alt": block.alt,
                "caption": _inlines(block.caption),
                "decorative": block.decorative,
            }


def _cell(cell: Cell) -> dict[str, object]:
    values: dict[str, object] = {"content": _inlines(cell.content)}
    if cell.header:
        values["header"] = True
    if cell.colspan > 1:
        values["colspan"] = cell.colspan
    if cell.rowspan > 1:
        values["rowspan"] = cell.rowspan
    return values


def _a(kind: type, value: object) -> Any:
    if type(value) is not kind:
        raise RichTextInvalid(f"{value!r:.80}: expected {kind.__name__}")
    return value


def _read_inlines(values: object) -> tuple[Inline, ...]:
    result: list[Inline] = []
    for value in _a(list, values):
        if "break" in value:
            result.append(Break())
            continue
        link = value.get("link")
        marks = _a(bool, value.get("bold", False)), _a(bool, value.get("italic", False))
        result.append(Run(_a(str, value["text"]), *marks, link=None if link is None else _a(str, link)))
    return tuple(result)


def _read_block(value: Mapping[str, Any], depth: int) -> Block:
    if depth > MAX_LIST_DEPTH + 1:
        raise RichTextTooLarge("list_depth", MAX_LIST_DEPTH)
    match value["type"]:
        case "heading":
            return Heading(_a(int, value["level"]), _read_inlines(value["content"]))
        case "paragraph":
            return Paragraph(_read_inlines(value["content"]))
        case "list":
            return List(
                tuple(Item(tuple(_in_item(_read_block(part, depth + 1)) for part in _a(list, item))) for item in _a(list, value["items"])),
                _a(bool, value.get("ordered", False)),
                _a(int, value.get("start", 1)),
                _a(bool, value.get("letters", False)),
            )
        case "table":
            rows = tuple(tuple(_read_cell(cell) for cell in _a(list, row)) for row in _a(list, value["rows"]))
            return Table(rows, _read_inlines(value["caption"]))
        case "figure":
            caption = _read_inlines(value["caption"])
            return Figure(_a(str, value["image"]), _a(str, value["alt"]), caption, _a(bool, value["decorative"]))
        case other:
            raise RichTextInvalid(f"block {other!r:.80}")


def _in_item(block: Block) -> Paragraph | List:
    if isinstance(block, Paragraph | List):
        return block
    raise RichTextInvalid("an item holds paragraphs and lists only")


def _read_cell(value: Mapping[str, Any]) -> Cell:
    spans = _a(int, value.get("colspan", 1)), _a(int, value.get("rowspan", 1))
    return Cell(_read_inlines(value["content"]), _a(bool, value.get("header", False)), *spans)
