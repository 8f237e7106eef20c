"""A by-law as everybody reads it: all its versions, each with its notice."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import TownRequest, keepable
from allmende.core.models import Record, Visibility
from allmende.law import selectors


@require_safe
@keepable()
def bylaw(request: TownRequest, words: str) -> HttpResponse:
    """Superseded versions stay: whoever lives with an old case reads what held then. 2 queries; 410 where everything was taken down."""
    path = f"ortsrecht/{words}/"
    found = selectors.answering(request.town, path, at=timezone.now())
    if found is None:
        there = Record.objects.for_body(request.town).filter(path=path, kind=Record.Kind.BYLAW)
        if there.exclude(visibility=Visibility.INTERNAL).exists():
            return render(request, "law/gone.html", status=410)
        raise Http404
    law, stages = found
    notices = selectors.corrections(law, body=request.town, versions=stages)
    context = {
        "record": law.record,
        "title_is_german": request.LANGUAGE_CODE != "de" and not law.record.titles.get(request.LANGUAGE_CODE),
        "stages": stages,
        "corrections": [(notice, selectors.label_of(notice)) for notice in notices],
        "canonical": addresses.of_record(law.record),
        "english": addresses.of_record(law.record, "en"),
    }
    return render(request, "law/bylaw.html", context)
