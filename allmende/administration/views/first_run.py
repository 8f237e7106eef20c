"""The first page of an empty installation."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from allmende.administration import setup_code
from allmende.administration.forms import FirstRunForm
from allmende.administration.services.first_run import AlreadySetUp, FirstBody, is_set_up, set_up_installation
from allmende.core.errors import DomainError
from allmende.core.models import Body


@never_cache
@sensitive_post_parameters("password1", "password2", "code")
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the first body and its administrator. Does not exist once there is a body."""
    if is_set_up():
        raise Http404
    setup_code.current()
    if request.method == "GET":
        return render(request, "administration/first_run.html", {"form": FirstRunForm()})
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="setup")  # each attempt looks at the code
    if limited:
        return limited
    form = FirstRunForm(request.POST)
    if not form.is_valid():
        return render(request, "administration/first_run.html", {"form": form}, status=403 if "code" in form.errors else 422)
    try:
        return _set_up(request, form)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return render(request, "administration/first_run.html", {"form": form}, status=422)
    except DomainError as error:
        return render(request, "administration/first_run.html", {"form": form, "error": error}, status=error.status)


def _set_up(request: HttpRequest, form: FirstRunForm) -> HttpResponse:
    given = form.cleaned_data
    first = FirstBody(
        name=given["name"], short_name=given["short_name"], slug=given["slug"], kind=Body.Kind(given["kind"]), ars=given["ars"]
    )
    try:
        body, person = set_up_installation(
            first, administrator=given["administrator"], email=given["email"], password=given["password1"], at=timezone.now()
        )
    except AlreadySetUp:
        return redirect("account_login")
    request.town = body  # type: ignore[attr-defined]  # log-in asks for it
    record_authentication(request, person, method="password", email=person.email)
    # The overview begins with what is missing before the first notice.
    response: HttpResponse = perform_login(request, person, email_verification="none", redirect_url=reverse("administration:overview"))
    return response
