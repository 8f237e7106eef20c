"""What a certificate of publication names: one sentence that its seal states as its reason (docs/log.md, section 15).

It stands in the dictionary of the signature, so it is sealed, and no picture or text of a page can imitate it.
"""

import re
from dataclasses import dataclass
from typing import Final

MOST: Final = 100  # characters of a number
_FORM: Final = re.compile(
    r"Bekanntmachungsnachweis (?P<label>[^\x00-\x1f\x7f]{1,100}): Zeile (?P<line>[1-9][0-9]{0,18}) im Protokoll (?P<origin>[^\s+]{1,200}), "
    r"Eintrag (?P<entry>[0-9a-f]{64}), page\.html (?P<page>[0-9a-f]{64}), document\.pdf (?P<document>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Statement:
    """`label`: number of the certificate, such as 17/2026-1. `index`: of the entry, from 0. `entry`: its leaf hash.

    `page`, `document`: SHA-256 of the artefacts. All hashes in hex.
    """

    label: str
    origin: str
    index: int
    entry: str
    page: str
    document: str

    @property
    def text(self) -> str:
        """The sentence. Raises ValueError: something in it cannot be written."""
        written = (
            f"Bekanntmachungsnachweis {self.label}: Zeile {self.index + 1} im Protokoll {self.origin}, "
            f"Eintrag {self.entry}, page.html {self.page}, document.pdf {self.document}"
        )
        if statement_in(written) != self:
            raise ValueError("a statement that could not be read again")
        return written


def statement_in(reason: str) -> Statement | None:
    """What a seal states; None if it is no certificate of publication."""
    found = _FORM.fullmatch(reason)
    if found is None:
        return None
    return Statement(found["label"], found["origin"], int(found["line"]) - 1, found["entry"], found["page"], found["document"])
