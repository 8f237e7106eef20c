"""Before the first body exists, every address leads to setting up the installation."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from allmende.administration.services.first_run import is_set_up


class FirstRunMiddleware:
    """Costs nothing once the address of a request belongs to a body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "town", None) is None and not is_set_up():
            first_run = reverse("administration:first_run")
            allowed = (first_run, reverse("stadt_css"), reverse("wappen"))
            if request.path not in allowed:
                return HttpResponseRedirect(first_run)
        return self.get_response(request)
