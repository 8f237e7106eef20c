"""The words of the links of a page, as they stand in its HTML. What a script adds later is not there, and is not looked for."""

from html.parser import HTMLParser
from typing import Final

import nh3

_SILENT: Final = {"script", "style", "template", "noscript"}
_KEPT: Final = {"a": {"href", "aria-label"}, "img": {"alt"}}
_UNSEEN: Final = dict.fromkeys(map(ord, "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}"))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._words: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self._end()
            self._words = [given.get("aria-label") or ""] if given.get("href") else None
        elif tag == "img" and self._words is not None:
            self._words.append(given.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end()

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def _end(self) -> None:
        if self._words is not None:
            self.found.append(" ".join(" ".join(self._words).split()))
        self._words = None

    def close(self) -> None:
        super().close()
        self._end()


def links_of(html: str) -> list[str]:
    """Words of every link that leads somewhere, in one line each. Never raises for what stands in the page.

    Python's parser takes hours for broken tags by the million and stumbles over some: it gets what nh3 has put in order.
    """
    reader = _Links()
    reader.feed(nh3.clean(html, tags=set(_KEPT), attributes=_KEPT, clean_content_tags=_SILENT))
    reader.close()
    return reader.found


def shows(html: str, area: str) -> bool:
    """Whether a link of the page has the words of the area in it, whatever the letters' size."""
    wanted = " ".join(area.split()).casefold()
    return bool(wanted) and any(wanted in words.translate(_UNSEEN).casefold() for words in links_of(html))
