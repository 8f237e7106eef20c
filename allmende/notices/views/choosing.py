"""Which kind a notice is: asked before anything is written, and changed later without losing what both kinds share."""

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
from allmende.notices import kinds, selectors, services
from allmende.notices.views.closed import closed_of
from allmende.notices.views.reading import read_notice, read_version

PER_PAGE = 50


def choose(request: AuthedRequest) -> HttpResponse:
    """All kinds with what they are for. 1 query for those that last year's notices offer as a pattern."""
    earlier = selectors.kinds_of_earlier_years(request.town, at=timezone.now())
    groups = [(group.label, [(kind, kind.code in earlier) for kind in found]) for group, found in kinds.grouped()]
    return render(request, "notices/choose.html", {"groups": groups})


@login_required
@require_safe
def patterns(request: AuthedRequest) -> HttpResponse:
    """Public notices of one kind from earlier years, newest first, each to begin a draft with."""
    require(request.user, request.town, Act.WRITE, at=timezone.now())
    code = request.GET.get("kind", "")
    if not kinds.known(code):
        raise Http404
    page = selectors.of_earlier_years(request.town, code, request.GET.get("page"), per_page=PER_PAGE, at=timezone.now())
    return render(request, "notices/patterns.html", {"kind": kinds.get(code), "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def change(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Another kind for a draft: each with what would fall away. What both kinds have a field for stays."""
    require(request.user, request.town, Act.WRITE, at=timezone.now())
    notice = read_notice(request, notice_id, Act.WRITE)
    if (over := closed_of(request, notice_id)) is not None:
        if request.method == "POST":
            messages.error(request, f"{over.words} {over.advice}")
        return redirect("notices_staff:show", notice_id=notice_id)
    _revision, values = read_version(notice, notice.version)
    error: DomainError | None = None
    code = request.POST.get("kind", "")
    if request.method == "POST" and kinds.known(code):
        try:
            version = int(request.POST.get("version", "") or 0)
            services.change_kind(notice_id, body=request.town, version=version, kind=code, by=request.user, at=timezone.now())
        except ValueError as wrong:
            raise Http404 from wrong
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Die Art ist jetzt: %(kind)s.") % {"kind": kinds.get(code).name})
            return redirect("notices_staff:edit", notice_id=notice_id)
    mine = kinds.get(values.kind)
    groups = [(group.label, [(kind, _lost(mine, values.details, kind)) for kind in found]) for group, found in kinds.grouped()]
    context = {"notice": notice, "mine": mine, "groups": groups, "error": error}
    return render(request, "notices/change_kind.html", context, status=error.status if error else 200)


def _lost(mine: kinds.Kind, details: kinds.Details, other: kinds.Kind) -> list[str]:
    """Labels of what is filled in and has no field in the other kind."""
    kept = other.shared(details)
    return [str(field.label) for field in mine.fields if field.name in details and field.name not in kept]
