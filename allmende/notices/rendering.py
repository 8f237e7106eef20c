"""The text of a draft as pages show it: in the editor, beside another version, as difference."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from allmende.core.models import Body
from allmende.lib import richtext
from allmende.lib.german import keep_together
from allmende.notices import tables, text
from allmende.notices.models import Picture

if TYPE_CHECKING:
    from allmende.notices.services import Draft


def picture_address(notice_id: UUID, picture: str | UUID) -> str:
    return reverse("notices_staff:picture", args=[notice_id, picture])


def draft_html(notice_id: UUID | None, content: dict[str, Any]) -> SafeString:
    """The text as canonical HTML. Safe: it is written from the model, which knows nothing else."""
    document = text.read(content)
    html = richtext.to_html(document, lambda picture: picture_address(notice_id, picture) if notice_id else "")
    return mark_safe(html)  # noqa: S308


@dataclass(frozen=True)
class Part:
    """A line of the typed notation in a comparison."""

    kind: Literal["same", "gone", "new"]
    text: str


def difference(before: "Draft", after: "Draft") -> list[Part]:
    """Line by line, titles first; what is the same for long stays short."""
    old, new = _lines(before), _lines(after)
    parts: list[Part] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            same = old[a:b]
            shown = same if len(same) <= 4 else [*same[:2], "…", *same[-2:]]
            parts += [Part("same", line) for line in shown if line]
        else:
            parts += [Part("gone", line) for line in old[a:b] if line]
            parts += [Part("new", line) for line in new[c:d] if line]
    return parts


def _lines(values: "Draft") -> list[str]:
    return [values.title, values.title_en, values.summary, *richtext.to_plain(text.read(values.content)).split("\n")]


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
