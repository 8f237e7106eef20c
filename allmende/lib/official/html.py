"""The official page as HTML."""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from allmende.lib.official.page import COLOUR, Fact, Image, OfficialPage
from allmende.lib.official.parts import acting_line, arms_of, number_line, numeric_columns, signature_lines
from allmende.lib.official.words import words
from allmende.lib.richtext import Block, Document, Figure, Table, grid_of, inlines_html, text_of, to_html

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def page_html(page: OfficialPage) -> bytes:
    """Return the artefact page.html: a document of its own that needs no other file, and none of its style to be read."""
    title = _text(f"{page.title} – {page.issuer}")
    style = STYLE.replace(COLOUR, page.colour)
    return (
        f'<!DOCTYPE html>\n<html lang="{page.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n<style>\n{style}</style>\n'
        f"</head>\n<body>\n<main>\n{content_html(page)}\n</main>\n</body>\n</html>\n"
    ).encode()


def content_html(page: OfficialPage) -> str:
    """Return what stands inside <main> of page.html: issuer, title, facts, wording, notes, attachments, whom to ask, how to check it."""
    kind = f'<p class="a-kicker"><b>{_text(page.kind)}</b>{f" · {_text(number_line(page))}" if page.number else ""}</p>'
    return "\n".join(
        filter(
            None,
            [
                "<header>",
                _issuer(page),
                kind,
                f"<h1>{_text(page.title)}</h1>",
                _facts(page.all_facts),
                "</header>",
                f'<div class="a-sheet a-sheet--text a-stack">\n{wording_html(page)}\n</div>',
                _section(words(page.language).notes, page.notes),
                _section(words(page.language).attachments, page.attachment_facts),
                _section(words(page.language).contact, page.contact),
                _check(page),
            ],
        )
    )


def wording_html(page: OfficialPage) -> str:
    """Return the wording alone, with the signature: headings begin at level 2."""
    tables = [id(block) for block in page.document.blocks if isinstance(block, Table)]
    name = words(page.language).table
    blocks = [
        _table(block, f"{name} {tables.index(id(block)) + 1}") if isinstance(block, Table) else _block(block, page)
        for block in page.document.blocks
    ]
    signature = ["<p>" + "<br>".join(map(_text, lines)) + "</p>" for lines in signature_lines(page)]
    return "\n".join([*blocks, *signature])


def data_uri(image: Image) -> str:
    return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"


def _text(text: str) -> str:
    return escape(text, quote=False)


def _issuer(page: OfficialPage) -> str:
    image = arms_of(page)
    arms = f'<img src="{data_uri(image)}" alt="">' if image else ""
    acting = f"<br><small>{_text(acting_line(page))}</small>" if page.acting else ""
    return f'<p class="a-issuer">{arms}<span><b>{_text(page.issuer)}</b>{acting}</span></p>'


def _facts(facts: Iterable[Fact]) -> str:
    rows = "\n".join(f"<div><dt>{_text(fact.label)}</dt><dd>{_text(fact.value)}</dd></div>" for fact in facts)
    return f'<dl class="a-facts a-facts--rows">\n{rows}\n</dl>' if rows else ""


def _section(title: str, facts: Sequence[Fact]) -> str:
    return f"<section>\n<h2>{title}</h2>\n{_facts(facts)}\n</section>" if facts else ""


def _check(page: OfficialPage) -> str:
    lines = [*page.check, *([page.seal] if page.seal else [])]
    if not lines:
        return ""
    paragraphs = "\n".join(f"<p>{_text(line)}</p>" for line in lines)
    return f'<footer class="a-small">\n<h2>{words(page.language).check}</h2>\n{paragraphs}\n</footer>'


def _block(block: Block, page: OfficialPage) -> str:
    if isinstance(block, Figure):
        caption = f"<figcaption>{inlines_html(block.caption)}</figcaption>" if block.caption else ""
        return f'<figure><img src="{data_uri(page.images[block.image])}" alt="{escape(block.alt)}">{caption}</figure>'
    return to_html(Document((block,)))


def _table(table: Table, unnamed: str) -> str:
    """A table that may be wider than the screen: it scrolls in a region that the keyboard reaches, called by its caption or `unnamed`."""
    numeric = numeric_columns(table)
    rows: list[list[str]] = [[] for _ in table.rows]
    for placed in grid_of(table).cells:
        cell = placed.cell
        scope = "col" if placed.row < table.header_rows else "row"
        tag, attributes = ("th", f' scope="{scope}"') if cell.header else ("td", "")
        attributes += f' colspan="{placed.width}"' if placed.width > 1 else ""
        attributes += f' rowspan="{placed.height}"' if placed.height > 1 else ""
        attributes += ' class="n"' if placed.width == 1 and placed.column in numeric else ""
        rows[placed.row].append(f"<{tag}{attributes}>{inlines_html(cell.content)}</{tag}>")
    lines = [f"<tr>{''.join(cells)}</tr>" for cells in rows]
    head, body = "\n".join(lines[: table.header_rows]), "\n".join(lines[table.header_rows :])
    name = escape(text_of(table.caption) or unnamed)
    caption = f"<caption>{inlines_html(table.caption)}</caption>\n" if table.caption else ""
    head = f"<thead>\n{head}\n</thead>\n" if head else ""
    body = f"<tbody>\n{body}\n</tbody>\n" if body else ""
    return (
        f'<div class="a-scroll" role="region" tabindex="0" aria-label="{name}"><table class="a-table">\n{caption}{head}{body}</table></div>'
    )
