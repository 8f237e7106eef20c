"""What every public address of a notice asks first, and how it answers where there is nothing, or where people are named."""

from datetime import datetime
from typing import TypeVar

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from allmende.core.http import TownRequest
from allmende.core.models import Record, Visibility
from allmende.notices import selectors
from allmende.notices.models import Notice

Answer = TypeVar("Answer", bound=HttpResponseBase)


def answering(request: TownRequest, year: int, number: int, at: datetime) -> Notice | None:
    return selectors.answering(request.town, f"bekanntmachungen/{year}/{number}/", at=at)


def absent(request: TownRequest, year: int, number: int) -> HttpResponse:
    """410 where something has been removed, else 404: what is not provided yet does not exist."""
    path = f"bekanntmachungen/{year}/{number}/"
    if Record.objects.for_body(request.town).filter(path=path, visibility=Visibility.REMOVED).exists():
        return render(request, "notices/gone.html", {"label": f"{number}/{year}"}, status=410)
    raise Http404


def unlisted(response: Answer) -> Answer:
    """What names people: no cache keeps it, no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet"
    return response
