"""Pages of the administrator: who witnesses for this body, and for whom it witnesses."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, require
from allmende.publication.clock import system
from allmende.publication.models import Witness, WitnessedLog
from allmende.publication.witness import asking, selectors, services
from allmende.publication.witness.errors import NotCosigned
from allmende.publication.witness.forms import LogForm, WitnessForm

PATIENCE = 4.0  # seconds that a page waits for a witness; the worker goes on asking


@login_required
@require_safe
def overview(request: AuthedRequest) -> HttpResponse:
    require(request.user, request.town, Act.MANAGE, at=timezone.now())
    context = {
        "handed": selectors.handed(request.town),
        "witnesses": selectors.asked(request.town),
        "logs": selectors.known(request.town),
    }
    return render(request, "publication/witnesses.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_witness(request: AuthedRequest) -> HttpResponse:
    """Enter a witness, then ask it at once: the answer tells whether address and key are right and both sides know each other."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    form, error = WitnessForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            witness = services.add_witness(request.town, **form.cleaned_data, by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            _ask(request, witness)
            return redirect("witness:overview")
    return render(request, "publication/witness_add.html", {"form": form, "error": error}, status=error.status if error else 200)


def _ask(request: AuthedRequest, witness: Witness) -> None:
    """Ask, and tell on the next page what came of it."""
    try:
        asking.probe(witness, clock=system, timeout=PATIENCE)
    except NotCosigned as refused:
        messages.warning(request, f"{witness.operator}: {refused.message}")
    else:
        messages.success(request, _("%(operator)s hat geantwortet und bestätigt.") % {"operator": witness.operator})


@login_required
@require_POST
def change_witness(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask now, stop asking, or ask again, by the button that was pressed."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    witness = Witness.objects.for_body(request.town).filter(pk=pk).select_related("body").first()
    if witness is None:
        raise Http404
    if "ask" in request.POST and witness.is_active:
        _ask(request, witness)
    elif "stop" in request.POST:
        services.set_asked(request.town, pk, asked=False, by=request.user, at=at)
        messages.success(request, _("%(operator)s wird nicht mehr gefragt.") % {"operator": witness.operator})
    elif "resume" in request.POST:
        services.set_asked(request.town, pk, asked=True, by=request.user, at=at)
        messages.success(request, _("%(operator)s wird wieder gefragt.") % {"operator": witness.operator})
    return redirect("witness:overview")


@login_required
@require_http_methods(["GET", "POST"])
def know_log(request: AuthedRequest) -> HttpResponse:
    """Enter a log of another operator that this body's witness cosigns from now on."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    form, error = LogForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            known = services.know_log(request.town, **form.cleaned_data, by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Sie bezeugen jetzt das Protokoll %(origin)s.") % {"origin": known.origin})
            return redirect("witness:overview")
    return render(request, "publication/witness_log_add.html", {"form": form, "error": error}, status=error.status if error else 200)


@login_required
@require_POST
def change_log(request: AuthedRequest, pk: int) -> HttpResponse:
    """Stop cosigning a log, or go on, by the button that was pressed."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    known = WitnessedLog.objects.for_body(request.town).filter(pk=pk).first()
    if known is None:
        raise Http404
    if "stop" in request.POST:
        services.set_known(request.town, pk, known=False, by=request.user, at=at)
        messages.success(request, _("Das Protokoll %(origin)s wird nicht mehr bezeugt.") % {"origin": known.origin})
    elif "resume" in request.POST:
        services.set_known(request.town, pk, known=True, by=request.user, at=at)
        messages.success(request, _("Das Protokoll %(origin)s wird wieder bezeugt.") % {"origin": known.origin})
    return redirect("witness:overview")
