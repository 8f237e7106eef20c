"""The desk: what waits for me, drafts, what runs, what is published."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from allmende.administration.seal import seal_of, state_of
from allmende.core import addresses
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, acts_of, bodies_of
from allmende.notices import selectors as notices
from allmende.publication.overview import log_overview


@login_required
@require_safe
def desk(request: AuthedRequest) -> HttpResponse:
    """The desk of the body of the address; whoever acts elsewhere, or nowhere, is shown where to go."""
    now = timezone.now()
    acts = acts_of(request.user, request.town, at=now)
    language = get_language() or "de"
    others = [body for body in bodies_of(request.user, at=now) if body != request.town]
    elsewhere = [(body.name, f"{addresses.root(body, language)}{reverse('desk')[len(get_script_prefix()) - 1 :]}") for body in others]
    if Act.READ_INTERNAL not in acts:
        return render(
            request, "portal/no_desk.html", {"elsewhere": elsewhere}, status=200 if elsewhere or request.user.is_operator else 403
        )
    context = {
        "now": now,
        "elsewhere": elsewhere,
        "may_write": Act.WRITE in acts,
        "waiting": notices.waiting_for(request.user, request.town, at=now),
        "drafts": notices.my_drafts(request.user, request.town),
        "running": notices.running(request.town),
        "published": notices.recently_published(request.town, at=now),
        "log": log_overview(request.town),
        "seal": state_of(seal_of(request.town), at=now),
        "keeps_seal": Act.SEAL in acts,
    }
    return render(request, "portal/desk.html", context)
