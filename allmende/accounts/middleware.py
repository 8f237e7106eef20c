"""Whose role asks for a second factor gets nowhere without one; a button pressed too late leads back to its page."""

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from allmende.accounts.second_factor import has_second_factor, needs_second_factor, used_second_factor
from allmende.core import nearby

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


class NotDoneMiddleware:
    """A button that was pressed after the log-in had ended: what it does is not done by logging in again.

    Log-in leads to the address of the button, which cannot be opened. Whoever was sent to log in by pressing it is then led to the
    page on which it stands, and told. Stands behind everything that answers itself, so that it sees the bare 405 of a view.
    """

    PRESSED = "pressed"  # of the session: address of the button, page on which it stood

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and not request.user.is_authenticated:
            if urlsplit(response.headers["Location"]).path == reverse(settings.LOGIN_URL):
                request.session[self.PRESSED] = [request.get_full_path(), _page_before(request)]
        elif request.method == "GET" and response.status_code == 405 and request.user.is_authenticated:
            address, page = request.session.pop(self.PRESSED, ("", ""))
            if address == request.get_full_path():
                messages.warning(request, _("Ihre Anmeldung war abgelaufen. Der Schritt wurde nicht ausgeführt; tun Sie ihn noch einmal."))
                return HttpResponseRedirect(page or nearby.around(request.path_info) or reverse("desk"))
        return response


def _page_before(request: HttpRequest) -> str:
    """Path of the page that sent the form, if it is one of ours and can be told; never the log-in itself."""
    sender = urlsplit(request.headers.get("Referer", ""))
    ours = sender.netloc == request.get_host() and sender.path.startswith("/") and not sender.path.startswith("//")
    return urlunsplit(("", "", sender.path, sender.query, "")) if ours and sender.path != request.path else ""


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
