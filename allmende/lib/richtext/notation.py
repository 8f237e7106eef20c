"""The typed notation, for a form without JavaScript: signs that reader and writer share.

    ## Überschrift            ### and #### one and two levels down
    Text mit **fett**, *kursiv* und [Verweis](https://…).
    A line feed is a new line, an empty line a new paragraph.
    - Punkt                   1. Nummer            a) Buchstabe        two spaces before a line: belongs to the item above
    Tabelle: Überschrift der Tabelle
    | Kopf | Kopf |           the first row is the header, unless a line |---| stands elsewhere
    |= Kopf | Zelle |         a header cell in any row; | {2x1} … | covers two columns, <br> is a line feed
    ![Beschreibung](Bildnummer) Bildunterschrift            !(Bildnummer) for a decorative image

A backslash before a sign takes it as it is. <b>, </b>, <i>, </i> set marks inside a word. Bürger*innen stays as it is.
"""

import re

from allmende.lib.german import MONTHS

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–•"
ESCAPED = re.compile("\\\\([" + re.escape(PUNCTUATION) + "])")
IMAGE = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
FIGURE = re.compile(rf"!(?:\[((?:\\.|[^\]\\])*)\])?\(({IMAGE})\)(?:\s+(.*))?")
HEADING = re.compile(r"(#{1,6})(?:\s+(.*))?")
CAPTION = re.compile(r"(?:Tabelle|Table):\s*(.*)", re.IGNORECASE)
SEPARATOR = re.compile(r"\|\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
LINK = re.compile(r"\[((?:\\.|[^\[\]\\\n])*)\]\(((?:\\.|[^()\\\s])+)\)")
TAG = re.compile(r"<(br ?/?|/?[bi])>", re.IGNORECASE)
SPAN = re.compile(r"\{(\d{1,3})x(\d{1,3})\}")
CELL = re.compile(r"(?:\\.|[^|\\]|\\$)*")
_MONTHS = "|".join([*MONTHS["de"], "Jänner"])
_MARKER = re.compile(
    rf"(?:(?P<bullet>[-–•*])|(?P<number>\d{{1,5}})(?:\.(?!\s+(?:{_MONTHS})\b)|\))|(?P<letters>[a-z]{{1,3}})\))\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)


def marker(line: str) -> tuple[str, int, str] | None:
    """Return kind ("bullet", "number", "letters"), number and text of a line that is an item of a list. "1. Mai" is none."""
    found = _MARKER.fullmatch(line)
    if not found:
        return None
    if found["bullet"]:
        return "bullet", 1, found["rest"]
    if found["number"]:
        return "number", int(found["number"]), found["rest"]
    if found["letters"].islower():
        return "letters", number_of(found["letters"]), found["rest"]
    return None


def number_of(letters: str) -> int:
    """a is 1, z is 26, aa is 27."""
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("a") + 1
    return value


def letters_of(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def unescape(text: str) -> str:
    return ESCAPED.sub(r"\1", text)


def guard(line: str) -> str:
    """Return the line so that it is read as text and not as a block."""
    if found := marker(line):
        sign = re.match(r"\w*", line)
        assert sign
        return f"{line[: sign.end()]}\\{line[sign.end() :]}" if found[0] != "bullet" else f"\\{line}"
    return f"\\{line}" if line.startswith("|") or HEADING.fullmatch(line) or FIGURE.fullmatch(line) else line
