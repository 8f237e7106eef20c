"""Pages of the body itself."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.administration import colour as colours
from allmende.administration import selectors
from allmende.administration.coat_of_arms import MAX_UPLOAD, PictureTooLarge
from allmende.administration.forms import BodyForm, CoatOfArmsForm, ColourForm, ContactForm, HostForm
from allmende.administration.readiness import facts_to_add, missing_to_publish
from allmende.administration.services import bodies
from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.models import Body, Host
from allmende.core.permissions import Act, require

Form = BodyForm | ContactForm | ColourForm


@login_required
@require_safe
def overview(request: AuthedRequest) -> HttpResponse:
    """Everything about the body on one page, with the way to each change."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    pages = selectors.legal_pages(request.town)
    context = {
        "facts": facts_to_add(request.town, pages),
        "missing": missing_to_publish(request.town, at=at),
        "hosts": Host.objects.for_body(request.town).order_by("-is_primary", "name"),
        "pages": pages,
        "colours": colours.derive(request.town.colour),
    }
    return render(request, "administration/overview.html", context)


def _change(request: AuthedRequest, form_class: type[Form], template: str) -> HttpResponse:
    """Show a form over fields of the body, and save them through the service."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    form = form_class(request.POST or None, instance=Body.objects.get(pk=request.town.pk))
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            bodies.change_body(request.town, form.cleaned_data, by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("administration:overview")
    return render(request, template, {"form": form, "error": error}, status=error.status if error else 200)


@login_required
@require_http_methods(["GET", "POST"])
def identity(request: AuthedRequest) -> HttpResponse:
    return _change(request, BodyForm, "administration/identity.html")


@login_required
@require_http_methods(["GET", "POST"])
def contact(request: AuthedRequest) -> HttpResponse:
    return _change(request, ContactForm, "administration/contact.html")


@login_required
@require_http_methods(["GET", "POST"])
def colour(request: AuthedRequest) -> HttpResponse:
    """Look at a colour first (`look`), or save it."""
    require(request.user, request.town, Act.MANAGE, at=timezone.now())
    look = "look" in request.POST
    if request.method == "POST" and not look:
        return _change(request, ColourForm, "administration/colour.html")
    form = ColourForm(request.POST if look else None, instance=Body.objects.get(pk=request.town.pk))
    shown = form.cleaned_data["colour"] if look and form.is_valid() else request.town.colour
    return render(request, "administration/colour.html", {"form": form, "tried": shown, "colours": colours.derive(shown)})


@login_required
@require_safe
def colour_sample(request: AuthedRequest) -> HttpResponse:
    """A drawing of what becomes of a colour, light and dark. A picture, since the policy allows no style of a page's own."""
    require(request.user, request.town, Act.MANAGE, at=timezone.now())
    tried = request.GET.get("c", "")
    town = tried if re.fullmatch(r"#[0-9a-fA-F]{6}", tried) else request.town.colour
    context = {"c": colours.derive(town), "name": request.town.short_name}
    return render(request, "administration/colour_sample.svg", context, content_type="image/svg+xml")


@login_required
@require_http_methods(["GET", "POST"])
def coat_of_arms(request: AuthedRequest) -> HttpResponse:
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    if request.method == "POST" and "remove" in request.POST:
        bodies.remove_coat_of_arms(request.town, by=request.user, at=at)
        messages.success(request, _("Das Wappen ist entfernt."))
        return redirect("administration:overview")
    form = CoatOfArmsForm(request.POST or None, request.FILES or None)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        picture = form.cleaned_data["picture"]
        try:
            if picture.size > MAX_UPLOAD:
                raise PictureTooLarge
            bodies.set_coat_of_arms(request.town, picture.read(), by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Das Wappen ist gespeichert."))
            return redirect("administration:overview")
    context = {"form": form, "error": error}
    return render(request, "administration/coat_of_arms.html", context, status=error.status if error else 200)


@login_required
@require_http_methods(["GET", "POST"])
def hosts(request: AuthedRequest) -> HttpResponse:
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    form = HostForm(request.POST or None)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            bodies.add_host(request.town, form.cleaned_data["name"], primary=form.cleaned_data["is_primary"], by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Der Rechnername ist hinzugefügt."))
            return redirect("administration:hosts")
    found = Host.objects.for_body(request.town).order_by("-is_primary", "name")
    context = {"form": form, "error": error, "hosts": found}
    return render(request, "administration/hosts.html", context, status=error.status if error else 200)


@login_required
@require_POST
def host_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    bodies.remove_host(request.town, pk, by=request.user, at=timezone.now())
    return redirect("administration:hosts")
