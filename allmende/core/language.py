"""The language of a page: told by its address, and then the one in which it is made."""

from typing import Literal

from django.utils.translation import get_language


def page_language() -> Literal["de", "en"]:
    """German, except where English was asked for."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def split_language(path: str) -> tuple[Literal["de", "en"], str]:
    """'/en/a/b/' → ('en', '/a/b/'); German has no prefix."""
    if path == "/en" or path.startswith("/en/"):
        return "en", path[3:] or "/"
    return "de", path
