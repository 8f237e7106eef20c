"""Opening hours as administrations write them ('Di 9–12 und 14–18 Uhr'), in English where every word of them is known."""

import re
from typing import Final

from allmende.lib.german.dates import WEEKDAYS, WEEKDAYS_SHORT

_DAYS: Final = {
    form.casefold(): english
    for long, short, english in zip(WEEKDAYS["de"], WEEKDAYS_SHORT["de"], WEEKDAYS_SHORT["en"], strict=True)
    for form in (long, f"{long}s", short)
} | {"sonnabend": "Sat", "sonnabends": "Sat"}
_WORDS: Final = {
    "und": "and",
    "sowie": "and",
    "bis": "to",
    "von": "from",
    "nur": "only",
    "geschlossen": "closed",
    "nach vereinbarung": "by appointment",
    "nach absprache": "by appointment",
    "oder": "or",
}
_TIME: Final = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
_TOKEN: Final = re.compile(
    r"(?P<time>\d{1,2}(?:[.:]\d{2})?)(?!\d)|(?P<word>nach\s+\w+|[^\W\d_]+)\.?|(?P<dash>\s*[–—-]\s*)|(?P<sign>[,;:()])|(?P<space>\s+)"
)


def hours_in_english(line: str) -> str | None:
    """'Tue 9:00–12:00 and 14:00–18:00', or None if a word is not known: better German than half of it."""
    said: list[str] = []
    at = 0
    while at < len(line):
        found = _TOKEN.match(line, at)
        if found is None:
            return None
        at = found.end()
        token = _token(found)
        if token is None:
            return None
        said.append(token)
    return re.sub(r"\s+([,;:)])", r"\1", " ".join("".join(said).split()))


def _token(found: re.Match[str]) -> str | None:
    if found["time"]:
        hour, minute = _TIME.fullmatch(found["time"]).groups()  # type: ignore[union-attr]
        return f"{int(hour)}:{minute or '00'}" if int(hour) <= 24 and int(minute or 0) < 60 else None
    if found["word"]:
        word = " ".join(found["word"].casefold().split())
        return "" if word == "uhr" else _DAYS.get(word) or _WORDS.get(word)
    return "–" if found["dash"] else found["sign"] or " "
