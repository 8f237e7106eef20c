"""What is said about a file that was handed in, and why one is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allmende.lib.extraction.limits import MAX_NAME, MAX_NAMES
from allmende.lib.extraction.messages import MESSAGES, REFUSALS, Weight
from allmende.lib.plain import of_plain, to_plain

# What stands in a file and nobody sees at once: such a file is taken, and does not become public.
NOT_FOR_THE_PUBLIC = frozenset({"inserted", "deleted", "comments", "hidden", "embedded_files"})
# Of interest where others download the file.
OF_DOWNLOADS = frozenset({"people", "form_fields", "signed", "untagged", "without_language", "pictures_undescribed"})
# The text of such a file has to be typed or corrected by a person.
TO_BE_READ = frozenset({"scan", "pages_without_text", "recognised_text", "unreadable_characters"})


class Refused(Exception):
    """The file is not taken. `code` is a key of REFUSALS; `names`: what is in the way."""

    def __init__(self, code: str, names: Sequence[str] = (), detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        if code not in REFUSALS:
            raise ValueError(code)
        self.code, self.names = code, tuple(map(one_line, names))

    def message(self, language: str = "de") -> str:
        return REFUSALS[self.code][0 if language == "de" else 1].format(names=listed(self.names))


@dataclass(frozen=True, slots=True)
class Finding:
    """`n`: how many; `pages`: their numbers from 1; `names`: what they are called. Raises ValueError: `code` is no key of MESSAGES."""

    code: str
    n: int = 1
    pages: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.code not in MESSAGES:
            raise ValueError(self.code)
        object.__setattr__(self, "names", tuple(map(one_line, self.names)))

    @property
    def weight(self) -> Weight:
        return MESSAGES[self.code][0]

    def message(self, language: str = "de") -> str:
        words = MESSAGES[self.code][1 if language == "de" else 2]
        text = words if isinstance(words, str) else words[(len(self.pages) or self.n) > 1]
        return text.format(n=self.n, pages=ranges(self.pages), names=listed(self.names))

    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = to_plain(self)
        return said

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> "Finding":
        """Raises ValueError: not from `as_json`."""
        return of_plain(cls, values)


def one_line(name: str) -> str:
    """What stands in a file, as one line of bounded length that every database stores and every page shows."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:MAX_NAME]


def listed(names: Sequence[str]) -> str:
    """The first few, and that there are more."""
    return ", ".join(names[:MAX_NAMES]) + (" …" if len(names) > MAX_NAMES else "")


def ranges(pages: Sequence[int]) -> str:
    """1, 3–5, 9"""
    parts: list[list[int]] = []
    for page in sorted(set(pages)):
        if parts and page == parts[-1][-1] + 1:
            parts[-1][1:] = [page]
        else:
            parts.append([page])
    shown = ["–".join(str(page) for page in part) for part in parts[:12]]
    return ", ".join(shown) + (" …" if len(parts) > 12 else "")
