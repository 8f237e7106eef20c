"""The language of the page that is being made."""

from typing import Literal

from django.utils.translation import get_language


def page_language() -> Literal["de", "en"]:
    """German, except where English was asked for."""
    return "en" if (get_language() or "de").startswith("en") else "de"
