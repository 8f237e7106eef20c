"""Issues as everybody reads them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import TownRequest, keepable
from allmende.core.language import page_language
from allmende.core.models import Visibility
from allmende.core.templatetags.allmende import Row
from allmende.notices import rendering
from allmende.notices.gazette import selectors
from allmende.notices.models import Issue
from allmende.publication import selectors as publication
from allmende.publication import store
from allmende.publication.views import files

PER_PAGE = 30


@require_safe
@keepable("page")
def issue_list(request: TownRequest) -> HttpResponse:
    """All issues, newest first. 2 queries. Where there is none, the gazette of the body that leads the administration may hold them."""
    page = Paginator(selectors.listed(request.town, at=timezone.now()), PER_PAGE).get_page(request.GET.get("page"))
    issues = [
        Row(
            _("Amtsblatt Nr. %(number)s") % {"number": one.label},
            reverse("gazette:page", args=[one.year, one.number]),
            one.provided_at,
            state=None if one.record.visibility == Visibility.PUBLIC else ("off", _("zurückgezogen")),
        )
        for one in page
    ]
    office = None if issues else request.town.administered_by
    context = {
        "page": page,
        "issues": issues,
        "office": office,
        "office_gazette": f"{addresses.root(office, page_language())}/amtsblatt/" if office else "",
        "canonical": f"{addresses.root(request.town, page_language())}/amtsblatt/",
    }
    return render(request, "notices/gazette/list.html", context)


def _answering(request: TownRequest, year: int, number: int) -> Issue | None:
    """The issue that answers; None: it did, and was withdrawn. Raises Http404 where there is none."""
    issue = selectors.answering(request.town, year, number, at=timezone.now())
    if issue is None and not selectors.withdrawn(request.town).filter(year=year, number=number).exists():
        raise Http404
    return issue


def _withdrawn(request: TownRequest, year: int, number: int) -> HttpResponse:
    """Since when and why, what the issue held and where each of it stands, and what replaces it. 410: its address is no other's."""
    now = timezone.now()
    issue = selectors.withdrawn(request.town).get(year=year, number=number)
    issue.record.body = request.town
    notices = selectors.notices_of(issue)
    removals = publication.removals_of(issue.record)
    context = {
        "issue": issue,
        "contents": selectors.contents(notices, page_language()),
        "since": removals[0].at if removals else None,
        "reason": next((one.get_reason_display() for one in removals if one.reason), ""),
        "erased": any(one.event == one.Event.ERASED for one in removals),
        "replacement": selectors.replacement_of(issue, at=now),
    }
    return render(request, "notices/gazette/withdrawn.html", context, status=410)


@require_safe
@keepable()
def page(request: TownRequest, year: int, number: int) -> HttpResponse:
    """Contents with links, the wording as it was sealed, files and proof."""
    issue = _answering(request, year, number)
    if issue is None:
        return _withdrawn(request, year, number)
    issue.record.body = request.town
    pdf, bundle = (store.file_of(issue.record, suffix) for suffix in ("pdf", "zip"))
    context = {
        "issue": issue,
        "wording": rendering.wording_of(publication.fragment_of(issue.record)),
        "proof": publication.proof_of(issue.record),
        "pdf_size": pdf.stat().st_size if pdf.exists() else None,
        "zip_size": bundle.stat().st_size if bundle.exists() else None,
        "canonical": addresses.of_record(issue.record, page_language()),
    }
    return render(request, "notices/gazette/page.html", context)


@require_safe
def pdf(request: TownRequest, year: int, number: int) -> HttpResponseBase:
    issue = _answering(request, year, number)
    return files.serve(request, issue.record, "pdf") if issue else _withdrawn(request, year, number)


@require_safe
def bundle(request: TownRequest, year: int, number: int) -> HttpResponseBase:
    issue = _answering(request, year, number)
    return files.serve(request, issue.record, "zip") if issue else _withdrawn(request, year, number)
