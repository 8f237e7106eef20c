"""Places in a text that the rules for Easy language speak of."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from allmende.lib.easy_language.sentences import SHORTENED, split

LONGEST_EASY: Final = 12  # words of a sentence
LONGEST_PLAIN: Final = 20
LONGEST_WORD: Final = 16  # letters without a hyphen


class Rule(StrEnum):
    LONG = "long"
    SHORTENED = "shortened"
    BRACKETS = "brackets"
    SUBJUNCTIVE = "subjunctive"
    COMPOUND = "compound"


class Finding(NamedTuple):
    """`excerpt`: the place, at most 60 characters."""

    rule: Rule
    excerpt: str


_ABBREVIATION: Final = re.compile(
    rf"\b(?:z\. ?B|d\. ?h|u\. ?a|i\. ?d\. ?R|o\. ?Ä|{'|'.join(word for word in SHORTENED if word not in ('Uhr', 'St'))})\."
)
_BRACKETS: Final = re.compile(r"\([^)]*\)|[§&%/]")
_SUBJUNCTIVE: Final = re.compile(r"\b(?:könnte|würde|müsste|dürfte|sollte|hätte|wäre|möchte)(?:n|st|t)?\b", re.IGNORECASE)
_WORD: Final = re.compile(rf"[^\W\d_]{{{LONGEST_WORD + 1},}}")


def findings(text: str, *, easy: bool) -> list[Finding]:
    """Of a text without marks, one line a paragraph or more. `easy`: by the rules for Easy language; else long sentences alone."""
    return list(dict.fromkeys(_found(text, easy)))


def _found(text: str, easy: bool) -> Iterator[Finding]:
    longest = LONGEST_EASY if easy else LONGEST_PLAIN
    for line in text.split("\n"):
        for sentence in split(line.strip()):
            if len(re.findall(r"\w+(?:[-·.:]\w+)*", sentence)) > longest:
                yield Finding(Rule.LONG, _short(sentence))
        if not easy:
            continue
        for rule, pattern in (
            (Rule.SHORTENED, _ABBREVIATION),
            (Rule.BRACKETS, _BRACKETS),
            (Rule.SUBJUNCTIVE, _SUBJUNCTIVE),
            (Rule.COMPOUND, _WORD),
        ):
            for found in pattern.finditer(line):
                yield Finding(rule, _short(found[0]))


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


_MESSAGES: Final[dict[Rule, tuple[str, str]]] = {
    Rule.LONG: ("Langer Satz. Teilen Sie ihn.", "A long sentence. Split it."),
    Rule.SHORTENED: ("Abkürzung. Schreiben Sie die Wörter aus.", "An abbreviation. Write the words in full."),
    Rule.BRACKETS: (
        "Klammer oder Sonderzeichen. Schreiben Sie einen eigenen Satz oder das Wort.",
        "A bracket or special sign. Write a sentence of its own, or the word.",
    ),
    Rule.SUBJUNCTIVE: ("Möglichkeitsform. Sagen Sie, was ist.", "A subjunctive. Say what is."),
    Rule.COMPOUND: (
        "Langes Wort. Trennen Sie es mit Bindestrich oder nehmen Sie ein kürzeres.",
        "A long word. Part it with a hyphen, or take a shorter one.",
    ),
}


def message(finding: Finding, language: str) -> str:
    """What to do; `language`: de or en."""
    return _MESSAGES[finding.rule][language == "en"]
