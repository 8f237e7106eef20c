"""Characters that the document could not show, with the field in which they stand."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from allmende.core import printable
from allmende.lib import richtext
from allmende.notices import kinds
from allmende.notices.checks.point import Check, wrong
from allmende.notices.detail_fields import anchor

if TYPE_CHECKING:
    from allmende.notices.services import Draft


def of_characters(kind: kinds.Kind, values: "Draft", document: richtext.Document) -> list[Check]:
    """One point for each field with such characters, of those that the document prints."""
    printed = ((label, printable.without_form(said), place) for label, said, place in _printed(kind, values, document))
    return [wrong(label, printable.advice(found), place) for label, found, place in printed if found]


def _printed(kind: kinds.Kind, values: "Draft", document: richtext.Document) -> Iterator[tuple[str, str, str]]:
    yield _("Titel"), values.title, "id_title"
    for field in kind.fields:
        stored = values.details.get(field.name)
        if isinstance(stored, str | list):
            yield str(field.label), stored if isinstance(stored, str) else " ".join(map(str, stored)), anchor(field)
    yield _("Amtlicher Text"), richtext.to_plain(document), "id_text"
