"""Legal pages: what they are made of, and own words."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allmende.administration import selectors
from allmende.administration.forms import FactsForm, PageForm
from allmende.administration.legal.laender import enforcement_of, unconfirmed_of
from allmende.administration.models import PageText
from allmende.administration.services import pages as service
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, require
from allmende.lib.richtext import RichTextTooLarge, from_plain, to_html


@login_required
@require_http_methods(["GET", "POST"])
def pages(request: AuthedRequest) -> HttpResponse:
    """The facts, what is missing, and the way to own words."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    form = FactsForm(request.POST or None, instance=selectors.facts_of(request.town))
    if request.method == "POST" and form.is_valid():
        service.change_facts(request.town, form.cleaned_data, by=request.user, at=at)
        messages.success(request, _("Gespeichert. Die Seiten sind damit neu erzeugt."))
        return redirect("administration:pages")
    context = {
        "form": form,
        "pages": selectors.legal_pages(request.town),
        "languages": PageText.Language,
        "known": enforcement_of(request.town.ars),
        "unconfirmed": unconfirmed_of(request.town.ars),
    }
    return render(request, "administration/pages.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def page(request: AuthedRequest, kind: PageText.Kind, language: PageText.Language) -> HttpResponse:
    """Write one page oneself, beginning with the made text; or go back to that."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    if request.method == "POST" and "drop" in request.POST:
        service.drop_page(request.town, kind, language, by=request.user, at=at)
        messages.success(request, _("Die Seite wird wieder aus Ihren Angaben erzeugt."))
        return redirect("administration:pages")
    source, own = selectors.typed_page(request.town, kind, language)
    form = PageForm(request.POST or None, initial={"source": source})
    preview = ""
    if request.method == "POST" and form.is_valid():
        try:
            if "preview" in request.POST:
                preview = mark_safe(to_html(from_plain(form.cleaned_data["source"])))  # noqa: S308 (lib.richtext escapes)
            else:
                service.write_page(request.town, kind, language, form.cleaned_data["source"], by=request.user, at=at)
                messages.success(request, _("Die Seite steht jetzt in Ihren Worten da."))
                return redirect("administration:pages")
        except RichTextTooLarge:
            form.add_error("source", _("Der Text ist zu lang. Kürzen Sie ihn."))
    context = {"form": form, "kind": kind, "language": language, "own": own, "preview": preview}
    return render(request, "administration/page.html", context)
