"""What is sealed: the official page of a version. The same version gives the same page."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from allmende.core.models import Body, District, Person
from allmende.notices import kinds, text
from allmende.notices.models import Notice
from allmende.notices.selectors.versions import offices_of
from allmende.notices.services import pictures as store

if TYPE_CHECKING:
    from allmende.lib.official import OfficialPage
    from allmende.notices.services import Draft


@dataclass(frozen=True)
class Frame:
    """What stands around the wording, in German: the line above the title, and facts as label and value."""

    kicker: str
    facts: tuple[tuple[str, str], ...]


def frame(values: "Draft", *, body: Body, number: str) -> Frame:
    """`number` is empty in a preview. 2 queries."""
    with translation.override("de"):
        kind = str(kinds.get(values.kind).name)
        which = _("Nr. %(number)s") % {"number": number} if number else _("Nummer folgt mit der Freigabe")
        return Frame(f"{kind} · {which}", tuple(_facts(values, body)))


def official_page(
    notice_id: UUID, values: "Draft", *, body: Body, acting: Body | None, number: str
) -> tuple["OfficialPage", dict[str, bytes]]:
    """(page, SHA-256 → bytes of its pictures). `number` is empty in a preview. German, whatever the language of the request.

    `acting` is the body whose office acted, if that is another than `body`.
    """
    from allmende.lib.official import OfficialPage

    document = text.read(values.content)
    raise NotImplementedError(document, frame, OfficialPage, store, acting, notice_id)


def _facts(values: "Draft", body: Body) -> list[tuple[str, str]]:
    """Label and value of what belongs to the notice beside its wording."""
    facts = []
    if values.office is not None:
        facts.append((_("Zuständig"), offices_of(body).get(pk=values.office).name))
    names = District.objects.for_body(body).filter(pk__in=values.districts).order_by("name").values_list("name", flat=True)
    facts.append((_("Gilt für"), ", ".join(names) or _("die ganze Kommune")))
    return facts


def preview_pdf(notice: Notice, values: "Draft", *, by: Person, at: datetime) -> bytes:
    """The document as it will be: unsealed, "Tag der Bereitstellung" instead of a day. As if `by` acted, where `by` can."""
    raise NotImplementedError
