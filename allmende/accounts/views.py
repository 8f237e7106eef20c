"""The account pages that allauth does not have: one's own page, the choice of a body, the invitation."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from allmende.accounts import invitations, names, places, second_factor, selectors
from allmende.accounts.forms import AcceptForm, NameForm
from allmende.accounts.models import Invitation
from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest, TownRequest
from allmende.core.models import Person
from allmende.core.permissions import Role, bodies_of


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def me(request: AuthedRequest) -> HttpResponse:
    """Name, address, second factors, sessions, roles; the name can be changed."""
    at = timezone.now()
    form = NameForm(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        names.rename(request.user, form.cleaned_data["name"], at=at)
        messages.success(request, _("Ihr Name ist gespeichert."))
        return redirect("accounts:overview")
    context = {
        "form": form,
        "roles": selectors.roles_of(request.user, at=at),
        "factors": selectors.factors_of(request.user),
        "sessions": selectors.session_count(request.user),
        "factor_needed": second_factor.needs_second_factor(request.user, at=at),
        "desks": [(body, places.desk_of(body, request)) for body in bodies_of(request.user, at=at)],
    }
    return render(request, "accounts/me.html", context)


@login_required
@never_cache
@require_safe
def bodies(request: AuthedRequest) -> HttpResponse:
    """Choose the body to act in."""
    found = bodies_of(request.user, at=timezone.now())
    return render(request, "accounts/bodies.html", {"desks": [(body, places.desk_of(body, request)) for body in found]})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def remove_passkey(request: AuthedRequest, pk: int) -> HttpResponse:
    """allauth's view, which does not ask whether a passkey may go."""
    passkey = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    if second_factor.is_last_needed(passkey, at=timezone.now()):
        messages.error(request, get_adapter().error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")
    response: HttpResponse = remove_webauthn(request, pk=pk)
    return response


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation(request: TownRequest, secret: str) -> HttpResponse:
    """Accept an invitation: with a first password, or with the account one has. Opening the page changes nothing."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="invitation")
    if limited:
        return limited
    at = timezone.now()
    try:
        found = invitations.find(secret, body=request.town, at=at)
    except DomainError as error:
        return render(request, "accounts/invitation_over.html", {"over": error.message}, status=error.status)
    owner = invitations.account_of(found)
    context = {"invitation": found, "roles": [Role(role).label for role in found.roles], "owner": owner}
    if owner is None:
        return _first_password(request, found, context)
    if request.method == "POST" and isinstance(request.user, Person):
        try:
            invitations.accept_as(found, request.user, at=at)
        except DomainError as error:
            return render(request, "accounts/invitation.html", context | {"error": error}, status=error.status)
        messages.success(request, _("Sie haben die Einladung angenommen."))
        return redirect(places.desk_of(request.town, request))
    return render(request, "accounts/invitation.html", context | {"may_accept": request.user == owner})


def _first_password(request: TownRequest, found: Invitation, context: dict[str, object]) -> HttpResponse:
    form = AcceptForm(request.POST or None, person=Person(name=found.name, email=found.email))
    context |= {"form": form}
    if request.user.is_authenticated:
        return render(request, "accounts/invitation.html", context | {"error": invitations.OtherAccount()}, status=403)
    if not form.is_valid():
        return render(request, "accounts/invitation.html", context)
    try:
        person = invitations.accept_as_new(found, password=form.cleaned_data["password1"], at=timezone.now())
    except DomainError as error:
        return render(request, "accounts/invitation.html", context | {"error": error}, status=error.status)
    record_authentication(request, person, method="password", email=person.email)
    response: HttpResponse = perform_login(request, person, email_verification="none")
    return response
