"""Ortsteile and offices: one list each, one form each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allmende.administration.forms import DistrictForm, OfficeForm
from allmende.administration.services import parts as service
from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.models import District, Office
from allmende.core.permissions import Act, require

MODELS: dict[str, type[District] | type[Office]] = {"district": District, "office": Office}
FORMS: dict[str, type[DistrictForm] | type[OfficeForm]] = {"district": DistrictForm, "office": OfficeForm}


@login_required
@require_http_methods(["GET", "POST"])
def parts(request: AuthedRequest, kind: str) -> HttpResponse:
    """The list, and the form to add one."""
    return _form(request, kind, None)


@login_required
@require_http_methods(["GET", "POST"])
def part(request: AuthedRequest, kind: str, pk: int) -> HttpResponse:
    """Change one, or remove it."""
    return _form(request, kind, pk)


def _form(request: AuthedRequest, kind: str, pk: int | None) -> HttpResponse:
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    here = MODELS[kind].objects.for_body(request.town)
    instance = here.filter(pk=pk).first() if pk else None
    if pk and instance is None:
        raise Http404
    form = FORMS[kind](request.POST or None, instance=instance)
    error: DomainError | None = None
    try:
        if request.method == "POST" and pk and "remove" in request.POST:
            service.remove_part(MODELS[kind], request.town, pk, by=request.user, at=at)
            messages.success(request, _("Entfernt."))
            return redirect("administration:parts", kind=kind)
        if request.method == "POST" and form.is_valid():
            service.save_part(MODELS[kind], request.town, form.cleaned_data, part_id=pk, by=request.user, at=at)
            messages.success(request, _("Gespeichert."))
            return redirect("administration:parts", kind=kind)
    except DomainError as refused:
        error = refused
        form = FORMS[kind](instance=here.get(pk=pk)) if pk else form
    context = {"kind": kind, "form": form, "error": error, "part": instance}
    template = "part" if pk else "parts"
    rows = {} if pk else {"parts": here.order_by("name")}
    return render(request, f"administration/{template}.html", context | rows, status=error.status if error else 200)
