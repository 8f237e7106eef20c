"""Where a sentence ends."""

import re
from typing import Final

# A full stop behind these, behind a number ('3. März') or a single letter ends no sentence.
SHORTENED: Final = (
    *(
        "Abs",
        "Art",
        "Nr",
        "Str",
        "Tel",
        "bzw",
        "bspw",
        "ca",
        "evtl",
        "ggf",
        "gem",
        "inkl",
        "lit",
        "max",
        "mind",
        "Std",
        "usw",
        "vgl",
        "zzgl",
    ),
    *("Dr", "Prof", "St", "Uhr"),
)
_END: Final = re.compile(r"(?<=[.!?:])[ \t]+(?=[\"„»(]?[A-ZÄÖÜ0-9])")
_NO_END: Final = re.compile(rf"(?:\b(?:{'|'.join(word for word in SHORTENED if word != 'Uhr')}|\w|\d{{1,4}})\.|\d:)$")


def split(line: str) -> list[str]:
    """The sentences of a line, which joined by a space give the line."""
    parts: list[str] = []
    begin = 0
    for end in _END.finditer(line):
        if not _NO_END.search(line[begin : end.start()]) and line[end.start() - 1] != ":":
            parts.append(line[begin : end.start()])
            begin = end.end()
    return [*parts, line[begin:]]


def one_a_line(text: str) -> str:
    """Typed text with every sentence on a line of its own (no. 10); headings, lists, tables and pictures stay as they are."""
    return "\n".join("\n".join(split(line)) if line[:1].isalnum() or line[:1] in '„"»' else line for line in text.split("\n"))
