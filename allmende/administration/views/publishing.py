"""Pages on how the body publishes. Administrators and auditors read, administrators enter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.administration.publishing import selectors, services
from allmende.administration.publishing.forms import PublishingForm
from allmende.administration.publishing.sheet import shown
from allmende.administration.start_page import checking as start_page
from allmende.administration.views.rules import page_of, require_reader
from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, require


@login_required
@require_safe
def publishing(request: AuthedRequest) -> HttpResponse:
    """What holds today, what comes, and everything that was entered."""
    manages = require_reader(request)
    today = timezone.localdate()
    known = selectors.known(request.town)
    now = known.on(today)
    rows = selectors.history(request.town, page=page_of(request))
    for row in rows.object_list:
        row.shown = shown(row)
    context = {
        "manages": manages,
        "now": shown(now) if now else None,
        "start_page": start_page.wanted(request.town, at=timezone.now()),
        "looked": start_page.last(request.town),
        "coming": [shown(row) for row in known.after(today)],
        "rows": rows,
    }
    return render(request, "administration/publishing.html", context)


@login_required
@require_POST
def check_start_page(request: AuthedRequest) -> HttpResponse:
    """Let the worker look at the page that local law names."""
    start_page.ask_now(request.town, by=request.user, at=timezone.now())
    messages.success(request, _("Die Startseite wird angesehen. Was zu sehen war, steht in Kürze hier; laden Sie die Seite dann neu."))
    return redirect("administration:publishing")


@login_required
@require_http_methods(["GET", "POST"])
def change(request: AuthedRequest) -> HttpResponse:
    """Enter how the body publishes from a day on; the form begins with what holds today."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    now = selectors.publishing(request.town, on=timezone.localdate(at))
    holidays = selectors.local_holidays(selectors.land_for(request.town))
    form = PublishingForm(request.POST or None, holidays=holidays, now=now)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            services.enter(form.entered, reason=form.cleaned_data["reason"], body=request.town, by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Gespeichert. Es gilt für Bekanntmachungen ab dem genannten Tag."))
            return redirect("administration:publishing")
    context = {"form": form, "error": error, "now": now}
    return render(request, "administration/publishing_change.html", context, status=error.status if error else 422 if form.errors else 200)
