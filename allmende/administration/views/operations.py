"""The operator's page: is the installation well, and what has stopped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.accounts import mails
from allmende.administration import operations as service
from allmende.administration.forms import NewBodyForm
from allmende.administration.services.first_run import FirstBody, open_body
from allmende.core import health
from allmende.core.http import AuthedRequest
from allmende.core.models import Body
from allmende.evidence.outages import selectors as outages

SHOWN = 100


@login_required
@require_safe
def operations(request: AuthedRequest) -> HttpResponse:
    service.require_operator(request.user)
    context = {
        "findings": list(health.run(timezone.now())),
        "outages": outages.latest(SHOWN),
        "rows": service.parked_rows()[:SHOWN],
        "bodies": Body.objects.select_related("administered_by").order_by("name"),
    }
    return render(request, "administration/operations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_body(request: AuthedRequest) -> HttpResponse:
    """Take a body into the installation; its first administrator is invited by mail."""
    service.require_operator(request.user)
    form = NewBodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        first = FirstBody(given["name"], given["short_name"], given["slug"], Body.Kind(given["kind"]), given["ars"])
        try:
            body = open_body(first, administrator=given["administrator"], email=given["email"], by=request.user, at=timezone.now())
        except ValidationError as error:
            for name, said in error.message_dict.items():
                form.add_error(name if name in form.fields else None, said)
        else:
            if mails.goes_out():
                messages.success(request, _("%(name)s ist aufgenommen, die Einladung ist unterwegs.") % {"name": body.name})
            else:
                warning = _(
                    "%(name)s ist aufgenommen. Diese Plattform verschickt keine E-Mails: Die Einladung liegt als Datei im Ordner mail des "
                    "Datenordners. Geben Sie den Link daraus weiter."
                )
                messages.warning(request, warning % {"name": body.name})
            return redirect("administration:operations")
    return render(request, "administration/new_body.html", {"form": form})


@login_required
@require_POST
def retry(request: AuthedRequest, pk: int) -> HttpResponse:
    if service.retry(pk, by=request.user, at=timezone.now()):
        messages.success(request, _("Der Vorgang läuft wieder."))
    else:
        messages.warning(request, _("Der Vorgang war nicht mehr angehalten."))
    return redirect("administration:operations")
