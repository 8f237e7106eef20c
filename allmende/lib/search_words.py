"""Words as people search for them: without capitals, umlauts, accents and hyphens. Pure functions, no engine behind them.

A text is stored as its words, each once; a query finds it when every one of its words stands in one of them. So 'HECKE'
finds 'Heckenschnitt', 'Strasse' and 'straße' find 'Straßen', 'muehlgraben' finds 'Mühlgraben', 'Friedrich Ebert' finds
'Friedrich-Ebert-Platz'. What begins with a figure must begin a word: '1/2026' does not find '11/2026'.
"""

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_HYPHENS = re.compile(r"(?<=\w)[-\u2010\u2011\u2013](?=\w)")
_SILENT = re.compile(r"[\u00ad\u200b-\u200d\u2060]")  # soft hyphen, zero width space, joiners
# A word is of letters and figures; points, slashes and the like belong to it where they stand inside: 17/2026, 20.09.01, a.b@c.de.
_WORD = re.compile(r"[^\W_]+(?:[./:@,&+_][^\W_]+)*")


def _folded(text: str) -> str:
    """Small letters without marks; umlauts become two letters, as ß does."""
    text = unicodedata.normalize("NFKC", _SILENT.sub("", text)).casefold().translate(_UMLAUTS)
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a query, folded, each once, in their order. A word with hyphens is several."""
    return list(dict.fromkeys(_WORD.findall(_HYPHENS.sub(" ", _folded(text)))))


def stored_words(*texts: str) -> str:
    """What is stored to be searched: ' word word word ', each once. A word with hyphens is there in parts and as one."""
    found: dict[str, None] = {}
    for text in texts:
        folded = _folded(text)
        parts, whole = _WORD.findall(_HYPHENS.sub(" ", folded)), _WORD.findall(_HYPHENS.sub("", folded))
        found |= dict.fromkeys([*parts, *whole])
    return f" {' '.join(found)} " if found else ""


def needle(word: str) -> str:
    """What to look for in the stored words, as plain text, for one of `words_of`."""
    return f" {word}" if word[0].isdigit() else word
