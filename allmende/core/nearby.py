"""Addresses typed from paper: without the slash at the end, with capitals, with the full stop of the sentence they stood in."""

import re
from uuid import UUID

from django.urls import Resolver404, get_script_prefix, resolve

from allmende.core.language import split_language
from allmende.core.models import Body

ZEROS = re.compile(r"(?<=/)0+(?=[0-9]+[/.])")
SENTENCE = ".,;:)"  # what a reader may take from the text around an address


def meant(prefix: str, path: str, *, shared: bool) -> str | None:
    """The address that differs in this alone, with its prefix; None if nothing is there either, or `path` itself is known.

    Of this body, else, on a host that bodies share, of one whose prefix was written with capitals; then 1 query.
    """
    if _known(path):
        return None
    plain = path.rstrip(SENTENCE)
    for candidate in dict.fromkeys((plain, f"{plain}/", plain.lower(), f"{plain.lower()}/")):
        if _known(candidate, typed=candidate == candidate.lower() != plain):
            return prefix + candidate[1:]
    lower = plain.lower()
    if lower == plain:
        return None
    language, inner = split_language(lower)
    first, _slash, rest = inner[1:].partition("/")
    start = f"{'/en' if language == 'en' else ''}/"
    if shared and Body.objects.filter(slug=first).exists():
        start, inner = f"{start}{first}/", f"/{rest}"
    elif prefix != "/" or language != "en":
        return None
    found = next((candidate for candidate in (inner, f"{inner}/") if _known(candidate, typed=True)), None)
    return start + found[1:] if found else None


def without_zeros(path: str) -> str | None:
    """The one address of a thing whose numbers were written with zeros before them (/2026/06/); None if there are none."""
    plain = ZEROS.sub("", path)
    if plain == path:
        return None
    try:
        typed, meant_by_it = resolve(path), resolve(plain)
    except Resolver404:
        return None
    return plain if (typed.view_name, typed.kwargs) == (meant_by_it.view_name, meant_by_it.kwargs) else None


def around(path: str) -> str:
    """The page on which the button of the address `path` stands: the nearest address above it; empty if there is none.

    What stands in a page by its number (a file, a picture) is no page.
    """
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        candidate = f"/{'/'.join(parts[:length])}/"
        try:
            match = resolve(candidate)
        except Resolver404:
            continue
        if len(match.kwargs) < 2 or parts[length - 1] not in map(str, match.kwargs.values()):
            return get_script_prefix() + candidate[1:]
    return ""


def _known(path: str, *, typed: bool = False) -> bool:
    """Is there such an address? `typed`: capitals were made small, so nothing of it may be a code in which they count."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return not typed or all(isinstance(value, int | UUID) for value in (*match.args, *match.kwargs.values()))
