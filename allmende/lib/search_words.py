"""Words as people search for them: without capitals, umlauts, accents and hyphens. Pure functions, no engine behind them.

A text is stored as its words, each once; a query finds it when every one of its words stands in one of them. So 'HECKE'
finds 'Heckenschnitt', 'Strasse' and 'straße' find 'Straßen', 'muehlgraben' finds 'Mühlgraben', 'Friedrich Ebert' finds
'Friedrich-Ebert-Platz'. What begins with a figure must begin a word: '1/2026' does not find '11/2026'.
"""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

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


# What a whole question has besides what is looked for; folded. 'nicht' is none: it says something.
_QUESTION: Final = frozenset(
    words_of(
        "wann wo wohin woher wer wen wem was wie warum wieso welche welcher welches ist sind war wird werden wurde hat haben habe kann"
        " können muss müssen darf dürfen soll gibt es ich wir sie er man mein meine meinen der die das den dem des ein eine einen einem"
        " einer und oder im in am an auf zu zum zur für von vom mit bei beim nach über um aus"
        " when where what who how is are the of for and"
    )
)


def asked_words(query: str) -> list[str]:
    """The words of a query that something can be found by: of a whole question, those that say what it is about."""
    words = words_of(query)
    return [word for word in words if word not in _QUESTION] or words


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was meant by a folded one: another number (Bäume, Baum), or one sign typed wrong; None if there is none.

    Every known word is looked at once: the caller bounds how many there are.
    """
    if not 4 <= len(word) <= 40 or word[0].isdigit():
        return None
    stems = [stem for stem in _stems(word) if len(stem) >= 3]
    begins = [other for other in known if any(other == stem or (other.startswith(stem) and len(other) <= len(stem) + 2) for stem in stems)]
    if begins:
        return min(begins, key=lambda other: (len(other), other))
    apart = [other for other in known if abs(len(other) - len(word)) <= 1 and _one_apart(word, other)]
    if not apart:  # as the beginning of a longer word: Freibda, Freibades
        lengths = [len(word) + more for more in (0, -1, 1)]
        apart = [other for other in known if len(other) > len(word) > 5 and any(_one_apart(word, other[:n]) for n in lengths)]
    return min(apart, key=lambda other: (other[0] != word[0], len(other), other)) if apart else None


def _stems(word: str) -> list[str]:
    """Without the ending of the plural or a case, also without its umlaut."""
    bare = [word.removesuffix(ending) for ending in ("en", "ern", "er", "es", "e", "n", "s") if word.endswith(ending)]
    found = [*bare, word]
    for umlaut, vowel in (("aeu", "au"), ("ae", "a"), ("oe", "o"), ("ue", "u")):
        found += [stem.replace(umlaut, vowel) for stem in (*bare, word) if umlaut in stem]
    return list(dict.fromkeys(stem for stem in found if stem != word))


def _one_apart(one: str, other: str) -> bool:
    """One sign too many, too few, another one, or two that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return (
        one[at + 1 :] == other[at + 1 :]
        or one[at + 1 :] == other[at:]
        or one[at:] == other[at + 1 :]
        or (one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :])
    )


def place_of(words: Collection[str], text: str) -> tuple[str, str, str] | None:
    """Where the first of `words` (of `asked_words`) stands: up to eight words before, the word, up to eight after; None if nowhere."""
    needles = [needle(word) for word in words]
    for line in text.splitlines():
        folded = stored_words(line)
        if not any(wanted in folded for wanted in needles):
            continue
        parts = line.split()
        for at, part in enumerate(parts):
            written = stored_words(part)
            if any(wanted in written for wanted in needles):
                before, after = parts[max(at - 8, 0) : at], parts[at + 1 : at + 9]
                return ("… " if at > 8 else "") + " ".join(before), part, " ".join(after) + (" …" if len(parts) > at + 9 else "")
    return None


def as_written(word: str, text: str) -> str | None:
    """A stored word as it stands in `text`, with capitals and umlauts."""
    written = (*re.findall(r"[^\W_]+", text), *re.findall(r"[^\W_]+(?:-[^\W_]+)+", text))
    return next((found for found in written if word in stored_words(found).split()), None)
