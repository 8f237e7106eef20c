"""Names of WordprocessingML and of what it takes in. Transitional (Word) and strict documents have different namespaces."""

from typing import Any, Final

_STRICT: Final = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
_NAMESPACES: Final = _STRICT | {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
}


def tag(element: Any) -> str:
    """w:p; of a foreign namespace the local name alone, with "?" before it."""
    namespace, _, local = str(element.tag).lstrip("{").rpartition("}")
    return f"{_NAMESPACES.get(namespace, '?')}:{local}"


def value(element: Any, name: str = "val") -> str | None:
    """An attribute of the main namespace, in either form."""
    if element is None:
        return None
    for key, found in element.attrib.items():
        namespace, _, local = str(key).lstrip("{").rpartition("}")
        if local == name and _NAMESPACES.get(namespace, "w") in ("w", "r"):
            return str(found)
    return None


def child(element: Any, *path: str) -> Any:
    """The first w: child of that name, then of that one; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if tag(one) == f"w:{name}"), None)
    return element


def is_on(element: Any) -> bool:
    """A switch such as <w:b/>: on unless it says otherwise."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0, *, most: int = 100_000) -> int:
    """A whole number that a file states, kept within bounds."""
    try:
        return max(min(int(text or ""), most), -most)
    except ValueError:
        return default
