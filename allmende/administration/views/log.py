"""The name of the body's public log: chosen once, for ever."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allmende.administration.forms import LogForm
from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, require
from allmende.publication.models import Log
from allmende.publication.setup import set_up_log


@login_required
@require_http_methods(["GET", "POST"])
def log(request: AuthedRequest) -> HttpResponse:
    """Show it, or choose it: without a log nothing can be published."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    form = LogForm(request.POST or None)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            set_up_log(request.town, origin=form.cleaned_data["origin"], by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Das öffentliche Protokoll ist eingerichtet."))
            return redirect("administration:log")
    found = Log.objects.for_body(request.town).first()
    context = {"form": form, "log": found, "error": error}
    return render(request, "administration/log.html", context, status=error.status if error else 200)
