"""Whose role asks for a second factor gets nowhere without one."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from allmende.accounts.second_factor import has_second_factor, needs_second_factor, used_second_factor

# Names of the addresses that stay open: setting one up, confirming, leaving, and what pages are drawn with.
OPEN = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "stadt_css",
        "wappen",
        "favicon",
    }
)


class SecondFactorMiddleware:
    """Leads people of such a role to setting up their second factor, or to showing the one they have.

    A session that has shown one costs no query, any other of a logged-in person one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            # Whoever logs out on a shared computer leaves no page behind for the back button, and no proxy keeps one.
            # A form that is shown again with its errors is the exception: without the copy that the browser keeps, going back
            # to it ends in an error page of the browser (a POST is not sent again by itself). Logging out empties what it keeps.
            shown_again = request.method == "POST" and response.status_code in (409, 422)
            response.headers.setdefault("Cache-Control", "private, no-cache" if shown_again else "private, no-store")
        if request.method == "POST" and request.resolver_match and request.resolver_match.view_name == "account_logout":
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if (match and match.view_name in OPEN) or used_second_factor(request):  # type: ignore[arg-type]
            return None
        person = request.user
        if not needs_second_factor(person, at=timezone.now()):
            return None
        if not has_second_factor(person):
            return HttpResponseRedirect(reverse("mfa_index"))
        # It was set up in another session: show it here too.
        method = next(m for m in get_adapter().get_reauthentication_methods(person) if m["id"] != "reauthenticate")
        return HttpResponseRedirect(f"{method['url']}?{urlencode({'next': request.get_full_path()})}")
