"""Copies of a document for paper: in large print for those who see badly, or to be put up. They carry its text and no seal."""

from dataclasses import dataclass
from typing import Final, Literal

A3: Final = 2**0.5  # from A4 to A3 every length grows by this


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: where it leads, in words, and the address."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Copy:
    """How a copy looks. `note` stands on top: that it is a copy, and where the authentic text is.

    large: letters of 18 points at least. posted: lines for whoever puts it up and takes it down.
    """

    note: str
    codes: tuple[Code, ...] = ()
    large: bool = False
    posted: bool = False
    paper: Literal["a4", "a3"] = "a4"

    @property
    def scale(self) -> float:
        return A3 if self.paper == "a3" else 1.0
