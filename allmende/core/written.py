"""What somebody has written into a form that could not be saved: shown again, to be copied. Nobody writes it twice."""

from collections.abc import Mapping
from typing import Any

from allmende.lib import richtext

LINES = ("title", "title_en", "summary", "meaning", "reason")  # the fields of our forms that hold sentences; no password, no token
PREFIX = "details-"  # of fields that belong to the kind of a thing


def fields_of(sent: Mapping[str, Any]) -> dict[str, str]:
    """By name, what `sent` (the fields of a form) says in LINES, under `details` what its kind asks for, a value to a line, and under
    `text` the long text as it is typed.
    """
    details = "\n".join(str(value) for name, value in sent.items() if name.startswith(PREFIX) and value not in ("", "on"))
    return {name: sent.get(name, "") for name in LINES} | {"details": details, "text": _text_of(sent)}


def _text_of(sent: Mapping[str, Any]) -> str:
    """`html` is sent where an editor has run, else `text`."""
    if "html" not in sent:
        return str(sent.get("text", ""))
    try:
        return richtext.to_plain(richtext.from_html(sent["html"]))
    except richtext.RichTextTooLarge:
        return str(sent["html"])
