"""Which characters the fonts of the document have no form for: asked of Typst itself, long before a document is made.

PDF/A-2a takes no text that cannot be shown (ISO 19005-2, 6.2.11.8); so an emoji that somebody has pasted would stop the seal.
"""

import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

import typst

from allmende.lib.official.pdf import Fonts, loaded

MOST = 10  # that are named; whoever has pasted a page in another script needs no list of it
# Letters, digits and signs of German and most European texts: the fonts have them (a test asks Typst), so nothing is compiled for them.
PLAIN = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) | set("\t\n\r–—‘’‚“”„‹›«»…•€†‡‰′″−\u2009\u202f\u2011\u00ad")
SOURCE = """#set document(title: "x")
#set text(lang: "de", font: {fonts})
{words}
"""


def without_form(text: str, fonts: Fonts) -> tuple[str, ...]:
    """Characters of `text` that the document could not show, each once, in their order; at most MOST. Nothing to ask costs nothing."""
    unusual = dict.fromkeys(character for character in text if character not in PLAIN)
    return tuple(islice(_asked("".join(unusual), fonts), MOST)) if unusual else ()


def _asked(characters: str, fonts: Fonts) -> Iterator[str]:
    """Typst names the first one only: it is left out, and the rest asked again."""
    while characters and (missing := _first_without_form(characters, fonts)):
        yield missing
        characters = characters.replace(missing, "")


@lru_cache(maxsize=512)
def _first_without_form(characters: str, fonts: Fonts) -> str:
    # One word each, so that no two of them become another character together.
    words = " ".join(f'#"\\u{{{ord(character):x}}}"' for character in characters)
    names = ", ".join(f'"{name}"' for name in fonts.serif)
    with tempfile.TemporaryDirectory(prefix="allmende-characters-") as root:
        page = Path(root) / "page.typ"
        page.write_text(SOURCE.format(fonts=f"({names})", words=words), encoding="utf-8")
        try:
            typst.compile(
                page, root=Path(root), font_paths=loaded(fonts.folder), ignore_system_fonts=True, format="pdf", pdf_standards=["a-2a"]
            )
        except RuntimeError as error:  # TypstError is one
            found = re.search(r'the text `"(.+?)"` could not be displayed', str(getattr(error, "message", error)), re.DOTALL)
            shown = _unquoted(found[1]) if found else ""
            return next((character for character in characters if character in shown), "")
    return ""


def _unquoted(shown: str) -> str:
    """What Typst writes in quotes, with its escapes."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), shown)
