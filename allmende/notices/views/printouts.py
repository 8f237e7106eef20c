"""Asking for a print-out: from the page of a notice, or in the office for somebody who calls or writes."""

from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allmende.administration.publishing.selectors import publishing
from allmende.core.http import AuthedRequest, TownRequest
from allmende.core.permissions import Act, require
from allmende.notices import selectors
from allmende.notices.models import Notice, PrintRequest
from allmende.notices.paper.printouts import services
from allmende.notices.paper.printouts.forms import PublicForm, StaffForm
from allmende.notices.views.reading import read_public

SHOWN = 10  # notices that a search of the office shows: with more one types another word


def _answering(request: TownRequest, year: int, number: int) -> Notice:
    notice = selectors.answering(request.town, f"bekanntmachungen/{year}/{number}/", at=timezone.now())
    if notice is None:
        raise Http404
    return notice


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: TownRequest, year: int, number: int) -> HttpResponse:
    """The form for everybody. No account, no address where none is needed."""
    notice, now = _answering(request, year, number), timezone.now()
    form = PublicForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if ratelimit.consume(request, action="printout", key=f"printout-{request.town.pk}"):
                services.ask(notice, form.wanted, at=now)
                return redirect("notices:printout_sent", year=year, number=number)
            form.add_error(None, _("Es kamen gerade viele Anfragen. Versuchen Sie es in einer Stunde noch einmal, oder rufen Sie uns an."))
            status = 429
    ways = publishing(request.town, on=timezone.localdate(now))
    context = {"notice": notice, "form": form, "costs": ways.copies if ways else "", "days": settings.KEEP_PRINT_REQUESTS.days}
    return render(request, "notices/paper/ask.html", context, status=status)


@never_cache
@require_safe
def sent(request: TownRequest, year: int, number: int) -> HttpResponse:
    return render(request, "notices/paper/asked.html", {"notice": _answering(request, year, number)})


@login_required
@require_safe
def search(request: AuthedRequest) -> HttpResponse:
    """Find the notice by number or words, while somebody is on the telephone. 1 query for the notices."""
    now = timezone.now()
    require(request.user, request.town, Act.WRITE, at=now)
    query = request.GET.get("q", "").strip()
    found = selectors.filtered(request.town, {"q": query} if query else {}, at=now).select_related("record")
    context = {"query": query, "found": found[:SHOWN]}
    return render(request, "notices/paper/search.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Enter what somebody has asked for by telephone or letter."""
    notice, now = read_public(request, notice_id, Act.WRITE), timezone.now()
    form = StaffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        channel = PrintRequest.Channel(form.cleaned_data["channel"])
        task = services.ask(notice, form.wanted, channel=channel, by=request.user, at=now)
        messages.success(request, _("Eingetragen. Die Anfrage steht in den Aufgaben."))
        return redirect("tasks:show", pk=task.pk)
    ways = publishing(request.town, on=timezone.localdate(now))
    context = {"notice": notice, "form": form, "costs": ways.copies if ways else ""}
    return render(request, "notices/paper/enter.html", context, status=422 if form.is_bound else 200)
