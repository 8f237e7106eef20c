"""A document as HTML: the same document gives the same bytes."""

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

from allmende.lib.richtext.inlines import Break, Inline, Run
from allmende.lib.richtext.model import Block, Cell, Document, Figure, Heading, List, Paragraph, Table

ImageSource = Callable[[str], str]


def _own_scheme(image: str) -> str:
    return f"image:{image}"


def to_html(document: Document, image_src: ImageSource = _own_scheme) -> str:
    """Return canonical HTML, one block a line. `image_src` gives the address of an image by its id.

    `from_html` reads it back to an equal document, as long as the id stays in `data-image`.
    """
    return "\n".join(_block(block, image_src) for block in document.blocks)


def inlines_html(inlines: Iterable[Inline]) -> str:
    """Return the runs as HTML: link outside, then strong, then em; a break between two parts of a link stays inside it."""
    parts = list(inlines)
    links: list[str | None] = []
    for index, part in enumerate(parts):
        if isinstance(part, Run):
            links.append(part.link)
        else:
            before, after = links[-1] if links else None, parts[index + 1] if index + 1 < len(parts) else None
            links.append(before if isinstance(after, Run) and after.link == before else None)
    html = ""
    for link, group in groupby(zip(links, parts, strict=True), key=lambda pair: pair[0]):
        inner = _marked(part for _, part in group)
        html += inner if link is None else f'<a href="{escape(link)}">{inner}</a>'
    return html


def _marked(parts: Iterable[Inline]) -> str:
    html = ""
    for bold, group in groupby(parts, key=lambda part: isinstance(part, Run) and part.bold):
        inner = ""
        for italic, runs in groupby(group, key=lambda part: isinstance(part, Run) and part.italic):
            text = "".join("<br>" if isinstance(part, Break) else escape(part.text, quote=False) for part in runs)
            inner += f"<em>{text}</em>" if italic else text
        html += f"<strong>{inner}</strong>" if bold else inner
    return html


def _block(block: Block, image_src: ImageSource) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{inlines_html(block.content)}</h{block.level}>"
        case Paragraph():
            return f"<p>{inlines_html(block.content)}</p>"
        case List():
            return _list(block)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, image_src)


def _list(block: List) -> str:
    tag = "ol" if block.ordered else "ul"
    attributes = (' type="a"' if block.letters else "") + (f' start="{block.start}"' if block.start != 1 else "")
    items = ""
    for item in block.items:
        loose = sum(isinstance(part, Paragraph) for part in item.blocks) > 1
        inner = "".join(
            _list(part) if isinstance(part, List) else f"<p>{inlines_html(part.content)}</p>" if loose else inlines_html(part.content)
            for part in item.blocks
        )
        items += f"<li>{inner}</li>"
    return f"<{tag}{attributes}>{items}</{tag}>"


def _table(table: Table) -> str:
    heads = table.header_rows
    caption = f"<caption>{inlines_html(table.caption)}</caption>" if table.caption else ""
    head = "".join(_row(row, "col") for row in table.rows[:heads])
    body = "".join(_row(row, "row") for row in table.rows[heads:])
    return f"<table>{caption}{f'<thead>{head}</thead>' if head else ''}{f'<tbody>{body}</tbody>' if body else ''}</table>"


def _row(row: tuple[Cell, ...], scope: str) -> str:
    cells = ""
    for cell in row:
        tag, attributes = ("th", f' scope="{scope}"') if cell.header else ("td", "")
        attributes += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        attributes += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        cells += f"<{tag}{attributes}>{inlines_html(cell.content)}</{tag}>"
    return f"<tr>{cells}</tr>"


def _figure(figure: Figure, image_src: ImageSource) -> str:
    role = ' role="presentation"' if figure.decorative else ""
    image = f'<img src="{escape(image_src(figure.image))}" alt="{escape(figure.alt)}" data-image="{figure.image}"{role}>'
    caption = f"<figcaption>{inlines_html(figure.caption)}</figcaption>" if figure.caption else ""
    return f"<figure>{image}{caption}</figure>"
