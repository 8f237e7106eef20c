"""The title stands above the text on page and document, so no heading repeats it."""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from allmende.lib import richtext
from allmende.lib.richtext.model import FIRST_HEADING

NEARLY = 0.75  # of the words are the same, in the same order


def repeats_title(title: str, document: richtext.Document) -> str:
    """The first heading, in its own words, where the text begins with one that says what the title says; else nothing."""
    first = document.blocks[0] if document.blocks else None
    if not isinstance(first, richtext.Heading) or not title:
        return ""
    heading = richtext.text_of(first.content)
    return heading if SequenceMatcher(None, _words(title), _words(heading), autojunk=False).ratio() >= NEARLY else ""


def without_title(title: str, document: richtext.Document) -> richtext.Document:
    """The text without the heading that repeats the title. What stood below it goes up, so that the highest is on the first level."""
    if not repeats_title(title, document):
        return document
    left = document.blocks[1:]
    up = min((block.level for block in left if isinstance(block, richtext.Heading)), default=FIRST_HEADING) - FIRST_HEADING
    return richtext.Document(
        tuple(replace(block, level=block.level - up) if isinstance(block, richtext.Heading) else block for block in left)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
