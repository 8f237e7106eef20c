"""Mail: ask, confirm, leave. A link alone changes nothing: programs that look into mails open it too."""

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from allmende.core.http import TownRequest
from allmende.notices.models import Subscription
from allmende.notices.subscriptions import readers
from allmende.notices.subscriptions.forms import KindsForm, SubscribeForm
from allmende.notices.subscriptions.topics import Topic


def _said(request: TownRequest, topic: Topic, said: str) -> HttpResponse:
    return render(request, "notices/subscriptions/said.html", {"topic": topic, "back": f"{topic.urls}:list", "said": said})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: TownRequest, topic: Topic) -> HttpResponse:
    """Says the same whether the address is known or not."""
    form = SubscribeForm(request.POST if request.method == "POST" else None, with_kinds=topic.kinds)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            email = form.cleaned_data["email"].lower()
            if ratelimit.consume(request, action="subscription", key=f"{topic.code}-{request.town.pk}-{email}"):
                readers.ask(email, topic, form.chosen, body=request.town, at=timezone.now())
                return _said(request, topic, "asked")
            form.add_error(None, _("Das waren viele Anfragen nacheinander. Versuchen Sie es morgen noch einmal."))
            status = 429
    return render(request, "notices/subscriptions/ask.html", {"topic": topic, "back": f"{topic.urls}:list", "form": form}, status=status)


def _reader(request: TownRequest, topic: Topic, reader: int, secret: str) -> Subscription:
    found = readers.find(request.town, topic, reader, secret)
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: TownRequest, topic: Topic, reader: int, secret: str) -> HttpResponse:
    """One button, and mail comes; later the page on which the kinds are changed."""
    found = _reader(request, topic, reader, secret)
    given = {"initial": {"kinds": found.kinds}} if found.kinds else {}
    form = KindsForm(request.POST if request.method == "POST" else None, with_kinds=topic.kinds, **given)
    if form.is_bound and form.is_valid():
        readers.confirm(found, form.chosen, at=timezone.now())
        return _said(request, topic, "confirmed")
    context = {"topic": topic, "form": form, "known": found.confirmed_at is not None, "leave": f"{request.path}abbestellen/"}
    return render(request, "notices/subscriptions/confirm.html", context, status=422 if form.is_bound else 200)


@csrf_exempt  # sent by programs of mail with nothing but the address (RFC 8058); the secret in it is what counts
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: TownRequest, topic: Topic, reader: int, secret: str) -> HttpResponse:
    """One click, and the address is gone. An address that is gone already is told the same."""
    found = readers.find(request.town, topic, reader, secret)
    if found is None or request.method == "POST":
        if found is not None:
            readers.leave(found)
        return _said(request, topic, "left")
    return render(request, "notices/subscriptions/leave.html", {"topic": topic})
