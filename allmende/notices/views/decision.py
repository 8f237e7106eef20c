"""Hand over, take back, give up, copy. Each page shows first and asks once."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allmende.core.errors import ChangedMeanwhile, DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, acts_of, require
from allmende.notices import checks, selectors, services
from allmende.notices.after.forms import TakeBackForm
from allmende.notices.attachments.points import points
from allmende.notices.models import Notice
from allmende.notices.services.errors import NotADraft
from allmende.notices.services.pictures import ids_of
from allmende.notices.views import law
from allmende.notices.views.closed import Closed, closed_of
from allmende.notices.views.preview import preview_of
from allmende.notices.views.reading import read_at, read_notice, read_version
from allmende.publication import selectors as publication
from allmende.publication.errors import TooLateToTakeBack


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """What is open, linked to its field; else one button."""
    notice = read_at(request, notice_id, version, Act.WRITE)
    if notice.state != Notice.State.DRAFT:
        mine = notice.submitted_by == request.user and notice.version == version  # pressed twice
        if request.method == "POST" and not mine and (over := closed_of(request, notice_id)):
            messages.error(request, f"{over.words} {over.advice}")
        return redirect("notices_staff:show", notice_id=notice_id)
    _revision, values = read_version(notice, notice.version)
    follows = law.expected(request, values)
    found = checks.checklist(
        values,
        pictures=ids_of(request.town, notice_id),
        law=law.law_checks(request, values, follows),
        files=points(request.town, notice_id, values),
    )
    form = law.submission_form(request, values, follows)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            services.submit(notice_id, body=request.town, version=version, by=request.user, at=timezone.now(), statement=form.statement)
        except NotADraft as refused:
            again = read_notice(request, notice_id, Act.WRITE)
            if again.submitted_by == request.user and again.version == version:  # pressed twice
                return redirect("notices_staff:show", notice_id=notice_id)
            if over := closed_of(request, notice_id):
                messages.error(request, f"{over.words} {over.advice}")
                return redirect(over.link)
            error = refused
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Zur Freigabe gegeben. Sie können den Entwurf zurückziehen, bis jemand entschieden hat."))
            return redirect("notices_staff:show", notice_id=notice_id)
    elif request.method == "GET" and version != notice.version:
        error = ChangedMeanwhile()
    context = {
        "notice": notice,
        "checks": found,
        "comment": selectors.last_return(notice),
        "earlier": selectors.earlier(notice),
        "open": [check for check in found if check.state == "open"],
        "counted": checks.summary(found),
        "error": error,
        "form": form,
        "preview": preview_of(request, notice, values),
    } | law.shown_of(follows, values)
    return render(request, "notices/submit.html", context, status=error.status if error else 422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    read_notice(request, notice_id, Act.WRITE)
    try:
        services.withdraw(notice_id, body=request.town, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("notices_staff:show", notice_id=notice_id)
    messages.success(request, _("Zurückgezogen. Sie können weiterschreiben."))
    return redirect("notices_staff:edit", notice_id=notice_id)


@login_required
@require_http_methods(["GET", "POST"])
def take_back(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Say what holds the approved notice up, ask for the reason, then it is a draft again."""
    now = timezone.now()
    if Act.APPROVE not in acts_of(request.user, request.town, at=now):
        require(request.user, request.town, Act.MANAGE, at=now)
    notice = read_notice(request, notice_id)
    form, error = TakeBackForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        try:
            services.take_back(notice_id, body=request.town, reason=form.cleaned_data["reason"], by=request.user, at=now)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Die Freigabe ist zurückgenommen. Der Entwurf liegt wieder bei der Redaktion."))
            return redirect("notices_staff:show", notice_id=notice_id)
    elif not form.is_bound and not publication.is_unsealed(notice.record):
        messages.error(request, TooLateToTakeBack.message)
        return redirect("notices_staff:show", notice_id=notice_id)
    context = {"notice": notice, "form": form, "error": error, "progress": publication.state_of(notice.record)}
    return render(request, "notices/take_back.html", context, status=error.status if error else 422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """Ask once, then the draft is gone for good. Whoever comes too late reads why, where it goes on."""
    require(request.user, request.town, Act.WRITE, at=timezone.now())
    if (over := closed_of(request, notice_id)) is not None:
        return _not_discarded(request, over)
    notice = read_at(request, notice_id, version, Act.WRITE)
    error: DomainError | None = None
    if request.method == "POST":
        try:
            services.discard(notice_id, body=request.town, version=version, by=request.user, at=timezone.now())
        except DomainError as refused:
            if (over := closed_of(request, notice_id)) is not None:
                return _not_discarded(request, over)
            error, notice = refused, read_notice(request, notice_id, Act.WRITE)
        else:
            messages.success(request, _("Der Entwurf ist verworfen."))
            return redirect("notices_staff:list")
    return render(request, "notices/discard.html", {"notice": notice, "error": error}, status=error.status if error else 200)


def _not_discarded(request: AuthedRequest, over: Closed) -> HttpResponse:
    if over.discarded:
        messages.info(request, _("Dieser Entwurf ist schon verworfen."))
    else:
        nothing = _("Es wurde nichts verworfen.")
        messages.error(request, f"{nothing} {over.words} {over.advice}")
    return redirect(over.link)


@login_required
@require_POST
def copy(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    read_notice(request, notice_id, Act.WRITE)
    try:
        new = services.copy(notice_id, body=request.town, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("notices_staff:show", notice_id=notice_id)
    messages.success(request, _("Ein neuer Entwurf ist angelegt. Tage sind leer geblieben; prüfen Sie alles, was zum Vorjahr gehört."))
    return redirect("notices_staff:edit", notice_id=new.pk)
