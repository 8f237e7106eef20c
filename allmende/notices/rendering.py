"""The text of a notice as pages show it: in the editor, and to the public."""

import re
from base64 import b64decode
from collections.abc import Callable
from html import escape
from itertools import count, islice
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from allmende.core.language import page_language
from allmende.core.models import Body
from allmende.lib import richtext
from allmende.lib.german import keep_together
from allmende.notices import tables, text
from allmende.notices.models import Picture


def picture_address(notice_id: UUID, picture: str | UUID) -> str:
    return reverse("notices_staff:picture", args=[notice_id, picture])


def draft_html(notice_id: UUID | None, content: dict[str, Any]) -> SafeString:
    """The text as canonical HTML. Safe: it is written from the model, which knows nothing else."""
    document = text.read(content)
    html = richtext.to_html(document, lambda picture: picture_address(notice_id, picture) if notice_id else "")
    return mark_safe(html)  # noqa: S308


def sizes(body: Body, notice_id: UUID) -> dict[str, Picture]:
    """The pictures of a notice by id. 1 query."""
    return {str(picture.pk): picture for picture in Picture.objects.for_body(body).filter(notice=notice_id)}


# As lib.official.html writes them: a picture is inside the page.
FIGURE = re.compile(r'<figure>(<img src="[^"]*" alt="([^"]*)">)(.*?)</figure>', re.DOTALL)
_DATA = re.compile(r'src="data:(image/[a-z]+);base64,([^"]*)"')
_HEADING = re.compile(r"(</?h)([234])>")


def wording_of(fragment: str, picture_at: Callable[[int], str] | None = None) -> SafeString:
    """The sealed wording, as it was stored, for the public page. `picture_at`: address of a picture by its number, from 1.

    Its headings are shown one level lower than they are sealed: the artefact is a document of its own, with the title above
    them; on the public page they stand below the heading of their section. No line tears a day or a time, tables can be read
    on a telephone (tables.readable), and a picture that says something opens alone, as large as it is. Not a word changes.
    """
    html = keep_together(lower_headings(fragment))
    return mark_safe(tables.readable(_larger(html, picture_at) if picture_at else html))  # noqa: S308 (written by lib.official)


def _larger(html: str, picture_at: Callable[[int], str]) -> str:
    numbers = count(1)
    words = escape(_("Bild vergrößern"))

    def figure(found: re.Match[str]) -> str:
        number, (image, alt, rest) = next(numbers), found.groups()
        if not alt:
            return found[0]
        way = f'<a class="n-larger" lang="{page_language()}" href="{picture_at(number)}" aria-label="{words}: {alt}">'
        return f'<figure>{way}{image}<span class="a-screen">{words}</span></a>{rest}</figure>'

    return FIGURE.sub(figure, html)


def picture_of(fragment: str, number: int) -> tuple[str, bytes] | None:
    """Media type and bytes of a picture of the sealed wording, by its number, from 1. None: there is none."""
    found = next(islice(FIGURE.finditer(fragment), number - 1, None), None) if number > 0 else None
    data = _DATA.search(found[1]) if found else None
    return (data[1], b64decode(data[2])) if data else None


def lower_headings(html: str) -> str:
    """Headings of canonical HTML, which have no attributes, one level down: h2 to h4 become h3 to h5."""
    return _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}>", html)
