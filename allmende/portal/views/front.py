"""Start page and local law: what a court looks for first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import TownRequest, keepable
from allmende.core.language import page_language
from allmende.core.models import Body
from allmende.core.templatetags.allmende import Row
from allmende.law import selectors as law
from allmende.lib import german
from allmende.notices import selectors as notices

NEWEST = 7  # notices on the start page


@require_safe
@keepable()
def start(request: TownRequest) -> HttpResponse:
    """The way to notices and to local law, visible at once: VGH Baden-Württemberg, 27.02.2024, 2 S 518/23, demands it."""
    if request.town is None:
        return redirect("administration:first_run")
    newest = notices.newest_cards(request.town, at=timezone.now(), limit=NEWEST)
    return render(request, "portal/start.html", {"newest": newest})


@require_safe
@keepable()
def local_law(request: TownRequest) -> HttpResponse:
    """By-laws with their versions, and notices of local law that belong to none yet. Empty until the first one, and then it says so.

    Who administers others leads to theirs as well, so that it is never more than two clicks away. 3 queries, and 1 for each member.
    """
    now = timezone.now()
    members = Body.objects.filter(administered_by=request.town).order_by("name")
    context = {
        "bylaws": [_row(entry) for entry in law.entries(request.town, at=now)],
        "cards": notices.local_law_cards(request.town, at=now),
        "members": [(body.name, f"{addresses.root(body, page_language())}/ortsrecht/") for body in members],
    }
    return render(request, "portal/local_law.html", context)


def _row(entry: law.Entry) -> Row:
    language, day = page_language(), entry.newest.in_force_on
    parts = [_("in Kraft ab %(day)s") % {"day": german.date_with_year(day, language)} if day else _("Inkrafttreten nicht bestätigt")]
    if entry.count > 1:
        parts.append(ngettext("%(n)d Fassung", "%(n)d Fassungen", entry.count) % {"n": entry.count})
    return Row(entry.record.title, get_script_prefix() + entry.record.path, None, ", ".join(parts))
