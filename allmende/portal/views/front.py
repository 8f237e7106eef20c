"""Start page and local law: what a court looks for first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from allmende.core.http import TownRequest, keepable
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
    """Notices of by-laws. Empty until the first one is published, and then it says so."""
    return render(request, "portal/local_law.html", {"cards": notices.local_law_cards(request.town, at=timezone.now())})
