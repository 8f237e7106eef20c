"""The text of a notice as pages show it: in the editor, and to the public."""

import re
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

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


_HEADING = re.compile(r"(</?h)([234])>")


def wording_of(fragment: str) -> SafeString:
    """The sealed wording, as it was stored, for the public page.

    Its headings are shown one level lower than they are sealed: the artefact is a document of its own, with the title above
    them; on the public page they stand below the heading of their section. No line tears a day or a time, and tables can be read
    on a telephone (tables.readable). Not a word changes.
    """
    return mark_safe(tables.readable(keep_together(lower_headings(fragment))))  # noqa: S308 (written by lib.official)


def lower_headings(html: str) -> str:
    """Headings of canonical HTML, which have no attributes, one level down: h2 to h4 become h3 to h5."""
    return _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}>", html)
