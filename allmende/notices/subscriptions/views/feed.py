"""New notices as a feed (Atom, RFC 4287), of all kinds or of one. Who reads it leaves no address."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import TownRequest, keepable
from allmende.core.language import page_language
from allmende.notices import kinds, selectors
from allmende.notices.models import Notice

ENTRIES = 50


@require_safe
@keepable()
def feed(request: TownRequest, kind: str = "") -> HttpResponse:
    """The newest, newest first. 1 query, whatever the number. What names people stands in it by kind, number, day and address."""
    if kind and kind not in {known.code for known in kinds.all_kinds()}:
        raise Http404
    language, town = page_language(), request.town
    root = addresses.root(town, language)
    made = Atom1Feed(
        title=f"{town.name}: {kinds.get(kind).name if kind else _('Amtliche Bekanntmachungen')}",
        link=f"{root}/bekanntmachungen/",
        description="",
        language=language,
        author_name=town.name,
        feed_url=f"{root}/bekanntmachungen/neu{f'/{kind}' if kind else ''}.atom",
    )
    found = selectors.public(town, at=timezone.now()).select_related("record")
    for notice in (found.filter(kind=kind) if kind else found)[:ENTRIES]:
        _add(made, request, notice, language)
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(made: Atom1Feed, request: TownRequest, notice: Notice, language: str) -> None:
    notice.record.body = request.town
    named = _("%(kind)s Nr. %(number)s") % {"kind": notice.kind_name, "number": notice.label}
    made.add_item(
        title=named if notice.names_people else f"{named}: {notice.record.title}",
        link=addresses.of_record(notice.record, language),
        description="" if notice.names_people else escape(notice.summary),
        unique_id=notice.record_id.urn,
        pubdate=notice.provided_at,
        updateddate=notice.provided_at,
        categories=[str(notice.kind_name)],
    )
