"""The archive: its rule, and the package it gets."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, require
from allmende.notices.offering import package, rules
from allmende.notices.offering.forms import ArchiveForm
from allmende.notices.views.reading import read_notice
from allmende.publication.errors import NotPublic


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: AuthedRequest) -> HttpResponse:
    """Which archive, which kinds, how early and how long; or nothing at all."""
    now = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=now)
    rule = rules.of(request.town)
    if request.method == "POST" and "end" in request.POST:
        rules.end(body=request.town, by=request.user, at=now)
        messages.success(request, _("Es wird nichts mehr angeboten."))
        return redirect("notices_staff:archive_settings")
    form = ArchiveForm(request.POST if request.method == "POST" else None, rule=rule)
    error: DomainError | None = None
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            rules.enter(wanted=given.pop("kinds"), body=request.town, by=request.user, at=now, **given)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("notices_staff:archive_settings")
    context = {"form": form, "rule": rule, "known": rules.known_for(request.town), "error": error}
    return render(request, "notices/offering/settings.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def download(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """The package for the archive, as long as the notice is not erased."""
    notice = read_notice(request, notice_id, Act.WRITE)
    try:
        data = package.package(notice, at=timezone.now())
    except NotPublic as error:
        raise Http404 from error
    name = f"uebergabe-{notice.year}-{notice.number}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="application/zip", headers=headers)
