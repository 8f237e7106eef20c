"""Pages and files that every body has, whatever modules are installed."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from allmende.core.http import TownRequest, keepable
from allmende.core.language import split_language
from allmende.core.trace import address
from allmende.core.written import fields_of


@require_safe
@keepable()
def town_css(request: TownRequest) -> HttpResponse:
    """The one colour of the town; everything else follows from it."""
    colour = request.town.colour if request.town else "#12586a"
    return HttpResponse(f":root{{--town:{colour}}}\n", content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=300"})


@require_safe
@keepable()
def coat_of_arms(request: TownRequest) -> HttpResponse:
    """The coat of arms as uploaded, else the neutral shield of the platform."""
    if request.town and request.town.coat_of_arms:
        return HttpResponse(bytes(request.town.coat_of_arms), content_type="image/png", headers={"Cache-Control": "max-age=300"})
    shield = finders.find("allmende/icons/wappen.svg")
    assert isinstance(shield, str)
    return HttpResponse(Path(shield).read_bytes(), content_type="image/svg+xml", headers={"Cache-Control": "max-age=300"})


def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody has foreseen. Asks nothing of the database: it may be what is broken, and then no language is set yet either."""
    language, _path = split_language(request.path)
    with translation.override(language):
        page = render_to_string("500.html", {"at": timezone.now(), "address": address(request.path)})
    return HttpResponseServerError(page, headers={"Content-Language": language, "Cache-Control": "no-store"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that has expired, with what was written in it.

    Not what another site has sent: the page would show its words under the name of the town.
    """
    ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    written = filter(None, fields_of(request.POST).values()) if ours else ()
    return render(request, "core/csrf.html", {"kept": "\n\n".join(written)}, status=403)
