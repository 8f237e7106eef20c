"""Imprint, privacy, accessibility: made from the settings of the body, each in its own words if it wants."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from allmende.administration.selectors import page_text
from allmende.core.http import TownRequest, keepable


def _page(request: TownRequest, kind: str) -> HttpResponse:
    return render(request, f"portal/{kind}.html", {"text": page_text(request.town, kind, get_language() or "de")})


@require_safe
@keepable()
def imprint(request: TownRequest) -> HttpResponse:
    return _page(request, "imprint")


@require_safe
@keepable()
def privacy(request: TownRequest) -> HttpResponse:
    return _page(request, "privacy")


@require_safe
@keepable()
def accessibility(request: TownRequest) -> HttpResponse:
    return _page(request, "accessibility")
