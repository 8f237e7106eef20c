"""A log-in that ended while somebody wrote costs no text."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from allmende.notices import detail_fields


def keeps_text(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`login_required`, but what was sent without a log-in is shown again, to be copied, instead of being lost on the way there."""
    inside = login_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or request.headers.get("Accept") == "application/json":
            return inside(request, *args, **kwargs)
        written = detail_fields.written(request.POST)
        return render(request, "notices/kept.html", written, status=403) if any(written.values()) else inside(request, *args, **kwargs)

    return guarded
