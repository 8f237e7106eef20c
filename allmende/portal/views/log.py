"""The log, explained to somebody who has never heard of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allmende.core.http import TownRequest, keepable
from allmende.evidence.archive.selectors import of_log
from allmende.publication import story
from allmende.publication.overview import log_overview


@require_safe
@keepable()
def log_page(request: TownRequest) -> HttpResponse:
    return render(
        request,
        "portal/log.html",
        {"log": log_overview(request.town), "told": story.latest(request.town), "archives": of_log(request.town)},
    )
