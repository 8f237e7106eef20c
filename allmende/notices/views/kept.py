"""A log-in that ended while somebody wrote costs no text."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from allmende.lib import richtext


def keeps_text(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`login_required`, but what was sent without a log-in is shown again, to be copied, instead of being lost on the way there."""
    inside = login_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        written = any(request.POST.get(name) for name in ("title", "summary", "text", "html"))
        if request.user.is_authenticated or not written or request.headers.get("Accept") == "application/json":
            return inside(request, *args, **kwargs)
        context = {"title": request.POST.get("title", ""), "summary": request.POST.get("summary", ""), "text": typed(request)}
        return render(request, "notices/kept.html", context, status=403)

    return guarded


def typed(request: HttpRequest) -> str:
    if "html" not in request.POST:
        return request.POST.get("text", "")
    try:
        return richtext.to_plain(richtext.from_html(request.POST["html"]))
    except richtext.RichTextTooLarge:
        return request.POST["html"]
