"""The gazette by mail: ask, confirm, leave. A link alone changes nothing: programs that look into mails open it too."""

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from allmende.core.http import TownRequest
from allmende.notices.gazette import readers
from allmende.notices.gazette.forms import SubscribeForm
from allmende.notices.models import GazetteReader


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: TownRequest) -> HttpResponse:
    """Says the same whether the address is known or not."""
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            email = form.cleaned_data["email"].lower()
            if ratelimit.consume(request, action="gazette", key=f"gazette-{request.town.pk}-{email}"):
                readers.ask(email, body=request.town, at=timezone.now())
                return render(request, "notices/gazette/said.html", {"said": "asked"})
            form.add_error(None, _("Das waren viele Anfragen nacheinander. Versuchen Sie es morgen noch einmal."))
            status = 429
    return render(request, "notices/gazette/subscribe.html", {"form": form}, status=status)


def _reader(request: TownRequest, reader: int, secret: str) -> GazetteReader:
    found = readers.find(request.town, reader, secret)
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: TownRequest, reader: int, secret: str) -> HttpResponse:
    """One button, and the gazette comes by mail."""
    found = _reader(request, reader, secret)
    if request.method == "POST":
        readers.confirm(found, at=timezone.now())
        return render(request, "notices/gazette/said.html", {"said": "confirmed"})
    return render(request, "notices/gazette/confirm.html")


@csrf_exempt  # sent by programs of mail with nothing but the address (RFC 8058); the secret in it is what counts
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: TownRequest, reader: int, secret: str) -> HttpResponse:
    """One click, and the address is gone. An address that is gone already is told the same."""
    found = readers.find(request.town, reader, secret)
    if found is None or request.method == "POST":
        if found is not None:
            readers.leave(found)
        return render(request, "notices/gazette/said.html", {"said": "left"})
    return render(request, "notices/gazette/leave.html")
