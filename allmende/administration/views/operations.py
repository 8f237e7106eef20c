"""The operator's page: is the installation well, and what has stopped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allmende.administration import operations as service
from allmende.core import health
from allmende.core.http import AuthedRequest

SHOWN = 100


@login_required
@require_safe
def operations(request: AuthedRequest) -> HttpResponse:
    service.require_operator(request.user)
    context = {"findings": list(health.run(timezone.now())), "rows": service.parked_rows()[:SHOWN]}
    return render(request, "administration/operations.html", context)


@login_required
@require_POST
def retry(request: AuthedRequest, pk: int) -> HttpResponse:
    if service.retry(pk, by=request.user, at=timezone.now()):
        messages.success(request, _("Der Vorgang läuft wieder."))
    else:
        messages.warning(request, _("Der Vorgang war nicht mehr angehalten."))
    return redirect("administration:operations")
