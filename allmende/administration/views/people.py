"""People and roles."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.accounts import invitations, mails
from allmende.accounts.models import Invitation
from allmende.accounts.second_factor import has_second_factor, needs_second_factor
from allmende.administration import selectors
from allmende.administration.forms import DeputyForm, EmailForm, InviteForm, RoleForm
from allmende.administration.services import people as service
from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.models import Membership, Person
from allmende.core.permissions import Act, Role, require

NO_MAIL = gettext_lazy(
    "Die Einladung ist angelegt und gilt sieben Tage. Diese Plattform verschickt keine E-Mails: Lassen Sie sich unten den Link zeigen "
    "und geben Sie ihn der Person selbst."
)


@login_required
@require_safe
def people(request: AuthedRequest) -> HttpResponse:
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    number = request.GET.get("page", "1")
    context = {
        "page": selectors.people_of(request.town, page=int(number) if number.isdigit() else 1),
        "office": selectors.office_of(request.town),
        "invitations": selectors.open_invitations(request.town),
        "now": at,
        "by_hand": not mails.goes_out(),
        "today": timezone.localdate(at),
    }
    return render(request, "administration/people.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: AuthedRequest) -> HttpResponse:
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    form = InviteForm(request.POST or None)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        roles = [Role(role) for role in given["roles"]]
        try:
            invitations.invite(body=request.town, name=given["name"], email=given["email"], roles=roles, by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            if mails.goes_out():
                messages.success(request, _("Die Einladung ist unterwegs. Sie gilt sieben Tage."))
            else:
                messages.warning(request, NO_MAIL)
            return redirect("administration:people")
    return render(
        request,
        "administration/invite.html",
        {"form": form, "error": error, "by_hand": not mails.goes_out()},
        status=error.status if error else 200,
    )


@login_required
@require_POST
def invitation(request: AuthedRequest, pk: int) -> HttpResponse:
    """Send an invitation once more, withdraw it, or show its link where no mail goes out."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    get_object_or_404(Invitation.objects.for_body(request.town), pk=pk)
    if "withdraw" in request.POST:
        invitations.withdraw(pk, body=request.town, by=request.user, at=at)
        messages.success(request, _("Die Einladung ist zurückgezogen."))
    elif "link" in request.POST:
        found, link = invitations.show_link(pk, body=request.town, by=request.user, at=at)
        response = render(request, "administration/invitation_link.html", {"invitation": found, "link": link})
        response.headers["Cache-Control"] = "no-store"
        return response
    else:
        invitations.send_again(pk, body=request.town, by=request.user, at=at)
        if mails.goes_out():
            messages.success(request, _("Die Einladung ist noch einmal unterwegs. Der frühere Link gilt nicht mehr."))
        else:
            messages.warning(request, _("Der frühere Link gilt nicht mehr. %(rest)s") % {"rest": NO_MAIL})
    return redirect("administration:people")


@login_required
@require_http_methods(["GET", "POST"])
def person(request: AuthedRequest, pk: int) -> HttpResponse:
    """One person: roles, deputyships, account. Each form of the page names what it does in `do`."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    found = get_object_or_404(Person.objects.filter(memberships__body=request.town).distinct(), pk=pk)
    forms: dict[str, Form] = {
        "role_form": RoleForm(),
        "deputy_form": DeputyForm(body=request.town, deputy=found),
        "email_form": EmailForm(initial={"email": found.email}),
    }
    error: DomainError | None = None
    if request.method == "POST":
        try:
            done = _do(request, found, forms, at=at)
        except DomainError as refused:
            error, done = refused, ""
        if done:
            messages.success(request, done)
            still_here = Membership.objects.for_body(request.town).filter(person=found).exists()
            return redirect("administration:person", pk=pk) if still_here else redirect("administration:people")
    held = Membership.objects.for_body(request.town).filter(person=found).select_related("deputy_for").order_by("deputy_for", "role")
    bound = next((form for form in forms.values() if form.is_bound and form.errors), None)
    context = {
        "person": found,
        "held": held,
        "error": error,
        "form": bound,
        "has_factor": has_second_factor(found),
        "needs_factor": needs_second_factor(found, at=at),
        "whole": service.answers_for(request.user, found, at=at),
        "today": timezone.localdate(at),
    }
    return render(request, "administration/person.html", context | forms, status=error.status if error else 200)


def _do(request: AuthedRequest, found: Person, forms: dict[str, Form], *, at: datetime) -> str:
    """Do what a form of the page asks for; returns what to say, empty if the form has errors."""
    town, by, do = request.town, request.user, request.POST.get("do", "")
    account: dict[str, tuple[Callable[..., None], str]] = {
        "close": (service.close_account, _("Das Konto ist gesperrt.")),
        "open": (service.open_account, _("Das Konto ist wieder offen.")),
        "reset": (service.reset_second_factor, _("Der zweite Faktor ist zurückgesetzt.")),
    }
    if do in account:
        act, said = account[do]
        act(found, body=town, by=by, at=at)
        return said
    if do == "remove":
        chosen = get_object_or_404(Membership.objects.for_body(town).filter(person=found), pk=request.POST.get("membership") or 0)
        service.remove_role(chosen.pk, body=town, by=by, at=at)
        return _("Die Rolle ist entzogen.")
    if do == "give":
        forms["role_form"] = role_form = RoleForm(request.POST)
        if role_form.is_valid():
            service.give_role(found, Role(role_form.cleaned_data["role"]), body=town, by=by, at=at)
            return _("Die Rolle ist gegeben.")
    if do == "deputy":
        forms["deputy_form"] = deputy_form = DeputyForm(request.POST, body=town, deputy=found)
        if deputy_form.is_valid():
            given = deputy_form.cleaned_data | {"role": Role(deputy_form.cleaned_data["role"])}
            service.appoint_deputy(deputy=found, body=town, by=by, at=at, **given)
            return _("Die Vertretung ist bestellt.")
    if do == "email":
        forms["email_form"] = email_form = EmailForm(request.POST)
        if email_form.is_valid():
            service.change_email(found, email_form.cleaned_data["email"], body=town, by=by, at=at)
            return _("Die E-Mail-Adresse ist geändert.")
    return ""
