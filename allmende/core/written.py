"""What somebody has written into a form that could not be saved: shown again, to be copied. Nobody writes it twice."""

from collections.abc import Mapping
from typing import Any

from allmende.lib import richtext

LINES = ("title", "title_en", "summary", "reason")  # the fields of our forms that hold sentences; no password, no token


def fields_of(sent: Mapping[str, Any]) -> dict[str, str]:
    """By name, what `sent` (the fields of a form) says in LINES, and under `text` the long text as it is typed."""
    return {name: sent.get(name, "") for name in LINES} | {"text": _text_of(sent)}


def _text_of(sent: Mapping[str, Any]) -> str:
    """`html` is sent where an editor has run, else `text`."""
    if "html" not in sent:
        return str(sent.get("text", ""))
    try:
        return richtext.to_plain(richtext.from_html(sent["html"]))
    except richtext.RichTextTooLarge:
        return str(sent["html"])
