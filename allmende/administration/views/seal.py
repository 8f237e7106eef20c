"""The seal of the body: who keeps it sees its state and each use, and sets up, unlocks, locks, renews and stops it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.accounts.second_factor import require_second_factor
from allmende.administration import seal as selectors
from allmende.administration.forms_seal import AuthorityForm, SealForm, UnlockForm
from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, require
from allmende.publication import seals
from allmende.publication.models import SealKey

USUAL = timedelta(days=28)  # proposed for unlocking


def _begin(request: AuthedRequest) -> datetime:
    """Now, if this person keeps the seal here; each act needs the second factor besides."""
    at = timezone.now()
    require(request.user, request.town, Act.SEAL, at=at)
    if request.method == "POST":
        require_second_factor(request)
    return at


def _tried(act: Callable[[], object]) -> DomainError | None:
    try:
        act()
    except DomainError as refused:
        return refused
    return None


def _page(request: AuthedRequest, template: str, error: DomainError | None, **context: Any) -> HttpResponse:
    return render(request, f"administration/{template}.html", context | {"error": error}, status=error.status if error else 200)


@login_required
@require_safe
def seal(request: AuthedRequest) -> HttpResponse:
    """State and uses."""
    at = _begin(request)
    key = selectors.seal_of(request.town)
    page, uses = selectors.uses_of(request.town, page=request.GET.get("page", "1"), at=at)
    return _page(
        request,
        "seal",
        None,
        key=key,
        words=selectors.in_words(key) if key else None,
        judged=selectors.state_of(key, at=at),
        unlocked=key is not None and selectors.is_unlocked(key, at=at),
        builtin=key is not None and selectors.is_builtin(key),
        page=page,
        uses=uses,
    )


def _given(form: SealForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    return given | {"pkcs12": given.pop("file").read()}


@login_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def set_up(request: AuthedRequest) -> HttpResponse:
    """From a file, or, where demo seals are allowed, such a seal at the press of a button."""
    at = _begin(request)
    town, by = request.town, request.user
    if request.method == "GET" and selectors.seal_of(town):
        return redirect("administration:seal")
    error = None
    form = SealForm()
    if request.method == "POST" and "demo" in request.POST and settings.DEMO_SEALS:
        error = _tried(lambda: seals.set_up_demo_seal(town, at=at, by=by))
        if error is None:
            messages.warning(request, _("Das Siegel zur Vorführung ist eingerichtet und entsperrt. Es beweist nicht, wer gesiegelt hat."))
            return redirect("administration:seal")
    elif request.method == "POST":
        form = SealForm(request.POST, request.FILES)
        if form.is_valid():
            error = _tried(lambda: seals.set_up_seal(town, **_given(form), at=at, by=by))
            if error is None:
                messages.success(request, _("Das Siegel ist eingerichtet. Entsperren Sie es, damit gesiegelt werden kann."))
                return redirect("administration:seal_unlock")
    return _page(request, "seal_set_up", error, form=form, may_demo=settings.DEMO_SEALS)


@login_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def renew(request: AuthedRequest) -> HttpResponse:
    """A new file in the place of the one in use; the time stamp service is proposed as it was."""
    at = _begin(request)
    town, by = request.town, request.user
    key = selectors.seal_of(town)
    if key is None:
        return redirect("administration:seal")
    names = ("authority_url", "authority_certificates", "authority_policy")
    known = {} if selectors.is_builtin(key) else {name: getattr(key, name) for name in names}
    form = SealForm(request.POST or None, request.FILES or None, initial=known)
    error = None
    if request.method == "POST" and "demo" in request.POST and settings.DEMO_SEALS and seals.is_demo(key):
        form = SealForm(initial=known)
        error = _tried(lambda: seals.renew_demo_seal(town, at=at, by=by))
        if error is None:
            messages.warning(request, _("Das Siegel zur Vorführung ist erneuert. Es beweist nicht, wer gesiegelt hat."))
            return redirect("administration:seal")
    elif request.method == "POST" and form.is_valid():
        error = _tried(lambda: seals.renew_seal(town, **_given(form), at=at, by=by))
        if error is None:
            messages.success(request, _("Das Siegel ist erneuert. Entsperren Sie es, damit gesiegelt werden kann."))
            return redirect("administration:seal_unlock")
    return _page(request, "seal_renew", error, form=form, key=key, may_demo=settings.DEMO_SEALS and seals.is_demo(key))


@login_required
@require_http_methods(["GET", "POST"])
def authority(request: AuthedRequest) -> HttpResponse:
    """Another time stamp service for the same seal; it has to stamp something before it is taken."""
    at = _begin(request)
    town, by = request.town, request.user
    key = selectors.seal_of(town)
    if key is None:
        return redirect("administration:seal")
    builtin = selectors.is_builtin(key)
    names = ("authority_url", "authority_certificates", "authority_policy")
    form = AuthorityForm(request.POST or None, initial={} if builtin else {name: getattr(key, name) for name in names})
    error = None
    if request.method == "POST" and form.is_valid():
        error = _tried(lambda: seals.set_authority(town, **form.cleaned_data, at=at, by=by))
        if error is None:
            messages.success(request, _("Der Zeitstempeldienst ist geprüft und gespeichert. Er stempelt von jetzt an."))
            return redirect("administration:seal")
    return _page(request, "seal_authority", error, form=form, key=key, builtin=builtin)


def _proposed(key: SealKey, at: datetime) -> dict[str, Any]:
    return {"until": timezone.localdate(min(at + USUAL, key.valid_until))}


@login_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def unlock(request: AuthedRequest) -> HttpResponse:
    """Until a day, with the password of the file."""
    at = _begin(request)
    town, by = request.town, request.user
    key = selectors.seal_of(town)
    if key is None:
        return redirect("administration:seal")
    demo = seals.is_demo(key)
    form = UnlockForm(
        request.POST or None, initial=_proposed(key, at), first=timezone.localdate(at), last=key.valid_until, own_password=demo
    )
    error = None
    if request.method == "POST" and form.is_valid():
        password = seals.demo_password(town) if demo else form.cleaned_data["password"]
        error = _tried(lambda: seals.unlock(town, password=password, until=form.cleaned_data["until"], at=at, by=by))
        if error is None:
            messages.success(request, _("Das Siegel ist entsperrt. Was darauf wartet, geht jetzt weiter."))
            return redirect("administration:seal")
    return _page(request, "seal_unlock", error, form=form, key=key, demo=demo)


@login_required
@require_POST
def lock(request: AuthedRequest) -> HttpResponse:
    """At once: nobody asks twice when something is wrong."""
    at = _begin(request)
    if error := _tried(lambda: seals.lock(request.town, at=at, by=request.user)):
        messages.error(request, str(error))
    else:
        messages.success(request, _("Das Siegel ist gesperrt. Bis Sie es entsperren, wird nichts gesiegelt."))
    return redirect("administration:seal")


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: AuthedRequest) -> HttpResponse:
    """For good; asks first."""
    at = _begin(request)
    key = selectors.seal_of(request.town)
    if key is None:
        return redirect("administration:seal")
    error = _tried(lambda: seals.stop(request.town, at=at, by=request.user)) if request.method == "POST" else None
    if request.method == "POST" and error is None:
        messages.success(request, _("Das Siegel ist außer Betrieb. Schon gesiegelte Dokumente bleiben gültig."))
        return redirect("administration:seal")
    return _page(request, "seal_stop", error, key=key)
