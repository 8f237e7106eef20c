"""The text of a notice: a small, closed model, read from HTML or typed text, checked, and written back.

The model knows headings (2 to 4), paragraphs, nested lists, tables with header cells, links, bold, italic, line breaks
and figures. Nothing else survives reading, so nothing else has to be feared when writing. Every Document is in one
normal form: two texts that look the same are equal, and every form (HTML, typed notation, JSON) leads back to it.

Pure functions: no Django, no database.
"""

from allmende.lib.richtext.checks import FILE_NAME, MISSING_CELL, problems
from allmende.lib.richtext.findings import MESSAGES, Place, Problem, message
from allmende.lib.richtext.grid import Grid, Placed, grid_of
from allmende.lib.richtext.html_in import from_html
from allmende.lib.richtext.html_out import inlines_html, to_html
from allmende.lib.richtext.inlines import Break, Inline, Run, clean_text, clean_url, text_of
from allmende.lib.richtext.limits import RichTextTooLarge
from allmende.lib.richtext.model import Block, Cell, Document, Figure, Heading, Item, List, Paragraph, Table
from allmende.lib.richtext.plain_in import from_plain
from allmende.lib.richtext.plain_out import plain_text, to_plain
from allmende.lib.richtext.reading import Line, lines_of, marks_of
from allmende.lib.richtext.stored import RichTextInvalid, from_data, from_json, to_data, to_json

__all__ = [
    "FILE_NAME",
    "MESSAGES",
    "MISSING_CELL",
    "Block",
    "Break",
    "Cell",
    "Document",
    "Figure",
    "Grid",
    "Heading",
    "Inline",
    "Item",
    "Line",
    "List",
    "Paragraph",
    "Place",
    "Placed",
    "Problem",
    "RichTextInvalid",
    "RichTextTooLarge",
    "Run",
    "Table",
    "clean_text",
    "clean_url",
    "from_data",
    "from_html",
    "from_json",
    "from_plain",
    "grid_of",
    "inlines_html",
    "lines_of",
    "marks_of",
    "message",
    "plain_text",
    "problems",
    "text_of",
    "to_data",
    "to_html",
    "to_json",
    "to_plain",
]
