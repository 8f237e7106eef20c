"""What of a notice goes onto paper: codes for hints, copies to be put up, and who puts them up where."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allmende.core import addresses
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act
from allmende.lib import qr
from allmende.notices.gazette.selectors import issues_with
from allmende.notices.models import Notice
from allmende.notices.paper import board, copies
from allmende.notices.views.reading import is_there, read_public
from allmende.publication.copies import copy_of
from allmende.tasks import selectors as tasks


def panel_of(notice: Notice, *, at: datetime) -> dict[str, Any] | None:
    """What the page of the notice shows of its tasks and its paper; None before it is public. At most 5 queries."""
    if not notice.answers(at):
        return None
    body = notice.record.body
    return {
        "tasks": tasks.of_record(notice.pk, body, at=at),
        "postings": board.postings(notice.pk, body),
        "issues": issues_with(notice),
        "is_there": is_there(notice, at=at),
    }


@login_required
@require_safe
def qr_svg(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    return HttpResponse(qr.svg(addresses.of_record(read_public(request, notice_id).record)), content_type="image/svg+xml")


@login_required
@require_safe
def qr_png(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    return HttpResponse(qr.png(addresses.of_record(read_public(request, notice_id).record)), content_type="image/png")


@login_required
@require_safe
def poster(request: AuthedRequest, notice_id: UUID, paper: Literal["a4", "a3"]) -> HttpResponse:
    """The copy to be put up, made now."""
    notice = read_public(request, notice_id)
    pdf = copy_of(notice.record, copies.posting(notice, paper))
    if pdf is None:
        raise Http404
    name = f"aushang-{notice.year}-{notice.number}-{paper}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def put_up(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Name a place: the task to put it up there."""
    notice = read_public(request, notice_id, Act.WRITE)
    form = board.BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place, until = form.cleaned_data["place"], form.cleaned_data["until"]
        task = board.put_up(notice, place=place, until=until, by=request.user, at=timezone.now())
        messages.success(request, _("Die Aufgabe ist angelegt."))
        return redirect("tasks:show", pk=task.pk)
    return render(request, "notices/paper/put_up.html", {"notice": notice, "form": form}, status=422 if form.is_bound else 200)
