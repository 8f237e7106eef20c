"""Names of bodies in a sentence: 'die Stadt Quellstedt', 'der Stadt Quellstedt', 'des Landkreises Erlenland'."""

from typing import Final, Literal, NamedTuple

Case = Literal["nominative", "genitive", "dative"]


class _Noun(NamedTuple):
    gender: Literal["f", "m", "n"]
    genitive: str = ""  # ending; feminine nouns have none


# What the first word of an official name ends in: Ortsgemeinde, Zweckverband, Landkreis.
_ENDINGS: Final = {
    "gemeinschaft": _Noun("f"),
    "gemeinde": _Noun("f"),
    "verband": _Noun("m", "es"),
    "kreis": _Noun("m", "es"),
    "bezirk": _Noun("m", "s"),
}
# Whole words: names of places end like them too (Neustadt an der Weinstraße, Neumarkt in der Oberpfalz).
_CITIES = ("", "hanse", "kreis", "landeshaupt", "universitäts", "hochschul", "berg", "kur", "residenz", "wissenschafts")
_NOUNS: Final = {f"{kind}stadt": _Noun("f") for kind in _CITIES} | {
    "region": _Noun("f"),
    "markt": _Noun("m", "es"),
    "flecken": _Noun("m", "s"),
    "amt": _Noun("n", "es"),
}
_ARTICLES: Final[dict[Case, dict[str, str]]] = {
    "nominative": {"f": "die", "m": "der", "n": "das"},
    "genitive": {"f": "der", "m": "des", "n": "des"},
    "dative": {"f": "der", "m": "dem", "n": "dem"},
}


def with_article(name: str, case: Case = "nominative") -> str:
    """The name with its article; a name that says not what the body is ('Quellstedt') stays alone, its genitive is 'von Quellstedt'.

    Adjectives before the noun are declined with it: 'der Großen Kreisstadt Erlen', 'der Freien und Hansestadt Hamburg'.
    """
    words = name.split()
    at = next((index for index, word in enumerate(words[:-1]) if _noun(word)), None)
    if at is None or not all(word == "und" or (word[:1].isupper() and word.endswith(("e", "er", "es"))) for word in words[:at]):
        return f"von {name}" if case == "genitive" else name
    noun = _noun(words[at])
    assert noun is not None
    adjectives = [word if word == "und" else _adjective(word, case) for word in words[:at]]
    declined = words[at] + (noun.genitive if case == "genitive" else "")
    return " ".join([_ARTICLES[case][noun.gender], *adjectives, declined, *words[at + 1 :]])


def _noun(word: str) -> _Noun | None:
    word = word.casefold()
    return _NOUNS.get(word) or next((noun for ending, noun in _ENDINGS.items() if word.endswith(ending)), None)


def _adjective(word: str, case: Case) -> str:
    """Weak declension, as behind the article: 'Große', 'Großen'; 'Großer' of a masculine name becomes 'Große'."""
    stem = word.removesuffix("r").removesuffix("s").removesuffix("e")
    return f"{stem}e" if case == "nominative" else f"{stem}en"


def at_start(name: str) -> str:
    """The name as the subject with which a sentence begins: 'Die Stadt Quellstedt'."""
    said = with_article(name)
    return said[:1].upper() + said[1:]
