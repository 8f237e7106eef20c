"""What is read as one stays in one line."""

import re

from allmende.lib.german.dates import MONTHS, NO_BREAK

# Each begins with the space itself: so a search leaps from space to space, also over a picture of a megabyte inside a page.
_AFTER_MONTH = "|".join(rf"(?<=\b{month} )" for month in MONTHS["de"])
_TOGETHER = re.compile(
    rf" (?:(?=\d)(?:(?<=§ )|(?<=\bNr\. )|(?<=\bAbs\. )|(?<=\bAbsatz )|(?=\d{{4}}\b)(?:{_AFTER_MONTH}))"
    rf"|(?<=\d\. )(?=(?:{'|'.join(MONTHS['de'])})\b)|(?<=\d )(?=%|€|Uhr\b))"
)


def keep_together(text: str) -> str:
    """No-break spaces inside a day with its year, a time, § and number, a number and its unit. Works on HTML too: tags are left alone."""
    return _TOGETHER.sub(NO_BREAK, text)
