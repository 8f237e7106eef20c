"""Putting an issue together, and approving it."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings as conf
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.core.errors import ChangedMeanwhile, DomainError
from allmende.core.http import AuthedRequest
from allmende.core.models import Visibility
from allmende.core.permissions import Act, acts_of, require
from allmende.lib import official
from allmende.notices.calendar.issue import stated_days
from allmende.notices.gazette import artefact, replacing, selectors, services
from allmende.notices.gazette.errors import InvalidPlan
from allmende.notices.gazette.forms import PlanForm, SettingsForm
from allmende.notices.models import GazetteSettings, Issue, Notice
from allmende.publication import selectors as publication

WORKED_ON = ("up", "down", "remove")


@login_required
@require_http_methods(["GET", "POST"])
def issue_list(request: AuthedRequest) -> HttpResponse:
    """All issues; the button begins the next one. 1 query for the rows."""
    now = timezone.now()
    require(request.user, request.town, Act.READ_INTERNAL, at=now)
    if request.method == "POST":
        issue = services.begin(body=request.town, by=request.user, at=now)
        return redirect("gazette_staff:arrange", issue_id=issue.pk)
    acts = acts_of(request.user, request.town, at=now)
    context = {"issues": list(selectors.issues(request.town)), "may_write": Act.WRITE in acts, "may_manage": Act.MANAGE in acts}
    return render(request, "notices/gazette/staff_list.html", context)


def _issue(request: AuthedRequest, issue_id: UUID, act: Act = Act.READ_INTERNAL) -> Issue:
    """First the right, then the search: others learn nothing."""
    require(request.user, request.town, act, at=timezone.now())
    mine = Issue.objects.for_body(request.town).filter(pk=issue_id)
    issue = mine.select_related("record__body", "approved_by", "replaces__record").first()
    if issue is None:
        raise Http404
    return issue


@login_required
@require_http_methods(["GET", "POST"])
def arrange(request: AuthedRequest, issue_id: UUID) -> HttpResponse:
    """Take in, order, take out; every button sends the whole order as it was seen. Without JavaScript."""
    issue, now = _issue(request, issue_id), timezone.now()
    error: DomainError | None = None
    planned: PlanForm | None = None
    if request.method == "POST":
        require(request.user, request.town, Act.WRITE, at=now)
        try:
            if "plan" in request.POST:
                planned = PlanForm(request.POST)
                if planned.is_valid():
                    day = planned.cleaned_data["appears_on"]
                    services.plan(issue_id, day, body=request.town, by=request.user, at=now)
                    return redirect("gazette_staff:arrange", issue_id=issue_id)
                raise InvalidPlan
            version = int(request.POST["version"])
            services.arrange(issue_id, _order(request, issue), body=request.town, version=version, by=request.user, at=now)
            return redirect("gazette_staff:arrange", issue_id=issue_id)
        except (KeyError, ValueError):
            error = ChangedMeanwhile()
        except DomainError as refused:
            error = refused
        issue = _issue(request, issue_id)
    acts = acts_of(request.user, request.town, at=now)
    is_draft = issue.state == Issue.State.DRAFT
    is_withdrawn = issue.state == Issue.State.PUBLIC and issue.record.visibility == Visibility.REMOVED
    notices = selectors.notices_of(issue)
    context = {
        "issue": issue,
        "error": error,
        "notices": notices,
        "naming": sum(notice.names_people for notice in notices),
        "stated": _stated(notices) if is_draft else [],
        "plan": planned or PlanForm(initial={"appears_on": issue.appears_on}),
        "is_withdrawn": is_withdrawn,
        "may_take_back": issue.state == Issue.State.APPROVED and bool({Act.APPROVE, Act.MANAGE} & acts),
        "candidates": selectors.candidates(request.town, at=now) if is_draft and Act.WRITE in acts else [],
        "is_draft": is_draft,
        "is_public": not is_withdrawn and issue.provided_at is not None and issue.provided_at <= now,
        "progress": None if is_draft else publication.state_of(issue.record),
        "may_write": Act.WRITE in acts,
        "may_approve": Act.APPROVE in acts,
        "authors": services.authors_of(issue),
    }
    return render(request, "notices/gazette/arrange.html", context, status=error.status if error else 200)


def _stated(notices: list[Notice]) -> list[tuple[Notice, date]]:
    """Notices that may appear in the gazette on one day alone, with that day, in their order."""
    stated = stated_days(notices)
    return [(notice, stated[notice.pk]) for notice in notices if notice.pk in stated]


def _order(request: AuthedRequest, issue: Issue) -> list[UUID]:
    """The order that the pressed button asks for. Raises ValueError for what no button sends."""
    order = [notice.pk for notice in selectors.notices_of(issue)]
    for name in WORKED_ON:
        if value := request.POST.get(name):
            at = order.index(UUID(value))
            moved = order.pop(at)
            if name != "remove":
                order.insert(max(at - 1, 0) if name == "up" else at + 1, moved)
            return order
    return order + [UUID(value) for value in request.POST.getlist("add")]


@login_required
@require_POST
def replace(request: AuthedRequest, issue_id: UUID) -> HttpResponse:
    """Begin the issue that replaces a withdrawn one."""
    _issue(request, issue_id, Act.WRITE)
    try:
        issue = replacing.begin_replacement(issue_id, body=request.town, by=request.user, at=timezone.now())
    except DomainError as refused:
        messages.error(request, str(refused))
        return redirect("gazette_staff:arrange", issue_id=issue_id)
    return redirect("gazette_staff:arrange", issue_id=issue.pk)


@login_required
@require_POST
def take_back(request: AuthedRequest, issue_id: UUID) -> HttpResponse:
    """An approved issue is a draft again."""
    if Act.APPROVE not in acts_of(request.user, request.town, at=timezone.now()):
        require(request.user, request.town, Act.MANAGE, at=timezone.now())
    _issue(request, issue_id)
    try:
        replacing.take_back(issue_id, body=request.town, by=request.user, at=timezone.now())
    except DomainError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Die Freigabe ist zurückgenommen. Die Ausgabe ist wieder ein Entwurf."))
    return redirect("gazette_staff:arrange", issue_id=issue_id)


@login_required
@require_safe
def preview(request: AuthedRequest, issue_id: UUID) -> HttpResponse:
    """The document as it will be, unsealed."""
    issue = _issue(request, issue_id)
    made, _images = artefact.page(issue, selectors.notices_of(issue), acting=None, address="")
    pdf = official.document_pdf(made, fonts=official.Fonts.found(Path(conf.FONT_DIR)), draft=True)
    headers = {"Content-Disposition": 'inline; filename="amtsblatt-vorschau.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def approve(request: AuthedRequest, issue_id: UUID, version: int) -> HttpResponse:
    """Show what will be approved, ask once."""
    issue, now = _issue(request, issue_id, Act.APPROVE), timezone.now()
    error: DomainError | None = None
    if request.method == "POST":
        try:
            services.approve(issue_id, body=request.town, version=version, by=request.user, at=now)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Freigegeben. Die Ausgabe wird gesiegelt und veröffentlicht."))
            return redirect("gazette_staff:arrange", issue_id=issue_id)
    elif issue.version != version or issue.state != Issue.State.DRAFT:
        error = ChangedMeanwhile()
    contents = selectors.contents(selectors.notices_of(issue))
    context: dict[str, Any] = {"issue": issue, "contents": contents, "error": error, "version": version}
    context["authors"] = services.authors_of(issue)
    context["naming"] = sum(entry.names_people for entry in contents)
    return render(request, "notices/gazette/approve.html", context, status=error.status if error else 200)


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: AuthedRequest) -> HttpResponse:
    """Who prints."""
    now = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=now)
    here = GazetteSettings.objects.for_body(request.town).first() or GazetteSettings(body=request.town)
    form = SettingsForm(request.POST if request.method == "POST" else None, initial={"printer": here.printer})
    if form.is_bound and form.is_valid():
        services.set_printer(form.cleaned_data["printer"], body=request.town, by=request.user, at=now)
        messages.success(request, _("Gespeichert."))
        return redirect("gazette_staff:list")
    return render(request, "notices/gazette/settings.html", {"form": form}, status=422 if form.is_bound else 200)
