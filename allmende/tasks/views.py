"""The work list and one task of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, acts_of, require
from allmende.tasks import kinds, scans, selectors, services
from allmende.tasks.forms import LATER, EvidenceForm, ReasonForm
from allmende.tasks.models import Scan, Task
from allmende.tasks.waiting import waiting


@login_required
@require_safe
def task_list(request: AuthedRequest) -> HttpResponse:
    """What is open, what is mine, what is closed. Whatever the number of rows, 2 queries for them."""
    now = timezone.now()
    require(request.user, request.town, Act.READ_INTERNAL, at=now)
    which = request.GET.get("liste", selectors.OPEN)
    if which not in (selectors.MINE, selectors.CLOSED):
        which = selectors.OPEN
    found, rows = selectors.page(request.town, which, person=request.user, number=request.GET.get("page"), at=now)
    lists = [(selectors.OPEN, _("Alle offenen")), (selectors.MINE, _("Von mir übernommen")), (selectors.CLOSED, _("Abgeschlossen"))]
    context = {"page": found, "rows": rows, "which": which, "lists": lists, "closed": which == selectors.CLOSED}
    acts = acts_of(request.user, request.town, at=now)
    context |= {"entrances": kinds.entrances(acts), "waiting": waiting(request.user, request.town, acts)}
    return render(request, "tasks/list.html", context)


def _task(request: AuthedRequest, pk: int) -> Task:
    """First the right, then the search: others learn nothing."""
    require(request.user, request.town, Act.READ_INTERNAL, at=timezone.now())
    task = selectors.one(request.town, pk)
    if task is None:
        raise Http404
    return task


@login_required
@require_http_methods(["GET", "POST"])
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """What is to be done, with all that it takes, and what was done. Which act is sent, the button says."""
    task, now = _task(request, pk), timezone.now()
    asks = None if task.state == Task.State.OPEN else LATER
    evidence, reason = EvidenceForm(task, today=timezone.localdate(now), asks=asks), ReasonForm()
    error: DomainError | None = None
    status = 200
    if request.method == "POST":
        require(request.user, request.town, task.what.act, at=now)
        if {"done", "evidence"} & set(request.POST):
            evidence = EvidenceForm(task, request.POST, request.FILES, today=timezone.localdate(now), asks=asks)
        elif {"drop", "reopen"} & set(request.POST):
            reason = ReasonForm(request.POST)
        try:
            if told := _act(request, task, evidence, reason):
                messages.success(request, told)
                return redirect("tasks:list") if {"done", "drop"} & set(request.POST) else redirect("tasks:show", pk=pk)
            status = 422
        except DomainError as refused:
            error, status = refused, refused.status
            task = _task(request, pk)
    may_do = task.what.act in acts_of(request.user, request.town, at=now)
    context = {
        "task": task,
        "standing": selectors.standing(task, at=now),
        "due": selectors.due_words(task),
        "about": selectors.about(task),
        "address": task.what.address(task),
        "is_open": task.state == Task.State.OPEN,
        "mine": task.assigned_to == request.user,
        "may_do": may_do,
        "form": next((form for form in (evidence, reason) if form.is_bound), None),
        "evidence": evidence,
        "reason": reason,
        "error": error,
        "history": [(entry, selectors.said(entry, task)) for entry in selectors.history(task)],
        **task.what.context(task, may_do=may_do),
    }
    return render(request, "tasks/show.html", context, status=status)


def _act(request: AuthedRequest, task: Task, evidence: EvidenceForm, reason: ReasonForm) -> str:
    """Do what was asked for and say so. Empty where the form has something to correct."""
    who: dict[str, Any] = {"body": request.town, "by": request.user, "at": timezone.now()}
    if (evidence.is_bound and not evidence.is_valid()) or (reason.is_bound and not reason.is_valid()):
        return ""
    if "done" in request.POST:
        services.finish(task.pk, evidence.evidence(), **who)
        return _("Erledigt: %(title)s") % {"title": task.title}
    if "evidence" in request.POST:
        services.add_evidence(task.pk, evidence.evidence(), **who)
        return _("Der Nachweis ist ergänzt.")
    if "drop" in request.POST:
        services.drop(task.pk, reason.cleaned_data["reason"], **who)
        return _("Als nicht nötig vermerkt: %(title)s") % {"title": task.title}
    if "reopen" in request.POST:
        services.reopen(task.pk, reason.cleaned_data["reason"], **who)
        return _("Die Aufgabe ist wieder offen.")
    if "let_go" in request.POST:
        services.let_go(task.pk, **who)
        return _("Abgegeben. Wer Zeit hat, kann sie übernehmen.")
    services.take(task.pk, **who)
    return _("Sie haben die Aufgabe übernommen.")


@login_required
@require_safe
def scan(request: AuthedRequest, pk: int, scan: UUID) -> HttpResponse:
    """A file of the evidence, to be kept: never shown in the page."""
    task = _task(request, pk)
    row = Scan.objects.for_body(request.town).filter(pk=scan, entry__task=task).first()
    data = scans.read(row, request.town) if row else None
    if row is None or data is None:
        raise Http404
    name = f"nachweis-aufgabe-{task.pk}.{scans.SUFFIXES[row.media_type]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=row.media_type, headers=headers)
